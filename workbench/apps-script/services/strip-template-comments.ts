/**
 * HtmlService strips what looks like a comment inside template literals of inlined scripts, so that
 * `https://…` in a literal is cut (reported). This does the same to the scripts of a page.
 */
export function stripTemplateComments(html: string): string {
  return html.replace(
    /(<script\b(?![^>]*\bsrc=)[^>]*>)([\s\S]*?)(<\/script>)/gi,
    (_all, open: string, code: string, close: string) => open + stripInTemplates(code) + close,
  );
}

function stripInTemplates(code: string): string {
  let result = "";
  let index = 0;
  while (index < code.length) {
    const char = code.charAt(index);
    const end = endOfLiteral(code, index);
    if (end === null) {
      result += char;
      index++;
    } else {
      const literal = code.slice(index, end);
      result += char === "`" ? literal.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n`]*/g, "") : literal;
      index = end;
    }
  }
  return result;
}

/** End of the string, template or comment that starts here; null: none starts here. */
function endOfLiteral(code: string, start: number): number | null {
  const char = code.charAt(start);
  if (char === "/" && (code.charAt(start + 1) === "/" || code.charAt(start + 1) === "*")) {
    const close = code.charAt(start + 1) === "/" ? "\n" : "*/";
    const end = code.indexOf(close, start + 2);
    return end < 0 ? code.length : end + close.length;
  }
  if (char !== '"' && char !== "'" && char !== "`") {
    return null;
  }
  for (let index = start + 1; index < code.length; index++) {
    const inside = code.charAt(index);
    if (inside === "\\") {
      index++;
    } else if (inside === char) {
      return index + 1;
    }
  }
  return code.length;
}
