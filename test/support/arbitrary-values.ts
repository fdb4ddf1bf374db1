import fc from "fast-check";
import type { Field } from "../../src/domain/schema";
import type { CrmValue, SheetValue } from "../../src/domain/value";

/** Texts that a sheet, a program or a CRM might take for something else. */
const NASTY_TEXTS: readonly string[] = [
  "",
  " ",
  "\u00a0",
  "\t",
  "\r\n",
  "a\r\nb",
  "a\rb",
  " padded ",
  "=1+1",
  "@SUM(A1)",
  "+391234567",
  "-5",
  "'quoted",
  "TRUE",
  "false",
  "Yes",
  "null",
  "undefined",
  "NaN",
  "Infinity",
  "0",
  "-0",
  "007",
  "1e5",
  "1e999",
  "1/2",
  "1,5",
  "1.234,5",
  "12 %",
  "2026-02-30",
  "2026-12-31",
  "2026-12-31T23:59:59Z",
  "+275760-09-13T00:00:00.000Z",
  "12345678901234567890",
  "é",
  "e\u0301",
  "ﬁ",
  "İ",
  "ß",
  "\u0000",
  "\ud800",
  "😀",
  "\u202eabc",
  "a;b",
  ";",
  ", ,",
  "__proto__",
  "<script>",
];

/** Any text, with many of the kind that causes trouble. */
export function nastyText(): fc.Arbitrary<string> {
  return fc.oneof(fc.constantFrom(...NASTY_TEXTS), fc.string({ unit: "grapheme", maxLength: 12 }), fc.string());
}

/** What a cell may hold. */
export function sheetValue(): fc.Arbitrary<SheetValue> {
  // -0 is left out: no cell tells it from 0.
  const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((given) => (given === 0 ? 0 : given));
  return fc.oneof(
    fc.constant<SheetValue>({ kind: "blank" }),
    nastyText().map<SheetValue>((text) => ({ kind: "text", text })),
    fc.oneof(number, fc.integer()).map<SheetValue>((given) => ({ kind: "number", number: given })),
    number.map<SheetValue>((given) => ({ kind: "number", number: given, percent: true })),
    fc.boolean().map<SheetValue>((boolean) => ({ kind: "boolean", boolean })),
    calendarDay().map<SheetValue>((text) => ({ kind: "wall", text })),
    instant().map<SheetValue>((text) => ({ kind: "wall", text: text.slice(0, 19) })),
    fc.constantFrom("#REF!", "Loading…").map<SheetValue>((text) => ({ kind: "unreadable", text })),
  );
}

/** A day as both CRMs write it. */
function calendarDay(): fc.Arbitrary<string> {
  return instant().map((text) => text.slice(0, 10));
}

/** An instant as it is inside: ISO, UTC, with milliseconds. */
function instant(): fc.Arbitrary<string> {
  const date = fc.date({ min: new Date("1900-01-02"), max: new Date("2199-12-30"), noInvalidDate: true });
  return date.map((given) => given.toISOString());
}

/** A plain decimal of at most 14 digits: what a cell holds exactly, as a percentage too. */
function shortDecimal(): fc.Arbitrary<string> {
  return fc.tuple(fc.integer({ min: -(10 ** 14) + 1, max: 10 ** 14 - 1 }), fc.nat(6)).map(([digits, places]) => {
    const text = String(Math.abs(digits)).padStart(places + 1, "0");
    const cut = text.length - places;
    return `${digits < 0 ? "-" : ""}${text.slice(0, cut)}${places > 0 ? `.${text.slice(cut)}` : ""}`;
  });
}

/** A value that a CRM holds in a field of this type: well formed, one of the options. */
export function wireValue(field: Field): fc.Arbitrary<CrmValue> {
  return fc.oneof({ weight: 1, arbitrary: fc.constant("") }, { weight: 9, arbitrary: filledWireValue(field) });
}

function filledWireValue(field: Field): fc.Arbitrary<CrmValue> {
  const options = field.options.map((option) => option.value);
  switch (field.type) {
    case "number":
    case "currency":
    case "percent":
      return shortDecimal();
    case "boolean":
      return fc.constantFrom("true", "false");
    case "date":
      return calendarDay();
    case "datetime":
      return instant();
    case "choice":
      return fc.constantFrom(...options);
    case "multi-choice":
      return fc.subarray(options).map((values) => values.join(";"));
    default:
      return nastyText();
  }
}
