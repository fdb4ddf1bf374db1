import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt } from "./ensure-built.mjs";
import { loadHarness, option, worldMaker } from "./load-harness.mjs";
import { PROJECT_ROOT, projectAt } from "./project.mjs";

const FOLDER = join(projectAt(PROJECT_ROOT).build, "proofs");

/**
 * `npm run sweep`: kills every scenario at each of its external calls and compares the end with that of an undisturbed run.
 * `--crm hubspot` (default), `--world bundle` (default) or `fake`, `--every n`, `--only <part of a name>`, `--all` (also
 * points that leave the same state as their neighbour), `--aftermath resume` (default), `abandon` or `"kill again"`,
 * `--fresh` (forgets what was tried). What was tried is kept in `build/proofs/`, so that a sweep that was stopped goes on.
 */
async function main() {
  const crm = option("crm", "hubspot");
  if (crm !== "hubspot") throw new Error(`there is no sandbox of '${crm}' to sweep`);
  await ensureBuilt({ quiet: true });
  const { harness, build } = await loadHarness(PROJECT_ROOT);
  const world = option("world", "bundle");
  const aftermath = option("aftermath", "resume");
  const kept = openProgress(join(FOLDER, `sweep-${world}-${aftermath.replace(/\W/g, "-")}.json`), build);
  const rows = [];
  for (const scenario of harness.SCENARIOS.filter((/** @type {{name: string}} */ one) =>
    one.name.includes(option("only", "")),
  )) {
    const startMs = Date.now();
    const known = kept.scenario(scenario.name);
    const report = await harness.sweepKills(scenario, {
      makeWorld: worldMaker(harness, world),
      aftermath,
      every: Number(option("every", "1")),
      all: process.argv.includes("--all"),
      isKnown: (/** @type {object} */ point) => toKey(point) in known,
      onTrial: (/** @type {object} */ point, /** @type {{problems: string[]} | null} */ failure) => {
        known[toKey(point)] = failure === null ? [] : failure.problems;
        kept.save();
      },
    });
    const failed = Object.entries(known).filter(([, problems]) => problems.length > 0);
    const own = report.failures.filter((/** @type {{point: object | null}} */ one) => one.point === null);
    for (const one of own) failed.unshift(["without a kill", one.problems]);
    rows.push({
      name: scenario.name,
      calls: report.calls,
      points: Object.keys(known).length,
      failed: failed.length,
      asks: report.asks,
    });
    console.log(`${scenario.name}: ${report.trials} trials in ${((Date.now() - startMs) / 1000).toFixed(0)} s`);
    for (const [point, problems] of failed) console.log(`  ${point}\n    ${problems.slice(0, 6).join("\n    ")}`);
  }
  printTable(rows);
  process.exitCode = rows.some(({ failed }) => failed > 0) ? 1 : 0;
}

/** @param {any} point */
function toKey({ k, when, unflushed }) {
  return `${when} call ${k}, unflushed writes ${unflushed}`;
}

/**
 * @param {string} path
 * @param {string} build only what was tried with the same build counts
 */
function openProgress(path, build) {
  mkdirSync(FOLDER, { recursive: true });
  const stored = existsSync(path) && !process.argv.includes("--fresh") ? JSON.parse(readFileSync(path, "utf8")) : null;
  /** @type {{build: string, scenarios: Record<string, Record<string, string[]>>}} */
  const state = stored?.build === build ? stored : { build, scenarios: {} };
  return {
    /** @param {string} name */
    scenario: (name) => {
      state.scenarios[name] ??= {};
      return state.scenarios[name];
    },
    save: () => writeFileSync(path, JSON.stringify(state)),
  };
}

/** @param {readonly {name: string, calls: number, points: number, failed: number, asks: number}[]} rows */
function printTable(rows) {
  const sum = (/** @type {"calls" | "points" | "failed" | "asks"} */ key) =>
    rows.reduce((all, row) => all + row[key], 0);
  const total = { name: "all", calls: sum("calls"), points: sum("points"), failed: sum("failed"), asks: sum("asks") };
  console.log(`\n${"scenario".padEnd(42)}calls  points  failed  asks`);
  for (const { name, calls, points, failed, asks } of [...rows, total]) {
    const numbers = [calls, points, failed, asks].map((count, at) => String(count).padStart([5, 8, 8, 6][at] ?? 8));
    console.log(name.padEnd(42) + numbers.join(""));
  }
}

main().then(
  () => process.exit(),
  (error) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
