import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * All files below a folder whose names end in one of the endings, sorted; none when the folder does not exist.
 *
 * @param {string} folder
 * @param {readonly string[]} endings
 * @returns {string[]} absolute paths if the folder is one
 */
export function sourceFiles(folder, endings) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === "node_modules" ? [] : sourceFiles(path, endings);
      return endings.some((ending) => entry.name.endsWith(ending)) ? [path] : [];
    })
    .sort();
}
