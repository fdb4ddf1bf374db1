import type { Effect, LoggedEffect } from "../../src/domain/effect";
import type { Operation, Plan } from "../../src/domain/plan";
import type { RecordRead } from "../../src/domain/record";
import type { Row, RowContent } from "../../src/domain/row";
import { UTC } from "../../src/domain/zone";
import { planSync } from "../../src/merge/plan-sync";
import { planUndo } from "../../src/merge/plan-undo";
import type { UndoInput } from "../../src/merge/undo-draft";
import { applyPlanInMemory } from "../support/apply-plan-in-memory";
import { buildField } from "../support/fake-schema";
import {
  buildPlanField,
  buildPlanInput,
  buildRecord,
  buildRow,
  buildSnapshot,
  CITY,
  formulaCell,
  PEOPLE,
} from "../support/merge-builders";

const ANN = ["ann@x.com", "Ann", "Rome"] as const;
const at = { recordId: "1", title: "Ann" } as const;

/** The run sent a city: "Bonn" gave way to "Rome". */
const SENT: Effect = {
  ...at,
  kind: "field",
  field: "city",
  before: "Bonn",
  after: "Rome",
  sheet: "tRome",
  loser: false,
};
/** The run wrote a city into the cell: "Bonn" gave way to "Rome". */
const WROTE: Effect = {
  ...at,
  kind: "cell",
  field: "city",
  before: "tBonn",
  after: "tRome",
  crm: "Rome",
  loser: false,
};

const logged = (...effects: readonly Effect[]): LoggedEffect[] =>
  effects.map((effect, i) => ({ id: `4:${i}`, effect }));

const found = (id: string, ...values: readonly string[]): RecordRead => ({
  kind: "found",
  askedId: id,
  record: buildRecord(id, ...values),
});

type UndoSpec = Partial<Omit<UndoInput, "effects" | "reads">> & {
  readonly effects: readonly Effect[];
  readonly reads?: readonly RecordRead[];
};

/** Undo of a run; unless said otherwise Ann's row and record are as the run left them. */
function undo({ effects, reads = [found("1", ...ANN)], ...spec }: UndoSpec): Plan {
  return planUndo({
    mappingId: "m1",
    objectType: "people",
    runId: "r1",
    madeAtMs: 9,
    fields: PEOPLE.fields.map((field) => buildPlanField(field)),
    zone: UTC,
    only: null,
    rows: [buildRow(2, "1", ...ANN)],
    snapshot: buildSnapshot({ 1: ANN }),
    quarantined: new Set(),
    records: 12,
    ...spec,
    effects: logged(...effects),
    reads: new Map(reads.map((read) => [read.askedId, read])),
  });
}

const kinds = (plan: Plan) => plan.operations.map(({ kind }) => kind);

/** The only finding, with nothing planned. */
function leftBecause(plan: Plan): string {
  expect(plan.operations).toEqual([]);
  expect(plan.findings).toHaveLength(1);
  expect(plan.counts.notes).toBe(1);
  expect(plan.findings[0]).toMatchObject({ severity: "note", rule: "I15", recordId: "1", title: "Ann" });
  return plan.findings[0]?.message ?? "";
}

function only<K extends Operation["kind"]>(plan: Plan, kind: K): Extract<Operation, { kind: K }> {
  const [operation] = plan.operations.filter((one) => one.kind === kind);
  if (!operation) throw new Error(`no ${kind}`);
  return operation as Extract<Operation, { kind: K }>;
}

