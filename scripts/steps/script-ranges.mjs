/**
 * A node of acorn's tree, with its place in the source.
 *
 * @typedef {{type: string, start: number, end: number} & Record<string, any>} Node
 * @typedef {{start: number, end: number, text: string}} Edit
 */

/**
 * The nodes right below a node, with the property they stand in, in the order of the source.
 *
 * @param {Node} node
 * @returns {{key: string, child: Node}[]}
 */
export function childrenOf(node) {
  const found = Object.entries(node).flatMap(([key, value]) =>
    (Array.isArray(value) ? value : [value]).filter(isNode).map((child) => ({ key, child })),
  );
  return found.sort((a, b) => a.child.start - b.child.start);
}

/**
 * @param {unknown} value
 * @returns {value is Node}
 */
function isNode(value) {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}

/** @param {Node} node */
export function isTextLiteral(node) {
  return node.type === "Literal" && typeof node.value === "string";
}

/**
 * The source with other text in some places, which must not overlap.
 *
 * @param {string} source
 * @param {readonly Edit[]} edits
 */
export function replaceRanges(source, edits) {
  let result = "";
  let at = 0;
  for (const { start, end, text } of [...edits].sort((a, b) => a.start - b.start)) {
    result = follow(follow(result, source.slice(at, start)), text);
    at = end;
  }
  return follow(result, source.slice(at));
}

/**
 * One piece of a script after another: a name must not grow together with a keyword or a name before it.
 *
 * @param {string} before
 * @param {string} after
 */
export function follow(before, after) {
  return before + (/[\w$]$/.test(before) && /^[\w$]/.test(after) ? " " : "") + after;
}
