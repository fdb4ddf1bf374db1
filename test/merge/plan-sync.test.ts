import type { Direction } from "../../src/domain/mapping";
import type { Operation, Plan } from "../../src/domain/plan";
import type { Cell } from "../../src/domain/value";
import { fieldKey } from "../../src/merge/field-key";
import { conflictKey } from "../../src/merge/plan-input";
import { planPair } from "../../src/merge/plan-pair";
import { planSync } from "../../src/merge/plan-sync";
import { applyPlanInMemory } from "../support/apply-plan-in-memory";
import { buildField } from "../support/fake-schema";
import {
  buildPlanField,
  buildPlanInput,
  buildRecord,
  buildRow,
  buildSnapshot,
  buildSurvivor,
  CITY,
  EMAIL,
  formulaCell,
  NAME,
  PEOPLE,
  type WorldSpec,
} from "../support/merge-builders";

const ANN = ["ann@x.com", "Ann", "Rome"] as const;
const base = buildSnapshot({ 1: ANN });

const planOf = (spec: WorldSpec): Plan => planSync(buildPlanInput(spec));

/** Operations in few words: `u:1 city=Oslo`. */
function words(plan: Plan): string[] {
  return plan.operations.map((operation) => [operation.id, ...changesOf(operation)].join(" "));
}

function changesOf(operation: Operation): string[] {
  if (operation.kind === "link") return [`${operation.expectedId}->${operation.recordId}`];
  const changes = "changes" in operation ? operation.changes : "cells" in operation ? operation.cells : [];
  return changes.map(({ field, to }) => `${field}=${to}`);
}

const found = (plan: Plan) => plan.findings.map(({ rule, severity, field }) => [rule, severity, field].join(" "));

