import { isSameFormula, shiftFormula } from "../../../src/adapters/sheet/tab/shift-formula";

describe("formulas of rows that moved", () => {
  it.each([
    ["=A5*$B5+C$1", 3, "=A8*$B8+C$1"],
    ["=SUM(D$2:D5)", 2, "=SUM(D$2:D7)"],
    ['="A5"&A5&LOG10(A5)', 1, '="A5"&A6&LOG10(A6)'],
    ["=VLOOKUP(A5;Rates!A2:B10;2)", 4, "=VLOOKUP(A9;Rates!A2:B10;2)"],
    ["='My A5 tab'!A5+Überblick!C3+A5", 1, "='My A5 tab'!A5+Überblick!C3+A6"],
    ["=A1", -3, "=A1"],
  ])("%s reads %i rows further down as %s", (formula, rows, expected) => {
    expect(shiftFormula(formula, rows)).toBe(expected);
  });

  it("are the same but for row numbers that move along", () => {
    expect(isSameFormula("=A5*C$1", "=A9*C$1")).toBe(true);
    expect(isSameFormula("=A5*C$1", "=A5*C$2")).toBe(false);
    expect(isSameFormula("=A5", "=B5")).toBe(false);
    expect(isSameFormula("=Rates!A5", "=Rates!A6")).toBe(false);
    expect(isSameFormula("", "=A5")).toBe(false);
  });
});
