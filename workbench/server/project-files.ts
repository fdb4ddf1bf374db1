import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const projectName = "crm-sync";

/**
 * Folder of the project: the nearest one above the working directory or the started file that holds our package.json.
 *
 * @throws Error when started from outside of the project
 */
export function findProjectRoot(): string {
  for (const start of [process.cwd(), dirname(process.argv[1] ?? ".")]) {
    const root = nearestRoot(start);
    if (root !== null) return root;
  }
  throw new Error(`Start this inside the ${projectName} folder: no package.json of it was found.`);
}

function nearestRoot(start: string): string | null {
  for (let folder = start; ; folder = dirname(folder)) {
    if (isRoot(folder)) return folder;
    if (dirname(folder) === folder) return null;
  }
}

function isRoot(folder: string): boolean {
  const path = join(folder, "package.json");
  if (!existsSync(path)) return false;
  const parsed: unknown = JSON.parse(readFileSync(path, "utf8"));
  return typeof parsed === "object" && parsed !== null && "name" in parsed && parsed.name === projectName;
}

/**
 * Reads a file of the project.
 *
 * @param path from the project's root
 * @throws Error that says how to make the file when it is missing
 */
export function readProjectFile(path: string): string {
  const full = join(findProjectRoot(), path);
  if (!existsSync(full)) throw new Error(`${path} is missing: run npm run build first.`);
  return readFileSync(full, "utf8");
}