describe("a plan of new rows and records", () => {
  it("R1 creates with the filled cells only, in the CRM's form", () => {
    const plan = planOf({ rows: [buildRow(2, "", " Ann@X.com ", "Ann")] });
    expect(words(plan)).toEqual(["c:2 email=Ann@X.com name=Ann"]);
    expect(plan.operations[0]).toMatchObject({ rule: "R1", row: { email: "t Ann@X.com ", name: "tAnn", city: "" } });
  });

  it("R1 says of each value what the cell showed, and by which key the record is found again", () => {
    const plan = planOf({ rows: [buildRow(2, "", " Ann@X.com ", "Ann")] });
    expect(plan.operations).toMatchObject([
      {
        title: "Ann ( Ann@X.com )",
        changes: [
          { field: "email", from: "", to: "Ann@X.com", sheet: "t Ann@X.com ", rule: "R1" },
          { field: "name", from: "", to: "Ann", sheet: "tAnn", rule: "R1" },
        ],
        key: { field: "email", value: "Ann@X.com", unique: true },
      },
    ]);
  });

  it.each<[string, WorldSpec]>([
    ["the key is blank", { rows: [buildRow(2, "", "", "Ann")] }],
    ["the mapping has no key", { rows: [buildRow(2, "", ...ANN)], keyField: null }],
  ])("R1 names no key to find the record by where %s", (_title, spec) => {
    expect(planOf(spec).operations).toMatchObject([{ kind: "create", key: null }]);
  });

  it("R1 R18 creates without the field of a suspended column", () => {
    const row = buildRow(2, "", ...ANN);
    const { name: _name, ...cells } = row.cells;
    const plan = planOf({ rows: [{ ...row, cells }] });
    expect(words(plan)).toEqual(["c:2 email=ann@x.com city=Rome"]);
    expect(plan.operations[0]?.title).toBe("Rome (ann@x.com)");
  });

  it("R1 sends the value of a formula", () => {
    expect(words(planOf({ rows: [buildRow(2, "", "ann@x.com", formulaCell("Ann"))] }))).toEqual([
      "c:2 email=ann@x.com name=Ann",
    ]);
  });

  it("R1 leaves fields out that a create may not give or that only pull", () => {
    const fixed = { ...NAME, creatable: false };
    const fields = [buildPlanField(EMAIL), buildPlanField(fixed), buildPlanField(CITY, { direction: "pull" })];
    expect(words(planOf({ rows: [buildRow(2, "", ...ANN)], fields }))).toEqual(["c:2 email=ann@x.com"]);
  });

  it.each<[Direction, string[]]>([
    ["both", ["c:2", "a:7"]],
    ["push", ["c:2"]],
    ["pull", ["a:7"]],
  ])("R1 R5 a run that moves %s makes %j", (run, ids) => {
    const plan = planOf({ rows: [buildRow(2, "", ...ANN)], records: [buildRecord("7", "bob@x.com")], run });
    expect(plan.operations.map(({ id }) => id)).toEqual(ids);
    expect(plan.findings).toEqual([]);
  });

  it("R5 appends every pulled column, blanks too, in the sheet's form", () => {
    const fields = [buildPlanField(EMAIL), buildPlanField(NAME), buildPlanField(CITY, { direction: "push" })];
    const plan = planOf({ records: [buildRecord("1", "ann@x.com", "", "Rome")], fields });
    expect(words(plan)).toEqual(["a:1 email=tann@x.com name="]);
  });

  it("R5 names the record, the rule and the value of the CRM with every cell, and keeps no blanks without formulas", () => {
    const [append] = planOf({ records: [buildRecord("1", ...ANN)] }).operations;
    expect(append).toMatchObject({ kind: "append-row", rule: "R5", title: "Ann Rome (ann@x.com)", recordId: "1" });
    expect(append).toMatchObject({ cells: [{ field: "email", from: "", crm: "ann@x.com", rule: "R5" }, {}, {}] });
    expect(append).not.toHaveProperty("blanks");
  });

  it("R5 appends a blank where the record does not name a field", () => {
    const plan = planOf({ records: [{ ...buildRecord("1"), values: { email: "ann@x.com" } }] });
    expect(words(plan)).toEqual(["a:1 email=tann@x.com name= city="]);
    expect(plan.operations[0]?.title).toBe("ann@x.com");
  });

  it("R5 F10 appends a record without the text that no cell can hold, and says so", () => {
    const plan = planOf({ records: [buildRecord("1", "ann@x.com", "Ann", "x".repeat(50_000))] });
    expect(words(plan)).toEqual(["a:1 email=tann@x.com name=tAnn"]);
    expect(plan.findings).toMatchObject([
      {
        severity: "error",
        rule: "F10",
        field: "city",
        rowNumber: null,
        recordId: "1",
        title: plan.operations[0]?.title,
      },
    ]);
    expect(plan.findings[0]?.message).toMatch(/^"City" has 50000 characters in the CRM/);
  });

  it("R5 leaves a formula column of an appended row blank, in the runs that follow too", () => {
    const fields = [buildPlanField(EMAIL), buildPlanField(NAME, { formulaColumn: true })];
    const input = buildPlanInput({ records: [buildRecord("1", ...ANN)], fields });
    const plan = planSync(input);
    expect(words(plan)).toEqual(["a:1 email=tann@x.com"]);
    expect(plan.operations[0]).toMatchObject({ blanks: { name: "Ann" } });
    expect(planSync(applyPlanInMemory(input, plan))).toMatchObject({ operations: [], conflicts: [] });
  });

  it("F8 F10 a create goes on without the field that cannot be sent, and says so", () => {
    const score = buildField({ name: "name", label: "Score", type: "number" });
    const fields = [buildPlanField(EMAIL), buildPlanField(score), buildPlanField(CITY)];
    const rows = [buildRow(2, "", "ann@x.com", "five", { kind: "unreadable", text: "#N/A" })];
    const plan = planOf({ rows, fields });
    expect(words(plan)).toEqual(["c:2 email=ann@x.com"]);
    expect(found(plan)).toEqual(["F10 error name", "F8 error city"]);
    expect(plan.findings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^"Score" was not sent: .+\.$/),
      '"City" was not sent: the cell shows #N/A.',
    ]);
  });

  it("R21 a row without the fields that a create needs is not sent, and the fields are named", () => {
    const schema = { ...PEOPLE, requiredForCreate: [["name"], ["city", "email"]] };
    const plan = planOf({ rows: [buildRow(2, "", "ann@x.com")], schema });
    expect(plan.operations).toEqual([]);
    expect(plan.findings).toMatchObject([{ rule: "R21", severity: "error", rowNumber: 2 }]);
    expect(plan.findings[0]?.message).toContain('"Name"');
  });

  it("R21 names every field that would do, and the way out", () => {
    const schema = { ...PEOPLE, requiredForCreate: [["city", "nickname"]] };
    const plan = planOf({ rows: [buildRow(2, "", "ann@x.com")], schema });
    expect(plan.findings[0]?.message).toBe(
      'A new person needs "City" or "nickname". Fill it in, or map a column to it.',
    );
  });

  it("R21 counts a needed field that cannot be sent as missing", () => {
    const score = buildField({ name: "name", label: "Score", type: "number" });
    const schema = { ...PEOPLE, requiredForCreate: [["name"]] };
    const plan = planOf({ rows: [buildRow(2, "", "a@x.com", "five")], schema, fields: [buildPlanField(score)] });
    expect(found(plan)).toEqual(["F10 error name", "R21 error "]);
  });
});

