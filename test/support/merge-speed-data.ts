import type { CrmRecord } from "../../src/domain/record";
import type { Row } from "../../src/domain/row";
import type { Field } from "../../src/domain/schema";
import type { PairShadows } from "../../src/domain/snapshot";
import { toSheetValue } from "../../src/domain/to-sheet-value";
import { type Cell, encodeValue } from "../../src/domain/value";
import type { Zone } from "../../src/domain/zone";
import type { PlanInput } from "../../src/merge/plan-input";
import { buildField } from "./fake-schema";
import { createIntlZone } from "./intl-zone";
import { buildPlanField, buildPlanInput, PEOPLE } from "./merge-builders";

/** Every hundredth row differs on either side, never the same one on both. */
const CHANGED_EVERY = 100;
const SHEET_CHANGE_AT = 17;
const CRM_CHANGE_AT = 61;

const BERLIN = createIntlZone("Europe/Berlin");
const knownHours = new Map<number, number>();

/** Asks once an hour of the time line, as the zone of the add-on does: what is timed is the merge, not the engine's calendar. */
const ZONE: Zone = {
  name: BERLIN.name,
  offsetMinutes: (instantMs) => {
    const hour = Math.floor(instantMs / 3_600_000);
    const minutes = knownHours.get(hour) ?? BERLIN.offsetMinutes(hour * 3_600_000);
    knownHours.set(hour, minutes);
    return minutes;
  },
};

const COLOURS = ["red", "green", "blue"];

/** Fields of a table of people; the first is the key, later ones mix the types that mappings have. */
function buildFields(count: number): readonly Field[] {
  const mixed: readonly Field[] = [
    buildField({ name: "email", type: "email", unique: true }),
    buildField({ name: "firstname" }),
    buildField({ name: "lastname" }),
    buildField({ name: "phone", type: "phone" }),
    buildField({ name: "score", type: "number" }),
    buildField({ name: "revenue", type: "currency", scale: 2 }),
    buildField({ name: "colour", type: "choice", options: COLOURS.map((value) => ({ value, label: `The ${value}` })) }),
    buildField({ name: "renewal", type: "date" }),
    buildField({ name: "newsletter", type: "boolean" }),
    buildField({ name: "seen", type: "datetime" }),
  ];
  return Array.from({ length: count }, (_, at) => mixed[at] ?? buildField({ name: `text${at}` }));
}

/** Value that both sides held at the last run. */
function baseValue(field: Field, row: number): string {
  switch (field.type) {
    case "email":
      return `person.${row}@example.org`;
    case "phone":
      return `+49 30 ${1_000_000 + row}`;
    case "number":
      return String(row % 1_000);
    case "currency":
      return `${row % 5_000}.${10 + (row % 90)}`;
    case "choice":
      return COLOURS[row % COLOURS.length] ?? "";
    case "date":
      return `2026-${String(1 + (row % 12)).padStart(2, "0")}-${String(1 + (row % 28)).padStart(2, "0")}`;
    case "boolean":
      return row % 2 === 0 ? "true" : "false";
    case "datetime":
      return `2026-03-${String(1 + (row % 28)).padStart(2, "0")}T${String(row % 24).padStart(2, "0")}:30:00.000Z`;
    default:
      return row % 7 === 0 ? "" : `${field.name} of person ${row}`;
  }
}

/** What the last name is on either side now. */
function lastNames(row: number): { readonly sheet: string | null; readonly crm: string | null } {
  return {
    sheet: row % CHANGED_EVERY === SHEET_CHANGE_AT ? `Sheetname ${row}` : null,
    crm: row % CHANGED_EVERY === CRM_CHANGE_AT ? `Crmname ${row}` : null,
  };
}

/** Input of a plan over so many linked rows with so many mapped fields; one row in a hundred differs on each side. */
export function buildSpeedInput(rowCount: number, fieldCount: number): PlanInput {
  const fields = buildFields(fieldCount);
  const rows: Row[] = [];
  const records: CrmRecord[] = [];
  const snapshot = new Map<string, PairShadows>();
  for (let at = 0; at < rowCount; at++) {
    const id = String(100_000_000 + at);
    const now = lastNames(at);
    const cells: Record<string, Cell> = {};
    const values: Record<string, string> = {};
    const shadows: Record<string, PairShadows[string]> = {};
    for (const field of fields) {
      const crm = baseValue(field, at);
      const sheet = toSheetValue(field, crm, ZONE);
      const isLastName = field.name === "lastname";
      cells[field.name] = {
        value: isLastName && now.sheet !== null ? { kind: "text", text: now.sheet } : sheet,
        formula: null,
      };
      values[field.name] = (isLastName ? now.crm : null) ?? crm;
      shadows[field.name] = { sheet: encodeValue(sheet), crm };
    }
    rows.push({ rowNumber: at + 2, recordId: id, cells, status: "" });
    records.push({ id, values, modifiedMs: 0, mergedIds: [] });
    snapshot.set(id, shadows);
  }
  return buildPlanInput({
    schema: { ...PEOPLE, fields, requiredForCreate: [["email"]] },
    fields: fields.map((field) => buildPlanField(field)),
    keyField: fields[0] ?? null,
    zone: ZONE,
    rows,
    records,
    snapshot,
    reads: new Map(),
    keyHits: new Map(),
  });
}

/** Three tables with a header row and the record id in the first column, as a general merge of tables takes them. */
export interface MergeTables {
  readonly base: readonly (readonly string[])[];
  readonly sheet: readonly (readonly string[])[];
  readonly crm: readonly (readonly string[])[];
}

/** The data of `buildSpeedInput` as three tables of texts. */
export function buildSpeedTables({ rows, records, snapshot, fields }: PlanInput): MergeTables {
  const names = fields.map(({ field }) => field.name);
  const header = ["id", ...names];
  const pairs = [...snapshot];
  return {
    base: [header, ...pairs.map(([id, shadows]) => [id, ...names.map((name) => shadows[name]?.crm ?? "")])],
    sheet: [
      header,
      ...rows.map((row, at) => [row.recordId, ...names.map((name) => sheetText(row, name, pairs[at]?.[1]))]),
    ],
    crm: [
      header,
      ...[...records.values()].map((record) => [record.id, ...names.map((name) => record.values[name] ?? "")]),
    ],
  };
}

/** Only the last name was edited: everything else is what the base says, in the CRM's words. */
function sheetText(row: Row, name: string, shadows: PairShadows | undefined): string {
  const value = row.cells[name]?.value;
  const shadow = shadows?.[name];
  if (value !== undefined && encodeValue(value) === shadow?.sheet) return shadow.crm;
  return value?.kind === "text" ? value.text : "";
}
