import { copyFileSync, mkdirSync } from "node:fs";

/**
 * Copies the manifest into `dist/`.
 *
 * @param {import("../project.mjs").Project} project
 * @param {boolean} wide `true`: the manifest that also asks for `spreadsheets`, for clock runs without an open document
 */
export function copyManifest(project, wide) {
  mkdirSync(project.dist, { recursive: true });
  copyFileSync(wide ? project.wideManifestSource : project.manifestSource, project.manifest);
}
