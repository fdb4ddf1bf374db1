import { parse } from "acorn";
import { childrenOf, isTextLiteral, replaceRanges } from "./script-ranges.mjs";

/** @typedef {import("./script-ranges.mjs").Node} Node */

/**
 * Gives short names to classes that are named in the style sheet and, in the script, only as the value of a `class`. A
 * class that is also a word of the data ("error"), or is used in a selector, keeps its name.
 *
 * @param {string} css minified
 * @param {string} script minified, its texts joined by `+`
 * @returns {{css: string, script: string, classNames: Record<string, string>}} `classNames`: short name by name
 */
export function shortenClasses(css, script) {
  const texts = textsOf(script);
  const known = new Set([...css.matchAll(/\.(-?[a-z][\w-]*)/gi)].map((match) => match[1] ?? ""));
  const named = [...known].filter((name) => texts.some((text) => text.isClass && text.words.includes(name)));
  // A sentence that happens to hold the word is no list of classes.
  const lists = texts.filter(({ isClass, words }) => isClass || words.every((word) => known.has(word)));
  const selectors = texts.filter(({ value }) => value.includes("."));
  const fixed = named.filter(
    (name) => lists.some((text) => !mayRename(text, name)) || selectors.some(({ value }) => value.includes(`.${name}`)),
  );
  const uses = (/** @type {string} */ name) =>
    css.split(`.${name}`).length + texts.filter(({ words }) => words.includes(name)).length;
  const free = named.filter((name) => !fixed.includes(name)).sort((a, b) => uses(b) - uses(a));
  const taken = new Set([...known, ...fixed]);
  const short = shortNames(taken);
  const classNames = Object.fromEntries(free.map((name) => [name, short.next().value ?? name]));
  const renamed = (/** @type {string} */ name) => classNames[name] ?? name;
  const edits = texts
    .filter((text) => text.isClass)
    .map(({ start, end, value }) => ({ start, end, text: JSON.stringify(value.split(" ").map(renamed).join(" ")) }));
  return {
    css: css.replace(/\.(-?[a-z][\w-]*)/gi, (_, name) => `.${renamed(name)}`),
    script: replaceRanges(script, edits),
    classNames,
  };
}

/**
 * @param {ClassText} text
 * @param {string} name
 */
function mayRename({ words, isClass, openStart, openEnd }, name) {
  if (!words.includes(name)) return true;
  if (openStart && words[0] === name) return false;
  return isClass && !(openEnd && words[words.length - 1] === name);
}

/**
 * A text of the script. `isClass`: it is (part of) the value of a `class`. Open: what comes before or after it, without a
 * space between, makes one word with it.
 *
 * @typedef {{start: number, end: number, value: string, words: string[], isClass: boolean, openStart: boolean, openEnd: boolean}} ClassText
 */

/**
 * @param {string} script
 * @returns {ClassText[]}
 */
function textsOf(script) {
  /** @type {ClassText[]} */
  const texts = [];
  /** @type {(node: Node, place: {isClass: boolean, openStart: boolean, openEnd: boolean}) => void} */
  const visit = (node, place) => {
    if (isTextLiteral(node)) {
      const { start, end, value } = node;
      // A text that begins or ends with a space has "" as its first or last word.
      texts.push({ start, end, value, words: value.split(" "), ...place });
    }
    for (const { key, child } of childrenOf(node)) {
      const isValue = node.type === "Property" && key === "value" && node.key.name === "class";
      const isPart = isJoin(node) || (node.type === "ConditionalExpression" && key !== "test");
      visit(child, {
        isClass: isValue || (place.isClass && isPart),
        openStart: isPart && (place.openStart || (isJoin(node) && key === "right")),
        openEnd: isPart && (place.openEnd || (isJoin(node) && key === "left")),
      });
    }
  };
  visit(/** @type {any} */ (parse(script, { ecmaVersion: 2020 })), {
    isClass: false,
    openStart: false,
    openEnd: false,
  });
  return texts;
}

/** @param {Node} node */
function isJoin(node) {
  return node.type === "BinaryExpression" && node.operator === "+";
}

/** @param {ReadonlySet<string>} taken */
function* shortNames(taken) {
  const letters = "abcdefghijklmnopqrstuvwxyz";
  for (const first of ["", ...letters]) {
    for (const last of letters) if (!taken.has(first + last)) yield first + last;
  }
}
