import fc from "fast-check";
import { decodeValue, encodeValue, isEncodedAs, type SheetValue, showValue, textValue } from "../../src/domain/value";
import { sheetValue } from "../support/arbitrary-values";

describe("values of cells", () => {
  it.each<[string, SheetValue, string]>([
    ["a blank", { kind: "blank" }, ""],
    ["text", { kind: "text", text: "n5" }, "tn5"],
    ["a number", { kind: "number", number: -1.5 }, "n-1.5"],
    ["a percentage", { kind: "number", number: 0.125, percent: true }, "p0.125"],
    ["a checked box", { kind: "boolean", boolean: true }, "b1"],
    ["an unchecked box", { kind: "boolean", boolean: false }, "b0"],
    ["a day", { kind: "wall", text: "2026-02-28" }, "w2026-02-28"],
    ["an error", { kind: "unreadable", text: "#REF!" }, "u#REF!"],
  ])("encodes %s with a letter for its kind", (_, value, encoded) => {
    expect(encodeValue(value)).toBe(encoded);
    expect(decodeValue(encoded)).toEqual(value);
  });

  it("gets back every value that it encoded", () => {
    fc.assert(
      fc.property(sheetValue(), (value) => {
        expect(decodeValue(encodeValue(value))).toEqual(value);
      }),
    );
  });

  it("gives two different values two different codes", () => {
    fc.assert(
      fc.property(sheetValue(), sheetValue(), (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        expect(encodeValue(one) === encodeValue(other)).toBe(same);
      }),
    );
  });

  it.each<[SheetValue, string, boolean]>([
    [{ kind: "text", text: "abc" }, "tabc", true],
    [{ kind: "text", text: "abc" }, "wabc", false],
    [{ kind: "text", text: "abc" }, "tab", false],
    [{ kind: "text", text: "abc" }, "txabc", false],
    [{ kind: "text", text: "abc" }, "tabd", false],
    [{ kind: "number", number: 5 }, "n5", true],
    [{ kind: "number", number: 5 }, "t5", false],
    [{ kind: "blank" }, "", true],
    [{ kind: "blank" }, "t", false],
  ])("says of %j and the code %j whether they are the same: %s", (value, encoded, same) => {
    expect(isEncodedAs(value, encoded)).toBe(same);
    expect(encodeValue(value) === encoded).toBe(same);
  });

  it("takes the empty text for a blank", () => {
    expect(textValue("")).toEqual({ kind: "blank" });
    expect(textValue(" ")).toEqual({ kind: "text", text: " " });
  });

  it.each<[SheetValue, string]>([
    [{ kind: "blank" }, ""],
    [{ kind: "number", number: 0.5, percent: true }, "50 %"],
    [{ kind: "number", number: 1250.5 }, "1250.5"],
    [{ kind: "boolean", boolean: true }, "TRUE"],
    [{ kind: "boolean", boolean: false }, "FALSE"],
    [{ kind: "wall", text: "2026-02-28T09:30:00" }, "2026-02-28 09:30:00"],
    [{ kind: "unreadable", text: "#N/A" }, "#N/A"],
  ])("shows %j to people as %j", (value, shown) => {
    expect(showValue(value)).toBe(shown);
  });

  it("shows a percentage without digits of floating point", () => {
    expect(showValue({ kind: "number", number: 0.07, percent: true })).toBe("7 %");
  });
});