describe("I15 the plan of an undo", () => {
  it("belongs to the run that it takes back and always waits for approval", () => {
    const plan = undo({ effects: [SENT] });
    expect(plan).toMatchObject({ undoOf: "r1", mappingId: "m1", objectType: "people", madeAtMs: 9, firstSync: false });
    expect(plan).toMatchObject({ direction: "both", adoptions: [], conflicts: [], revive: [], forget: [] });
    expect(plan.guard).toEqual([
      { kind: "undo", count: 1, limit: 0, message: "Undo takes back 1 of 1 change of that sync." },
    ]);
    expect(plan.counts).toMatchObject({ rows: 1, records: 12, linked: 1, updates: 1, notes: 0 });
  });

  it("counts rows that the base knows as linked", () => {
    const rows = [buildRow(2, "1", ...ANN), buildRow(3, "", "new@x.com"), buildRow(4, "9", "eve@x.com")];
    expect(undo({ effects: [SENT], rows }).counts).toMatchObject({ rows: 3, linked: 1 });
  });

  it("says how many changes stay", () => {
    const plan = undo({ effects: [SENT, WROTE], reads: [{ kind: "gone", askedId: "1" }] });
    expect(plan.guard.map(({ message }) => message)).toEqual([
      "Undo takes back 1 of 2 changes of that sync. 1 stays as it is; the notes say why.",
    ]);
  });

  it("waits also when there is nothing left to take back", () => {
    const plan = undo({ effects: [SENT, WROTE], reads: [{ kind: "gone", askedId: "1" }], rows: [] });
    expect(plan.guard).toEqual([
      {
        kind: "undo",
        count: 0,
        limit: 0,
        message: "Undo takes back 0 of 2 changes of that sync. 2 stay as they are; the notes say why.",
      },
    ]);
    expect(plan.findings).toHaveLength(2);
  });
});

describe("I15 a field that was sent", () => {
  it("gets its former value back", () => {
    const update = only(undo({ effects: [SENT] }), "update");
    expect(update).toEqual({
      kind: "update",
      id: "u:1",
      rule: "I15",
      title: "Ann",
      recordId: "1",
      rowNumber: 2,
      changes: [{ field: "city", from: "Rome", to: "Bonn", sheet: "tRome", rule: "I15" }],
    });
  });

  it("expects what the CRM holds now, where that only looks different", () => {
    const email: Effect = { ...SENT, field: "email", before: "old@x.com", after: "Ann@X.com" };
    expect(only(undo({ effects: [email] }), "update").changes).toMatchObject([{ from: "ann@x.com", to: "old@x.com" }]);
  });

  it("is left when somebody changed it since, with both values", () => {
    const plan = undo({ effects: [SENT], reads: [found("1", "ann@x.com", "Ann", "Oslo")] });
    expect(leftBecause(plan)).toBe(
      '"City" changed since: the sync wrote "Rome", the CRM holds "Oslo" now. It was "Bonn" before.',
    );
    expect(plan.findings).toMatchObject([{ field: "city", rowNumber: 2 }]);
  });

  it("says blanks as nothing, and choices by their labels", () => {
    const stage = buildField({
      name: "stage",
      label: "Stage",
      type: "choice",
      options: [{ value: "won", label: "Won" }],
    });
    const plan = undo({
      effects: [{ ...SENT, field: "stage", before: "", after: "lost" }],
      fields: [buildPlanField(stage)],
      reads: [{ kind: "found", askedId: "1", record: { ...buildRecord("1"), values: { stage: "won" } } }],
    });
    expect(leftBecause(plan)).toContain('wrote "lost", the CRM holds "Won" now. It was nothing before.');
  });

  it("is left when it holds its former value again", () => {
    const plan = undo({ effects: [SENT], reads: [found("1", "ann@x.com", "Ann", "Bonn")] });
    expect(leftBecause(plan)).toBe('"City" holds "Bonn" in the CRM again already.');
  });

  it.each<[string, RecordRead | null, string]>([
    ["deleted", { kind: "gone", askedId: "1" }, "was deleted in the CRM since"],
    ["merged", { kind: "merged", askedId: "1", record: buildRecord("9") }, "was merged into 9"],
    [
      "hidden",
      { kind: "unreadable", askedId: "1", reason: "No permission." },
      "cannot be read in the CRM: No permission.",
    ],
    ["not answered for", null, "gave no answer"],
  ])("is left when its record was %s", (_what, read, said) => {
    expect(leftBecause(undo({ effects: [SENT], reads: read ? [read] : [] }))).toContain(said);
  });

  it("is left while a write to its record is not confirmed", () => {
    expect(leftBecause(undo({ effects: [SENT], quarantined: new Set(["1"]) }))).toContain("in a minute");
  });

  it("is left when its column is no longer mapped, or the CRM no longer lets it be changed", () => {
    expect(leftBecause(undo({ effects: [SENT], fields: [] }))).toContain("no longer mapped");
    const fields = [buildPlanField({ ...CITY, updatable: false })];
    expect(leftBecause(undo({ effects: [SENT], fields }))).toContain("no longer lets this field be changed");
  });

  it("is put back also where the row is gone, without leaving a pair that looks like a removed row", () => {
    const plan = undo({ effects: [SENT], rows: [], snapshot: new Map() });
    expect(only(plan, "update")).toMatchObject({ changes: [{ sheet: "tRome" }], rowNumber: 0 });
    expect(plan.forget).toEqual(["1"]);
    expect(undo({ effects: [SENT], rows: [] }).forget).toEqual([]);
    expect(undo({ effects: [SENT], snapshot: new Map() }).forget).toEqual([]);
  });
});

