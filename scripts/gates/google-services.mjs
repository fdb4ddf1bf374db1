import { readFileSync } from "node:fs";
import { relative, sep } from "node:path";
import ts from "typescript";
import { sourceFiles } from "./source-files.mjs";

/** Names that Apps Script puts into the global scope, and the namespace of their types. */
const SERVICES = new Set(
  (
    "SpreadsheetApp UrlFetchApp PropertiesService CacheService LockService ScriptApp HtmlService MailApp GmailApp " +
    "DriveApp DocumentApp ContentService XmlService Session Utilities Logger Browser Sheets GoogleAppsScript"
  ).split(" "),
);
const PROMISES = new Set(["Promise", "PromiseLike"]);
const SERVICE_FOLDER = "src/adapters/apps-script/";
const ENTRY_FOLDER = "src/entry/";

/**
 * Gate: only `src/adapters/apps-script` names a Google service, only `src/entry` names `global`, and nothing in `src`
 * is asynchronous, because each call blocks on Apps Script and a promise would outlive the execution.
 *
 * @param {import("../project.mjs").Project} project
 * @returns {string[]} what is wrong, in sentences
 */
export function checkGoogleServices(project) {
  return sourceFiles(project.src, [".ts", ".tsx"]).flatMap((path) => {
    const file = relative(project.root, path).split(sep).join("/");
    return findWords(file, readFileSync(path, "utf8"));
  });
}

/**
 * @param {string} file path from the root
 * @param {string} text
 */
function findWords(file, text) {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const declared = declaredNames(tree);
  /** @type {string[]} */
  const problems = [];
  /** @param {ts.Node} node @param {string} sentence */
  const report = (node, sentence) => {
    problems.push(`${file}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${sentence}`);
  };
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (node.kind === ts.SyntaxKind.AsyncKeyword) report(node, "is asynchronous; src blocks on every call.");
    if (ts.isIdentifier(node) && !isMemberName(node) && !declared.has(node.text)) {
      const sentence = judge(file, node.text);
      if (sentence !== null) report(node, sentence);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return problems;
}

/**
 * @param {string} file
 * @param {string} word
 */
function judge(file, word) {
  if (SERVICES.has(word) && !file.startsWith(SERVICE_FOLDER)) {
    return `names ${word}; only ${SERVICE_FOLDER} may name a Google service.`;
  }
  if (word === "global" && !file.startsWith(ENTRY_FOLDER)) return `names global; only ${ENTRY_FOLDER} may.`;
  if (PROMISES.has(word)) return `names ${word}; src blocks on every call.`;
  return null;
}

/**
 * Names that the file imports or declares at its top level: its own `Session` is not Google's.
 *
 * @param {ts.SourceFile} tree
 */
function declaredNames(tree) {
  /** @type {Set<string>} */
  const names = new Set();
  /** @param {ts.Node} node */
  const visit = (node) => {
    const isAmbient =
      ts.canHaveModifiers(node) && ts.getModifiers(node)?.some((m) => m.kind === ts.SyntaxKind.DeclareKeyword);
    if (isAmbient) return;
    if ("name" in node && node.name !== undefined && !ts.isPropertyAccessExpression(node)) {
      const name = /** @type {ts.Node} */ (node.name);
      if (ts.isIdentifier(name) && !isMemberName(name)) names.add(name.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return names;
}

/**
 * Whether the identifier only names a member: `x.Session`, `{ Session: 1 }`, `{ Session(): void }`.
 *
 * @param {ts.Identifier} node
 */
function isMemberName(node) {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isQualifiedName(parent)) return parent.right === node;
  return (
    (ts.isPropertyAssignment(parent) ||
      ts.isPropertySignature(parent) ||
      ts.isPropertyDeclaration(parent) ||
      ts.isMethodSignature(parent) ||
      ts.isMethodDeclaration(parent)) &&
    parent.name === node
  );
}
