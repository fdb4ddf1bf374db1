const { default: Sequencer } = require("@jest/test-sequencer");

/** Files that try many random cases: a mutant that a plain test notices does not have to wait for them. */
const MANY_CASES = /-laws\.test|canonical-value\.test|base-records\.test/;

/** Plain tests first, then those that take long; by name within each, so that every run is the same. */
module.exports = class MutantOrder extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => (MANY_CASES.test(path) ? 1 : 0);
    return [...tests].sort((one, other) => rank(one) - rank(other) || one.path.localeCompare(other.path, "en"));
  }
};
