import { callModules } from "../support/call-module";

const FILE = "scripts/rule-coverage.mjs";

/** Ids that the titles of a test file carry. */
function rulesOf(text: string): unknown {
  return callModules([{ file: FILE, name: "rulesOfTests", args: ["a.test.ts", text] }])[0];
}

describe("the ids in test titles", () => {
  it.each([
    ["in front of a title", 'it("F8 F10 a create goes on", run)', ["F8", "F10"]],
    [
      "with a colon or commas",
      'describe("I8: history", run); it("R6, R7 and R14 need an answer", run)',
      ["R6", "R7", "R14", "I8"],
    ],
    ["in parentheses", 'describe("the account of a run (R20)", run)', ["R20"]],
    [
      "of a table and its rows",
      'const ROWS = [["R3 two", 1], ["R4", 2]]; it.each<Row>(ROWS)("F1 %s", run)',
      ["F1", "R3", "R4"],
    ],
    ["in a template", `it(\`F5 under \${policy}\`, run)`, ["F5"]],
    ["of a variant", 'it.only("F2 is sent", run); describe.each([1])("F3 %i", run)', ["F2", "F3"]],
  ])("are found %s", (_title, text, expected) => {
    expect(rulesOf(text)).toEqual(expected);
  });

  it.each([
    ["what a test expects", 'it("plans", () => { expect(plan).toEqual(["F2 note"]) })'],
    ["a cell inside a title", 'it("writes =A1+F2 into a cell", run)'],
    ["ids that no rule has", 'it("F13 R25 I18 R0 nothing", run)'],
    ["tables of files without tests", 'const ROWS = [["R3 two", 1]];'],
  ])("are not %s", (_title, text) => {
    expect(rulesOf(text)).toEqual([]);
  });

  it("replace the section of the page and nothing else", () => {
    const start = "<!-- rule coverage: made by scripts/rule-coverage.mjs -->";
    const end = "<!-- end of rule coverage -->";
    const program = { file: FILE, name: "withCoverage" };
    const page = `before\n${start}\nold\n${end}\nafter\n`;
    const [next] = callModules([{ ...program, args: [page, [["F1", ["merge/a.test.ts"]]]] }]);
    expect(next).toContain("| F1 | `merge/a.test.ts` |");
    expect(String(next).startsWith(`before\n${start}\n`)).toBe(true);
    expect(String(next).endsWith(`${end}\nafter\n`)).toBe(true);
    expect(next).not.toContain("old");
    expect(() => callModules([{ ...program, args: ["no section", []] }])).toThrow(/lacks the lines/);
  });
});
