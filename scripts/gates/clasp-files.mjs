import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "../project.mjs";

/** Everything that clasp may upload. */
const PUSHED_FILES = ["Code.js", "Sidebar.html", "appsscript.json"];

const CLASP_TIMEOUT_MS = 60_000;

/**
 * Gate: clasp would push exactly the three files of `dist/`. Works offline and without a login: clasp reads the
 * placeholder project and an empty credentials file of the build, never the home folder's.
 *
 * @param {import("../project.mjs").Project} project
 * @returns {string[]} what is wrong, in sentences
 */
export function checkClaspFiles(project) {
  const auth = join(project.build, "clasp-no-login.json");
  writeFileSync(auth, "{}\n");
  const clasp = join(PROJECT_ROOT, "node_modules/@google/clasp/build/src/index.js");
  let answer;
  try {
    answer = execFileSync(process.execPath, [clasp, "show-file-status", "--json"], {
      cwd: project.root,
      encoding: "utf8",
      timeout: CLASP_TIMEOUT_MS,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, HOME: project.build, clasp_config_auth: auth, clasp_config_project: project.root },
    });
  } catch (error) {
    return [`clasp show-file-status failed: ${error instanceof Error ? error.message : error}`];
  }
  return judgeFileStatus(JSON.parse(answer));
}

/** @param {{filesToPush?: string[], untrackedFiles?: string[]}} status what `clasp show-file-status --json` prints */
function judgeFileStatus({ filesToPush = [], untrackedFiles = [] }) {
  const inDist = (/** @type {string} */ path) => path.replaceAll("\\", "/").startsWith("dist/");
  const found = [...filesToPush, ...untrackedFiles.filter(inDist)].map((path) => path.replace(/^dist[\\/]/, "")).sort();
  if (found.join() === PUSHED_FILES.join()) return [];
  return [`clasp would push ${found.join(", ") || "nothing"}; it must be ${PUSHED_FILES.join(", ")}.`];
}
