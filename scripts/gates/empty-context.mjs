import { readFileSync } from "node:fs";
import { createContext, Script } from "node:vm";
import { publishedNames } from "./entry-points.mjs";

const EVALUATION_TIMEOUT_MS = 5_000;

/**
 * Gate: the bundle evaluates where there is no service at all (as `onOpen` needs it under AuthMode.NONE), and each entry
 * point is then the real function and no longer the empty one that only gives it a name.
 *
 * @param {import("../project.mjs").Project} project
 * @returns {string[]} what is wrong, in sentences
 */
export function checkEmptyContext(project) {
  const context = createContext({});
  try {
    new Script(readFileSync(project.code, "utf8"), { filename: "Code.js" }).runInContext(context, {
      timeout: EVALUATION_TIMEOUT_MS,
    });
  } catch (error) {
    return [`dist/Code.js does not load without Google services: ${error}.`];
  }
  return publishedNames(readFileSync(project.entry, "utf8"))
    .filter((name) => /^function \w+\(\)\s*\{\s*\}$/.test(String(context[name])))
    .map((name) => `dist/Code.js leaves ${name} empty: loading it did not put the real function there.`);
}
