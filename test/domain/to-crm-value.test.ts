import fc from "fast-check";
import type { Field, FieldType } from "../../src/domain/schema";
import { toCrmValue } from "../../src/domain/to-crm-value";
import { BLANK, type SheetValue, textValue } from "../../src/domain/value";
import { UTC } from "../../src/domain/zone";
import { sheetValue } from "../support/arbitrary-values";
import { buildField } from "../support/fake-schema";
import { ALL_TYPES, fieldOfType } from "../support/fields-by-type";
import { createIntlZone } from "../support/intl-zone";

const BERLIN = createIntlZone("Europe/Berlin");
const CENTS = fieldOfType("currency", { scale: 2 });

const number = (given: number): SheetValue => ({ kind: "number", number: given });
const percent = (given: number): SheetValue => ({ kind: "number", number: given, percent: true });
const wall = (text: string): SheetValue => ({ kind: "wall", text });
const box = (boolean: boolean): SheetValue => ({ kind: "boolean", boolean });
const text = (given: string): SheetValue => ({ kind: "text", text: given });

function sent(field: Field, cell: SheetValue): string | null {
  const read = toCrmValue(field, cell, BERLIN);
  return read.kind === "value" ? read.value : null;
}

describe("what a cell becomes in the CRM", () => {
  it.each<[FieldType, SheetValue, string | null]>([
    ["number", number(1250.5), "1250.5"],
    ["number", number(0.1 + 0.2), "0.3"],
    ["number", number(1e15), "1000000000000000"],
    ["number", text("1,250.5"), "1250.5"],
    ["number", text("-1,234,567"), "-1234567"],
    ["number", text(" 42 "), "42"],
    ["number", text("1e3"), "1000"],
    ["number", text("12345678901234567890"), "12345678901234567890"],
    ["number", text("1.234,5"), null],
    ["number", text("87,654,329"), "87654329"],
    ["number", text("1,234,567.25"), "1234567.25"],
    ["number", number(2 ** 53 - 1), "9007199254740991"],
    ["number", text("1,25"), null],
    ["number", text("1234,567,890"), null],
    ["number", text("1,234,567,89"), null],
    ["number", text("12,34,567"), null],
    ["number", text("€ 5"), null],
    ["number", text("five"), null],
    ["number", text("1e999"), null],
    ["number", number(2 ** 53), null],
    ["number", box(true), null],
    ["number", wall("2026-01-01"), null],
    ["number", text("  "), ""],
    ["percent", percent(0.125), "12.5"],
    ["percent", percent(0.07), "7"],
    ["percent", percent(-1.5), "-150"],
    ["percent", text("12.5 %"), "12.5"],
    ["percent", text(" 12.5%"), "12.5"],
    ["percent", text("-5 % "), "-5"],
    ["percent", text("€5 %"), null],
    ["percent", text("12 % off"), null],
    ["percent", text("12 %off"), null],
    ["percent", box(true), null],
    ["percent", number(12.5), null],
    ["percent", number(0.125), null],
    ["percent", text("12.5"), null],
    ["percent", text("12,5 %"), null],
    ["boolean", box(true), "true"],
    ["boolean", box(false), "false"],
    ["boolean", text("Yes"), "true"],
    ["boolean", text(" no "), "false"],
    ["boolean", text("TRUE"), "true"],
    ["boolean", text("  "), ""],
    ["boolean", number(1), "true"],
    ["boolean", number(0), "false"],
    ["boolean", number(2), null],
    ["boolean", text("maybe"), null],
    ["date", wall("2026-02-28"), "2026-02-28"],
    ["date", wall("2026-02-28T23:59:00"), "2026-02-28"],
    ["date", text(" 2026-02-28 "), "2026-02-28"],
    ["date", text("2024-02-29"), "2024-02-29"],
    ["date", text("  "), ""],
    ["date", text("2026-02-29"), null],
    ["date", text("2026-02-30"), null],
    ["date", text("2026-13-01"), null],
    ["date", text("2026-00-10"), null],
    ["date", text("28.02.2026"), null],
    ["date", text("2026-2-8"), null],
    ["date", number(46000), null],
    ["datetime", wall("2026-07-01T14:00:00"), "2026-07-01T12:00:00.000Z"],
    ["datetime", wall("2026-01-01T14:00:00"), "2026-01-01T13:00:00.000Z"],
    ["datetime", wall("2026-07-01"), "2026-06-30T22:00:00.000Z"],
    ["datetime", text("2026-07-01 14:00"), "2026-07-01T12:00:00.000Z"],
    ["datetime", text("2026-07-01 9:05:30"), "2026-07-01T07:05:30.000Z"],
    ["datetime", text("2026-07-01T14:00:00+02:00"), "2026-07-01T12:00:00.000Z"],
    ["datetime", text("2026-07-01T14:00:00Z"), "2026-07-01T14:00:00.000Z"],
    ["datetime", text(" 2026-07-01 14:00 "), "2026-07-01T12:00:00.000Z"],
    ["datetime", text(" 2026-07-01T14:00:00Z"), "2026-07-01T14:00:00.000Z"],
    ["datetime", text("2026-07-01 14:00:30.125"), "2026-07-01T12:00:30.000Z"],
    ["datetime", text(" 2026-07-01 "), "2026-06-30T22:00:00.000Z"],
    ["datetime", text("  "), ""],
    ["datetime", text("2026-02-30 14:00"), null],
    ["datetime", text("on 2026-07-01 14:00"), null],
    ["datetime", text("2026-07-01 14:00 h"), null],
    ["datetime", text("2026-07-01 2 PM"), null],
    ["datetime", text("2026-07-01 14:0"), null],
    ["datetime", text("2026-07-01 25:00"), null],
    ["datetime", text("14:00"), null],
    ["datetime", text("tomorrow"), null],
    ["datetime", number(46000.5), null],
    ["choice", text("Red"), "red"],
    ["choice", text("purple"), null],
    ["choice", text(" "), ""],
    ["choice", text("Red; Green"), null],
    ["multi-choice", text("Green; Red"), "green;red"],
    ["multi-choice", text("Green, Red\n"), null],
    ["multi-choice", text("Green; purple"), null],
    ["text", number(7), "7"],
    ["text", number(1e15), "1000000000000000"],
    ["text", number(1e16), null],
    ["text", box(true), "TRUE"],
    ["text", wall("2026-02-28T09:30:00"), "2026-02-28 09:30:00"],
    ["text", text(" padded "), "padded"],
    ["text", text("=1+1"), "=1+1"],
    ["email", text(" Ann@Example.com "), "Ann@Example.com"],
    ["phone", text("+39 06 12"), "+39 06 12"],
  ])("%s: %j becomes %j", (type, cell, expected) => {
    expect(sent(fieldOfType(type), cell)).toBe(expected);
  });

  it("rounds currency half away from zero at the field's scale", () => {
    expect(sent(CENTS, text("1.005"))).toBe("1.01");
    expect(sent(CENTS, number(-2.675))).toBe("-2.68");
  });

  it("keeps outer white space where the CRM keeps it", () => {
    expect(sent(buildField({ name: "raw", trims: false }), text(" a "))).toBe(" a ");
  });

  it("takes a text of any length where the CRM names no limit, and one as long as its limit", () => {
    expect(sent(buildField({ name: "free", maxLength: null }), text("abcd"))).toBe("abcd");
    expect(sent(buildField({ name: "short", maxLength: 4 }), text("abcd"))).toBe("abcd");
  });

  it.each<[FieldType, SheetValue, string]>([
    ["boolean", text(" maybe "), '"maybe" is neither yes nor no; write TRUE or FALSE'],
    ["date", text(" soon "), '"soon" is not a date; write it as YYYY-MM-DD or as a date cell'],
    ["date", number(46000), '"46000" is not a date; write it as YYYY-MM-DD or as a date cell'],
    ["date", number(1e300), '"1e+300" is not a date; write it as YYYY-MM-DD or as a date cell'],
    ["datetime", text(" soon "), '"soon" is not a date with time; write it as YYYY-MM-DD HH:MM'],
    ["datetime", number(46000.5), '"46000.5" is not a date with time; write it as YYYY-MM-DD HH:MM'],
    ["number", wall("2026-01-01T09:00:00"), '"2026-01-01 09:00:00" is not a number; write digits, like 1250.5'],
    ["percent", number(12.5), "write a percentage like 12.5 % or format the cell as percent"],
    ["text", { kind: "unreadable", text: "#REF!" }, "the cell shows #REF!"],
  ])("F10 %s: %j is refused with what it shows and what may stand there", (type, cell, reason) => {
    expect(toCrmValue(fieldOfType(type), cell, BERLIN)).toEqual({ kind: "invalid", reason });
  });

  it("refuses a text that is longer than the field, and says both lengths", () => {
    const read = toCrmValue(buildField({ name: "short", maxLength: 3 }), text("abcd"), UTC);
    expect(read.kind === "invalid" ? read.reason : "").toMatch(/4 characters; 3/);
  });

  it.each(ALL_TYPES)("%s: a blank cell becomes the blank, an unreadable one nothing", (type) => {
    expect(sent(fieldOfType(type), BLANK)).toBe("");
    expect(sent(fieldOfType(type), textValue(""))).toBe("");
    expect(sent(fieldOfType(type), { kind: "unreadable", text: "#REF!" })).toBeNull();
  });

  it.each(ALL_TYPES)("%s: never throws and always gives a reason with a refusal", (type) => {
    fc.assert(
      fc.property(sheetValue(), (cell) => {
        const read = toCrmValue(fieldOfType(type), cell, BERLIN);
        if (read.kind === "invalid") expect(read.reason).not.toBe("");
      }),
    );
  });

  it("takes a percent text of spaces for a blank as other numbers do", () => {
    expect(sent(fieldOfType("percent"), text("  "))).toBe("");
  });

  it.each<FieldType>(["choice", "multi-choice", "boolean"])(
    "%s: a number too long for a cell is refused, never a blank",
    (type) => {
      expect(sent(fieldOfType(type), number(2 ** 60))).toBeNull();
    },
  );
});