describe("I15 a cell that was written", () => {
  it("gets its former content back", () => {
    const write = only(undo({ effects: [WROTE], reads: [] }), "write-cells");
    expect(write).toEqual({
      kind: "write-cells",
      id: "w:1",
      rule: "I15",
      title: "Ann",
      recordId: "1",
      rowNumber: 2,
      cells: [{ field: "city", from: "tRome", to: "tBonn", crm: "Rome", rule: "I15" }],
    });
  });

  it("is found where its row is now, and expects what it shows now", () => {
    const rows = [buildRow(2, "7"), buildRow(9, "1", "ann@x.com", "Ann", "Rome ")];
    expect(only(undo({ effects: [WROTE], rows }), "write-cells")).toMatchObject({
      rowNumber: 9,
      cells: [{ from: "tRome ", to: "tBonn" }],
    });
  });

  it("is left when somebody changed it since, with both values", () => {
    const plan = undo({ effects: [WROTE], rows: [buildRow(2, "1", "ann@x.com", "Ann", "Oslo")] });
    expect(leftBecause(plan)).toBe(
      '"City" changed since: the sync wrote "Rome", the cell shows "Oslo" now. It was "Bonn" before.',
    );
    expect(plan.findings).toMatchObject([{ field: "city", rowNumber: 2 }]);
  });

  it("F7 is left when it holds a formula by now, also one that shows the same", () => {
    const plan = undo({ effects: [WROTE], rows: [buildRow(2, "1", "ann@x.com", "Ann", formulaCell("Rome"))] });
    expect(leftBecause(plan)).toContain("holds a formula now");
  });

  it("is left when it shows its former content again, or its row or column is gone", () => {
    const again = undo({ effects: [WROTE], rows: [buildRow(2, "1", "ann@x.com", "Ann", "Bonn")] });
    expect(leftBecause(again)).toBe('"City" shows "Bonn" again already.');
    expect(leftBecause(undo({ effects: [WROTE], rows: [] }))).toContain("no longer in the sheet");
    const rows = [buildRow(2, "1", ...ANN), buildRow(3, "1", ...ANN)];
    expect(leftBecause(undo({ effects: [WROTE], rows }))).toContain("stands in several rows");
    expect(leftBecause(undo({ effects: [WROTE], fields: [] }))).toContain("no longer mapped");
    const { city: _city, ...cells } = buildRow(2, "1", ...ANN).cells;
    const suspended: Row = { ...buildRow(2, "1"), cells };
    expect(leftBecause(undo({ effects: [WROTE], rows: [suspended] }))).toContain("no longer mapped");
  });

  it("needs no look at the CRM: a record that is gone keeps nothing from going back", () => {
    expect(kinds(undo({ effects: [WROTE], reads: [{ kind: "gone", askedId: "1" }] }))).toEqual(["write-cells"]);
  });
});

