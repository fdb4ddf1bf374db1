import type { Row } from "../../src/domain/row";
import { encodeRow, equalsBase, isAllBlank, rowFingerprint } from "../../src/merge/row-values";
import { buildPlanField, buildRow, buildSnapshot, type CellSpec, PEOPLE } from "../support/merge-builders";

const FIELDS = PEOPLE.fields.map((field) => buildPlanField(field));

/** A row whose city column is suspended: the row has no such cell. */
function rowWithoutCity(...specs: readonly CellSpec[]): Row {
  const row = buildRow(2, "1", ...specs);
  const { city: _city, ...cells } = row.cells;
  return { ...row, cells };
}

describe("the mapped cells of a row", () => {
  it.each<[string, Row, boolean]>([
    ["empty cells", buildRow(2, ""), true],
    ["white space", buildRow(2, "", " ", "\n"), true],
    ["a suspended column", rowWithoutCity(), true],
    ["a filled cell", buildRow(2, "", "", "", "Rome"), false],
    ["a zero", buildRow(2, "", "", { kind: "number", number: 0 }), false],
    ["an unticked box", buildRow(2, "", "", { kind: "boolean", boolean: false }), false],
    ["an error", buildRow(2, "", { kind: "unreadable", text: "#REF!" }), false],
  ])("R17 with %s: blank %s", (_title, row, blank) => {
    expect(isAllBlank(row, FIELDS)).toBe(blank);
  });

  it.each<[string, Row, boolean]>([
    ["the same cells", buildRow(2, "1", "ann@x.com", "Ann", "Rome"), true],
    ["an edited cell", buildRow(2, "1", "ann@x.com", "Anna", "Rome"), false],
    ["an emptied cell", buildRow(2, "1", "ann@x.com", "Ann"), false],
    ["a suspended column", rowWithoutCity("ann@x.com", "Ann"), true],
  ])("R6 R18 with %s: as the base says %s", (_title, row, same) => {
    const shadows = buildSnapshot({ 1: ["ann@x.com", "Ann", "Rome"] }).get("1") ?? {};
    expect(equalsBase(row, shadows, FIELDS)).toBe(same);
  });

  it("R6 are as the base says only while a field that it does not know is blank", () => {
    const row = buildRow(2, "1", "ann@x.com");
    const { city: _city, ...shadows } = buildSnapshot({ 1: ["ann@x.com", "", "Rome"] }).get("1") ?? {};
    expect(equalsBase(row, shadows, FIELDS)).toBe(true);
    expect(equalsBase(buildRow(2, "1", "ann@x.com", "", "Rome"), shadows, FIELDS)).toBe(false);
  });

  it("identify the row, a suspended column as a blank", () => {
    const row = rowWithoutCity("ann@x.com", "Ann");
    expect(rowFingerprint(row, FIELDS)).toEqual({ email: "tann@x.com", name: "tAnn", city: "" });
    expect(encodeRow(row, FIELDS)).toBe(encodeRow(buildRow(2, "1", "ann@x.com", "Ann"), FIELDS));
    expect(encodeRow(row, FIELDS)).not.toBe(encodeRow(buildRow(2, "1", "ann@x.com", "", "Ann"), FIELDS));
  });
});
