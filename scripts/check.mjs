import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { PROJECT_ROOT } from "./project.mjs";

/** Everything a change must pass, the cheap steps first; the tests come last, so that their line is the last line. */
const STEPS = [
  ...["core", "server", "sidebar", "node"].map((realm) => ({
    name: `types of ${realm}`,
    run: ["typescript/bin/tsc", "-p", `config/tsconfig.${realm}.json`, "--noEmit"],
  })),
  { name: "lint and format", run: ["@biomejs/biome/bin/biome", "check"] },
  { name: "layers", script: ["check-layers.mjs"] },
  { name: "house rules", script: ["check-house.mjs"] },
  { name: "unused files, exports, dependencies", run: ["knip/bin/knip.js"] },
  { name: "build and gates", script: ["build.mjs"] },
  { name: "size limits", run: ["size-limit/bin.js"] },
];

/** @param {{run?: string[], script?: string[]}} step */
function runStep({ run, script }) {
  const [file = "", ...args] = run ?? script ?? [];
  const path = join(PROJECT_ROOT, run ? "node_modules" : "scripts", file);
  const done = spawnSync(process.execPath, [path, ...args], { cwd: PROJECT_ROOT, encoding: "utf8" });
  if (done.status !== 0) process.stdout.write(`${done.stdout}${done.stderr}\n`);
  return done.status === 0;
}

/**
 * @param {string} name
 * @param {() => boolean} work
 */
function timed(name, work) {
  const startMs = Date.now();
  const ok = work();
  console.log(`${ok ? "ok  " : "FAIL"} ${name} (${((Date.now() - startMs) / 1000).toFixed(1)} s)`);
  return ok;
}

/** Runs the tests and passes their output through; gives their last line. */
function runTests() {
  const path = join(PROJECT_ROOT, "scripts/test.mjs");
  const done = spawnSync(process.execPath, [path], {
    cwd: PROJECT_ROOT,
    encoding: "utf8",
    maxBuffer: 1e8,
    stdio: ["inherit", "pipe", "inherit"],
  });
  const lines = done.stdout.trimEnd().split("\n");
  const lastLine = lines.pop() ?? "";
  console.log(lines.join("\n"));
  return { ok: done.status === 0, lastLine };
}

/**
 * Each failed step counts as one failure more, so that no red run closes with `0 failed`.
 *
 * @param {string} line the closing line of the tests
 * @param {number} count
 */
function addFailures(line, count) {
  return line.replace(/(\d+) failed/, (_, failed) => `${Number(failed) + count} failed`);
}

function main() {
  const keepGoing = process.argv.includes("--keep-going");
  const failedSteps = [];
  for (const step of STEPS) {
    if (timed(step.name, () => runStep(step))) continue;
    failedSteps.push(step.name);
    if (!keepGoing) break;
  }
  const stopped = failedSteps.length > 0 && !keepGoing;
  let tests = { ok: false, lastLine: "0 passed, 0 failed" };
  if (!stopped) {
    timed("tests", () => {
      tests = runTests();
      return tests.ok;
    });
  }
  if (failedSteps.length > 0) console.log(`failed: ${failedSteps.join("; ")}`);
  console.log(addFailures(tests.lastLine, failedSteps.length));
  process.exitCode = failedSteps.length === 0 && tests.ok ? 0 : 1;
}

main();
