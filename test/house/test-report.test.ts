import { callModules } from "../support/call-module";

const file = (name: string, ...statuses: readonly string[]) => ({
  name,
  assertionResults: statuses.map((status, index) => ({ status, fullName: `${name} ${index + 1}` })),
});

function report(results: object): unknown {
  const [answer] = callModules([{ file: "scripts/test-report.mjs", name: "reportTests", args: [results] }]);
  return answer;
}

describe("the report of a test run", () => {
  it("lists each skipped test and closes with the three counts", () => {
    const testResults = [file("a", "passed", "pending"), file("b", "failed", "todo")];
    expect(report({ numPassedTests: 1, numFailedTests: 1, numRuntimeErrorTestSuites: 0, testResults })).toEqual({
      skipped: ["a: a 2", "b: b 2"],
      closingLine: "1 passed, 1 failed, 2 skipped",
    });
  });

  it("counts a test file that did not run as a failure", () => {
    const testResults = [file("a", "passed"), file("broken")];
    expect(report({ numPassedTests: 1, numFailedTests: 0, numRuntimeErrorTestSuites: 1, testResults })).toEqual({
      skipped: [],
      closingLine: "1 passed, 1 failed",
    });
  });
});
