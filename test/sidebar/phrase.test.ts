import { fieldBesideMessage, titleBesideRow } from "../../sidebar/phrase";

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

describe("fieldBesideMessage", () => {
  it("names the field of a message, unless the message begins with that name", () => {
    expect(fieldBesideMessage({ field: "Phone", message: "Both sides changed." })).toBe("Phone");
    expect(fieldBesideMessage({ field: "Phone", message: '"Phone" changed since.' })).toBe("");
    expect(fieldBesideMessage({ field: "Phone", message: '"Phone 2" changed since.' })).toBe("Phone");
  });
});
