import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "../project.mjs";

const BYTES_PER_KB = 1_000;

/**
 * Gate: the bundle and the page stay small enough to load at each execution and to be read in a review. The bounds stand
 * in `.size-limit.json`, which `size-limit` reads too.
 *
 * @param {import("../project.mjs").Project} project
 * @returns {string[]} what is wrong, in sentences
 */
export function checkSizes(project) {
  /** @type {{path: string, limit: string}[]} */
  const bounds = JSON.parse(readFileSync(join(PROJECT_ROOT, ".size-limit.json"), "utf8"));
  return bounds.flatMap(({ path, limit }) => {
    const bytes = statSync(join(project.root, path)).size;
    const maxBytes = toBytes(limit);
    return bytes <= maxBytes ? [] : [`${path} has ${bytes} bytes; at most ${maxBytes} are allowed.`];
  });
}

/** @param {string} limit as size-limit writes it */
function toBytes(limit) {
  const [, number] = /^(\d+) kB$/.exec(limit) ?? [];
  if (number === undefined) throw new Error(`.size-limit.json: write the limit in whole kB, not '${limit}'`);
  return Number(number) * BYTES_PER_KB;
}
