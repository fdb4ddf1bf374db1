import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { relative } from "node:path";
import { tokenizer, tokTypes } from "acorn";
import { build, transform } from "esbuild";
import GasPlugin from "gas-webpack-plugin";
import webpack from "webpack";

/**
 * `src/entry/globals.ts` -> `build/server.mjs` (esbuild, ES2019) -> `dist/Code.js` (webpack with gas-webpack-plugin, which
 * writes one top-level function for each `global.x = ...`). The first step exists because the plugin parses every module
 * with a parser that stops at ES2022; the middle file lies in `build/` because the plugin's glob skips dot folders.
 *
 * @param {import("../project.mjs").Project} project
 * @throws {Error} when the entry is missing or does not compile
 */
export async function buildServerBundle(project) {
  if (!existsSync(project.entry)) {
    throw new Error(`${relative(project.root, project.entry)} is missing: it names the functions Google may call.`);
  }
  await build({
    absWorkingDir: project.root,
    entryPoints: [project.entry],
    outfile: project.serverModule,
    bundle: true,
    format: "esm",
    target: "es2019",
    charset: "ascii",
    legalComments: "inline",
    // Shorter forms of the same code; names, lines and indentation stay readable.
    minifySyntax: true,
    // Fields as plain assignments: no class here redefines one that it inherits.
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false, target: "es2019" } },
    logLevel: "warning",
    plugins: [shortLibraryNames],
  });
  await tidyModule(project.serverModule);
  await runWebpack(webpackOptions(project));
}

/**
 * Shorter local names inside libraries: nobody debugs them here, and they are a sixth of the bundle. Our own names stay.
 *
 * @type {import("esbuild").Plugin}
 */
const shortLibraryNames = {
  name: "short-library-names",
  setup(build) {
    build.onLoad({ filter: /[\\/]node_modules[\\/].*\.js$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { minifyIdentifiers: true, minifySyntax: true });
      return { contents: code, loader: "js" };
    });
  },
};

/**
 * Takes out the marks that only bundlers read and indents with tabs: the same lines, a twentieth smaller.
 *
 * @param {string} file
 */
async function tidyModule(file) {
  const text = (await readFile(file, "utf8"))
    .replaceAll("/* @__PURE__ */ ", "")
    .replace(/^\/\/ (?:node_modules|src)\/.*\n/gm, "");
  await writeFile(file, indentWithTabs(text));
}

/**
 * @param {string} text
 * @returns {string} with every two leading spaces as a tab, but for lines that begin inside a template literal
 */
function indentWithTabs(text) {
  /** @type {[number, number][]} */
  const templates = [];
  for (const token of tokenizer(text, { ecmaVersion: 2019, sourceType: "module" })) {
    if (token.type === tokTypes.template) templates.push([token.start, token.end]);
  }
  return text.replace(/^(?: {2})+/gm, (spaces, at) => {
    const inTemplate = templates.some(([start, end]) => start < at && at <= end);
    return inTemplate ? spaces : "\t".repeat(spaces.length / 2);
  });
}

/**
 * @param {import("../project.mjs").Project} project
 * @returns {import("webpack").Configuration}
 */
function webpackOptions(project) {
  return {
    context: project.root,
    mode: "production",
    devtool: false,
    entry: project.serverModule,
    target: ["es2019"],
    // Shipped unminified: stack traces and a Marketplace review stay readable, and a minifier deletes the stubs.
    optimization: { minimize: false },
    output: { path: project.dist, filename: "Code.js", chunkFormat: false, iife: true },
    performance: false,
    plugins: [new GasPlugin({ comment: false })],
  };
}

/** @param {import("webpack").Configuration} options */
function runWebpack(options) {
  return new Promise((resolve, reject) => {
    const compiler = webpack(options);
    compiler.run((error, stats) => {
      compiler.close(() => {
        if (error) reject(error);
        else if (stats?.hasErrors()) reject(new Error(stats.toString({ all: false, errors: true })));
        else resolve(undefined);
      });
    });
  });
}
