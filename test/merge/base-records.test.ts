import type { Plan } from "../../src/domain/plan";
import type { CrmRecord, RecordId, RecordRead } from "../../src/domain/record";
import type { PairShadows } from "../../src/domain/snapshot";
import { needsRead, withBaseRecords } from "../../src/merge/base-records";
import type { PlanInput } from "../../src/merge/plan-input";
import { planReads } from "../../src/merge/plan-reads";
import { planSync } from "../../src/merge/plan-sync";
import { equalsBase } from "../../src/merge/row-values";
import { buildField } from "../support/fake-schema";
import {
  buildPlanField,
  buildPlanInput,
  buildRecord,
  buildRow,
  buildSnapshot,
  CITY,
  EMAIL,
  formulaCell,
  NAME,
  PEOPLE,
} from "../support/merge-builders";
import { forEachPlan } from "../support/plans-of-worlds";

const ANN = ["ann@x.com", "Ann", "Rome"] as const;
const base = buildSnapshot({ 1: ANN });
const shadows = base.get("1") ?? {};
const FIELDS = PEOPLE.fields.map((field) => buildPlanField(field));
const { city: _city, ...WITHOUT_CITY } = shadows;

/**
 * The same world as a reading finds it that brought only what changed in the CRM since the base; not even that for edited
 * rows, as if the CRM's change had come long ago.
 */
function readInPart(input: PlanInput): PlanInput {
  const isEdited = (id: RecordId, pair: PairShadows) => {
    const [row, ...copies] = input.rows.filter((one) => one.recordId === id);
    return row !== undefined && copies.length === 0 && !equalsBase(row, pair, input.fields);
  };
  const isNew = ([id, record]: [RecordId, CrmRecord]) => {
    const pair = input.snapshot.get(id);
    return !pair || (isNews(record, pair) && !isEdited(id, pair));
  };
  const window = new Map([...input.records].filter(isNew));
  const known = new Set(window.keys());
  const question = { field: input.keyField, zone: input.zone, linkedFromBase: true, fields: input.fields };
  const records = new Map<RecordId, CrmRecord>(window);
  const reads = new Map<RecordId, RecordRead>(input.reads);
  for (const id of planReads(input.rows, input.snapshot, known, question).ids) {
    const record = input.records.get(id);
    if (record) records.set(id, record);
  }
  return { ...input, complete: false, listed: known, records, reads };
}

function isNews(record: CrmRecord, pair: PairShadows): boolean {
  if (record.mergedIds.length > 0) return true;
  return Object.entries(pair).some(([field, shadow]) => (record.values[field] ?? "") !== shadow.crm);
}

/** What a plan does, by whatever name it calls the records. */
function doingsOf({ operations, conflicts, forget, tombstones, revive }: Plan) {
  const nameless = (list: readonly { readonly title: string }[]) => list.map((one) => ({ ...one, title: "" }));
  return { operations: nameless(operations), conflicts: nameless(conflicts), forget, tombstones, revive };
}

