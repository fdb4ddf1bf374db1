import fc from "fast-check";
import type { BlankPolicy, ConflictPolicy, Direction } from "../../src/domain/mapping";
import type { CrmRecord } from "../../src/domain/record";
import type { Row } from "../../src/domain/row";
import type { Field } from "../../src/domain/schema";
import type { PairShadows, Shadow } from "../../src/domain/snapshot";
import { type Cell, type CrmValue, encodeValue, type SheetValue, textValue } from "../../src/domain/value";
import type { PlanField } from "../../src/merge/plan-field";
import { conflictKey, type PlanInput } from "../../src/merge/plan-input";
import { buildField } from "./fake-schema";
import { buildPlanInput, EMAIL, NAME, PEOPLE } from "./merge-builders";

const SCORE = buildField({ name: "score", type: "number" });
const STAGE = buildField({
  name: "stage",
  type: "choice",
  options: [
    { value: "lead", label: "Lead" },
    { value: "won", label: "Won" },
  ],
});
const WORLD_FIELDS: readonly Field[] = [EMAIL, NAME, SCORE, STAGE];

/** Few values, so that rows, records and base often agree, nearly agree or clash. */
const CRM_POOLS: Readonly<Record<string, readonly CrmValue[]>> = {
  email: ["", "a@x.com", "b@x.com", "A@X.com "],
  name: ["", "Ann", "Bob"],
  score: ["", "5", "5.0", "7"],
  stage: ["", "lead", "won"],
};
const CELL_POOLS: Readonly<Record<string, readonly SheetValue[]>> = {
  email: ["", "a@x.com", "b@x.com", " A@x.com"].map(textValue),
  name: ["", "Ann", "Bob", " "].map(textValue),
  score: [
    textValue(""),
    { kind: "number", number: 5 },
    textValue("5.0"),
    textValue("five"),
    { kind: "number", number: 7 },
  ],
  stage: ["", "Lead", "won", "Lost"].map(textValue),
};
const ERROR: SheetValue = { kind: "unreadable", text: "#REF!" };

const IDS = ["1", "2", "3", "4"] as const;
const DIRECTIONS: readonly Direction[] = ["both", "pull", "push"];
const POLICIES: readonly ConflictPolicy[] = ["ask", "sheet-wins", "crm-wins", "newest-wins"];
const BLANKS: readonly BlankPolicy[] = ["keep", "clear"];

function sheetOf(field: Field): fc.Arbitrary<SheetValue> {
  const pool = fc.constantFrom(...(CELL_POOLS[field.name] ?? []));
  return fc.oneof({ weight: 20, arbitrary: pool }, { weight: 1, arbitrary: fc.constant(ERROR) });
}

function crmOf(field: Field): fc.Arbitrary<CrmValue> {
  return fc.constantFrom(...(CRM_POOLS[field.name] ?? []));
}

function byField<T>(make: (field: Field) => fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> {
  return fc.record(Object.fromEntries(WORLD_FIELDS.map((field) => [field.name, make(field)])));
}

function cellOf(field: Field): fc.Arbitrary<Cell> {
  const formula = fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.constant("=A1") });
  return fc.record({ value: sheetOf(field), formula });
}

function rows(): fc.Arbitrary<readonly Row[]> {
  const id = fc.constantFrom("", "", ...IDS, "9", "pending:t1");
  const row = fc.record({ recordId: id, cells: byField(cellOf), status: fc.constant("") });
  return fc.array(row, { maxLength: 5 }).map((given) => given.map((cells, at) => ({ ...cells, rowNumber: at + 2 })));
}

function records(): fc.Arbitrary<readonly CrmRecord[]> {
  const merged = fc.oneof({ weight: 9, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.constant(["8"]) });
  const values = fc.record({ values: byField(crmOf), merged });
  return fc.tuple(fc.subarray([...IDS]), fc.array(values, { minLength: 4, maxLength: 4 })).map(([ids, given]) =>
    ids.map((id, at) => ({
      id,
      values: given[at]?.values ?? {},
      modifiedMs: 0,
      mergedIds: at === 0 ? (given[at]?.merged ?? []) : [],
    })),
  );
}

function pairShadows(): fc.Arbitrary<PairShadows> {
  const known = (field: Field): fc.Arbitrary<Shadow | null> =>
    fc.option(fc.record({ sheet: sheetOf(field).map(encodeValue), crm: crmOf(field) }), { freq: 6 });
  return byField(known).map((shadows) =>
    Object.fromEntries(Object.entries(shadows).flatMap(([name, shadow]) => (shadow ? [[name, shadow]] : []))),
  );
}

function planFields(): fc.Arbitrary<readonly PlanField[]> {
  const column = fc.record({ direction: fc.constantFrom(...DIRECTIONS), blank: fc.constantFrom(...BLANKS) });
  return fc.array(column, { minLength: WORLD_FIELDS.length, maxLength: WORLD_FIELDS.length }).map((columns) =>
    WORLD_FIELDS.map((field, at) => ({
      field,
      header: field.label,
      direction: columns[at]?.direction ?? "both",
      blank: columns[at]?.blank ?? "keep",
      formulaColumn: false,
    })),
  );
}

/** A small world of rows, records and a base that fit together badly, as a plan would find it. */
export function planInput(): fc.Arbitrary<PlanInput> {
  const snapshot = fc
    .tuple(fc.subarray([...IDS, "8"]), fc.array(pairShadows(), { minLength: 5, maxLength: 5 }))
    .map(([ids, shadows]) => new Map(ids.map((id, at) => [id, shadows[at] ?? {}])));
  const world = fc.record({
    rows: rows(),
    records: records(),
    snapshot,
    fields: planFields(),
    keyField: fc.constantFrom(EMAIL, EMAIL, null),
    run: fc.constantFrom(...DIRECTIONS),
    policy: fc.constantFrom(...POLICIES),
    tombstones: fc.subarray([...IDS, "8"]).map((ids) => new Set(ids)),
    showAll: fc.boolean(),
  });
  const schema = { ...PEOPLE, fields: WORLD_FIELDS };
  return world.map(({ showAll, ...spec }) => {
    const tombstones = new Set([...spec.tombstones].filter((id) => !spec.snapshot.has(id)));
    const input = buildPlanInput({ ...spec, tombstones, schema });
    return showAll ? { ...input, seenConflicts: everyConflict(input) } : input;
  });
}

function everyConflict(input: PlanInput): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const record of input.records.values())
    for (const row of input.rows)
      for (const { name } of WORLD_FIELDS) {
        const cell = row.cells[name];
        if (cell) keys.add(conflictKey(record.id, name, encodeValue(cell.value), record.values[name] ?? ""));
      }
  return keys;
}