describe("I15 what neither side takes for a change afterwards", () => {
  /** The world after the undo was applied, planned anew. */
  function next(
    effects: readonly Effect[],
    world: { row: Row; record: readonly string[]; base: readonly string[] },
  ): Plan {
    const input = buildPlanInput({
      rows: [world.row],
      records: [buildRecord("1", ...world.record)],
      snapshot: buildSnapshot({ 1: world.base }),
    });
    const { rows, snapshot } = input;
    return planSync(applyPlanInMemory(input, undo({ effects, rows, snapshot, reads: [found("1", ...world.record)] })));
  }

  it.each([
    ["a field", SENT],
    ["a cell", WROTE],
  ])("F1 %s that went back stays different from the other side, and nothing is planned", (_what, effect) => {
    const plan = next([effect], { row: buildRow(2, "1", ...ANN), record: ANN, base: ANN });
    expect(plan).toMatchObject({ operations: [], conflicts: [], adoptions: [], findings: [] });
    expect(plan.counts.unchanged).toBe(1);
  });

  it("F4 both sides of a field that went back on both are in step again", () => {
    const plan = next([SENT, WROTE], { row: buildRow(2, "1", ...ANN), record: ANN, base: ANN });
    expect(plan).toMatchObject({ operations: [], conflicts: [], adoptions: [] });
    const both = undo({ effects: [SENT, WROTE] });
    expect(only(both, "write-cells").cells).toMatchObject([{ to: "tBonn", crm: "Bonn" }]);
  });

  it("F2 what was typed into the cell after the run is still an edit", () => {
    const plan = next([SENT], { row: buildRow(2, "1", "ann@x.com", "Ann", "Oslo"), record: ANN, base: ANN });
    expect(only(plan, "update").changes).toMatchObject([{ field: "city", from: "Bonn", to: "Oslo", rule: "F2" }]);
  });

  it("F3 what the CRM changed after the run still comes in", () => {
    const plan = next([WROTE], { row: buildRow(2, "1", ...ANN), record: ["ann@x.com", "Ann", "Oslo"], base: ANN });
    expect(only(plan, "write-cells").cells).toMatchObject([{ field: "city", from: "tBonn", to: "tOslo", rule: "F3" }]);
  });

  it("takes what cell and effect say where the base knows the pair, but not the field", () => {
    const { city: _city, ...known } = buildSnapshot({ 1: ANN }).get("1") ?? {};
    const snapshot = new Map([["1", known]]);
    const sent = undo({ effects: [SENT], snapshot, rows: [buildRow(2, "1", "ann@x.com", "Ann", "Oslo")] });
    expect(only(sent, "update").changes).toMatchObject([{ sheet: "tOslo" }]);
    expect(only(undo({ effects: [WROTE], snapshot, reads: [] }), "write-cells").cells).toMatchObject([{ crm: "Rome" }]);
  });

  it("takes a field that the CRM does not name for blank", () => {
    const record = { ...buildRecord("1"), values: {} };
    const sentBlank: Effect = { ...SENT, after: "" };
    const plan = undo({ effects: [sentBlank], reads: [{ kind: "found", askedId: "1", record }] });
    expect(only(plan, "update").changes).toMatchObject([{ from: "", to: "Bonn" }]);
  });

  it("takes what cell and effect say where the base knows nothing of the pair", () => {
    const sent = undo({ effects: [SENT], snapshot: new Map(), rows: [buildRow(2, "1", "ann@x.com", "Ann", "Oslo")] });
    expect(only(sent, "update").changes).toMatchObject([{ sheet: "tOslo" }]);
    const wrote = undo({ effects: [WROTE], snapshot: new Map(), reads: [] });
    expect(only(wrote, "write-cells").cells).toMatchObject([{ crm: "Rome" }]);
  });
});

