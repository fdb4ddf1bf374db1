import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { explainLeft, leftOf } from "./mutants-left.mjs";
import { PROJECT_ROOT } from "./project.mjs";

const STRYKER = join(PROJECT_ROOT, "node_modules/@stryker-mutator/core/bin/stryker.js");
const REPORT = join(PROJECT_ROOT, "build/mutants/report.json");
const DOCUMENT = join(PROJECT_ROOT, "docs/mutants.md");

/** Share of the mutants that the tests have to notice, percent. */
const LEAST_SCORE = 90;

/** Statuses of mutants that somebody noticed, and of those that nobody did. */
const NOTICED = ["Killed", "Timeout"];

/**
 * @typedef {import("./mutants-left.mjs").Mutant} Mutant
 * @typedef {import("./mutants-left.mjs").Left} Left
 * @typedef {{file: string, noticed: number, survived: number, uncovered: number, off: number, left: readonly Left[]}} FileScore
 */

/**
 * `npm run mutants`: changes the code of merge and values in thousands of small ways, one at a time, and runs the tests of
 * test/merge and test/domain against each. What was tried before and has not changed since is not tried again
 * (build/mutants/). `-- --mutate src/merge/merge-field.ts` for some files, `-- --write` keeps the scores in docs/mutants.md.
 * Exits 1 when less than 90 % are noticed, or one that nobody noticed has no reason in config/mutants-left.json.
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
  const { lines, unexplained } = explainLeft(scores.flatMap(({ left }) => left));
  console.log(unexplained.join("\n"));
  console.log(formatTable(scores));
  console.log(`not noticed: ${lines.length}, without a reason: ${unexplained.length}`);
  if (write) writeFileSync(DOCUMENT, formatDocument(scores, lines));
  process.exitCode = scoreOf(scores) >= LEAST_SCORE && unexplained.length === 0 ? 0 : 1;
}

/** @returns {readonly FileScore[]} */
function readScores() {
  /** @type {{files: Record<string, {source: string, mutants: readonly Mutant[]}>}} */
  const report = JSON.parse(readFileSync(REPORT, "utf8"));
  return Object.entries(report.files)
    .map(([file, { source, mutants }]) => {
      const count = (/** @type {readonly string[]} */ ...names) =>
        mutants.filter(({ status }) => names.includes(status)).length;
      return {
        file,
        noticed: count(...NOTICED),
        survived: count("Survived"),
        uncovered: count("NoCoverage"),
        off: count("Ignored"),
        left: leftOf(file, source, mutants),
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

/** @param {readonly FileScore[]} scores @param {readonly string[]} lines */
function formatDocument(scores, lines) {
  return `# Mutants

Made by \`npm run mutants -- --write\`: Stryker changes the merge and the values in thousands of small ways, one at a time
(\`config/stryker.json\`), and the tests of \`test/merge\` and \`test/domain\` run against each. A mutant that no test notices is a
place where a fault could slip in. None is switched off.

${formatTable(scores)}

## Those that nobody notices

Each with the reason why it may stay (\`config/mutants-left.json\`).

${lines.join("\n")}
`;
}

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
