import { statSync } from "node:fs";

/** Upper bounds in bytes; `.size-limit.json` says the same in kB (a test holds the two together). */
export const MAX_CODE_BYTES = 350_000;
export const MAX_PAGE_BYTES = 80_000;

/**
 * Gate: the bundle and the page stay small enough to load at each execution and to be read in a review.
 *
 * @param {import("../project.mjs").Project} project
 * @returns {string[]} what is wrong, in sentences
 */
export function checkSizes(project) {
  return [
    ...over("dist/Code.js", project.code, MAX_CODE_BYTES),
    ...over("dist/Sidebar.html", project.page, MAX_PAGE_BYTES),
  ];
}

/**
 * @param {string} name
 * @param {string} path
 * @param {number} maxBytes
 */
function over(name, path, maxBytes) {
  const bytes = statSync(path).size;
  return bytes <= maxBytes ? [] : [`${name} has ${bytes} bytes; at most ${maxBytes} are allowed.`];
}
