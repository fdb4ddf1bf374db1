import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "./project.mjs";

const REASONS = join(PROJECT_ROOT, "config/mutants-left.json");

/** Statuses of mutants that no test noticed. */
const UNNOTICED = ["Survived", "NoCoverage"];

/** Characters of code that a line shows. */
const MOST_SHOWN = 100;

/**
 * @typedef {{line: number, column: number}} Place
 * @typedef {{status: string, mutatorName: string, replacement?: string, location: {start: Place, end: Place}}} Mutant
 * @typedef {{file: string, line: number, code: string, becomes: string}} Left
 * @typedef {{file: string, code: string, becomes: string, why: string}} Reason
 */

/**
 * The mutants of a file that no test noticed.
 *
 * @param {string} file
 * @param {string} source
 * @param {readonly Mutant[]} mutants
 * @returns {readonly Left[]}
 */
export function leftOf(file, source, mutants) {
  const lines = source.split("\n");
  return mutants
    .filter(({ status }) => UNNOTICED.includes(status))
    .map(({ replacement = "", location: { start, end } }) => {
      const code = lines.slice(start.line - 1, end.line);
      code[code.length - 1] = (code[code.length - 1] ?? "").slice(0, end.column - 1);
      code[0] = (code[0] ?? "").slice(start.column - 1);
      return { file, line: start.line, code: shorten(code.join("\n")), becomes: shorten(replacement) };
    })
    .sort((one, other) => one.line - other.line || one.becomes.localeCompare(other.becomes, "en"));
}

/**
 * A line of Markdown for each, with its reason; and those that have none.
 *
 * @param {readonly Left[]} left
 * @returns {{lines: readonly string[], unexplained: readonly string[]}}
 */
export function explainLeft(left) {
  /** @type {readonly Reason[]} */
  const reasons = JSON.parse(readFileSync(REASONS, "utf8"));
  const known = new Map(reasons.map((reason) => [keyOf(reason), reason.why]));
  const lines = left.map((one) => `- ${describe(one)}: ${known.get(keyOf(one)) ?? "no reason is given"}`);
  return { lines, unexplained: left.filter((one) => !known.has(keyOf(one))).map(describe) };
}

/** @param {{file: string, code: string, becomes: string}} mutant */
function keyOf({ file, code, becomes }) {
  return JSON.stringify([file, code, becomes]);
}

/** @param {Left} mutant */
function describe({ file, line, code, becomes }) {
  return `\`${file}:${line}\` \`${code}\` → \`${becomes}\``;
}

/** @param {string} code */
function shorten(code) {
  const text = code.replace(/\s+/g, " ").replaceAll("`", "'").trim();
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}
