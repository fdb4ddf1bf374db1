import { toGridFormula, toGridName, toTabFormula, toTabName } from "../../workbench/page/tab-name";

const forbidden = /['*?/\\[\]]/;

describe("names of tabs that the grid refuses", () => {
  it.each(["Company/Accounts Template for CRMs", "It's [all] \\ what? *", "plain"])(
    "%s comes back as it was",
    (name) => {
      expect(toGridName(name)).not.toMatch(forbidden);
      expect(toGridName(name)).toHaveLength(name.length);
      expect(toTabName(toGridName(name))).toBe(name);
    },
  );

  it("are changed in formulas too, where they are names", () => {
    const formula = "=COUNTIF('It''s a/b'!A1:B2,\"'x/y'!\")/2";
    expect(toGridFormula(formula)).toBe("=COUNTIF('It\u02bcs a\u2215b'!A1:B2,\"'x/y'!\")/2");
    expect(toTabFormula(toGridFormula(formula))).toBe(formula);
  });
});
