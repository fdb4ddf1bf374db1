import { ensureBuilt } from "./ensure-built.mjs";
import { loadHarness, option, worldMaker } from "./load-harness.mjs";
import { PROJECT_ROOT } from "./project.mjs";

/** Steps of a trial, and the calls among which kills and other people's actions are spread. */
const SIZE = { steps: 30, calls: 60 };

/**
 * `npm run soak`: random trials of people, runs, kills and faults, each brought to rest and checked for everything that must
 * always hold. `--runs n` (default 1,000), `--seed n` (default 1), `--world fake` (default) or `bundle`, `--steps n`. The
 * trial of a seed is the same every time; a failing one is made small and told.
 */
async function main() {
  const world = option("world", "fake");
  const seed = Number(option("seed", "1"));
  const runs = Number(option("runs", "1000"));
  await ensureBuilt({ quiet: true });
  const { harness } = await loadHarness(PROJECT_ROOT);
  const startMs = Date.now();
  const report = await harness.soak({
    runs,
    seed,
    size: { ...SIZE, steps: Number(option("steps", String(SIZE.steps))) },
    makeWorld: worldMaker(harness, world),
    shrink: true,
    onTrial: (/** @type {number} */ number, /** @type {any} */ failure) => {
      if (failure !== null) tell(failure);
      else if (process.stdout.isTTY && number % 50 === 0) process.stdout.write(`\r${number - seed + 1} of ${runs}`);
    },
  });
  const share = report.edits === 0 ? 0 : (100 * report.raced) / report.edits;
  console.log(
    [
      `world ${world}, seeds ${seed} to ${seed + runs - 1}: ${report.runs} trials, ${report.operations} operations, ${report.kills} kills`,
      `${report.edits} edits, of which ${report.raced} raced (${share.toFixed(2)} %); ${report.asks} places left to the user`,
      `${((Date.now() - startMs) / 1000).toFixed(0)} s; trials with violations: ${report.failures.length}`,
    ].join("\n"),
  );
  process.exitCode = report.failures.length === 0 ? 0 : 1;
}

/** @param {any} failure */
function tell({ seed, violations, trial, story }) {
  console.log(`\nseed ${seed}: ${violations.length} violations (again: npm run soak -- --runs 1 --seed ${seed})`);
  for (const { rule, text } of violations.slice(0, 10)) console.log(`  ${rule}: ${text}`);
  console.log(`  settings ${JSON.stringify(trial.options)}, ${trial.contacts} contacts`);
  for (const step of trial.steps) console.log(`  ${JSON.stringify(step)}`);
  for (const line of story) console.log(`    ${line}`);
}

main().then(
  () => process.exit(),
  (error) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
