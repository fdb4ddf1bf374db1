import { parse } from "acorn";
import { childrenOf, follow, isTextLiteral } from "./script-ranges.mjs";

/** @typedef {import("./script-ranges.mjs").Node} Node */

/**
 * Joins texts by `+`. Template literals are not allowed in the page, and what the compiler makes of them instead,
 * `"".concat(a, ": ")`, is long. Both mean the same for texts and numbers, which is all that is joined here.
 *
 * @param {string} script
 * @returns {string}
 */
export function joinByPlus(script) {
  /** @type {(node: Node) => string} */
  const write = (node) => {
    let text = "";
    let at = node.start;
    for (const { key, child } of childrenOf(node)) {
      // A shorthand property is key and value in one place.
      if (child.start < at) continue;
      text += script.slice(at, child.start);
      if (!isConcat(child)) text += write(child);
      else text = follow(text, standsAlone(node, key) ? writeSum(child) : `(${writeSum(child)})`);
      at = child.end;
    }
    return text + script.slice(at, node.end);
  };
  /** @type {(node: Node) => string} */
  const writeSum = (node) => {
    const [first, ...rest] = partsOf(node);
    const isText = (/** @type {Node | undefined} */ part) => part !== undefined && isTextLiteral(part);
    // The empty text in front makes a text of the sum; another text among the first two does that too.
    const parts = first?.value === "" && (isText(rest[0]) || isText(rest[1])) ? rest : [first, ...rest];
    return parts.flatMap((part) => (part === undefined ? [] : [writePart(part)])).join("+");
  };
  /** @type {(part: Node) => string} */
  const writePart = (part) => {
    if (isConcat(part)) return `(${writeSum(part)})`;
    return BINDS_CLOSER.has(part.type) ? write(part) : `(${write(part)})`;
  };
  return write(/** @type {any} */ (parse(script, { ecmaVersion: 2020 })));
}

const BINDS_CLOSER = new Set(["Identifier", "MemberExpression", "CallExpression", "Literal", "ChainExpression"]);

/**
 * @param {Node} node
 * @returns {boolean}
 */
function isConcat(node) {
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return false;
  const { object, property, optional } = node.callee;
  if (property.name !== "concat" || optional || node.optional) return false;
  return (
    (isTextLiteral(object) || isConcat(object)) &&
    node.arguments.every((/** @type {Node} */ argument) => argument.type !== "SpreadElement")
  );
}

/**
 * @param {Node} node
 * @returns {Node[]}
 */
function partsOf(node) {
  return isConcat(node) ? [...partsOf(node.callee.object), ...node.arguments] : [node];
}

/**
 * Whether a sum may stand in that place of the node without parentheses.
 *
 * @param {Node} parent
 * @param {string} key
 */
function standsAlone(parent, key) {
  switch (parent.type) {
    case "CallExpression":
    case "NewExpression":
      return key === "arguments";
    case "ConditionalExpression":
      return key !== "test";
    case "Property":
      return key === "value";
    case "AssignmentExpression":
      return key === "right";
    case "ArrowFunctionExpression":
      return key === "body";
    default:
      return ["ReturnStatement", "VariableDeclarator", "ArrayExpression", "LogicalExpression"].includes(parent.type);
  }
}