describe("I15 several effects on one place", () => {
  const again: Effect = { ...SENT, before: "Rome", after: "Oslo", sheet: "tOslo" };
  const reads = [found("1", "ann@x.com", "Ann", "Oslo")];

  it("are one: what was before the first comes back when the last still stands", () => {
    const plan = undo({ effects: [SENT, again], reads });
    expect(only(plan, "update").changes).toMatchObject([{ from: "Oslo", to: "Bonn" }]);
    expect(plan.guard[0]).toMatchObject({ count: 1, message: "Undo takes back 1 of 1 change of that sync." });
  });

  it("are judged by the last also when only one of them is wanted", () => {
    const first = undo({ effects: [SENT, again], reads, only: new Set(["4:0"]) });
    expect(only(first, "update").changes).toMatchObject([{ from: "Oslo", to: "Bonn" }]);
    const last = undo({ effects: [SENT, again], reads, only: new Set(["4:1"]) });
    expect(only(last, "update").changes).toMatchObject([{ from: "Oslo", to: "Rome" }]);
  });

  it("on a cell and on a field, or of two records, are apart", () => {
    const other: Effect = { ...SENT, recordId: "2", title: "Bob" };
    const plan = undo({ effects: [SENT, WROTE, other], reads: [found("1", ...ANN), found("2", "", "", "Rome")] });
    expect(plan.operations.map(({ id }) => id)).toEqual(["u:1", "u:2", "w:1"]);
    expect(plan.counts).toMatchObject({ updates: 2, rowWrites: 1, cellWrites: 1 });
  });
});

describe("I15 some effects only", () => {
  it("leaves out the others without a word", () => {
    const name: Effect = { ...SENT, field: "name", before: "Anna", after: "Ann" };
    const plan = undo({ effects: [SENT, name], only: new Set(["4:1", "9:9"]) });
    expect(only(plan, "update").changes.map(({ field }) => field)).toEqual(["name"]);
    expect(plan.findings).toEqual([]);
    expect(plan.guard[0]).toMatchObject({ count: 1 });
  });
});

