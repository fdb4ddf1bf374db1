import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { runGates } from "./gates/run-gates.mjs";
import { PROJECT_ROOT, projectAt } from "./project.mjs";
import { copyManifest } from "./steps/manifest.mjs";
import { buildServerBundle } from "./steps/server-bundle.mjs";
import { buildSidebarPage } from "./steps/sidebar-page.mjs";

/** What `dist/` may hold; anything else found there is from an older build and is removed. */
const DIST_FILES = ["Code.js", "Sidebar.html", "appsscript.json"];

/**
 * The whole build: bundle, sidebar page, manifest, workbench, gates. Progress goes to stderr, so that a command that
 * builds first keeps its stdout to itself.
 *
 * @param {{wide: boolean, quiet: boolean}} options
 * @throws {Error} with one clear sentence for each thing that is wrong
 */
export async function buildAll({ wide, quiet }) {
  const project = projectAt(PROJECT_ROOT);
  const say = quiet ? () => undefined : (/** @type {string} */ text) => process.stderr.write(`${text}\n`);
  mkdirSync(project.build, { recursive: true });
  rmSync(project.stamp, { force: true });
  removeStrangers(project.dist);
  await buildServerBundle(project);
  say("built dist/Code.js");
  await buildSidebarPage(project);
  say("built dist/Sidebar.html");
  copyManifest(project, wide);
  say(`built dist/appsscript.json${wide ? " (wide)" : ""}`);
  buildWorkbench();
  say("built build/workbench");
  runGates(project, say);
  writeFileSync(project.stamp, `${JSON.stringify({ wide })}\n`);
}

/** @param {string} dist */
function removeStrangers(dist) {
  if (!existsSync(dist)) return;
  for (const name of readdirSync(dist)) {
    if (!DIST_FILES.includes(name)) rmSync(join(dist, name), { recursive: true });
  }
}

function buildWorkbench() {
  const script = join(PROJECT_ROOT, "scripts/build-workbench.mjs");
  const done = spawnSync(process.execPath, [script], { cwd: PROJECT_ROOT, encoding: "utf8" });
  if (done.status !== 0) throw new Error(`scripts/build-workbench.mjs failed:\n${done.stdout}${done.stderr}`.trim());
}

async function main() {
  const flags = process.argv.slice(2);
  const unknown = flags.filter((flag) => !["--wide", "--quiet"].includes(flag));
  if (unknown.length > 0) throw new Error(`unknown option ${unknown.join(" ")}; known are --wide and --quiet.`);
  await buildAll({ wide: flags.includes("--wide"), quiet: flags.includes("--quiet") });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  main().catch((error) => {
    process.stderr.write(`build failed: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
