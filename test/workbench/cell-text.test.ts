import { isSameFormula, toCellText } from "../../workbench/page/cell-text";

const rules = {
  isNumber: (text: string) => /^[-+]?[\d.,]+%?$/.test(text),
  isDateTime: (text: string) => /^\d+[/-]\d+/.test(text),
};

describe("what is typed into the grid for a cell of the workbook", () => {
  it.each([
    [{ v: "Ada" }, "Ada"],
    [{ v: 7 }, "7"],
    [{ v: true }, "TRUE"],
    [{ v: null }, ""],
    [{ v: 3, f: "=1+2" }, "=1+2"],
    [{ v: "" }, ""],
  ])("%j is %s", (cell, text) => {
    expect(toCellText(cell, rules)).toBe(text);
  });

  it.each(["007", "1/2/2026", "true", "=1+1", "'quoted", "50%"])("keeps the text %s a text", (value) => {
    expect(toCellText({ v: value }, rules)).toBe(`'${value}`);
  });

  it("needs no apostrophe in a cell of text format, except before a formula", () => {
    expect(toCellText({ v: "007", n: "@" }, rules)).toBe("007");
    expect(toCellText({ v: "=1", n: "@" }, rules)).toBe("'=1");
  });
});

it("compares formulas without case and blanks, but not inside of quotes", () => {
  expect(isSameFormula("=sum(a1, b2)", "=SUM(A1,B2)")).toBe(true);
  expect(isSameFormula('=A1&"x y"', '=a1 & "x y"')).toBe(true);
  expect(isSameFormula('=A1&"x"', '=A1&"X"')).toBe(false);
});
