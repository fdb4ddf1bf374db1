const { existsSync } = require("node:fs");
const { dirname, join } = require("node:path");

// Stands in for fast-check while mutants are tried: thousands of mutants times thousands of cases would take days. Seeded,
// so that a mutant is judged by the same cases each time.
const MOST_CASES = 200;
const SEED = 20261102;

/** The package itself; its name leads here. */
function findFastCheck() {
  const file = "node_modules/fast-check/lib/cjs/fast-check.js";
  let folder = __dirname;
  while (!existsSync(join(folder, file)) && dirname(folder) !== folder) folder = dirname(folder);
  return require(join(folder, file));
}

const fc = findFastCheck();

const settings = (given = {}) => ({ seed: SEED, ...given, numRuns: Math.min(given.numRuns ?? 100, MOST_CASES) });
const few = { ...fc, assert: (property, given) => fc.assert(property, settings(given)) };

module.exports = { ...few, default: few, __esModule: true };
