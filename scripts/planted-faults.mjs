import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PLANTED_FAULTS } from "./planted-fault-list.mjs";
import { PROJECT_ROOT } from "./project.mjs";

/** What the tests need; the copy shares the installed packages. */
const COPIED = ["src", "test", "sidebar", "workbench", "scripts", "config", "dist", "build"];
const COPIED_FILES = ["package.json", "tsconfig.json", "jest.config.json", "appsscript.json", "appsscript.wide.json"];

/**
 * `npm run planted`: puts known faults of the write protocol into a copy of the project, one by one, and expects that the
 * tests named for each notice. `-- --only <text>` for the faults whose name holds the text, `-- --check` only looks
 * whether every fault can be planted. Exits 1 when a fault is not noticed or can no longer be planted.
 */
function main() {
  const args = process.argv.slice(2);
  const only = args.includes("--only") ? (args[args.indexOf("--only") + 1] ?? "") : "";
  const faults = PLANTED_FAULTS.filter(({ name }) => name.includes(only));
  if (faults.length === 0) throw new Error(`no planted fault is called '${only}'.`);
  const copy = mkdtempSync(join(tmpdir(), "crm-sync-faults-"));
  try {
    copyProject(copy);
    const missing = faults.flatMap((fault) => missingAnchors(copy, fault));
    if (missing.length > 0) throw new Error(`planted faults are out of step with the code:\n${missing.join("\n")}`);
    if (args.includes("--check")) {
      console.log(`${faults.length} faults can be planted`);
      return;
    }
    const failing = failingAnyway(copy, faults);
    const unnoticed = faults.filter((fault) => !isNoticed(copy, fault, failing));
    console.log(`${faults.length - unnoticed.length} of ${faults.length} planted faults were noticed`);
    for (const { name } of unnoticed) console.log(`NOT NOTICED: ${name}`);
    process.exitCode = unnoticed.length === 0 ? 0 : 1;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** @param {string} copy */
function copyProject(copy) {
  for (const name of [...COPIED, ...COPIED_FILES]) {
    const from = join(PROJECT_ROOT, name);
    if (existsSync(from)) cpSync(from, join(copy, name), { recursive: true });
  }
  symlinkSync(join(PROJECT_ROOT, "node_modules"), join(copy, "node_modules"));
}

/**
 * @param {string} copy
 * @param {import("./planted-fault-list.mjs").PlantedFault} fault
 */
function missingAnchors(copy, { name, edits }) {
  return edits.flatMap(({ file, find }) => {
    const times = existsSync(join(copy, file)) ? readFileSync(join(copy, file), "utf8").split(find).length - 1 : 0;
    return times === 1 ? [] : [`${name}: its text stands ${times} times in ${file}.`];
  });
}

/**
 * Titles of tests that fail without any fault: they notice nothing.
 *
 * @param {string} copy
 * @param {readonly import("./planted-fault-list.mjs").PlantedFault[]} faults
 */
function failingAnyway(copy, faults) {
  const tests = [...new Set(faults.flatMap((fault) => fault.tests))];
  const { passed, broken, titles, said } = runTests(copy, tests, []);
  if (broken > 0 || passed === 0) throw new Error(`the tests cannot be run:\n${said}`);
  console.log(`without any fault ${passed} tests pass`);
  for (const title of titles) console.log(`fails anyway: ${title}`);
  return new Set(titles);
}

/**
 * @param {string} copy
 * @param {import("./planted-fault-list.mjs").PlantedFault} fault
 * @param {ReadonlySet<string>} failing
 */
function isNoticed(copy, { name, edits, tests }, failing) {
  const files = [...new Set(edits.map(({ file }) => file))];
  const before = new Map(files.map((file) => [file, readFileSync(join(copy, file), "utf8")]));
  try {
    for (const { file, find, replace } of edits) {
      const path = join(copy, file);
      writeFileSync(
        path,
        readFileSync(path, "utf8").replace(find, () => replace),
      );
    }
    requireTypes(copy, name, files);
    const startMs = Date.now();
    const report = runTests(copy, tests, failing.size > 0 ? [] : ["--bail=1"]);
    const noticing = report.titles.filter((title) => !failing.has(title));
    if (report.broken > 0) throw new Error(`${name}: the tests could not be run:\n${report.said}`);
    const seconds = ((Date.now() - startMs) / 1_000).toFixed(0);
    console.log(`${noticing.length > 0 ? "noticed" : "NOT NOTICED"}: ${name} (${seconds} s)`);
    for (const title of noticing.slice(0, 3)) console.log(`    ${title}`);
    return noticing.length > 0;
  } finally {
    for (const [file, text] of before) writeFileSync(join(copy, file), text);
  }
}

/**
 * A fault that does not compile is none.
 *
 * @param {string} copy
 * @param {string} name
 * @param {readonly string[]} files that were edited
 */
function requireTypes(copy, name, files) {
  for (const realm of ["core", "server"]) {
    const args = [join(copy, "node_modules/typescript/bin/tsc"), "-p", `config/tsconfig.${realm}.json`, "--noEmit"];
    const done = spawnSync(process.execPath, args, { cwd: copy, encoding: "utf8" });
    const own = done.stdout.split("\n").filter((line) => files.some((file) => line.includes(file)));
    if (own.length > 0) throw new Error(`${name}: the planted code does not compile:\n${own.join("\n")}`);
  }
}

/**
 * @param {string} copy
 * @param {readonly string[]} tests
 * @param {readonly string[]} more options of jest
 */
function runTests(copy, tests, more) {
  const results = join(copy, "planted-results.json");
  rmSync(results, { force: true });
  const jest = join(copy, "node_modules/jest/bin/jest.js");
  const args = [jest, "--json", `--outputFile=${results}`, ...more, ...tests];
  const done = spawnSync(process.execPath, args, { cwd: copy, encoding: "utf8", maxBuffer: 1e9 });
  if (!existsSync(results)) throw new Error(`jest did not run:\n${done.stderr}`);
  const report = JSON.parse(readFileSync(results, "utf8"));
  const titles = report.testResults.flatMap((/** @type {any} */ file) =>
    file.assertionResults.filter((/** @type {any} */ one) => one.status === "failed").map((one) => one.fullName),
  );
  return {
    passed: report.numPassedTests,
    /** Files that did not even load. */
    broken: report.numRuntimeErrorTestSuites,
    titles,
    said: done.stderr.slice(-4_000),
  };
}

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
