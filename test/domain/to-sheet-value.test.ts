import fc from "fast-check";
import type { FieldType } from "../../src/domain/schema";
import { toSheetValue } from "../../src/domain/to-sheet-value";
import type { SheetValue } from "../../src/domain/value";
import { UTC } from "../../src/domain/zone";
import { nastyText } from "../support/arbitrary-values";
import { ALL_TYPES, fieldOfType } from "../support/fields-by-type";
import { createIntlZone } from "../support/intl-zone";

const BERLIN = createIntlZone("Europe/Berlin");

/** The last instant there is: east of Greenwich its wall clock cannot be written. */
const LAST_INSTANT = "+275760-09-13T00:00:00.000Z";

describe("what a CRM value becomes in a cell", () => {
  it.each<[FieldType, string, SheetValue]>([
    ["number", "1250.50", { kind: "number", number: 1250.5 }],
    ["number", "-0", { kind: "number", number: 0 }],
    ["number", "12345678901234567890", { kind: "text", text: "12345678901234567890" }],
    ["number", "0.12345678901234567890", { kind: "text", text: "0.12345678901234567890" }],
    ["number", "9007199254740993", { kind: "text", text: "9007199254740993" }],
    ["number", "n/a", { kind: "text", text: "n/a" }],
    ["currency", "99.99", { kind: "number", number: 99.99 }],
    ["percent", "12.5", { kind: "number", number: 0.125, percent: true }],
    ["boolean", "true", { kind: "boolean", boolean: true }],
    ["boolean", "false", { kind: "boolean", boolean: false }],
    ["boolean", "unsure", { kind: "text", text: "unsure" }],
    ["date", "2026-02-28", { kind: "wall", text: "2026-02-28" }],
    ["date", "soon", { kind: "text", text: "soon" }],
    ["datetime", "2026-07-01T12:00:00.000Z", { kind: "wall", text: "2026-07-01T14:00:00" }],
    ["datetime", "2026-10-25T00:30:00.000Z", { kind: "wall", text: "2026-10-25T02:30:00" }],
    ["datetime", "2026-10-25T01:30:00.000Z", { kind: "wall", text: "2026-10-25T02:30:00" }],
    ["datetime", "soon", { kind: "text", text: "soon" }],
    ["choice", "red", { kind: "text", text: "Red" }],
    ["choice", "sea", { kind: "text", text: "Blue (sea)" }],
    ["choice", "3", { kind: "text", text: "4 (3)" }],
    ["number", "9007199254740991", { kind: "number", number: 9007199254740991 }],
    ["choice", "removed;too", { kind: "text", text: "removed;too" }],
    ["choice", "removed", { kind: "text", text: "removed" }],
    ["multi-choice", "red;green", { kind: "text", text: "Red; Green" }],
    ["multi-choice", "semi;sky", { kind: "text", text: "semi; Blue (sky)" }],
    ["multi-choice", ";red;;", { kind: "text", text: "Red" }],
    ["text", "=HYPERLINK(1)", { kind: "text", text: "=HYPERLINK(1)" }],
    ["text", "007", { kind: "text", text: "007" }],
    ["phone", "+391234", { kind: "text", text: "+391234" }],
    ["id", "42", { kind: "text", text: "42" }],
    ["other", "TRUE", { kind: "text", text: "TRUE" }],
  ])("%s: %j becomes %j", (type, value, cell) => {
    expect(toSheetValue(fieldOfType(type), value, BERLIN)).toEqual(cell);
  });

  it.each(ALL_TYPES)("%s: the blank becomes a blank cell", (type) => {
    expect(toSheetValue(fieldOfType(type), "", BERLIN)).toEqual({ kind: "blank" });
  });

  it.each(ALL_TYPES)("%s: never throws", (type) => {
    const value = nastyText().filter((text) => text !== LAST_INSTANT);
    fc.assert(fc.property(value, (given) => expect(toSheetValue(fieldOfType(type), given, BERLIN)).toBeDefined()));
  });

  it("shows a blank as a blank cell although an option stands for it", () => {
    const options = [{ value: "", label: "None" }];
    expect(toSheetValue(fieldOfType("choice", { options }), "", UTC)).toEqual({ kind: "blank" });
  });

  it("shows the last instant there is as text", () => {
    expect(toSheetValue(fieldOfType("datetime"), LAST_INSTANT, BERLIN)).toEqual({ kind: "text", text: LAST_INSTANT });
  });

  it("shows an instant after the year 9999 as text", () => {
    const value = "+010000-01-01T00:00:00.000Z";
    expect(toSheetValue(fieldOfType("datetime"), value, UTC)).toEqual({ kind: "text", text: value });
  });

  it.each(["1", "May 5", "2026"])("shows %j in a date-time field as the text it is", (value) => {
    expect(toSheetValue(fieldOfType("datetime"), value, UTC)).toEqual({ kind: "text", text: value });
  });

  it("shows a day that no calendar has as text", () => {
    expect(toSheetValue(fieldOfType("date"), "2026-02-30", UTC)).toEqual({ kind: "text", text: "2026-02-30" });
  });
});
