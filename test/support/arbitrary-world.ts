import fc from "fast-check";
import type { BlankPolicy, ConflictPolicy, Direction, GonePolicy, RemovedRowPolicy } from "../../src/domain/mapping";
import type { ConflictTimes } from "../../src/domain/plan";
import type { CrmRecord } from "../../src/domain/record";
import type { Row } from "../../src/domain/row";
import type { Field } from "../../src/domain/schema";
import type { PairShadows, Shadow } from "../../src/domain/snapshot";
import { type Cell, type CrmValue, encodeValue, type SheetValue, textValue } from "../../src/domain/value";
import type { KnownConflict } from "../../src/merge/conflict-times";
import { fieldKey } from "../../src/merge/field-key";
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
const GONE: readonly GonePolicy[] = ["mark", "remove-row", "unlink"];
const REMOVED: readonly RemovedRowPolicy[] = ["leave", "bring-back", "archive"];
/** Times far enough apart to tell them from each other, minutes. */
const MINUTES = [0, 1, 10, 20, 30] as const;

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
  const id = fc.constantFrom("", "", ...IDS, "9", "pending:t1", "unlinked:1", "unlinked:9");
  const row = fc.record({ recordId: id, cells: byField(cellOf), status: fc.constant("") });
  return fc.array(row, { maxLength: 5 }).map((given) => given.map((cells, at) => ({ ...cells, rowNumber: at + 2 })));
}

function records(): fc.Arbitrary<readonly CrmRecord[]> {
  const merged = fc.oneof({ weight: 9, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.constant(["8"]) });
  const values = fc.record({ values: byField(crmOf), merged, modifiedMs: time() });
  return fc.tuple(fc.subarray([...IDS]), fc.array(values, { minLength: 4, maxLength: 4 })).map(([ids, given]) =>
    ids.map((id, at) => ({
      id,
      values: given[at]?.values ?? {},
      modifiedMs: given[at]?.modifiedMs ?? 0,
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

function planFields(mapping: Direction): fc.Arbitrary<readonly PlanField[]> {
  const direction = mapping === "both" ? fc.constantFrom(...DIRECTIONS) : fc.constant(mapping);
  const column = fc.record({ direction, blank: fc.constantFrom(...BLANKS), formulaColumn: rarely() });
  return fc.array(column, { minLength: WORLD_FIELDS.length, maxLength: WORLD_FIELDS.length }).map((columns) =>
    WORLD_FIELDS.map((field, at) => ({
      field,
      header: field.label,
      direction: columns[at]?.direction ?? "both",
      blank: columns[at]?.blank ?? "keep",
      formulaColumn: columns[at]?.formulaColumn ?? false,
    })),
  );
}

function time(): fc.Arbitrary<number> {
  return fc.constantFrom(...MINUTES).map((minutes) => minutes * 60_000);
}

function rarely(): fc.Arbitrary<boolean> {
  return fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) });
}

/** A few fields of a few records. */
function someFields(): fc.Arbitrary<readonly string[]> {
  const key = fc.tuple(fc.constantFrom(...IDS), fc.constantFrom(...WORLD_FIELDS));
  const keys = fc.array(key, { maxLength: 3 }).map((given) => given.map(([id, { name }]) => fieldKey(id, name)));
  return fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: keys });
}

/** Which sides of a pair the base, or a known conflict, remembers as they are. */
type Same = "none" | "sheet" | "crm" | "both";
const SAME: readonly Same[] = ["none", "sheet", "crm", "both"];

interface WorldParts {
  readonly rows: readonly Row[];
  readonly records: readonly CrmRecord[];
}

/** What both sides of a field hold now; missing: no such row or record. */
function nowOf({ rows: all, records: live }: WorldParts, id: string, field: string) {
  const cell = all.find((row) => row.recordId === id)?.cells[field];
  const crm = live.find((record) => record.id === id)?.values[field];
  return { sheet: cell ? encodeValue(cell.value) : undefined, crm };
}

/** A base that agrees with many rows and records: else nearly everything would be a conflict. */
function alignBase(parts: WorldParts, id: string, shadows: PairShadows, same: Same): PairShadows {
  const aligned = Object.entries(shadows).map(([field, shadow]) => {
    const now = nowOf(parts, id, field);
    const sheet = same === "sheet" || same === "both" ? (now.sheet ?? shadow.sheet) : shadow.sheet;
    const crm = same === "crm" || same === "both" ? (now.crm ?? shadow.crm) : shadow.crm;
    return [field, { sheet, crm }];
  });
  return Object.fromEntries(aligned);
}

interface KnownSpec {
  readonly key: string;
  readonly same: Same;
  readonly times: ConflictTimes;
}

