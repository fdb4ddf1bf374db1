import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "./call-module";

/**
 * Reads one of the three files of `dist/`.
 *
 * @throws Error when the project is not built
 */
export function readBuilt(name: "Code.js" | "Sidebar.html" | "appsscript.json"): string {
  const path = join(projectRoot, "dist", name);
  if (!existsSync(path)) throw new Error(`dist/${name} is missing: run npm run build`);
  return readFileSync(path, "utf8");
}
