import { readFileSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { sourceFiles } from "./gates/source-files.mjs";
import { PROJECT_ROOT } from "./project.mjs";

/** Rules and invariants of docs/sync-rules.md: the letter of their ids and how many there are. */
const FAMILIES = [
  { letter: "F", count: 12 },
  { letter: "R", count: 24 },
  { letter: "I", count: 17 },
];

const PAGE = join(PROJECT_ROOT, "docs/sync-rules.md");
const START = "<!-- rule coverage: made by scripts/rule-coverage.mjs -->";
const END = "<!-- end of rule coverage -->";

/** Ids in front of a title, "F8 F10 a create...", or in parentheses, "the account of a run (R20)". */
const LEADING = /^(?:[FRI]\d{1,2}\b(?::|,)?(?: and)? ?)+/;
const BRACKETED = /\((?:[FRI]\d{1,2}(?:, | and |-)?)+\)/g;

/** Every id, in the order of the page. */
export function allRules() {
  return FAMILIES.flatMap(({ letter, count }) => Array.from({ length: count }, (_, at) => `${letter}${at + 1}`));
}

/**
 * Ids that the titles of a test file carry: of `describe`, `it` and `test`, with `.each` and the like, and of table rows,
 * whose first text is part of their title.
 *
 * @param {string} name of the file
 * @param {string} text
 * @returns {string[]}
 */
export function rulesOfTests(name, text) {
  const tree = ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true);
  /** @type {Set<string>} */
  const rules = new Set();
  let tests = 0;
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isCallExpression(node)) {
      if (isMatcher(node.expression)) return visit(node.expression);
      if (isTest(node.expression)) {
        tests += 1;
        addRules(rules, node.arguments[0]);
      }
    }
    if (ts.isArrayLiteralExpression(node)) addRules(rules, node.elements[0]);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return tests === 0 ? [] : allRules().filter((rule) => rules.has(rule));
}

/**
 * `expect(...).toEqual`: what is expected is no title.
 *
 * @param {ts.Expression} callee
 */
function isMatcher(callee) {
  return ts.isPropertyAccessExpression(callee) && /^to[A-Z]/.test(callee.name.text);
}

/**
 * `it`, `it.only`, `it.each(table)`, `it.each<Row>(table)`...
 *
 * @param {ts.Expression} callee
 * @returns {boolean}
 */
function isTest(callee) {
  if (ts.isIdentifier(callee)) return ["describe", "it", "test"].includes(callee.text);
  if (ts.isPropertyAccessExpression(callee) || ts.isCallExpression(callee)) return isTest(callee.expression);
  return false;
}

/**
 * @param {Set<string>} rules
 * @param {ts.Node | undefined} title
 */
function addRules(rules, title) {
  if (!title || !(ts.isStringLiteralLike(title) || ts.isTemplateExpression(title))) return;
  const text = ts.isTemplateExpression(title) ? title.head.text : title.text;
  const places = [LEADING.exec(text)?.[0] ?? "", ...(text.match(BRACKETED) ?? [])];
  for (const rule of places.join(" ").match(/[FRI]\d{1,2}/g) ?? []) rules.add(rule);
}

/**
 * Test files by rule, as paths from the folder of the tests.
 *
 * @param {string} folder
 * @returns {Map<string, string[]>}
 */
export function coverageOf(folder) {
  /** @type {Map<string, string[]>} */
  const files = new Map(allRules().map((rule) => [rule, []]));
  for (const path of sourceFiles(folder, [".ts", ".tsx"])) {
    // Its sample titles carry ids of rules that it does not test.
    if (path.endsWith("rule-coverage.test.ts")) continue;
    const name = relative(folder, path).split(sep).join("/");
    for (const rule of rulesOfTests(name, readFileSync(path, "utf8"))) files.get(rule)?.push(name);
  }
  return files;
}

/** @param {Map<string, string[]>} coverage */
function section(coverage) {
  const lines = [...coverage].map(([rule, files]) => `| ${rule} | ${files.map((file) => `\`${file}\``).join(" ")} |`);
  return [START, "", "| id | tests, under `test/` |", "|---|---|", ...lines, "", END].join("\n");
}

/**
 * The page with the section as the tests have it now.
 *
 * @param {string} page
 * @param {Map<string, string[]>} coverage
 */
export function withCoverage(page, coverage) {
  const from = page.indexOf(START);
  const to = page.indexOf(END);
  if (from < 0 || to < from) throw new Error(`docs/sync-rules.md lacks the lines '${START}' and '${END}'`);
  return page.slice(0, from) + section(coverage) + page.slice(to + END.length);
}

/** Writes the section into docs/sync-rules.md; with `--check` it only says what is wrong. */
function main() {
  const coverage = coverageOf(join(PROJECT_ROOT, "test"));
  const page = readFileSync(PAGE, "utf8");
  const next = withCoverage(page, coverage);
  const missing = [...coverage].filter(([, files]) => files.length === 0).map(([rule]) => rule);
  const problems = missing.length === 0 ? [] : [`no test title names ${missing.join(", ")}`];
  if (!process.argv.includes("--check")) writeFileSync(PAGE, next);
  else if (next !== page) problems.push("docs/sync-rules.md is stale: run node scripts/rule-coverage.mjs");
  console.log(problems.length === 0 ? "every rule has a test" : problems.join("\n"));
  process.exitCode = problems.length === 0 ? 0 : 1;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) main();
