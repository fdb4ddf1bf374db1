import { titleBesideRow } from "../../sidebar/phrase";

describe("the title of an item beside its row", () => {
  it.each([
    ["Row 7", 7, ""],
    ["Row 1284", 1_284, ""],
    ["Row 7", 8, "Row 7"],
    ["Row 7", null, "Row 7"],
    ["Ada", 7, "Ada"],
  ])("of %j in row %s is %j", (title, rowNumber, expected) => {
    expect(titleBesideRow({ title, rowNumber })).toBe(expected);
  });
});
