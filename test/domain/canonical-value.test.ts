import fc from "fast-check";
import { canonicalCrm, canonicalSheet } from "../../src/domain/canonical-value";
import type { Field, FieldType } from "../../src/domain/schema";
import { toCrmValue } from "../../src/domain/to-crm-value";
import { toSheetValue } from "../../src/domain/to-sheet-value";
import { type CrmValue, encodeValue, type SheetValue } from "../../src/domain/value";
import { UTC, type Zone } from "../../src/domain/zone";
import { nastyText, sheetValue, wireValue } from "../support/arbitrary-values";
import { buildField } from "../support/fake-schema";
import { ALL_TYPES, fieldOfType } from "../support/fields-by-type";
import { createIntlZone } from "../support/intl-zone";

const BERLIN = createIntlZone("Europe/Berlin");
const ZONES: readonly Zone[] = [UTC, BERLIN, createIntlZone("Asia/Kolkata"), createIntlZone("America/St_Johns")];

const anyZone = () => fc.constantFrom(...ZONES);

describe("equal values", () => {
  it.each<[FieldType, CrmValue, CrmValue]>([
    ["text", "caf\u00e9", "cafe\u0301"],
    ["text", "a\r\nb\rc", "a\nb\nc"],
    ["text", " padded\n", "padded"],
    ["text", "   ", ""],
    ["email", " Ann@Example.COM", "ann@example.com"],
    ["phone", " +39 06 ", "+39 06"],
    ["number", "1250.50", "1250.5"],
    ["number", "-0", "0"],
    ["number", " n/a ", "n/a"],
    ["boolean", " unsure ", "unsure"],
    ["number", "1e3", "1000"],
    ["number", "12345678901234567890.0", "12345678901234567890"],
    ["boolean", "TRUE", "true"],
    ["date", "2026-02-28T00:00:00Z", "2026-02-28"],
    ["datetime", "2026-07-01T12:00:00Z", "2026-07-01T14:00:00+02:00"],
    ["datetime", "2026-07-01T12:00:00.999Z", "2026-07-01T12:00:00.000Z"],
    ["datetime", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"],
    ["multi-choice", "red;green;red", "green;red"],
    ["multi-choice", ";", ""],
    ["multi-choice", "red; green ;", "green;red"],
    ["multi-choice", "red;;green", "green;red"],
    ["date", " 2026-02-28 ", "2026-02-28"],
    ["datetime", " 2026-07-01T12:00:00Z ", "2026-07-01T12:00:00Z"],
    ["datetime", " soon ", "soon"],
  ])("%s: %j equals %j", (type, one, other) => {
    expect(canonicalCrm(fieldOfType(type), one, BERLIN)).toBe(canonicalCrm(fieldOfType(type), other, BERLIN));
  });

  it.each<[FieldType, CrmValue, CrmValue]>([
    ["text", "a", "A"],
    ["text", "a  b", "a b"],
    ["phone", "+39 06", "+3906"],
    ["number", "12345678901234567890", "12345678901234567891"],
    ["number", "0.1", "0.10000000000000001"],
    ["date", "2026-02-28", "2026-03-01"],
    ["datetime", "2026-07-01T12:00:00Z", "2026-07-01T12:00:01Z"],
    ["datetime", "2026-10-25T00:30:00Z", "2026-10-25T02:30:00Z"],
    ["datetime", "soon", "later"],
    ["date", "on 2026-02-28T00:00", "on 2026-02-28"],
    ["date", "2026-02-28T00:00\nor later", "2026-02-28\nor later"],
    ["phone", "e\u0301", "\u00e9"],
    ["choice", "red", "Red"],
    ["choice", " red", "red"],
    ["choice", "b;a", "a;b"],
    ["multi-choice", "ab;c", "a;bc"],
    ["multi-choice", "red", "green"],
    ["boolean", "true", "false"],
    ["boolean", "false", ""],
  ])("%s: %j does not equal %j", (type, one, other) => {
    expect(canonicalCrm(fieldOfType(type), one, BERLIN)).not.toBe(canonicalCrm(fieldOfType(type), other, BERLIN));
  });

  it("rounds at the field's scale and not beyond it", () => {
    const cents = fieldOfType("currency", { scale: 2 });
    expect(canonicalCrm(cents, "10.004", UTC)).toBe(canonicalCrm(cents, "10", UTC));
    expect(canonicalCrm(cents, "10.005", UTC)).toBe("10.01");
    expect(canonicalCrm(cents, "9007199254740993.015", UTC)).toBe("9007199254740993.02");
  });

  it("keeps outer white space where the CRM keeps it", () => {
    const raw = buildField({ name: "raw", trims: false });
    expect(canonicalCrm(raw, " a", UTC)).not.toBe(canonicalCrm(raw, "a", UTC));
  });

  it("phone: outer white space never counts, even where the CRM keeps it", () => {
    const field = fieldOfType("phone", { trims: false });
    expect(canonicalCrm(field, " +39 06 ", UTC)).toBe("+39 06");
  });

  it("F8 makes an unreadable cell equal to no CRM value, whatever text that is", () => {
    const field = fieldOfType("text");
    const cell: SheetValue = { kind: "unreadable", text: "#REF!" };
    for (const value of ["", "#REF!", encodeValue(cell), JSON.stringify(cell)]) {
      expect(canonicalSheet(field, cell, UTC)).not.toBe(canonicalCrm(field, value, UTC));
    }
  });

  it.each<[FieldType, SheetValue, CrmValue]>([
    ["number", { kind: "text", text: "1,250.50" }, "1250.5"],
    ["percent", { kind: "text", text: "12.5 %" }, "12.50"],
    ["boolean", { kind: "text", text: "Yes" }, "true"],
    ["boolean", { kind: "number", number: 1 }, "true"],
    ["date", { kind: "wall", text: "2026-02-28T10:00:00" }, "2026-02-28"],
    ["datetime", { kind: "wall", text: "2026-07-01T14:00:00" }, "2026-07-01T12:00:00Z"],
    ["datetime", { kind: "wall", text: "2026-10-25T02:30:00" }, "2026-10-25T01:30:00Z"],
    ["choice", { kind: "text", text: "blue (SEA)" }, "sea"],
    ["multi-choice", { kind: "text", text: "Green\nRed" }, "red;green"],
    ["text", { kind: "number", number: 7 }, "7"],
  ])("%s: a cell %j equals the CRM's %j", (type, cell, value) => {
    const field = fieldOfType(type);
    expect(canonicalSheet(field, cell, BERLIN)).toBe(canonicalCrm(field, value, BERLIN));
  });

  it("makes a text that cannot become the type equal to nothing but that very text", () => {
    const field = fieldOfType("number");
    const text = (given: string): SheetValue => ({ kind: "text", text: given });
    expect(canonicalSheet(field, text("x"), UTC)).toBe(canonicalSheet(field, text("x"), UTC));
    expect(canonicalSheet(field, text("x"), UTC)).not.toBe(canonicalSheet(field, text("y"), UTC));
    expect(canonicalSheet(field, text("x"), UTC)).toBe(canonicalCrm(field, "x", UTC));
    expect(canonicalSheet(field, text("#REF!"), UTC)).not.toBe(
      canonicalSheet(field, { kind: "unreadable", text: "#REF!" }, UTC),
    );
  });

  it.each(["1", "Yes", "no", "0"])("boolean: the CRM's %j equals the cell that shows it", (value) => {
    const field = fieldOfType("boolean");
    expect(canonicalSheet(field, { kind: "text", text: value }, UTC)).toBe(canonicalCrm(field, value, UTC));
  });

  it("other: a value of unknown type is compared as exact text", () => {
    const field = fieldOfType("other", { trims: false });
    expect(canonicalCrm(field, "e\u0301", UTC)).not.toBe(canonicalCrm(field, "\u00e9", UTC));
  });
});

describe("laws of conversion", () => {
  it.each(ALL_TYPES)("%s: a value that went to the sheet and back equals itself", (type) => {
    const field = fieldOfType(type);
    fc.assert(
      fc.property(wireValue(field), anyZone(), (value, zone) => {
        const back = canonicalSheet(field, toSheetValue(field, value, zone), zone);
        expect(back).toBe(canonicalCrm(field, value, zone));
      }),
    );
  });

  it.each(ALL_TYPES)("%s: what the CRM would get from a cell shows as an equal cell again", (type) => {
    const field = fieldOfType(type);
    fc.assert(
      fc.property(lawfulCell(type), anyZone(), (cell, zone) => {
        const read = toCrmValue(field, cell, zone);
        if (read.kind === "invalid") return;
        const shown = toSheetValue(field, read.value, zone);
        expect(canonicalSheet(field, shown, zone)).toBe(canonicalSheet(field, cell, zone));
      }),
    );
  });

  it.each(ALL_TYPES)("%s: a second way through the sheet changes nothing", (type) => {
    const field = fieldOfType(type);
    fc.assert(
      fc.property(wireValue(field), anyZone(), (value, zone) => {
        const shown = toSheetValue(field, value, zone);
        const read = toCrmValue(field, shown, zone);
        if (read.kind === "invalid") throw new Error(`${JSON.stringify(shown)}: ${read.reason}`);
        const again = encodeValue(toSheetValue(field, read.value, zone));
        const settled = toCrmValue(field, toSheetValue(field, read.value, zone), zone);
        expect(settled).toEqual(read);
        if (canonicalCrm(field, value, zone) === value) expect(again).toBe(encodeValue(shown));
      }),
    );
  });

  // The canonical form of an instant is a wall clock, which is no wire form: it cannot be compared a second time.
  it.each(ALL_TYPES.filter((type) => type !== "datetime"))(
    "%s: the canonical form is its own canonical form",
    (type) => {
      const field = fieldOfType(type);
      fc.assert(
        fc.property(nastyText(), (value) => {
          const once = canonicalCrm(field, value, BERLIN);
          expect(canonicalCrm(field, once, BERLIN)).toBe(once);
        }),
      );
    },
  );

  it.each<FieldType>(["text", "long-text", "email", "phone", "url", "reference", "id", "other"])(
    "%s: any text whatever survives the way to the sheet and back",
    (type) => {
      const field: Field = fieldOfType(type, { trims: type !== "other" });
      fc.assert(
        fc.property(nastyText(), (value) => {
          const back = canonicalSheet(field, toSheetValue(field, value, UTC), UTC);
          expect(back).toBe(canonicalCrm(field, value, UTC));
        }),
      );
    },
  );
});

/** Cells that the law holds for today; the gaps below have tests of their own. */
function lawfulCell(type: FieldType): fc.Arbitrary<SheetValue> {
  if (type !== "percent") return sheetValue();
  const digits = fc.integer({ min: -999_999, max: 999_999 });
  return digits.map((given) => ({ kind: "number", number: given / 10_000, percent: true }));
}

describe("laws of conversion, hard cases", () => {
  const roundTrip = (field: Field, value: CrmValue) => {
    expect(canonicalSheet(field, toSheetValue(field, value, UTC), UTC)).toBe(canonicalCrm(field, value, UTC));
  };

  it.each(["10000000000000000", "100000000000000000000"])("number: %s survives", (value) =>
    roundTrip(fieldOfType("number"), value),
  );

  it.each(["12345678901234567890", "33.33333333333333333333"])("percent: %s survives", (value) =>
    roundTrip(fieldOfType("percent"), value),
  );

  it("percent: 16 digits survive", () => {
    roundTrip(fieldOfType("percent", { scale: 2 }), "99999999999999.99");
  });

  it.each<FieldType>(["choice", "multi-choice"])("%s: an option that was removed from the list survives", (type) =>
    roundTrip(fieldOfType(type), "removed"),
  );

  it("multi-choice: a value with a comma survives where there is no list", () => {
    roundTrip(buildField({ name: "tags", type: "multi-choice" }), "a,b");
  });

  it.each<[FieldType, CrmValue]>([
    ["number", "n/a"],
    ["boolean", "unsure"],
    ["date", "soon"],
    ["datetime", "soon"],
  ])("%s: a value %j that is not of its type equals the cell that shows it", (type, value) => {
    roundTrip(fieldOfType(type), value);
  });
});