describe("a plan of linked pairs", () => {
  it("keeps what goes to the CRM and what goes to the sheet apart, one operation each", () => {
    const rows = [buildRow(2, "1", "ann@x.com", "Anna", "Rome")];
    const plan = planOf({ rows, records: [buildRecord("1", "ann@x.com", "Ann", "Oslo")], snapshot: base });
    expect(words(plan)).toEqual(["u:1 name=Anna", "w:1 city=tOslo"]);
    expect(plan.operations).toMatchObject([
      { kind: "update", changes: [{ from: "Ann", sheet: "tAnna", rule: "F2" }] },
      { kind: "write-cells", cells: [{ from: "tRome", crm: "Oslo", rule: "F3" }] },
    ]);
  });

  it("R2 links, then fills blanks on either side and leaves differences open", () => {
    const rows = [buildRow(2, "", "ann@x.com", "Anna", "Rome")];
    const plan = planOf({ rows, records: [buildRecord("1", "ann@x.com", "Ann", "")], tombstones: new Set(["1"]) });
    expect(words(plan)).toEqual(["l:1 ->1", "u:1 city=Rome"]);
    expect(plan.conflicts).toMatchObject([{ field: "name", rule: "F6", base: null, sheet: "tAnna", crm: "Ann" }]);
    expect(plan.adoptions).toEqual([{ recordId: "1", field: "email", sheet: "tann@x.com", crm: "ann@x.com" }]);
    expect(plan.revive).toEqual(["1"]);
  });

  it("R11 puts the survivor's id into the row and keeps its cells and base", () => {
    const records = [buildSurvivor(["1"], buildRecord("2", "ann@x.com", "Ann", "Oslo"))];
    const plan = planOf({ rows: [buildRow(2, "1", ...ANN)], records, snapshot: base });
    expect(words(plan)).toEqual(["l:2 1->2", "w:2 city=tOslo"]);
    expect(plan.forget).toEqual(["1"]);
  });

  it("R24 puts the id back and judges the row by its old base", () => {
    const rows = [buildRow(2, "", "ann@x.com", "Anna", "Rome")];
    const plan = planOf({ rows, records: [buildRecord("1", ...ANN)], snapshot: base });
    expect(words(plan)).toEqual(["l:1 ->1", "u:1 name=Anna"]);
    expect(plan.counts.creates).toBe(0);
  });

  it("F11 judges a new field without base and leaves the others alone", () => {
    const { city: _city, ...shadows } = base.get("1") ?? {};
    const snapshot = new Map([["1", shadows]]);
    const plan = planOf({
      rows: [buildRow(2, "1", ...ANN)],
      records: [buildRecord("1", "ann@x.com", "Ann")],
      snapshot,
    });
    expect(words(plan)).toEqual(["u:1 city=Rome"]);
    expect(plan.operations[0]?.rule).toBe("F6");
  });

  it("F5 an open conflict blocks only its own field", () => {
    const rows = [buildRow(2, "1", "ann@x.com", "Anna", "Oslo")];
    const plan = planOf({ rows, records: [buildRecord("1", "ann@x.com", "Ann", "Bonn")], snapshot: base });
    expect(words(plan)).toEqual(["u:1 name=Anna"]);
    expect(plan.conflicts).toMatchObject([{ field: "city", sheet: "tOslo", crm: "Bonn", base: { crm: "Rome" } }]);
  });

  it("F5 a conflict says how people read the CRM's value, where that is another text, and which side cannot win", () => {
    const stage = buildField({ name: "stage", type: "choice", options: [{ value: "s1", label: "Lead" }] });
    const conflictOf = (cell: Cell, crm: string) => {
      const row = buildRow(2, "1", ...ANN);
      const record = buildRecord("1", ...ANN);
      const plan = planOf({
        fields: [buildPlanField(stage)],
        rows: [{ ...row, cells: { ...row.cells, stage: cell } }],
        records: [{ ...record, values: { ...record.values, stage: crm } }],
        snapshot: new Map([["1", { ...base.get("1"), stage: { sheet: "tOld", crm: "old" } }]]),
      });
      return plan.conflicts[0];
    };
    const text = (formula: string | null): Cell => ({ value: { kind: "text", text: "Typed" }, formula });
    expect(conflictOf(text(null), "s1")).toMatchObject({ crm: "s1", crmShown: "Lead" });
    expect(conflictOf(text(null), "s1")).not.toHaveProperty("barred");
    expect(conflictOf(text(null), "unlisted")).not.toHaveProperty("crmShown");
    expect(Object.keys(conflictOf(text("=A1"), "s1")?.barred ?? {})).toEqual(["crm"]);
    const taken = planOf({
      rows: [buildRow(2, "1", "bob@x.com", "Ann", "Rome")],
      records: [buildRecord("1", "anna@x.com", "Ann", "Rome"), buildRecord("2", "bob@x.com")],
      snapshot: base,
    });
    expect(Object.keys(taken.conflicts[0]?.barred ?? {})).toEqual(["sheet"]);
  });

  it("F5 a conflict closes by itself when both sides become equal", () => {
    const rows = [buildRow(2, "1", "ann@x.com", "Ann", "Bonn")];
    const plan = planOf({ rows, records: [buildRecord("1", "ann@x.com", "Ann", "Bonn")], snapshot: base });
    expect(plan.conflicts).toEqual([]);
    expect(plan.adoptions).toMatchObject([{ field: "city", sheet: "tBonn", crm: "Bonn" }]);
  });

  it("F6 follows the policy once a conflict was shown, and only that one", () => {
    const rows = [buildRow(2, "1", "ann@x.com", "Anna", "Oslo")];
    const seenConflicts = new Set([
      conflictKey("1", "name", "tAnna", "Ann"),
      conflictKey("1", "city", "tParis", "Rome"),
    ]);
    const plan = planOf({ rows, records: [buildRecord("1", ...ANN)], policy: "sheet-wins", seenConflicts });
    expect(words(plan)).toEqual(["u:1 name=Anna"]);
    expect(plan.conflicts).toMatchObject([{ field: "city", rule: "F6" }]);
  });

  it("F2 names a value that was typed into a column that only pulls", () => {
    const fields = [buildPlanField(EMAIL), buildPlanField(NAME, { direction: "pull" }), buildPlanField(CITY)];
    const rows = [buildRow(2, "1", "ann@x.com", "Anna", "Rome")];
    const plan = planOf({ rows, records: [buildRecord("1", ...ANN)], snapshot: base, fields });
    expect(words(plan)).toEqual(["w:1 name=tAnn"]);
    expect(plan.operations[0]).toMatchObject({ cells: [{ overwrites: true, from: "tAnna" }] });
    expect(plan.findings).toMatchObject([{ rule: "F2", severity: "note", field: "name" }]);
    expect(plan.findings[0]?.message).toContain('"Anna" was typed');
  });

  describe("F5 a value that loses is named", () => {
    const settled = (sheet: string, crm: string, more: WorldSpec) => {
      const rows = [buildRow(2, "1", "ann@x.com", "Ann", sheet)];
      const plan = planOf({ rows, records: [buildRecord("1", "ann@x.com", "Ann", crm)], snapshot: base, ...more });
      return plan.findings.map(({ rule, severity, field, message }) => [rule, severity, field, message].join(" "));
    };

    it("F5 the cell's, when the CRM wins", () => {
      expect(settled("Oslo", "Bonn", { policy: "crm-wins" })).toEqual([
        'F5 note city "City" changed on both sides and the CRM wins. "Oslo" is replaced.',
      ]);
    });

    it("F5 F9 a blank, when the CRM wins over a cell that was emptied", () => {
      const fields = PEOPLE.fields.map((field) => buildPlanField(field, { blank: "clear" }));
      expect(settled("", "Bonn", { policy: "crm-wins", fields })).toEqual([
        'F5 note city "City" changed on both sides and the CRM wins. The blank cell is filled again.',
      ]);
    });

    it("F6 the cell's, when the CRM wins a difference without base that was seen", () => {
      const seenConflicts = new Set([conflictKey("1", "city", "tOslo", "Bonn")]);
      const { city: _city, ...known } = base.get("1") ?? {};
      const snapshot = new Map([["1", known]]);
      expect(settled("Oslo", "Bonn", { policy: "crm-wins", seenConflicts, snapshot })).toEqual([
        'F6 note city "City" differed on both sides and the CRM wins. "Oslo" is replaced.',
      ]);
    });

    it("F5 the CRM's, when the sheet wins", () => {
      expect(settled("Oslo", "Bonn", { policy: "sheet-wins" })).toEqual([
        'F5 note city "City" differed on both sides and the sheet wins. The CRM\'s "Bonn" is replaced.',
      ]);
    });

    it("F5 a blank, when the sheet wins over a value that was cleared in the CRM", () => {
      expect(settled("Oslo", "", { policy: "sheet-wins" })).toEqual([
        'F5 note city "City" differed on both sides and the sheet wins. The CRM\'s blank is filled.',
      ]);
    });

    it("F2 F3 nothing, when nobody's change is replaced", () => {
      expect([...settled("Oslo", "Rome", {}), ...settled("Rome", "Bonn", {})]).toEqual([]);
    });
  });

  it("F5 says that the CRM won, not that the column only pulls", () => {
    const rows = [buildRow(2, "1", "ann@x.com", "Ann", "Oslo")];
    const records = [buildRecord("1", "ann@x.com", "Ann", "Bonn")];
    const plan = planOf({ rows, records, snapshot: base, policy: "crm-wins" });
    expect(plan.findings[0]?.message).not.toContain("only takes values from the CRM");
  });

  it("R15 sends an edited key as an ordinary field", () => {
    const plan = planOf({
      rows: [buildRow(2, "1", "new@x.com", "Ann", "Rome")],
      records: [buildRecord("1", ...ANN)],
      snapshot: base,
    });
    expect(words(plan)).toEqual(["u:1 email=new@x.com"]);
  });

  describe("R15 an edited key that another record has", () => {
    const bob = ["bob@x.com", "Bob", "Oslo"] as const;
    const rows = [buildRow(2, "1", " Bob@x.com", "Anna", "Rome")];
    const records = [buildRecord("1", ...ANN), buildRecord("2", ...bob)];

    it("R15 is not sent; the other fields of the row go on", () => {
      const plan = planOf({ rows, records, snapshot: base, tombstones: new Set(["2"]) });
      expect(words(plan)).toEqual(["u:1 name=Anna"]);
      expect(found(plan)).toEqual(["R15 error email"]);
      expect(plan.findings[0]?.message).toContain("record 2 already has");
    });

    it("R15 is looked up where the other record was not read", () => {
      const known = new Map([["bob@x.com", [buildRecord("2", ...bob)]]]);
      const plan = planOf({ rows, records: records.slice(0, 1), snapshot: base, keyHits: known });
      expect(found(plan)).toEqual(["R15 error email"]);
    });

    it("R15 the error names both, and no note says that the key was sent over another", () => {
      const changed = [buildRecord("1", "changed@x.com", "Ann", "Rome"), buildRecord("2", ...bob)];
      const plan = planOf({ rows, records: changed, snapshot: base, tombstones: new Set(["2"]), policy: "sheet-wins" });
      expect(plan.findings.map(({ message }) => message)).toEqual([
        '"Email" was not sent: record 2 already has "Bob@x.com". Correct the cell, or merge the two records in the CRM.',
      ]);
    });

    it("R15 a key that no record was found for is free", () => {
      const typed = [buildRow(2, "1", "new@x.com", "Ann", "Rome")];
      const plan = planOf({ rows: typed, records: records.slice(0, 1), snapshot: base, keyHits: new Map() });
      expect(words(plan)).toEqual(["u:1 email=new@x.com"]);
    });

    it("R15 the record's own old key is no other record's", () => {
      const same = [buildRow(2, "1", "new@x.com", "Ann", "Rome")];
      const known = new Map([["new@x.com", [buildRecord("1", "new@x.com")]]]);
      expect(words(planOf({ rows: same, records: records.slice(0, 1), snapshot: base, keyHits: known }))).toEqual([
        "u:1 email=new@x.com",
      ]);
    });

    it("R15 other fields may hold what another record's key is", () => {
      const plan = planOf({
        rows: [buildRow(2, "1", "ann@x.com", "bob@x.com", "Rome")],
        records,
        snapshot: base,
        tombstones: new Set(["2"]),
      });
      expect(words(plan)).toEqual(["u:1 name=bob@x.com"]);
    });
  });

  describe("R13 a row with copies", () => {
    const rows = [buildRow(2, "1", "copy@x.com"), buildRow(3, "1", ...ANN)];

    it("R13 the original goes on and gets the CRM's changes, named by all its cells", () => {
      const plan = planOf({ rows, records: [buildRecord("1", "ann@x.com", "Ann", "Bonn")], snapshot: base });
      expect(plan.operations).toMatchObject([
        { kind: "write-cells", rowNumber: 3, row: { email: "tann@x.com", name: "tAnn", city: "tRome" } },
      ]);
    });

    it("R13 a row without copies is found by its id alone", () => {
      const records = [buildRecord("1", "ann@x.com", "Ann", "Bonn")];
      const plan = planOf({ rows: rows.slice(1), records, snapshot: base });
      expect(plan.operations[0]).not.toHaveProperty("row");
    });
  });

  describe("F4 a record with a write without answer", () => {
    const quarantined = new Set(["1"]);

    it.each([
      ["a linked row", buildRow(2, "1", "ann@x.com", "Anna", "Oslo"), base],
      ["a row to link", buildRow(2, "", ...ANN), new Map()],
      ["an emptied row", buildRow(2, "1"), base],
    ] as const)("F4 nothing is planned for %s, and one note says so", (_title, row, snapshot) => {
      const plan = planOf({ rows: [row], records: [buildRecord("1", ...ANN)], snapshot, quarantined });
      expect(plan).toMatchObject({ operations: [], adoptions: [], conflicts: [], forget: [], revive: [] });
      expect(found(plan)).toEqual(["F4 note "]);
    });

    it("F4 R11 nothing is planned for a row whose record was merged into it", () => {
      const records = [buildSurvivor(["1"], buildRecord("2", ...ANN))];
      for (const waiting of ["1", "2"]) {
        const plan = planOf({
          rows: [buildRow(2, "1", ...ANN)],
          records,
          snapshot: base,
          quarantined: new Set([waiting]),
        });
        expect(plan).toMatchObject({ operations: [], forget: [] });
      }
    });

    it("F4 R6 R7 a row whose record is gone waits too", () => {
      const plan = planOf({ rows: [buildRow(2, "1", ...ANN)], snapshot: base, quarantined, gone: "remove-row" });
      expect(found(plan)).toEqual(["F4 note "]);
    });

    it("F4 R5 no row is appended for it, and its tombstone stays", () => {
      const records = [buildRecord("1", ...ANN)];
      expect(planOf({ records, quarantined })).toMatchObject({ operations: [], findings: [] });
      const rows = [buildRow(2, "", ...ANN)];
      expect(planOf({ rows, records, quarantined, tombstones: new Set(["1"]) }).revive).toEqual([]);
    });

    it("F4 R16 its row keeps its key", () => {
      const rows = [buildRow(2, "1", ...ANN), buildRow(3, "", ...ANN)];
      const plan = planOf({ rows, records: [buildRecord("1", ...ANN)], snapshot: base, quarantined });
      expect(found(plan)).toEqual(["R16 error ", "F4 note "]);
    });
  });

  describe("F12 a stopped field", () => {
    const rows = [buildRow(2, "1", "ann@x.com", "Anna", "Oslo")];
    const stopped = new Set([fieldKey("1", "city"), fieldKey("5", "city")]);

    it("F12 plans nothing; the other fields of the row go on", () => {
      const plan = planOf({ rows, records: [buildRecord("1", ...ANN)], snapshot: base, stopped });
      expect(words(plan)).toEqual(["u:1 name=Anna"]);
      expect(plan.stopped).toEqual(["1\ncity"]);
    });

    it("F12 opens no conflict and gets nothing from the CRM", () => {
      const records = [buildRecord("1", "ann@x.com", "Anna", "Bonn")];
      expect(planOf({ rows, records, snapshot: base, stopped })).toMatchObject({ operations: [], conflicts: [] });
    });

    it("F12 stays stopped while its pair may come back, and is forgotten with the pair", () => {
      const waiting = planOf({
        rows: [],
        records: [buildRecord("1", ...ANN)],
        snapshot: base,
        stopped,
        mayDelete: false,
      });
      expect(waiting.stopped).toEqual(["1\ncity"]);
      const linkedAnew = planOf({ rows, records: [buildRecord("1", ...ANN)], snapshot: new Map(), stopped });
      expect(linkedAnew.stopped).toEqual(["1\ncity"]);
      expect(planOf({ rows: [], records: [], snapshot: new Map(), stopped }).stopped).toEqual([]);
    });

    it("F12 a fight that this plan sees is an error, beside the notes of fields that are stopped already", () => {
      const lost = (run: number) =>
        ({ side: "crm", run, wrote: "Anna", found: { run: run + 1, value: "Ann" } }) as const;
      const before = { side: "crm", run: 3, wrote: "Anna", found: null } as const;
      const echoes = {
        version: 1,
        run: 3,
        fields: {
          "1\nname": { stopped: false, writes: [lost(2), before] },
          "1\ncity": { stopped: true, writes: [] },
        },
      } as const;
      const records = [buildRecord("1", "ann@x.com", "Ann", "Bern")];
      const snapshot = buildSnapshot({ 1: ["ann@x.com", "Anna", "Rome"] });
      const world = { rows: [buildRow(2, "1", "ann@x.com", "Anna", formulaCell("Oslo"))], records, snapshot, echoes };
      const plan = planOf({ ...world, stopped: new Set(["1\ncity"]) });
      expect(found(plan)).toEqual(["F12 note city", "F12 error name"]);
      expect(plan.counts).toMatchObject({ errors: 1, notes: 1 });
      expect(plan.operations).toEqual([]);
      expect(plan.stopped).toEqual(["1\ncity", "1\nname"]);
    });

    it("F12 goes on where both sides are what the base says", () => {
      const plan = planOf({
        rows: [buildRow(2, "1", ...ANN)],
        records: [buildRecord("1", ...ANN)],
        snapshot: base,
        stopped: new Set(["1\ncity"]),
      });
      expect(plan).toMatchObject({ operations: [], adoptions: [], stopped: [] });
    });

    it("F12 goes on once both sides are equal", () => {
      const records = [buildRecord("1", "ann@x.com", "Anna", "Oslo")];
      const plan = planOf({ rows, records, snapshot: base, stopped });
      expect(plan.stopped).toEqual([]);
      expect(plan.adoptions).toContainEqual({ recordId: "1", field: "city", sheet: "tOslo", crm: "Oslo" });
    });
  });

  describe("F5 newest wins", () => {
    const MINUTE = 60_000;
    const rows = [buildRow(2, "1", "ann@x.com", "Ann", "Oslo")];
    const record = { ...buildRecord("1", "ann@x.com", "Ann", "Bonn"), modifiedMs: 30 * MINUTE };
    const times = { sheet: { fromMs: 0, toMs: 10 * MINUTE }, crm: { fromMs: 0, toMs: 10 * MINUTE } };
    const newest = (sheet: string, crm: string, more: WorldSpec = {}) => {
      const known = new Map([[fieldKey("1", "city"), { sheet, crm, times }]]);
      const conflictTimes = { lastReadMs: 20 * MINUTE, nowMs: 40 * MINUTE, known };
      return planOf({ rows, records: [record], snapshot: base, policy: "newest-wins", conflictTimes, ...more });
    };

    it("F5 the sheet wins when only it changed since the conflict came up", () => {
      const plan = newest("tEarlier", "Bonn");
      expect(words(plan)).toEqual(["u:1 city=Oslo"]);
      expect(plan.operations[0]).toMatchObject({ changes: [{ from: "Bonn", overwrites: true, rule: "F5" }] });
      expect(plan.findings).toMatchObject([{ rule: "F5", severity: "note", field: "city" }]);
    });

    it("F5 the CRM wins when only it changed since the conflict came up", () => {
      const plan = newest("tOslo", "Earlier");
      expect(words(plan)).toEqual(["w:1 city=tBonn"]);
      expect(plan.operations[0]).toMatchObject({ cells: [{ from: "tOslo", overwrites: true, rule: "F5" }] });
    });

    it.each([
      ["both changed since", "tEarlier", "Earlier"],
      ["neither changed since", "tOslo", "Bonn"],
    ])("F5 asks when %s", (_title, sheet, crm) => {
      expect(newest(sheet, crm)).toMatchObject({ operations: [], conflicts: [{ field: "city", rule: "F5" }] });
    });

    it("F5 decides by time only where the mapping says so", () => {
      expect(newest("tEarlier", "Bonn", { policy: "ask" })).toMatchObject({
        operations: [],
        conflicts: [{ field: "city", rule: "F5" }],
      });
    });

    it("F5 asks about a conflict that no run has seen before", () => {
      const conflictTimes = { lastReadMs: 20 * MINUTE, nowMs: 40 * MINUTE, known: new Map() };
      const { conflicts } = newest("", "", { conflictTimes });
      expect(conflicts).toMatchObject([
        {
          times: {
            sheet: { fromMs: 20 * MINUTE, toMs: 40 * MINUTE },
            crm: { fromMs: 20 * MINUTE, toMs: 30 * MINUTE },
          },
        },
      ]);
    });

    it("F5 an open conflict keeps the times of sides that did not change", () => {
      expect(newest("tOslo", "Bonn").conflicts).toMatchObject([{ times }]);
    });

    it("F6 a difference without base stays open until somebody saw it, whichever side is newer", () => {
      expect(newest("tEarlier", "Bonn", { snapshot: new Map() }).conflicts).toMatchObject([
        { field: "city", rule: "F6" },
      ]);
      const seenConflicts = new Set([conflictKey("1", "city", "tOslo", "Bonn")]);
      const plan = newest("tEarlier", "Bonn", { snapshot: new Map(), seenConflicts });
      expect(words(plan)).toEqual(["u:1 city=Oslo"]);
    });

    it("F5 F10 a value that the CRM refuses cannot win, however new", () => {
      const score = buildField({ name: "city", label: "Score", type: "number" });
      const fields = [buildPlanField(EMAIL), buildPlanField(NAME), buildPlanField(score)];
      const plan = newest("tEarlier", "Bonn", { fields });
      expect(plan).toMatchObject({ operations: [], conflicts: [{ field: "city" }] });
    });
  });

  it.each(["keep", "clear"] as const)("R17 asks about a row that was emptied altogether, blanks %s", (blank) => {
    const fields = PEOPLE.fields.map((field) => buildPlanField(field, { blank }));
    const plan = planOf({ rows: [buildRow(2, "1")], records: [buildRecord("1", ...ANN)], snapshot: base, fields });
    expect(plan.operations).toEqual([]);
    expect(found(plan)).toEqual(["R17 error "]);
  });

  it("R17 tells the way out, also where one of the cells was blank before", () => {
    const snapshot = buildSnapshot({ 1: ["ann@x.com", "Ann", ""] });
    const plan = planOf({ rows: [buildRow(2, "1")], records: [buildRecord("1", "ann@x.com", "Ann")], snapshot });
    expect(plan.findings).toMatchObject([
      {
        rowNumber: 2,
        recordId: "1",
        message:
          "All mapped cells of this row are blank. Nothing was cleared in the CRM. Delete the row if you don't need it, or undo the clearing.",
      },
    ]);
  });

  it.each([
    ["was blank on both sides", buildSnapshot({ 1: [] })],
    ["has a base without fields", new Map([["1", {}]])],
  ])("R17 fills a blank row whose pair %s", (_title, snapshot) => {
    const plan = planOf({ rows: [buildRow(2, "1")], records: [buildRecord("1", "", "", "Rome")], snapshot });
    expect(words(plan)).toEqual(["w:1 city=tRome"]);
    expect(plan.findings).toEqual([]);
  });

  it("R17 fills a row that holds only an id: it never showed anything", () => {
    const plan = planOf({ rows: [buildRow(2, "1")], records: [buildRecord("1", ...ANN)] });
    expect(words(plan)).toEqual(["w:1 email=tann@x.com name=tAnn city=tRome"]);
  });

  it("R17 asks about a row whose cells hold only spaces", () => {
    const fields = PEOPLE.fields.map((field) => buildPlanField(field, { blank: "clear" }));
    const rows = [buildRow(2, "1", " ", " ", " ")];
    expect(words(planOf({ rows, records: [buildRecord("1", ...ANN)], snapshot: base, fields }))).toEqual([]);
  });

  it.each(["email", "name", "city"])("R18 a suspended column never counts as blank: %s", (suspended) => {
    const fields = PEOPLE.fields.map((field) => buildPlanField(field, { blank: "clear" }));
    const row = buildRow(2, "1", ...ANN);
    const cells = Object.fromEntries(Object.entries(row.cells).filter(([name]) => name !== suspended));
    const plan = planOf({ rows: [{ ...row, cells }], records: [buildRecord("1", ...ANN)], snapshot: base, fields });
    expect(plan).toMatchObject({ operations: [], adoptions: [], findings: [] });
  });

  it("R18 calls a row by the CRM's value where its column is suspended or its cell is blank", () => {
    const row = buildRow(2, "1", "", "Ann", "Oslo");
    const { name: _name, ...cells } = row.cells;
    const plan = planOf({ rows: [{ ...row, cells }], records: [buildRecord("1", ...ANN)], snapshot: base });
    expect(plan.operations.map(({ title }) => title)).toEqual(["Ann Oslo (ann@x.com)", "Ann Oslo (ann@x.com)"]);
  });

  it("F6 takes a field that the record does not name for blank", () => {
    const records = [{ ...buildRecord("1"), values: { email: "ann@x.com" } }];
    const plan = planOf({ rows: [buildRow(2, "1", "ann@x.com", "Ann")], records });
    expect(plan.operations).toMatchObject([
      { id: "u:1", title: "Ann (ann@x.com)", changes: [{ from: "", to: "Ann" }] },
    ]);
    expect(plan.adoptions).toMatchObject([
      { field: "email", crm: "ann@x.com" },
      { field: "city", sheet: "", crm: "" },
    ]);
  });

  it.each([
    ["in step", ["ann@x.com", "Ann", "Rome"]],
    ["with an edit", ["ann@x.com", "Ann", "Oslo"]],
  ])("F12 a pair %s lets no stopped field go on", (_title, cells) => {
    const pair = { row: buildRow(2, "1", ...cells), record: buildRecord("1", ...ANN), baseId: "1", relink: null };
    const { released, findings, conflicts } = planPair(pair, buildPlanInput({ snapshot: base }), new Set());
    expect({ released, findings, conflicts }).toEqual({ released: [], findings: [], conflicts: [] });
  });
});

