import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { joinByPlus } from "./join-by-plus.mjs";
import { namesOfOthers } from "./names-of-others.mjs";
import { shareConstants } from "./share-constants.mjs";
import { shortenClasses } from "./short-classes.mjs";
import { placeCustomProperties } from "./short-style.mjs";

/** Where the shell `sidebar/index.html` takes its style sheet and its script; each stands there exactly once. */
const STYLE_MARKER = "<!-- style -->";
const SCRIPT_MARKER = "<!-- script -->";

/** Exports `h` and `Fragment`, which the build brings into each file with JSX. */
const JSX_FACTORY = fileURLToPath(import.meta.resolve("preact"));

/** @satisfies {import("esbuild").TransformOptions} */
const OUTPUT = {
  minify: true,
  target: "es2020",
  charset: "utf8",
  // HtmlService strips what looks like a comment inside template literals: none may be left.
  supported: { "template-literal": false },
  legalComments: "none",
};

/** In place of the tsconfig: `h` makes elements, and fields of classes are plain assignments. */
const SHORT_OUTPUT = /** @type {const} */ ({
  strict: true,
  jsx: "react",
  jsxFactory: "h",
  jsxFragmentFactory: "Fragment",
  useDefineForClassFields: false,
});

/**
 * `sidebar/index.html` + `style.css` + `main.tsx` -> `dist/Sidebar.html`, one page without any request of its own.
 *
 * @param {import("../project.mjs").Project} project
 * @returns {Promise<{classNames: Record<string, string>}>} the short name of each class that has one in the page
 * @throws {Error} when one of the three files is missing, does not compile, or the shell lacks a marker
 */
export async function buildSidebarPage(project) {
  const shell = readSource(project, "index.html").replace(/^\s+/gm, "");
  const style = placeCustomProperties(await bundle(project, "style.css"));
  const joined = joinByPlus(await bundle(project, "main.tsx"));
  const { css, script, classNames } = shortenClasses(style, joined);
  const { code } = await transform(shareConstants(script), { ...OUTPUT, logLevel: "warning" });
  const page = fill(fill(shell, STYLE_MARKER, inlineStyle(css)), SCRIPT_MARKER, inlineScript(code));
  mkdirSync(project.dist, { recursive: true });
  writeFileSync(project.page, page);
  return { classNames };
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
    ...OUTPUT,
    absWorkingDir: project.root,
    entryPoints: [join(project.sidebar, name)],
    bundle: true,
    write: false,
    outdir: project.dist,
    format: "iife",
    // Elements by `h(type, attributes, ...children)`: shorter than what the types are checked with.
    inject: [JSX_FACTORY],
    tsconfigRaw: { compilerOptions: SHORT_OUTPUT },
    mangleProps: /^[a-z_]/,
    reserveProps: wordPattern(namesOfOthers(project)),
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "warning",
  });
  return result.outputFiles[0]?.text ?? "";
}

/** @param {readonly string[]} words */
function wordPattern(words) {
  // Names with a hyphen are attributes of the page.
  return new RegExp(`^(?:.*-.*|${words.map((word) => word.replaceAll("$", "\\$")).join("|")})$`);
}