function knownSpecs(): fc.Arbitrary<readonly KnownSpec[]> {
  const change = fc.tuple(time(), time()).map(([one, other]) => ({
    fromMs: Math.min(one, other),
    toMs: Math.max(one, other),
  }));
  const key = fc
    .tuple(fc.constantFrom(...IDS), fc.constantFrom(...WORLD_FIELDS))
    .map(([id, { name }]) => fieldKey(id, name));
  const times = fc.record({ sheet: change, crm: change });
  return fc.array(fc.record({ key, same: fc.constantFrom(...SAME), times }), { maxLength: 6 });
}

function knownConflict(parts: WorldParts, { key, same, times }: KnownSpec): KnownConflict {
  const [id = "", field = ""] = key.split("\n");
  const now = nowOf(parts, id, field);
  const sheet = same === "sheet" || same === "both" ? (now.sheet ?? "") : "tEarlier";
  const crm = same === "crm" || same === "both" ? (now.crm ?? "") : "Earlier";
  return { sheet, crm, times };
}

/** A small world of rows, records and a base that fit together badly, as a plan would find it. */
export function planInput(): fc.Arbitrary<PlanInput> {
  const mapping = fc.constantFrom<Direction>("both", "both", "both", "pull", "push");
  return mapping.chain((direction) => worldOf(direction));
}

function worldOf(direction: Direction): fc.Arbitrary<PlanInput> {
  const bases = fc.array(fc.record({ shadows: pairShadows(), same: fc.constantFrom(...SAME) }), {
    minLength: 5,
    maxLength: 5,
  });
  const world = fc.record({
    rows: rows(),
    records: records(),
    linked: fc.subarray([...IDS, "8"]),
    bases,
    fields: planFields(direction),
    keyField: fc.constantFrom(EMAIL, EMAIL, null),
    direction: fc.constant(direction),
    run: direction === "both" ? fc.constantFrom(...DIRECTIONS) : fc.constant(direction),
    policy: fc.constantFrom(...POLICIES),
    gone: fc.constantFrom(...GONE),
    removedRows: fc.constantFrom(...REMOVED),
    mayDelete: rarely().map((not) => !not),
    baseDamaged: rarely(),
    quarantined: fc.oneof(fc.constant([]), fc.subarray([...IDS], { maxLength: 1 })).map((ids) => new Set(ids)),
    stopped: someFields().map((keys) => new Set(keys)),
    lastReadMs: time(),
    known: knownSpecs(),
    tombstones: fc.subarray([...IDS, "8"]),
    showAll: fc.boolean(),
  });
  return world.map(({ showAll, linked, bases: given, lastReadMs, known, tombstones, ...spec }) => {
    const pairs = linked.map((id, at) => [id, given[at] ?? { shadows: {}, same: "none" as const }] as const);
    const snapshot = new Map(pairs.map(([id, { shadows, same }]) => [id, alignBase(spec, id, shadows, same)]));
    const input = buildPlanInput({
      ...spec,
      snapshot,
      conflictTimes: {
        lastReadMs,
        nowMs: 40 * 60_000,
        known: new Map(known.map((one) => [one.key, knownConflict(spec, one)])),
      },
      tombstones: new Set(tombstones.filter((id) => !snapshot.has(id))),
      schema: { ...PEOPLE, fields: WORLD_FIELDS },
    });
    const seen = showAll ? { ...input, seenConflicts: everyConflict(input) } : input;
    // A counterexample in full is unreadable.
    return Object.assign(seen, { [fc.toStringMethod]: () => describeWorld(seen) });
  });
}

/** The world in a few lines. */
function describeWorld(input: PlanInput): string {
  const { run, direction, policy, gone, removedRows, mayDelete, baseDamaged, complete } = input;
  const lines = [
    JSON.stringify({ run, direction, policy, gone, removedRows, mayDelete, baseDamaged, complete }),
    ...input.fields.map(({ field, direction: way, blank, formulaColumn }) =>
      [field.name, way, blank, formulaColumn ? "formula column" : ""].join(" "),
    ),
    ...input.rows.map(({ rowNumber, recordId, cells }) => {
      const shown = Object.entries(cells).map(
        ([name, { value, formula }]) => `${name}=${encodeValue(value)}${formula ?? ""}`,
      );
      return `row ${rowNumber} [${recordId}] ${shown.join(" | ")}`;
    }),
    ...[...input.records.values()].map((record) => `record ${JSON.stringify(record)}`),
    ...[...input.snapshot].map(([id, shadows]) => `base ${id} ${JSON.stringify(shadows)}`),
    `key ${input.keyField?.name ?? "none"}, tombstones ${[...input.tombstones]}, quarantined ${[...input.quarantined]}`,
    `stopped ${JSON.stringify([...input.stopped])}, times ${JSON.stringify([...input.conflictTimes.known])}`,
    `listed ${[...input.listed]}, reads ${JSON.stringify([...input.reads.values()])}`,
  ];
  return `\n${lines.join("\n")}\n`;
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
