import { readFileSync } from "node:fs";
import { parse } from "acorn";
import { walk } from "./syntax-tree.mjs";

const SCRIPT = /<script>([\s\S]*?)<\/script>/g;

/**
 * Gate: the sidebar page survives HtmlService. It strips what looks like a comment inside template literals, reads `<?`
 * as a scriptlet where a page is made from a template, and a page's first `</script` ends the script.
 *
 * @param {import("../project.mjs").Project} project
 * @returns {string[]} what is wrong, in sentences
 */
export function checkPageScript(project) {
  const page = readFileSync(project.page, "utf8");
  const scripts = [...page.matchAll(SCRIPT)].map((match) => match[1] ?? "");
  if (scripts.length !== 1) return [`dist/Sidebar.html must hold one script, it holds ${scripts.length}.`];
  const problems = scripts.flatMap(templateProblems);
  if (/<script[^>]*\ssrc=|<link[^>]*\shref=["']https?:/i.test(page)) {
    problems.push("dist/Sidebar.html loads something from the network.");
  }
  if (page.includes("<!--")) problems.push("dist/Sidebar.html holds '<!--', which HtmlService may read as a comment.");
  if (page.includes("<?")) problems.push("dist/Sidebar.html holds '<?', which starts a scriptlet in a template.");
  return problems;
}

/** @param {string} script */
function templateProblems(script) {
  /** @type {string[]} */
  const problems = [];
  let tree;
  try {
    tree = parse(script, { ecmaVersion: 2020, sourceType: "script" });
  } catch (error) {
    return [
      `the script of dist/Sidebar.html does not parse at ES2020: ${error instanceof Error ? error.message : error}.`,
    ];
  }
  walk(tree, (node) => {
    if (node.type !== "TemplateElement") return;
    const { raw } = /** @type {{raw: string}} */ (node.value);
    if (/\/\/|\/\*/.test(raw)) {
      problems.push(`dist/Sidebar.html has a template literal that holds a comment sign: ${raw.slice(0, 40)}.`);
    }
  });
  return problems;
}
