import { readFileSync } from "node:fs";
import { parse } from "acorn";

/** Newest language that the bundle may use: Apps Script refuses private fields, static fields and BigInt literals. */
export const BUNDLE_ECMA_VERSION = 2019;

/**
 * Gate: `dist/Code.js` parses as a script of ES2019.
 *
 * @param {import("../project.mjs").Project} project
 * @returns {string[]} what is wrong, in sentences
 */
export function checkBundleSyntax(project) {
  try {
    parse(readFileSync(project.code, "utf8"), { ecmaVersion: BUNDLE_ECMA_VERSION, sourceType: "script" });
    return [];
  } catch (error) {
    return [`dist/Code.js is not ES${BUNDLE_ECMA_VERSION}: ${error instanceof Error ? error.message : error}.`];
  }
}