describe("I15 a record that was created", () => {
  const CREATED: Effect = {
    ...at,
    kind: "created",
    values: { email: "ann@x.com", name: "Ann", city: "Rome" },
    row: { email: "tann@x.com", name: "tAnn", city: "tRome" },
  };

  it("is archived, its row keeps its cells without the link, and it is not brought back", () => {
    const plan = undo({ effects: [CREATED] });
    expect(plan.operations).toEqual([
      {
        kind: "unlink",
        id: "n:1",
        rule: "I15",
        title: "Ann",
        recordId: "1",
        rowNumber: 2,
        row: { email: "tann@x.com", name: "tAnn", city: "tRome" },
      },
      {
        kind: "archive",
        id: "x:1",
        rule: "I15",
        title: "Ann",
        recordId: "1",
        rowNumber: 2,
        expected: { email: "ann@x.com", name: "Ann", city: "Rome" },
      },
    ]);
    expect(plan.tombstones).toEqual(["1"]);
    expect(plan.counts).toMatchObject({ archives: 1, unlinks: 1 });
    expect(plan.guard).toMatchObject([
      { kind: "undo", count: 1 },
      {
        kind: "many-deletes",
        count: 1,
        limit: 0,
        message: "Undo would archive or delete 1 record in the CRM, because the sync made them.",
      },
    ]);
  });

  it("is archived alone where its row is gone", () => {
    expect(undo({ effects: [CREATED], rows: [] }).operations).toMatchObject([{ kind: "archive", rowNumber: null }]);
  });

  it("is archived also when only the row was edited since", () => {
    const rows = [buildRow(2, "1", "ann@x.com", "Anna", "Rome")];
    expect(only(undo({ effects: [CREATED], rows }), "unlink").row).toMatchObject({ name: "tAnna" });
  });

  it("stays when somebody changed or filled anything in it since, with both values", () => {
    const reads = [found("1", "ann@x.com", "Ann", "Oslo")];
    const plan = undo({ effects: [CREATED], reads });
    expect(leftBecause(plan)).toBe(
      'The new record changed since and was not archived: "City" was "Rome" and is "Oslo" now.',
    );
    expect(plan.tombstones).toEqual([]);
    const blank: Effect = { ...CREATED, values: { email: "ann@x.com", name: "Ann" } };
    expect(leftBecause(undo({ effects: [blank], reads }))).toContain('"City" was nothing and is "Oslo" now');
    const several = undo({ effects: [CREATED], reads: [found("1", "ann@x.com", "Anna", "Oslo")] });
    expect(leftBecause(several)).toMatch(/"Name" was "Ann" and is "Anna" now; "City" was "Rome" and is "Oslo" now\.$/);
  });

  it("I15 takes a field that the CRM does not name for blank", () => {
    const effect: Effect = { ...CREATED, values: { email: "ann@x.com" }, row: { email: "tann@x.com" } };
    const record = { ...buildRecord("1"), values: { email: "ann@x.com" } };
    const plan = undo({ effects: [effect], reads: [{ kind: "found", askedId: "1", record }] });
    expect(only(plan, "archive").expected).toEqual({ email: "ann@x.com", name: "", city: "" });
    const emptied = undo({ effects: [CREATED], reads: [{ kind: "found", askedId: "1", record }] });
    expect(leftBecause(emptied)).toContain('"Name" was "Ann" and is nothing now');
  });

  it("is archived whatever the CRM itself changed, or a column that was mapped later says", () => {
    const score = buildField({ name: "score", updatable: false });
    const fax = buildField({ name: "fax" });
    const record = {
      ...buildRecord("1", ...ANN),
      values: { ...buildRecord("1", ...ANN).values, score: "9", fax: "1" },
    };
    const plan = undo({
      effects: [{ ...CREATED, row: { ...CREATED.row, score: "" } }],
      fields: [...PEOPLE.fields, score, fax].map((field) => buildPlanField(field)),
      reads: [{ kind: "found", askedId: "1", record }],
    });
    expect(only(plan, "archive").expected).toEqual({ email: "ann@x.com", name: "Ann", city: "Rome", fax: "1" });
  });

  it("stays when it is gone already, or its ID stands in several rows", () => {
    expect(leftBecause(undo({ effects: [CREATED], reads: [{ kind: "gone", askedId: "1" }] }))).toContain("was deleted");
    const rows = [buildRow(2, "1", ...ANN), buildRow(3, "1", ...ANN)];
    expect(leftBecause(undo({ effects: [CREATED], rows }))).toContain("several rows");
  });
});

