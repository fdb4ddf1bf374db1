import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { callModules } from "./call-module";

/** The paths of a project as `projectAt` of scripts/project.mjs gives them. */
export type ProjectPaths = Readonly<Record<string, string>>;

/** A folder with files planted in it, removed again by the caller. */
export interface PlantedProject {
  readonly root: string;
  remove(): void;
}

/**
 * Makes a project of nothing but the given files.
 *
 * @param files text by path from the root of the new project
 */
export function plantProject(files: Readonly<Record<string, string>>): PlantedProject {
  const root = mkdtempSync(join(tmpdir(), "crm-sync-planted-"));
  writeFiles(root, files);
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}

/** Writes files below a folder, making their folders. */
export function writeFiles(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** The paths of projects, as the build scripts themselves find them. */
export function pathsOfAll(roots: readonly string[]): readonly ProjectPaths[] {
  const calls = roots.map((root) => ({ file: "scripts/project.mjs", name: "projectAt", args: [root] }));
  return callModules(calls) as readonly ProjectPaths[];
}
