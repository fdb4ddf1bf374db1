import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildAll } from "./build.mjs";
import { PROJECT_ROOT, projectAt } from "./project.mjs";

/** Everything whose change makes the built files stale. */
const INPUTS = [
  "src",
  "sidebar",
  "workbench",
  "scripts",
  "appsscript.json",
  "appsscript.wide.json",
  ".clasp.json",
  "package-lock.json",
  "tsconfig.json",
];

/**
 * Whether the built files are missing or older than what they are built from. Folders count with their own time too, so
 * that a removed file is noticed.
 *
 * @param {import("./project.mjs").Project} project
 */
export function isStale(project) {
  const outputs = [project.code, project.page, project.manifest, project.stamp, join(project.build, "workbench")];
  if (!outputs.every((path) => existsSync(path))) return true;
  const builtAtMs = statSync(project.stamp).mtimeMs;
  return INPUTS.some((name) => newestMs(join(project.root, name)) > builtAtMs);
}

/** @param {string} path @returns {number} time of the newest change at or below it; 0 when there is nothing */
function newestMs(path) {
  if (!existsSync(path)) return 0;
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => newestMs(join(path, name))));
}

/**
 * Builds when that is needed; stdout stays untouched. A wide build stays wide.
 *
 * @param {{quiet: boolean}} options
 */
export async function ensureBuilt({ quiet }) {
  const project = projectAt(PROJECT_ROOT);
  if (!isStale(project)) return;
  const wide = existsSync(project.stamp) && JSON.parse(readFileSync(project.stamp, "utf8")).wide === true;
  await buildAll({ wide, quiet });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  ensureBuilt({ quiet: process.argv.includes("--quiet") }).catch((error) => {
    process.stderr.write(`build failed: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