describe("records that need no reading", () => {
  it.each([
    ["shows what the base says", [buildRow(2, "1", ...ANN)], shadows, false],
    ["was edited", [buildRow(2, "1", "ann@x.com", "Anna", "Rome")], shadows, true],
    [
      "lost a value to an error",
      [buildRow(2, "1", "ann@x.com", { kind: "unreadable", text: "#REF!" }, "Rome")],
      shadows,
      true,
    ],
    ["shows another value by a formula", [buildRow(2, "1", "ann@x.com", "Ann", formulaCell("Oslo"))], shadows, true],
    ["has no base", [buildRow(2, "1", ...ANN)], undefined, true],
    ["has a field without base", [buildRow(2, "1", ...ANN)], WITHOUT_CITY, true],
    ["has a blank field without base that pulls", [buildRow(2, "1", "ann@x.com", "Ann")], WITHOUT_CITY, true],
    ["was removed: its record counts as unchanged", [], shadows, false],
    ["stands twice and is frozen", [buildRow(2, "1", "a@x.com"), buildRow(3, "1", "b@x.com")], shadows, false],
  ] as const)("F1 R13 a linked row that %s", (_title, rows, pair, expected) => {
    expect(needsRead(rows, pair, FIELDS)).toBe(expected);
  });

  it("F6 a blank cell that only pushes needs no base: nothing can come of it", () => {
    const fields = [buildPlanField(EMAIL), buildPlanField(NAME), buildPlanField(CITY, { direction: "push" })];
    expect(needsRead([buildRow(2, "1", "ann@x.com", "Ann")], WITHOUT_CITY, fields)).toBe(false);
    expect(needsRead([buildRow(2, "1", ...ANN)], WITHOUT_CITY, fields)).toBe(true);
  });

  it("R18 a suspended column needs no base", () => {
    const row = buildRow(2, "1", ...ANN);
    const { city: _suspended, ...cells } = row.cells;
    expect(needsRead([{ ...row, cells }], WITHOUT_CITY, FIELDS)).toBe(false);
  });

  it("F6 R13 one of several rows with one id may take what the CRM holds of a field without base", () => {
    const rows = [buildRow(2, "1", "copy@x.com"), buildRow(3, "1", "ann@x.com", "Ann")];
    expect(needsRead(rows, WITHOUT_CITY, FIELDS)).toBe(true);
  });

  it("F1 rewrites the times of a record that nobody read when the file's zone changed", () => {
    const seen = buildField({ name: "city", label: "Seen", type: "datetime" });
    const fields = [buildPlanField(EMAIL), buildPlanField(NAME), buildPlanField(seen)];
    const shown = { kind: "wall", text: "2026-03-01T09:00:00" } as const;
    const known = { ...WITHOUT_CITY, city: { sheet: "w2026-03-01T09:00:00", crm: "2026-03-01T08:00:00Z" } };
    const rows = [buildRow(2, "1", "ann@x.com", "Ann", shown)];
    const more = { complete: false, reads: new Map(), zoneChanged: true };
    const plan = planSync(buildPlanInput({ rows, fields, snapshot: new Map([["1", known]]), ...more }));
    expect(plan.operations).toMatchObject([{ id: "w:1", cells: [{ field: "city", to: "w2026-03-01T08:00:00" }] }]);
  });

  it("F6 adopts no base for a field of a record that nobody read", () => {
    const fields = [buildPlanField(EMAIL), buildPlanField(NAME), buildPlanField(CITY, { direction: "push" })];
    const rows = [buildRow(2, "1", "ann@x.com", "Ann")];
    const snapshot = new Map([["1", WITHOUT_CITY]]);
    const plan = planSync(buildPlanInput({ rows, fields, snapshot, complete: false, reads: new Map() }));
    expect(plan).toMatchObject({ operations: [], adoptions: [], findings: [], counts: { linked: 1 } });
  });

  it("makes records only for a reading that is not complete, and says which", () => {
    const input = buildPlanInput({ rows: [buildRow(2, "1", ...ANN)], snapshot: base, reads: new Map() });
    expect(withBaseRecords(input)).toBe(input);
    const made = withBaseRecords({ ...input, complete: false });
    expect(made.records.get("1")).toEqual({ ...buildRecord("1", ...ANN), modifiedMs: 0 });
    expect([...(made.fromBase ?? [])]).toEqual(["1"]);
  });

  it.each<[string, RecordRead]>([
    ["gone", { kind: "gone", askedId: "1" }],
    ["unreadable", { kind: "unreadable", askedId: "1", reason: "no access" }],
    ["merged", { kind: "merged", askedId: "1", record: buildRecord("2", ...ANN) }],
  ])("R6 R11 R12 makes no record where the CRM said that it is %s", (_title, read) => {
    const rows = [buildRow(2, "1", ...ANN)];
    const input = buildPlanInput({ rows, snapshot: base, reads: new Map([["1", read]]), complete: false });
    expect(withBaseRecords(input).records.has("1")).toBe(false);
  });

  it("R8 takes the record of a removed row that nobody read for present and unchanged, never for gone", () => {
    const plan = planSync(buildPlanInput({ snapshot: base, complete: false, reads: new Map() }));
    expect(plan).toMatchObject({ forget: ["1"], tombstones: ["1"], operations: [] });
  });

  it("R8 archives no record that nobody read", () => {
    const input = buildPlanInput({ snapshot: base, complete: false, reads: new Map(), removedRows: "archive" });
    expect(planSync(input)).toMatchObject({ forget: [], tombstones: [], operations: [] });
    expect(planSync(input).findings).toMatchObject([{ rule: "R12", recordId: "1" }]);
  });

  it("R12 leaves an edited row alone whose record nobody read", () => {
    const rows = [buildRow(2, "1", "ann@x.com", "Anna", "Rome")];
    const plan = planSync(buildPlanInput({ rows, snapshot: base, complete: false, reads: new Map() }));
    expect(plan.operations).toEqual([]);
    expect(plan.findings).toMatchObject([{ rule: "R12", rowNumber: 2 }]);
  });

  it("R5 takes only listed records for new ones", () => {
    const records = [buildRecord("7", "bob@x.com"), buildRecord("8", "cat@x.com")];
    const input = buildPlanInput({ records, complete: false });
    expect(planSync(input).operations).toEqual([]);
    const some = planSync({ ...input, listed: new Set(["8", "9"]) });
    expect(some.operations.map(({ id }) => id)).toEqual(["a:8"]);
  });

  it("I11 a reading of what changed plans the same as one of everything", () => {
    forEachPlan((input, whole) => {
      expect(doingsOf(planSync(readInPart(input)))).toEqual(doingsOf(whole));
    });
  });

  it("I11 reads no record of a row in step", () => {
    forEachPlan((input) => {
      const question = { field: null, zone: input.zone, linkedFromBase: true, fields: input.fields };
      const { ids } = planReads(input.rows, input.snapshot, new Set(), question);
      const settled = input.rows.filter((row) => {
        const pair = input.snapshot.get(row.recordId);
        return pair && !needsRead([row], pair, input.fields);
      });
      const alone = settled.filter((row) => input.rows.filter((one) => one.recordId === row.recordId).length === 1);
      expect(ids.filter((id) => alone.some((row) => row.recordId === id))).toEqual([]);
    });
  });
});