describe("a plan of removed rows", () => {
  const bob = buildRow(3, "2", "bob@x.com", "Bob", "Oslo");
  const two = buildSnapshot({ 1: ANN, 2: ["bob@x.com", "Bob", "Oslo"] });
  const bobRecord = buildRecord("2", "bob@x.com", "Bob", "Oslo");

  it("R8 leaves the record in the CRM and remembers not to bring it back", () => {
    const plan = planOf({ rows: [bob], records: [buildRecord("1", ...ANN), bobRecord], snapshot: two });
    expect(plan).toMatchObject({ operations: [], forget: ["1"], tombstones: ["1"] });
    expect(found(plan)).toEqual(["R8 note "]);
  });

  it("R9 a changed record does not come back either, by default", () => {
    const records = [buildRecord("1", "ann@x.com", "Ann", "Bonn"), bobRecord];
    expect(planOf({ rows: [bob], records, snapshot: two })).toMatchObject({ operations: [], tombstones: ["1"] });
  });

  it("R10 forgets a pair that is gone on both sides", () => {
    const plan = planOf({ rows: [bob], records: [bobRecord], snapshot: two });
    expect(plan).toMatchObject({ operations: [], forget: ["1"], tombstones: [], findings: [] });
  });

  it("R10 remembers a record that could not be read: it may still be there", () => {
    const reads = new Map([["1", { kind: "unreadable", askedId: "1", reason: "no access" } as const]]);
    expect(planOf({ rows: [bob], records: [bobRecord], snapshot: two, reads }).tombstones).toEqual(["1"]);
  });

  it("R8 the survivor of a removed pair does not come back", () => {
    const records = [buildSurvivor(["1"], buildRecord("3", ...ANN)), bobRecord];
    const plan = planOf({ rows: [bob], records, snapshot: two });
    expect(plan).toMatchObject({ operations: [], tombstones: ["1"] });
  });

  it("R6 keeps the row and the pair of a gone record", () => {
    const plan = planOf({ rows: [buildRow(2, "1", ...ANN), bob], records: [bobRecord], snapshot: two });
    expect(plan).toMatchObject({ operations: [], forget: [], tombstones: [] });
    expect(found(plan)).toEqual(["R6 note "]);
  });
});

