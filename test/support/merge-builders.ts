import { canonicalKey } from "../../src/domain/canonical-key";
import { NO_ECHOES } from "../../src/domain/echo";
import { DEFAULT_GUARD } from "../../src/domain/mapping";
import type { CrmRecord, RecordId, RecordRead } from "../../src/domain/record";
import type { Row } from "../../src/domain/row";
import type { Field, ObjectSchema } from "../../src/domain/schema";
import type { PairShadows, Shadow, Snapshot } from "../../src/domain/snapshot";
import { toSheetValue } from "../../src/domain/to-sheet-value";
import { BLANK, type Cell, type CrmValue, encodeValue, type SheetValue, textValue } from "../../src/domain/value";
import { UTC } from "../../src/domain/zone";
import type { PlanField } from "../../src/merge/plan-field";
import type { PlanInput } from "../../src/merge/plan-input";
import { planReads } from "../../src/merge/plan-reads";
import { buildField } from "./fake-schema";

/** What a test writes for a cell: text, a value or a whole cell. */
export type CellSpec = string | SheetValue | Cell;

export const EMAIL = buildField({ name: "email", label: "Email", type: "email", unique: true });
export const NAME = buildField({ name: "name", label: "Name" });
export const CITY = buildField({ name: "city", label: "City" });

/** People with a unique e-mail, a name and a city; a create needs the e-mail or the name. */
export const PEOPLE: ObjectSchema = {
  type: "people",
  label: "Person",
  pluralLabel: "People",
  custom: false,
  fields: [EMAIL, NAME, CITY],
  requiredForCreate: [["email", "name"]],
  keyFields: ["email"],
};

/** A column that moves both ways and whose blanks have no opinion. */
export function buildPlanField(field: Field, more: Partial<PlanField> = {}): PlanField {
  return { field, header: field.label, direction: "both", blank: "keep", formulaColumn: false, ...more };
}

/** A cell from what a test writes for it. */
export function buildCell(spec: CellSpec): Cell {
  if (typeof spec === "string") return { value: textValue(spec), formula: null };
  return "formula" in spec ? spec : { value: spec, formula: null };
}

/** A cell with a formula that shows `text`. */
export function formulaCell(text: string): Cell {
  return { value: textValue(text), formula: `="${text}"` };
}

/** A row of the people table: email, name, city; a missing one is a blank cell. */
export function buildRow(rowNumber: number, recordId: RecordId, ...specs: readonly CellSpec[]): Row {
  const cells: Record<string, Cell> = {};
  for (const [at, field] of PEOPLE.fields.entries()) cells[field.name] = buildCell(specs[at] ?? BLANK);
  return { rowNumber, recordId, cells, status: "" };
}

/** A record of the people table: email, name, city. */
export function buildRecord(id: RecordId, ...values: readonly CrmValue[]): CrmRecord {
  return { id, values: valuesByField(values), modifiedMs: 0, mergedIds: [] };
}

/** A record that took over others. */
export function buildSurvivor(mergedIds: readonly RecordId[], record: CrmRecord): CrmRecord {
  return { ...record, mergedIds };
}

function valuesByField(values: readonly CrmValue[]): Record<string, CrmValue> {
  return Object.fromEntries(PEOPLE.fields.map((field, at) => [field.name, values[at] ?? ""]));
}

/** Shadow of a field whose two sides were in step at `crm`. */
export function buildShadow(field: Field, crm: CrmValue): Shadow {
  return { sheet: encodeValue(toSheetValue(field, crm, UTC)), crm };
}

/** Base entry of a pair of people whose two sides were in step. */
function buildShadows(...values: readonly CrmValue[]): PairShadows {
  return Object.fromEntries(PEOPLE.fields.map((field, at) => [field.name, buildShadow(field, values[at] ?? "")]));
}

/** A base: record ids with the values that both sides held. */
export function buildSnapshot(pairs: Readonly<Record<RecordId, readonly CrmValue[]>>): Snapshot {
  return new Map(Object.entries(pairs).map(([id, values]) => [id, buildShadows(...values)]));
}

/** What a test says about both sides; everything else is what an honest CRM would answer. */
export interface WorldSpec extends Partial<Omit<PlanInput, "records">> {
  readonly records?: readonly CrmRecord[];
}

/** Input of a plan over people; ids and keys that the plan asks for are answered from `records`. */
export function buildPlanInput(spec: WorldSpec = {}): PlanInput {
  const records = new Map((spec.records ?? []).map((record) => [record.id, record]));
  const input: PlanInput = {
    mappingId: "m1",
    schema: PEOPLE,
    fields: PEOPLE.fields.map((field) => buildPlanField(field)),
    keyField: EMAIL,
    zone: UTC,
    rows: [],
    snapshot: new Map(),
    complete: true,
    listed: spec.complete === false ? new Set() : new Set(records.keys()),
    reads: new Map(),
    keyHits: new Map(),
    tombstones: new Set(),
    quarantined: new Set(),
    run: "both",
    direction: "both",
    policy: "ask",
    gone: "mark",
    removedRows: "leave",
    mayDelete: true,
    conflictTimes: { lastReadMs: 0, nowMs: 0, known: new Map() },
    echoes: NO_ECHOES,
    stopped: new Set(),
    guard: DEFAULT_GUARD,
    zoneChanged: false,
    madeAtMs: 0,
    seenConflicts: new Set(),
    baseDamaged: false,
    lastSizes: { rows: 0, records: 0 },
    ...spec,
    records,
  };
  const answers = answerReads(input);
  return { ...input, reads: spec.reads ?? answers.reads, keyHits: spec.keyHits ?? answers.keyHits };
}

/**
 * Answers of a CRM that holds exactly `input.records`, to what the plan still has to ask. Keys of records that were read
 * are known without asking.
 */
export function answerReads(input: PlanInput): Pick<PlanInput, "reads" | "keyHits"> {
  const { records, keyField, zone } = input;
  const asked = planReads(input.rows, input.snapshot, new Set(records.keys()), { field: keyField, zone });
  const reads = new Map<RecordId, RecordRead>();
  for (const askedId of asked.ids) {
    const survivor = [...records.values()].find((record) => record.mergedIds.includes(askedId));
    reads.set(askedId, survivor ? { kind: "merged", askedId, record: survivor } : { kind: "gone", askedId });
  }
  const keyHits = new Map<string, CrmRecord[]>([...asked.keys.keys()].map((key) => [key, []]));
  for (const record of keyField ? records.values() : []) {
    const key = keyField ? canonicalKey(keyField, record.values[keyField.name] ?? "", zone) : "";
    if (key !== "") keyHits.set(key, [...(keyHits.get(key) ?? []), record]);
  }
  return { reads, keyHits };
}
