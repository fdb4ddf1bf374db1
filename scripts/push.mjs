import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildAll } from "./build.mjs";
import { PROJECT_ROOT } from "./project.mjs";

const PLACEHOLDER = "PUT_YOUR_SCRIPT_ID_HERE";
const OWN_PROJECT_FILE = ".clasp.dev.json";

const HOW_TO = `No script to push to yet: .clasp.json holds a placeholder, so that nobody's script id is in the repository.

1. Make the script. Bound to a sheet: open sheets.new, then Extensions > Apps Script. Standalone, for an add-on: script.new
2. In its editor open Project Settings (the gear) and copy the Script ID.
3. Write it into ${OWN_PROJECT_FILE} beside package.json; git ignores that file:
     {"scriptId": "<the id>", "rootDir": "dist"}
4. Switch the Apps Script API on at script.google.com/home/usersettings, and log in once: npx clasp login
5. npm run push            the manifest with the narrow scopes
   npm run push -- --wide  the manifest that also asks for all spreadsheets (scheduled runs of an add-on may need it)

A push replaces everything in that script project.`;

/** The script id to push to, or `null` while nobody has filled one in. */
function ownScriptId() {
  const path = join(PROJECT_ROOT, OWN_PROJECT_FILE);
  if (!existsSync(path)) return null;
  const { scriptId } = JSON.parse(readFileSync(path, "utf8"));
  return typeof scriptId === "string" && scriptId !== "" && scriptId !== PLACEHOLDER ? scriptId : null;
}

async function main() {
  if (ownScriptId() === null) {
    console.error(HOW_TO);
    process.exitCode = 1;
    return;
  }
  await buildAll({ wide: process.argv.includes("--wide"), quiet: false });
  const clasp = join(PROJECT_ROOT, "node_modules/@google/clasp/build/src/index.js");
  const args = [clasp, "--project", OWN_PROJECT_FILE, "push", "--force"];
  process.exitCode = spawnSync(process.execPath, args, { cwd: PROJECT_ROOT, stdio: "inherit" }).status ?? 1;
}

main().catch((error) => {
  console.error(`push failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