describe("I15 a row that was appended", () => {
  const APPENDED: Effect = {
    ...at,
    kind: "appended",
    cells: { email: "tann@x.com", name: "tAnn", city: "tRome" },
  };

  it("is deleted while nothing else stands in it, and its record is not brought back", () => {
    const plan = undo({ effects: [APPENDED], reads: [] });
    expect(plan.operations).toEqual([
      {
        kind: "remove-row",
        id: "r:1",
        rule: "I15",
        title: "Ann",
        recordId: "1",
        rowNumber: 2,
        row: { email: "tann@x.com", name: "tAnn", city: "tRome" },
        onlyIfUnmappedBlank: true,
      },
    ]);
    expect(plan.tombstones).toEqual(["1"]);
    expect(plan.guard).toMatchObject([
      { kind: "undo" },
      { kind: "many-deletes", message: expect.stringContaining("1 row of the sheet") },
    ]);
  });

  it("stays when a mapped cell changed since, with both values", () => {
    const plan = undo({ effects: [APPENDED], rows: [buildRow(2, "1", "ann@x.com", "Ann", "Oslo")] });
    expect(leftBecause(plan)).toBe(
      'The new row changed since and was not deleted: "City" was "Rome" and is "Oslo" now.',
    );
    expect(plan.tombstones).toEqual([]);
    const several = undo({ effects: [APPENDED], rows: [buildRow(2, "1", "ann@x.com", "Anna", "Oslo")] });
    expect(leftBecause(several)).toMatch(/"Name" was "Ann" and is "Anna" now; "City" was "Rome" and is "Oslo" now\.$/);
  });

  it("stays when a mapped cell that the run left blank was filled", () => {
    const { city: _city, ...cells } = APPENDED.cells;
    expect(leftBecause(undo({ effects: [{ ...APPENDED, cells }] }))).toContain('"City" was nothing and is "Rome" now');
  });

  it("F7 stays when a cell holds a formula by now, unless its whole column does", () => {
    const rows = [buildRow(2, "1", "ann@x.com", "Ann", formulaCell("Rome"))];
    expect(leftBecause(undo({ effects: [APPENDED], rows }))).toContain('"City" holds a formula now');
    const { city: _city, ...cells } = APPENDED.cells;
    const fields = PEOPLE.fields.map((field) => buildPlanField(field, { formulaColumn: field.name === "city" }));
    expect(kinds(undo({ effects: [{ ...APPENDED, cells }], rows, fields }))).toEqual(["remove-row"]);
  });

  it("stays when somebody typed over the formula that its column fills in", () => {
    const { city: _city, ...cells } = APPENDED.cells;
    const fields = PEOPLE.fields.map((field) => buildPlanField(field, { formulaColumn: field.name === "city" }));
    expect(leftBecause(undo({ effects: [{ ...APPENDED, cells }], fields }))).toContain(
      '"City" was nothing and is "Rome" now',
    );
  });

  it("stays where it is gone or stands twice", () => {
    expect(leftBecause(undo({ effects: [APPENDED], rows: [] }))).toContain("no longer in the sheet");
    const rows = [buildRow(2, "1", ...ANN), buildRow(3, "1", ...ANN)];
    expect(leftBecause(undo({ effects: [APPENDED], rows }))).toContain("several rows");
  });
});

describe("I15 what cannot be taken back, or only in another way", () => {
  const content: RowContent = { cells: [{ header: "Name", value: "tAnn", formula: null }] };
  const REMOVED: Effect = { ...at, kind: "removed-row", content };

  it("a removed row comes back", () => {
    const plan = undo({ effects: [REMOVED], rows: [] });
    expect(plan.operations).toEqual([
      { kind: "restore-row", id: "b:1", rule: "I15", title: "Ann", recordId: "1", content },
    ]);
    expect(plan.counts.restoredRows).toBe(1);
  });

  it.each(["1", "unlinked:1"])("a removed row that is there again (%s) does not come twice", (id) => {
    expect(leftBecause(undo({ effects: [REMOVED], rows: [buildRow(2, id)] }))).toContain("again already");
  });

  it.each<[Effect, string]>([
    [{ ...at, kind: "archived" }, "in the CRM only"],
    [{ ...at, kind: "unlinked" }, "Clear its record ID to sync it as a new row"],
    [{ ...at, kind: "linked", before: "" }, "stays linked"],
  ])("%j is left and says what can be done", (effect, said) => {
    expect(leftBecause(undo({ effects: [effect] }))).toContain(said);
  });

  it("counts what is archived and deleted together", () => {
    const created = { kind: "created", values: {}, row: {} } as const;
    const effects: Effect[] = [
      { ...created, recordId: "1", title: "A" },
      { ...created, recordId: "2", title: "B" },
      { kind: "appended", recordId: "3", title: "C", cells: {} },
    ];
    const plan = undo({ effects, rows: [buildRow(2, "3")], reads: [found("1"), found("2")] });
    expect(plan.guard[1]).toEqual({
      kind: "many-deletes",
      count: 3,
      limit: 0,
      message: "Undo would archive or delete 2 records in the CRM and 1 row of the sheet, because the sync made them.",
    });
  });
});
