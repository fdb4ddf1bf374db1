import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { checkGoogleServices } from "./gates/google-services.mjs";
import { sourceFiles } from "./gates/source-files.mjs";
import { LAYERS } from "./layers.mjs";
import { PROJECT_ROOT, projectAt } from "./project.mjs";

const REALMS = ["src", "sidebar", "workbench", "scripts", "test"];

/**
 * What dependency-cruiser finds, in its own words; empty when it finds nothing.
 *
 * @param {string} root
 */
function checkImports(root) {
  const cruiser = join(PROJECT_ROOT, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  const config = join(PROJECT_ROOT, ".dependency-cruiser.cjs");
  const folders = REALMS.filter((name) => existsSync(join(root, name)));
  const args = [cruiser, "--config", config, "--output-type", "err-long", ...folders];
  const done = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  return done.status === 0 ? [] : [`${done.stdout}${done.stderr}`.trim()];
}

/** @param {string} root */
function checkEveryFileHasALayer(root) {
  return sourceFiles(join(root, "src"), [".ts", ".tsx"])
    .map((path) => relative(root, path).split(sep).join("/"))
    .filter((path) => !LAYERS.some(({ folder }) => path.startsWith(`${folder}/`)))
    .map((path) => `${path} lies in no folder of the layer list (scripts/layers.mjs).`);
}

/** Checks the folder given as first argument, or this project. */
function main() {
  const root = resolve(process.argv[2] ?? PROJECT_ROOT);
  const problems = [...checkEveryFileHasALayer(root), ...checkGoogleServices(projectAt(root)), ...checkImports(root)];
  if (problems.length === 0) {
    console.log(`layers hold: ${LAYERS.length} folders`);
    return;
  }
  console.log(problems.join("\n"));
  process.exitCode = 1;
}

main();
