import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { relative } from "node:path";
import { build } from "esbuild";
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
    logLevel: "warning",
  });
  await dropBundlerMarks(project.serverModule);
  await runWebpack(webpackOptions(project));
}

/**
 * Takes out the marks that only bundlers read. The tree is shaken by now, and they are a tenth of the libraries' lines.
 *
 * @param {string} file
 */
async function dropBundlerMarks(file) {
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replaceAll("/* @__PURE__ */ ", "").replace(/^\/\/ node_modules\/.*\n/gm, ""));
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
