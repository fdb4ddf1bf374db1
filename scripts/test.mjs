import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { ensureBuilt } from "./ensure-built.mjs";
import { PROJECT_ROOT } from "./project.mjs";

const RESULTS = join(PROJECT_ROOT, "build/test-results.json");

/** Builds when needed, runs jest, then lists what was skipped and ends with the line `N passed, N failed`. */
async function main() {
  await ensureBuilt({ quiet: false });
  rmSync(RESULTS, { force: true });
  const jest = join(PROJECT_ROOT, "node_modules/jest/bin/jest.js");
  const args = [jest, "--json", `--outputFile=${RESULTS}`, ...process.argv.slice(2)];
  const run = spawnSync(process.execPath, args, { cwd: PROJECT_ROOT, stdio: ["inherit", "ignore", "inherit"] });
  process.exitCode = run.status ?? 1;
  if (!existsSync(RESULTS)) {
    console.log("0 passed, 1 failed");
    return;
  }
  report(JSON.parse(readFileSync(RESULTS, "utf8")));
}

/**
 * A test file that did not even run counts as one failed test.
 *
 * @param {Record<string, any>} results what jest wrote
 */
function report(results) {
  const skipped = results.testResults.flatMap((/** @type {any} */ file) =>
    file.assertionResults
      .filter((/** @type {any} */ test) => test.status === "pending" || test.status === "todo")
      .map((/** @type {any} */ test) => `  ${relative(PROJECT_ROOT, file.name)}: ${test.fullName}`),
  );
  if (skipped.length > 0) console.log(`\nSkipped (the reason is in the title):\n${skipped.join("\n")}\n`);
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  const rest = skipped.length > 0 ? `, ${skipped.length} skipped` : "";
  console.log(`${results.numPassedTests} passed, ${failed} failed${rest}`);
}

main().catch((error) => {
  process.stderr.write(`build failed: ${error instanceof Error ? error.message : String(error)}\n`);
  console.log("0 passed, 1 failed");
  process.exitCode = 1;
});
