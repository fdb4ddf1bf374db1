import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { sourceFiles } from "./source-files.mjs";

const ZOD_IMPORT = /^\s*(?:import|export)\b([^;]*?)\bfrom\s*["'](zod(?:\/[^"']*)?)["']/gm;

/**
 * Gate: what is bundled imports zod as `import * as z from "zod/mini"`. `import { z } from "zod"` alone makes the bundle
 * 779 kB, because a namespace object that is imported by name cannot be shaken.
 *
 * @param {import("../project.mjs").Project} project
 * @returns {string[]} what is wrong, in sentences
 */
export function checkZodImports(project) {
  const files = [project.src, project.sidebar].flatMap((folder) => sourceFiles(folder, [".ts", ".tsx"]));
  return files.flatMap((path) =>
    [...readFileSync(path, "utf8").matchAll(ZOD_IMPORT)]
      .filter(([, clause = "", from = ""]) => !isAllowed(clause.trim(), from))
      .map(([statement]) => {
        const found = statement.trim().replace(/\s+/g, " ");
        return `${relative(project.root, path)} says '${found}'; write 'import * as z from "zod/mini"'.`;
      }),
  );
}

/**
 * @param {string} clause what stands between `import` and `from`
 * @param {string} from
 */
function isAllowed(clause, from) {
  if (clause.startsWith("type ")) return true;
  if (from === "zod/mini") return /^\*\s*as\s+\w+$/.test(clause);
  return /^zod\/v4\/locales\/en(?:\.js)?$/.test(from);
}