describe("what a plan says about itself", () => {
  const rows = [
    buildRow(2, "1", "ann@x.com", "Anna", ""),
    buildRow(3, "", "new@x.com"),
    buildRow(4, "", "", "", "Rome"),
    buildRow(5, "9", "x@x.com"),
    buildRow(6, "", "cat@x.com", "Cat", "Bern"),
    buildRow(7, "4", "dan@x.com", "Dan", "Bern"),
  ];
  const records = [
    buildRecord("1", "ann@x.com", "Ann", "Rome"),
    buildRecord("2", "bob@x.com"),
    buildRecord("3", "cat@x.com", "Cathy", "Bern"),
    buildRecord("4", "dan@x.com", "Dan", "Bern"),
  ];
  const snapshot = buildSnapshot({ 1: ANN, 4: ["dan@x.com", "Dan", "Bern"] });

  it("counts what it lists", () => {
    expect(planOf({ rows, records, snapshot }).counts).toEqual({
      rows: 6,
      records: 4,
      linked: 3,
      creates: 1,
      updates: 1,
      clears: 0,
      appends: 1,
      rowWrites: 1,
      cellWrites: 1,
      links: 1,
      archives: 0,
      removedRows: 0,
      unlinks: 0,
      restoredRows: 0,
      conflicts: 1,
      errors: 1,
      notes: 0,
      ignoredRows: 1,
      unchanged: 1,
    });
  });

  it("counts no pair as unchanged that asks or says something", () => {
    const asks = planOf({
      rows: [buildRow(2, "1", "ann@x.com", "Ann", "Oslo")],
      records: [buildRecord("1", "ann@x.com", "Ann", "Bern")],
      snapshot: base,
    });
    expect(asks).toMatchObject({ operations: [], counts: { conflicts: 1, linked: 1, unchanged: 0 } });
    const says = planOf({
      rows: [buildRow(2, "1", "ann@x.com", "Ann", formulaCell("Rome"))],
      records: [buildRecord("1", "ann@x.com", "Ann", "Bern")],
      snapshot: base,
    });
    expect(says).toMatchObject({ operations: [], counts: { conflicts: 0, notes: 1, unchanged: 0 } });
  });

  it("is plain JSON and the same for the same input", () => {
    const plan = planOf({ rows, records, snapshot });
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
    expect(planOf({ rows, records, snapshot })).toEqual(plan);
  });

  it("calls records by name and key", () => {
    const titles = planOf({ rows, records, snapshot }).operations.map(({ id, title }) => `${id} ${title}`);
    expect(titles).toContain("u:1 Anna Rome (ann@x.com)");
    expect(titles).toContain("c:3 new@x.com");
  });

  it("knows a first sync by its empty base", () => {
    expect(planOf({ rows, records }).firstSync).toBe(true);
    expect(planOf({ rows, records, snapshot }).firstSync).toBe(false);
    expect(planOf({ rows, records, baseDamaged: true }).firstSync).toBe(false);
  });

  it("I16 changes nothing of what it was made from", () => {
    const input = buildPlanInput({ rows, records, snapshot });
    const before = structuredClone({ rows: input.rows, records: input.records, snapshot: input.snapshot });
    planSync(input);
    expect({ rows: input.rows, records: input.records, snapshot: input.snapshot }).toEqual(before);
  });

  it("I5 has nothing left to do once it was applied, CRMs that store another form included", () => {
    const input = buildPlanInput({ rows: [buildRow(2, "", " Ann@X.com", "A long name")] });
    const stored = applyPlanInMemory(input, planSync(input), (field, value) =>
      field === "email" ? value.toLowerCase() : value.slice(0, 6),
    );
    expect([...stored.records.values()][0]?.values).toMatchObject({ email: "ann@x.com", name: "A long" });
    expect(planSync(stored).operations).toEqual([]);
  });
});
