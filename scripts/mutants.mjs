import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "./project.mjs";

const STRYKER = join(PROJECT_ROOT, "node_modules/@stryker-mutator/core/bin/stryker.js");
const REPORT = join(PROJECT_ROOT, "build/mutants/report.json");
const DOCUMENT = join(PROJECT_ROOT, "docs/mutants.md");

/** Share of the mutants that the tests have to notice, percent. */
const LEAST_SCORE = 90;

/** Statuses of mutants that somebody noticed, and of those that nobody did. */
const NOTICED = ["Killed", "Timeout"];
const UNNOTICED = ["Survived", "NoCoverage"];

/**
 * @typedef {{status: string, mutatorName: string, replacement?: string, location: {start: {line: number, column: number}}}} Mutant
 * @typedef {{file: string, noticed: number, survived: number, uncovered: number, off: number, left: readonly Mutant[]}} FileScore
 */

/**
 * `npm run mutants`: changes the code of merge and values in thousands of small ways, one at a time, and runs the tests of
 * test/merge and test/domain against each. What was tried before and has not changed since is not tried again
 * (build/mutants/). `-- --mutate src/merge/merge-field.ts` for some files, `-- --write` keeps the scores in docs/mutants.md.
 * Exits 1 when less than 90 % are noticed.
 */
function main() {
  const args = process.argv.slice(2);
  const write = args.includes("--write");
  const passed = args.filter((arg) => arg !== "--write");
  if (write && passed.length > 0) throw new Error("--write keeps the whole run: leave out the other options.");
  mkdirSync(join(PROJECT_ROOT, "build/mutants"), { recursive: true });
  const run = spawnSync(process.execPath, [STRYKER, "run", "config/stryker.json", ...passed], {
    cwd: PROJECT_ROOT,
    stdio: "inherit",
  });
  if (run.status !== 0) throw new Error("the mutants could not be tried.");
  const scores = readScores();
  console.log(formatLeft(scores));
  console.log(formatTable(scores));
  if (write) writeFileSync(DOCUMENT, formatDocument(scores));
  process.exitCode = scoreOf(scores) >= LEAST_SCORE ? 0 : 1;
}

/** @returns {readonly FileScore[]} */
function readScores() {
  /** @type {{files: Record<string, {mutants: readonly Mutant[]}>}} */
  const report = JSON.parse(readFileSync(REPORT, "utf8"));
  return Object.entries(report.files)
    .map(([file, { mutants }]) => {
      const count = (/** @type {readonly string[]} */ ...names) =>
        mutants.filter(({ status }) => names.includes(status)).length;
      return {
        file,
        noticed: count(...NOTICED),
        survived: count("Survived"),
        uncovered: count("NoCoverage"),
        off: count("Ignored"),
        left: mutants.filter(({ status }) => UNNOTICED.includes(status)),
      };
    })
    .sort((one, other) => one.file.localeCompare(other.file, "en"));
}

/** @param {readonly FileScore[]} scores @returns {number} percent */
function scoreOf(scores) {
  const noticed = scores.reduce((sum, one) => sum + one.noticed, 0);
  const tried = scores.reduce((sum, one) => sum + one.noticed + one.survived + one.uncovered, 0);
  return tried === 0 ? 0 : (100 * noticed) / tried;
}

/** @param {readonly FileScore[]} scores */
function formatLeft(scores) {
  const lines = scores.flatMap(({ file, left }) =>
    left.map(({ status, mutatorName, replacement = "", location }) => {
      const place = `${file}:${location.start.line}:${location.start.column}`;
      return `${place} ${status} ${mutatorName}: ${replacement.replace(/\s+/g, " ").slice(0, 80)}`;
    }),
  );
  return lines.join("\n");
}

/** @param {readonly FileScore[]} scores */
function formatTable(scores) {
  const head = "| file | noticed | survived | not reached | switched off | score |\n|---|---:|---:|---:|---:|---:|";
  const line = (/** @type {string} */ name, /** @type {readonly FileScore[]} */ of) => {
    const sum = (/** @type {"noticed" | "survived" | "uncovered" | "off"} */ key) =>
      of.reduce((total, one) => total + one[key], 0);
    const counts = [sum("noticed"), sum("survived"), sum("uncovered"), sum("off")];
    return `| ${name} | ${counts.join(" | ")} | ${scoreOf(of).toFixed(1)} % |`;
  };
  return [head, ...scores.map((one) => line(one.file, [one])), line("**all**", scores)].join("\n");
}

/** @param {readonly FileScore[]} scores */
function formatDocument(scores) {
  return `# Mutants

Made by \`npm run mutants -- --write\`: Stryker changes the merge and the values in thousands of small ways, one at a time
(\`config/stryker.json\`), and the tests of \`test/merge\` and \`test/domain\` run against each. A mutant that no test notices is a
place where a fault could slip in. Switched off are only texts for people, each by a comment at its place.

${formatTable(scores)}
`;
}

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
