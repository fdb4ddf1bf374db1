const { default: TestRunner } = require("jest-runner");

/** Ends with the first file in which a test fails: more failures say nothing more about a mutant. */
module.exports = class MutantRunner extends TestRunner {
  async runTests(tests, watcher, options) {
    let failed = false;
    const stop = this.on("test-file-success", ([, result]) => {
      failed = failed || result.numFailingTests > 0;
    });
    for (const test of tests) {
      if (!failed) await super.runTests([test], watcher, options);
    }
    stop();
  }
};
