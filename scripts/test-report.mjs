/**
 * What jest wrote with `--json`, as far as the report needs it.
 *
 * @typedef {object} TestResults
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numRuntimeErrorTestSuites test files that did not run at all
 * @property {readonly {name: string, assertionResults: readonly {status: string, fullName: string}[]}[]} testResults
 */

/**
 * The skipped tests by file and title (the reason is in the title), then the line `N passed, N failed`. A test file that
 * did not run counts as one failed test.
 *
 * @param {TestResults} results
 * @returns {{skipped: string[], closingLine: string}}
 */
export function reportTests(results) {
  const skipped = results.testResults.flatMap((file) =>
    file.assertionResults
      .filter((test) => test.status === "pending" || test.status === "todo")
      .map((test) => `${file.name}: ${test.fullName}`),
  );
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  const rest = skipped.length > 0 ? `, ${skipped.length} skipped` : "";
  return { skipped, closingLine: `${results.numPassedTests} passed, ${failed} failed${rest}` };
}
