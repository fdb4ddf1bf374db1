import { encodeValue, type SheetValue } from "../../src/domain/value";
import { cellLimitText } from "../../src/merge/cell-limit";

const text = (length: number): SheetValue => ({ kind: "text", text: "x".repeat(length) });

describe("a value for a cell", () => {
  it("may have 49,999 characters: one is kept for a leading apostrophe", () => {
    expect(cellLimitText("Notes", encodeValue(text(49_999)))).toBeNull();
    expect(cellLimitText("Notes", encodeValue({ kind: "number", number: 5 }))).toBeNull();
    expect(cellLimitText("Notes", "")).toBeNull();
  });

  it("that is longer is refused with column, lengths and the way out", () => {
    expect(cellLimitText("Notes", encodeValue(text(50_000)))).toBe(
      '"Notes" has 50000 characters in the CRM; a cell holds at most 49999. The cell was left as it is. Shorten the text in the CRM, or leave this column out of the mapping.',
    );
  });
});
