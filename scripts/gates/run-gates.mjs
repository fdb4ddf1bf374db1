import { checkBundleSyntax } from "./bundle-syntax.mjs";
import { checkClaspFiles } from "./clasp-files.mjs";
import { checkEmptyContext } from "./empty-context.mjs";
import { checkEntryPoints } from "./entry-points.mjs";
import { checkFixedHosts } from "./fixed-hosts.mjs";
import { checkPageScript } from "./page-script.mjs";
import { checkSizes } from "./sizes.mjs";
import { checkZodImports } from "./zod-imports.mjs";

/** In this order: a bundle that does not parse would make the next gates speak of something else. */
const GATES = [
  { name: "imports of zod", check: checkZodImports },
  { name: "syntax of the bundle", check: checkBundleSyntax },
  { name: "entry points", check: checkEntryPoints },
  { name: "loads without services", check: checkEmptyContext },
  { name: "fixed hosts", check: checkFixedHosts },
  { name: "script of the page", check: checkPageScript },
  { name: "sizes", check: checkSizes },
  { name: "files that clasp pushes", check: checkClaspFiles },
];

/**
 * Runs every gate on what was built.
 *
 * @param {import("../project.mjs").Project} project
 * @param {(text: string) => void} say
 * @throws {Error} at the first gate that finds something, with all that it found
 */
export function runGates(project, say) {
  for (const { name, check } of GATES) {
    const problems = check(project);
    if (problems.length > 0) throw new Error(`gate '${name}':\n  ${problems.join("\n  ")}`);
  }
  say(`passed ${GATES.length} gates: ${GATES.map((gate) => gate.name).join(", ")}`);
}
