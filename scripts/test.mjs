import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt } from "./ensure-built.mjs";
import { PROJECT_ROOT } from "./project.mjs";
import { reportTests } from "./test-report.mjs";

const RESULTS = join(PROJECT_ROOT, "build/test-results.json");
const NOTHING_RAN = "0 passed, 1 failed";

/** Builds when needed, runs jest with the arguments given, lists what was skipped, ends with `N passed, N failed`. */
async function main() {
  await ensureBuilt({ quiet: false });
  rmSync(RESULTS, { force: true });
  const jest = join(PROJECT_ROOT, "node_modules/jest/bin/jest.js");
  const args = [jest, "--json", `--outputFile=${RESULTS}`, ...process.argv.slice(2)];
  const run = spawnSync(process.execPath, args, { cwd: PROJECT_ROOT, stdio: ["inherit", "ignore", "inherit"] });
  process.exitCode = run.status ?? 1;
  if (!existsSync(RESULTS)) {
    console.log(NOTHING_RAN);
    return;
  }
  const { skipped, closingLine } = reportTests(JSON.parse(readFileSync(RESULTS, "utf8")));
  if (skipped.length > 0) {
    const titles = skipped.map((title) => `  ${title.replace(`${PROJECT_ROOT}/`, "")}`);
    console.log(`\nSkipped (the reason is in the title):\n${titles.join("\n")}\n`);
  }
  console.log(closingLine);
}

main().catch((error) => {
  process.stderr.write(`build failed: ${error instanceof Error ? error.message : String(error)}\n`);
  console.log(NOTHING_RAN);
  process.exitCode = 1;
});
