import { parse } from "acorn";
import { childrenOf, isTextLiteral, replaceRanges } from "./script-ranges.mjs";

/** @typedef {import("./script-ranges.mjs").Node} Node */

/** A name of two letters, `=`, `,`: what a shared value costs besides its text. */
const SHARING_COST = 5;

/**
 * Gives a name to each text, to `null` and `void 0`, and to each constant set of attributes that the script repeats, so
 * that it is written once. The renderer copies attributes, so elements may share them.
 *
 * @param {string} script one function that is called at once
 * @returns {string}
 */
export function shareConstants(script) {
  const opening = /^(?:"use strict";)?\(\(\)=>\{/.exec(script)?.[0];
  if (opening === undefined) throw new Error("the sidebar's script is not wrapped in a function.");
  /** @type {Map<string, Node[]>} */
  const repeated = new Map();
  /** @type {(node: Node, parent: Node | null, key: string) => void} */
  const visit = (node, parent, key) => {
    if (isShareable(node, parent, key)) {
      const text = script.slice(node.start, node.end);
      repeated.set(text, [...(repeated.get(text) ?? []), node]);
    }
    for (const { key: below, child } of childrenOf(node)) visit(child, node, below);
  };
  visit(/** @type {any} */ (parse(script, { ecmaVersion: 2020 })), null, "");
  return share(script, opening, repeated);
}

/**
 * @param {string} script
 * @param {string} opening
 * @param {ReadonlyMap<string, readonly Node[]>} repeated
 */
function share(script, opening, repeated) {
  /** @type {{start: number, end: number, text: string}[]} */
  const edits = [];
  /** @type {string[]} */
  const shared = [];
  // The longest first: a text inside shared attributes is gone already.
  for (const [text, nodes] of [...repeated].sort((a, b) => b[0].length - a[0].length)) {
    const left = nodes.filter((node) => !edits.some((edit) => edit.start <= node.start && node.end <= edit.end));
    if (left.length * (text.length - 2) <= text.length + SHARING_COST) continue;
    const name = `$${shared.length}`;
    shared.push(`${name}=${text}`);
    edits.push(...left.map(({ start, end }) => ({ start, end, text: name })));
  }
  if (shared.length === 0) return script;
  const rest = replaceRanges(script, edits).slice(opening.length);
  return `${opening}var ${shared.join(",")};${rest}`;
}

/**
 * @param {Node} node
 * @param {Node | null} parent
 * @param {string} key
 */
function isShareable(node, parent, key) {
  if (parent === null) return false;
  if (isNothing(node)) return true;
  if (isTextLiteral(node))
    return parent.type !== "ExpressionStatement" && !(parent.type === "Property" && key === "key");
  // Attributes are the second argument of the function that makes an element.
  const isSecond = parent.type === "CallExpression" && parent.arguments[1] === node;
  return isSecond && parent.callee.type === "Identifier" && isConstantObject(node);
}

/** @param {Node} node */
function isNothing(node) {
  if (node.type === "UnaryExpression") return node.operator === "void" && node.argument.type === "Literal";
  return node.type === "Literal" && node.value === null && node.raw === "null";
}

/** @param {Node} node */
function isConstantObject(node) {
  if (node.type !== "ObjectExpression" || node.properties.length === 0) return false;
  return node.properties.every(
    (/** @type {Node} */ one) => one.type === "Property" && !one.computed && one.value.type === "Literal",
  );
}
