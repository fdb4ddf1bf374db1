import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { relative } from "node:path";
import { build, transform } from "esbuild";
import GasPlugin from "gas-webpack-plugin";
import { minify } from "terser";
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
    // Shorter forms of the same code.
    minifySyntax: true,
    // Fields as plain assignments: no class here redefines one that it inherits.
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false, target: "es2019" } },
    logLevel: "warning",
    plugins: [shortLibraryNames],
  });
  await shortenLocalNames(project.serverModule);
  await runWebpack(webpackOptions(project));
}

/**
 * Shorter names inside libraries: nobody debugs them here. Of our own code the names of functions, classes and members stay.
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
 * Shortens the names of variables and arguments inside functions (decision 17). Functions, classes, members, lines and
 * indentation stay as they are, so that a stack trace says where something happened.
 *
 * @param {string} file
 */
async function shortenLocalNames(file) {
  const { code = "" } = await minify(await readFile(file, "utf8"), {
    module: true,
    compress: false,
    mangle: { module: false, toplevel: false, keep_fnames: true, keep_classnames: true },
    format: { beautify: true, indent_level: 1, ascii_only: true, comments: "some" },
  });
  await writeFile(file, code);
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
    // What may be shorter is shorter already; a minifier would delete the stubs here.
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
