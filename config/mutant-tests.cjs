const { readFileSync } = require("node:fs");
const Module = require("node:module");
const { join } = require("node:path");
const { transformSync } = require("esbuild");
const { expect } = require("expect");
const { bind } = require("jest-each");

// Lets the tests of merge and values, which know nothing but `describe`, `it`, `it.each` and `expect`, run under mocha: it
// loads them once and tries one mutant after the other on them, where jest would load every file anew for each.

/** fast-check with fewer cases takes its place, see few-cases.cjs. */
const FAST_CHECK = { name: "fast-check", stand: join(__dirname, "few-cases.cjs") };

Module._extensions[".ts"] = (module, filename) => {
  const source = readFileSync(filename, "utf8");
  const { code } = transformSync(source, { loader: "ts", format: "cjs", target: "node20", sourcefile: filename });
  module._compile(code, filename);
};

const resolve = Module._resolveFilename;
Module._resolveFilename = (request, ...rest) =>
  request === FAST_CHECK.name ? FAST_CHECK.stand : resolve.call(Module, request, ...rest);

globalThis.expect = expect;

/** mocha makes `it` and `describe` anew for each file: the first one that it sets brings `each` along. */
for (const name of ["it", "describe"]) {
  let current;
  Object.defineProperty(globalThis, name, {
    configurable: true,
    get: () => current,
    set: (given) => {
      current = given;
      if (given) current.each = bind(given, false);
    },
  });
}
