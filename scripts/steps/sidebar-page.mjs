import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

/** Where the shell `sidebar/index.html` takes its style sheet and its script; each stands there exactly once. */
const STYLE_MARKER = "<!-- style -->";
const SCRIPT_MARKER = "<!-- script -->";

/**
 * `sidebar/index.html` + `style.css` + `main.tsx` -> `dist/Sidebar.html`, one page without any request of its own.
 *
 * @param {import("../project.mjs").Project} project
 * @throws {Error} when one of the three files is missing, does not compile, or the shell lacks a marker
 */
export async function buildSidebarPage(project) {
  const shell = readSource(project, "index.html");
  const style = await bundle(project, "style.css");
  const script = await bundle(project, "main.tsx");
  const page = fill(fill(shell, STYLE_MARKER, inlineStyle(style)), SCRIPT_MARKER, inlineScript(script));
  mkdirSync(project.dist, { recursive: true });
  writeFileSync(project.page, page);
}

/**
 * A script as an element. `</script` would end it and `<!--` would change how the parser reads on, so both are spelled
 * with an escape that means the same inside strings and regular expressions, the only places where they can stand.
 *
 * @param {string} code
 */
function inlineScript(code) {
  const safe = code.replace(/<\/(?=script)/gi, "<\\/").replace(/<!--/g, "\\x3C!--");
  return `<script>\n${safe.trim()}\n</script>`;
}

/** @param {string} css */
function inlineStyle(css) {
  if (/<\/style/i.test(css)) throw new Error("sidebar/style.css holds '</style', which would end its element.");
  return `<style>\n${css.trim()}\n</style>`;
}

/**
 * @param {string} shell
 * @param {string} marker
 * @param {string} content
 */
function fill(shell, marker, content) {
  const parts = shell.split(marker);
  if (parts.length !== 2) throw new Error(`sidebar/index.html must hold '${marker}' exactly once.`);
  return parts.join(content);
}

/**
 * @param {import("../project.mjs").Project} project
 * @param {string} name
 */
function readSource(project, name) {
  const path = join(project.sidebar, name);
  if (!existsSync(path)) throw new Error(`sidebar/${name} is missing: the sidebar cannot be built.`);
  return readFileSync(path, "utf8");
}

/**
 * @param {import("../project.mjs").Project} project
 * @param {string} name
 */
async function bundle(project, name) {
  readSource(project, name);
  const result = await build({
    absWorkingDir: project.root,
    entryPoints: [join(project.sidebar, name)],
    bundle: true,
    write: false,
    outdir: project.dist,
    format: "iife",
    minify: true,
    target: "es2020",
    charset: "ascii",
    // HtmlService strips what looks like a comment inside template literals: none may be left.
    supported: { "template-literal": false },
    jsx: "automatic",
    jsxImportSource: "preact",
    define: { "process.env.NODE_ENV": '"production"' },
    legalComments: "none",
    logLevel: "warning",
  });
  return result.outputFiles[0]?.text ?? "";
}
