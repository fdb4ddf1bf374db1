import { readFileSync } from "node:fs";
import { basename, join, relative, sep } from "node:path";
import ts from "typescript";
import { sourceFiles } from "./source-files.mjs";

const CODE = [".ts", ".tsx", ".mjs"];
const CODE_FOLDERS = ["src", "sidebar", "workbench", "scripts"];
const NAMED_FOLDERS = [...CODE_FOLDERS, "test"];
const MAX_FILE_LINES = 250;
const MAX_FUNCTION_LINES = 60;
const MAX_PARAMETERS = 4;
const EMULATED_SERVICES = "workbench/apps-script/";
const KEBAB = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9-]+)*$/;
const EMPTY_NAME = /(?:^|-)(?:utils?|helpers?|common|managers?|misc)(?:-|\.|$)/;

/**
 * Gate: the conventions that no linter rule states. File names, lengths of files and functions, parameters, no file that
 * only passes exports on, a doc comment on each function and class that `src`, `sidebar` and `workbench` export.
 *
 * @param {import("../project.mjs").Project} project
 * @returns {string[]} what is wrong, in sentences
 */
export function checkHouseRules(project) {
  /** @param {string} path */
  const named = (path) => relative(project.root, path).split(sep).join("/");
  const paths = (/** @type {string[]} */ folders) =>
    folders.flatMap((folder) => sourceFiles(join(project.root, folder), CODE));
  return [
    ...paths(NAMED_FOLDERS).flatMap((path) => judgeName(named(path))),
    ...paths(CODE_FOLDERS).flatMap((path) => judgeCode(named(path), readFileSync(path, "utf8"))),
  ];
}

/** @param {string} file path from the root */
function judgeName(file) {
  const name = basename(file);
  if (!KEBAB.test(name)) return [`${file}: the name is not kebab-case.`];
  return EMPTY_NAME.test(name) ? [`${file}: the name says nothing; name the file after its main export.`] : [];
}

/**
 * @param {string} file path from the root
 * @param {string} text
 */
function judgeCode(file, text) {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const { statements } = tree;
  /** @type {string[]} */
  const problems = [];
  let hasFunctions = false;
  if (statements.length > 0 && statements.every(isPassedOn)) problems.push(`${file} only passes exports on.`);
  if (!file.startsWith("scripts/")) problems.push(...undocumented(tree, file));
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isFunctionLike(node) && "body" in node && node.body) {
      hasFunctions = true;
      problems.push(...judgeFunction(tree, file, node));
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  const lines = text.trimEnd().split("\n").length;
  // A table of data or a list of types has one topic however long it is.
  if (hasFunctions && lines > MAX_FILE_LINES) problems.push(`${file} has ${lines} lines; at most ${MAX_FILE_LINES}.`);
  return problems;
}

/** @param {ts.Statement} statement */
function isPassedOn(statement) {
  return ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined;
}

/**
 * @param {ts.SourceFile} tree
 * @param {string} file
 * @param {ts.SignatureDeclaration} node
 */
function judgeFunction(tree, file, node) {
  const first = tree.getLineAndCharacterOfPosition(node.getStart()).line;
  const last = tree.getLineAndCharacterOfPosition(node.getEnd()).line;
  const length = last - first + 1;
  const place = `${file}:${first + 1}`;
  const problems = [];
  if (length > MAX_FUNCTION_LINES)
    problems.push(`${place} is a function of ${length} lines; at most ${MAX_FUNCTION_LINES}.`);
  if (node.parameters.length > MAX_PARAMETERS && !hasForeignSignature(file, node)) {
    problems.push(`${place} takes ${node.parameters.length} parameters; at most ${MAX_PARAMETERS}.`);
  }
  return problems;
}

/**
 * Whether somebody else chose the parameters: a callback takes what its caller passes, an emulated method what Google's
 * method takes.
 *
 * @param {string} file
 * @param {ts.SignatureDeclaration} node
 */
function hasForeignSignature(file, node) {
  return ts.isCallExpression(node.parent) || (ts.isMethodDeclaration(node) && file.startsWith(EMULATED_SERVICES));
}

/**
 * @param {ts.SourceFile} tree
 * @param {string} file
 */
function undocumented(tree, file) {
  return tree.statements
    .filter(
      (statement) => (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && isExported(statement),
    )
    .filter((statement) => ts.getJSDocCommentsAndTags(statement).length === 0)
    .map((statement) => {
      const line = tree.getLineAndCharacterOfPosition(statement.getStart()).line + 1;
      return `${file}:${line} exports a function or class without a doc comment.`;
    });
}

/** @param {ts.FunctionDeclaration | ts.ClassDeclaration} statement */
function isExported(statement) {
  return ts.getModifiers(statement)?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword) ?? false;
}
