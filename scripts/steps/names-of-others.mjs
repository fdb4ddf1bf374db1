import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/**
 * What the sidebar shares with others by name: the contract, words of the server that the sidebar looks up in tables, and
 * Google's client. Each word of these files is kept.
 */
const SHARED_SOURCES = ["src/contract", "src/domain/schema.ts", "src/domain/run.ts", "sidebar/rpc/script-run.ts"];

const MEMBER = /^\s+(?:readonly |get |set )*["']?([A-Za-z_$][\w$]*)["']?\??[(:<]/gm;
const WORD = /[A-Za-z_$][\w$]*/g;
const TEXT = /"[^"\n]*"/g;
const WORD_AS_TEXT = /^"([A-Za-z_$][\w$]*)"$/g;
const PLACE = /\{(\w+)\}/g;
const NAME_OF_CALL = /"\w+\.\w+"/g;
const COMMENT = /\/\*[\s\S]*?\*\/|\/\/.*/g;

const GLOBAL = /\b(?:globalThis|window)\.(\w+)/g;

/** The sidebar's language level, as in its tsconfig, and the page. */
const LIBRARY = /^lib\.(?:es5|es20(?:1[5-9]|20)(?:\..+)?|dom(?:\..+)?)\.d\.ts$/;

/**
 * Every property name that something outside the sidebar's own code may know: ECMAScript, the DOM, attributes in JSX, the
 * server, globals. Also each word that stands somewhere as a text, since a text may be the key that a table is asked for,
 * and the places `{name}` in texts. All other names are the sidebar's own business and may be shortened. A key must not be
 * put together from parts.
 *
 * @param {import("../project.mjs").Project} project
 * @returns {string[]} each once
 */
export function namesOfOthers(project) {
  const require = createRequire(import.meta.url);
  const library = dirname(require.resolve("typescript"));
  const preact = dirname(require.resolve("preact/package.json"));
  const declarations = readdirSync(library).filter((name) => LIBRARY.test(name));
  const modules = ["dist/preact.mjs", "hooks/dist/hooks.mjs"].map((name) => join(preact, name));
  const names = [
    ...[...declarations.map((name) => join(library, name)), join(preact, "src/dom.d.ts")].flatMap(membersIn),
    ...SHARED_SOURCES.flatMap((name) => filesBelow(join(project.root, name))).flatMap(wordsIn),
    ...[...filesBelow(project.sidebar), ...modules].flatMap(textsAndGlobalsIn),
    // What Preact takes out of the properties of an element.
    "key",
    "ref",
    "children",
  ];
  return [...new Set(names)];
}

/** @param {string} file */
function membersIn(file) {
  return [...readFileSync(file, "utf8").matchAll(MEMBER)].map((match) => match[1] ?? "");
}

/** @param {string} file */
function wordsIn(file) {
  const code = readFileSync(file, "utf8").replace(COMMENT, "").replace(NAME_OF_CALL, "");
  return code.match(WORD) ?? [];
}

/** @param {string} file */
function textsAndGlobalsIn(file) {
  const code = readFileSync(file, "utf8");
  const texts = code.match(TEXT) ?? [];
  const inTexts = texts.flatMap((text) => [...text.matchAll(WORD_AS_TEXT), ...text.matchAll(PLACE)]);
  return [...inTexts, ...code.matchAll(GLOBAL)].map((match) => match[1] ?? "");
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesBelow(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesBelow(join(path, name)));
}
