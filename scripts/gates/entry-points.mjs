import { readFileSync } from "node:fs";
import { parse } from "acorn";
import { BUNDLE_ECMA_VERSION } from "./bundle-syntax.mjs";

/**
 * The names that `src/entry/globals.ts` publishes by `global.name = ...`.
 *
 * @param {string} source text of globals.ts
 */
export function publishedNames(source) {
  return [...source.matchAll(/^\s*global\.([A-Za-z_$][\w$]*)\s*=[^=]/gm)].map((match) => match[1] ?? "").sort();
}

/**
 * The names that Google can call in a bundle: function declarations at top level, and variables that hold a function.
 *
 * @param {string} code text of Code.js
 */
function topLevelFunctions(code) {
  const names = [];
  for (const node of parse(code, { ecmaVersion: BUNDLE_ECMA_VERSION, sourceType: "script" }).body) {
    if (node.type === "FunctionDeclaration") names.push(node.id.name);
    if (node.type !== "VariableDeclaration") continue;
    for (const { id, init } of node.declarations) {
      const isFunction = init?.type === "FunctionExpression" || init?.type === "ArrowFunctionExpression";
      if (isFunction && id.type === "Identifier") names.push(id.name);
    }
  }
  return names.sort();
}

/**
 * Gate: the functions Google can call are exactly those that globals.ts publishes. Each of them is callable by any user
 * of the sidebar with any arguments, so none may appear by accident.
 *
 * @param {import("../project.mjs").Project} project
 * @returns {string[]} what is wrong, in sentences
 */
export function checkEntryPoints(project) {
  const wanted = publishedNames(readFileSync(project.entry, "utf8"));
  const found = topLevelFunctions(readFileSync(project.code, "utf8"));
  if (wanted.length === 0) return ["src/entry/globals.ts publishes nothing: no line says 'global.name = ...'."];
  const missing = wanted.filter((name) => !found.includes(name));
  const extra = found.filter((name) => !wanted.includes(name));
  return [
    ...missing.map((name) => `dist/Code.js has no top-level function ${name}, which src/entry/globals.ts publishes.`),
    ...extra.map((name) => `dist/Code.js lets Google call ${name}, which src/entry/globals.ts does not publish.`),
  ];
}
