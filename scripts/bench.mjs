import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { brokenLimits, formatDocument, formatMachine, formatReport } from "./bench-report.mjs";
import { ensureBuilt } from "./ensure-built.mjs";
import { PROJECT_ROOT } from "./project.mjs";

const DOCUMENT = join(PROJECT_ROOT, "docs/benchmarks.md");
const WORKBENCH = join(PROJECT_ROOT, "build/workbench/bench.mjs");
const MERGE = join(PROJECT_ROOT, "build/merge-speed.mjs");

const ALL_SIZES = [1_000, 10_000, 100_000];
const NAIVE_RECORDS = 1_000;
const PARTS = ["add-on", "naive", "merge"];

/** Fields of a row in the timed merges, and how often each is repeated: the best counts. */
const MERGE_FIELDS = 20;
const DAFF_FIELDS = 10;
const ROUNDS = 5;

/**
 * `npm run bench`: counts calls and virtual seconds of the built add-on beside a sandbox, of a naive script, and times the
 * merge. `-- --sizes 1000,10000` for other sizes, `-- --parts merge` for some of it, `-- --json` for programs, `-- --write`
 * to keep the counts in docs/benchmarks.md. Exits 1 when a limit is broken.
 */
async function main() {
  const options = readOptions(process.argv.slice(2));
  await ensureBuilt({ quiet: true });
  const started = performance.now();
  const has = (/** @type {string} */ part) => options.parts.includes(part);
  const addOn = has("add-on") ? options.sizes.map((size) => runNode(WORKBENCH, ["add-on", String(size)])) : [];
  const naive = has("naive") ? runNode(WORKBENCH, ["naive", String(NAIVE_RECORDS)]) : null;
  const merge = has("merge") ? await timeMerge() : null;
  const results = { addOn, naive, merge };
  const broken = brokenLimits(results);
  if (options.json) process.stdout.write(`${JSON.stringify({ ...results, broken }, null, 2)}\n`);
  else {
    console.log(formatReport(results));
    console.log(formatMachine(results));
    console.log(`\n${broken.length === 0 ? "Every limit holds." : `Broken limits:\n${broken.join("\n")}`}`);
    console.log(`(${((performance.now() - started) / 1_000).toFixed(0)} s)`);
  }
  const failed = addOn.flatMap(({ rows }) => rows).filter(({ problem }) => problem !== null);
  if (options.write && failed.length > 0) throw new Error("steps failed: the document is not written.");
  if (options.write) writeFileSync(DOCUMENT, formatDocument(results));
  process.exitCode = broken.length === 0 ? 0 : 1;
}

/** @param {readonly string[]} args */
function readOptions(args) {
  const options = { json: false, write: false, sizes: ALL_SIZES, parts: PARTS };
  for (let at = 0; at < args.length; at++) {
    const name = args[at];
    if (name === "--json") options.json = true;
    else if (name === "--write") options.write = true;
    else if (name === "--sizes") options.sizes = listOf(args[++at]).map(Number);
    else if (name === "--parts") options.parts = listOf(args[++at]);
    else throw new Error(`unknown option ${name}; known are --json, --write, --sizes and --parts.`);
  }
  if (!options.sizes.every((size) => Number.isInteger(size) && size >= 100)) {
    throw new Error("--sizes takes whole numbers from 100, with commas between them.");
  }
  if (!options.parts.every((part) => PARTS.includes(part)))
    throw new Error(`--parts takes some of ${PARTS.join(",")}.`);
  const isWhole = options.sizes === ALL_SIZES && options.parts === PARTS;
  if (options.write && !isWhole) throw new Error("--write keeps the whole benchmark: leave out --sizes and --parts.");
  return options;
}

/** @param {string | undefined} text */
function listOf(text) {
  return (text ?? "").split(",").filter((part) => part !== "");
}

/** Times the planner, each size in a process of its own, and a public library on the same data. */
async function timeMerge() {
  await build({
    entryPoints: [join(PROJECT_ROOT, "test/support/merge-speed-main.ts")],
    outfile: MERGE,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    logLevel: "warning",
  });
  const time = (/** @type {(string | number)[]} */ ...args) => runNode(MERGE, args.map(String));
  return {
    small: time(10_000, MERGE_FIELDS, ROUNDS),
    large: time(100_000, MERGE_FIELDS, ROUNDS),
    beside: time(10_000, DAFF_FIELDS, ROUNDS, "daff"),
  };
}

/**
 * What a program prints as its one line of JSON.
 *
 * @param {string} file
 * @param {readonly string[]} args
 */
function runNode(file, args) {
  const done = spawnSync(process.execPath, ["--expose-gc", file, ...args], {
    cwd: PROJECT_ROOT,
    encoding: "utf8",
    maxBuffer: 1e8,
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (done.status !== 0) throw new Error(`${file} ${args.join(" ")} ended with status ${done.status}.`);
  return JSON.parse(done.stdout.trimEnd().split("\n").pop() ?? "");
}

main().catch((error) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
