import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";

/** Mutation tests of the planner and the values, with config/stryker.json; further arguments go to Stryker. */
const require = createRequire(import.meta.url);
const main = require.resolve("@stryker-mutator/core/package.json").replace(/package\.json$/, "bin/stryker.js");
const { status } = spawnSync(process.execPath, [main, "run", "config/stryker.json", ...process.argv.slice(2)], {
  stdio: "inherit",
});
process.exitCode = status ?? 1;
