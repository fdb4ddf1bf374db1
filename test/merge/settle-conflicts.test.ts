import type { ConflictChoice } from "../../src/domain/conflict-choice";
import type { Conflict, Operation, Plan } from "../../src/domain/plan";
import type { Field } from "../../src/domain/schema";
import { encodeValue } from "../../src/domain/value";
import { UTC } from "../../src/domain/zone";
import type { PlanField } from "../../src/merge/plan-field";
import { planSync } from "../../src/merge/plan-sync";
import { settleConflicts } from "../../src/merge/settle-conflicts";
import { applyPlanInMemory } from "../support/apply-plan-in-memory";
import { buildField } from "../support/fake-schema";
import {
  buildCell,
  buildPlanField,
  buildPlanInput,
  buildRecord,
  buildRow,
  buildSnapshot,
  buildSurvivor,
  type CellSpec,
  formulaCell,
  PEOPLE,
  type WorldSpec,
} from "../support/merge-builders";

const BASE = ["ann@x.com", "Ann", "Rome"] as const;

/** Record 1: name and city changed on both sides; with `spec` something else besides. */
const BOTH_CHANGED: WorldSpec = {
  rows: [buildRow(2, "1", "ann@x.com", "Anna", "Bonn")],
  records: [buildRecord("1", "ann@x.com", "Annie", "Oslo")],
  snapshot: buildSnapshot({ 1: BASE }),
};

const choose = (winner: ConflictChoice["winner"], field: string, recordId = "1"): ConflictChoice => ({
  recordId,
  field,
  winner,
});

function settle(spec: WorldSpec, ...choices: readonly ConflictChoice[]) {
  const input = buildPlanInput(spec);
  const before = planSync(input);
  return { input, before, ...settleConflicts(before, choices, input) };
}

function operation<K extends Operation["kind"]>(plan: Plan, kind: K): Extract<Operation, { kind: K }> {
  const found = plan.operations.filter((one) => one.kind === kind);
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} operations ${kind}`);
  return found[0] as Extract<Operation, { kind: K }>;
}

/** A plan of one conflict in one field, as an older run left it. */
function planOf(conflict: Partial<Conflict>, direction: Plan["direction"] = "both"): Plan {
  const plan = planSync(buildPlanInput({ run: direction }));
  const whole: Conflict = {
    recordId: "1",
    title: "Ann",
    rowNumber: 2,
    field: "field",
    sheet: "tA",
    crm: "B",
    base: null,
    rule: "F5",
    ...conflict,
  };
  return { ...plan, conflicts: [whole], counts: { ...plan.counts, conflicts: 1 } };
}

function settleField(
  field: Partial<Field>,
  at: { cell: CellSpec; crm: string; winner: "sheet" | "crm"; column?: Partial<PlanField>; run?: Plan["direction"] },
) {
  const planField = buildPlanField(buildField({ name: "field", label: "Field", ...field }), at.column);
  const conflict = { sheet: encodeValue(buildCell(at.cell).value), crm: at.crm };
  const choices = [choose(at.winner, "field")];
  return settleConflicts(planOf(conflict, at.run), choices, { fields: [planField], zone: UTC }).plan;
}

describe("conflicts that a person settles (F5)", () => {
  it("F5 sends the sheet's value as one update of the record", () => {
    const { plan, unknown } = settle(BOTH_CHANGED, choose("sheet", "name"), choose("sheet", "city"));
    expect(unknown).toEqual([]);
    expect(operation(plan, "update")).toEqual({
      kind: "update",
      id: "u:1",
      rule: "F5",
      title: "Anna Bonn (ann@x.com)",
      recordId: "1",
      rowNumber: 2,
      changes: [
        { field: "name", from: "Annie", to: "Anna", sheet: "tAnna", rule: "F5", overwrites: true },
        { field: "city", from: "Oslo", to: "Bonn", sheet: "tBonn", rule: "F5", overwrites: true },
      ],
    });
    expect(plan.conflicts).toEqual([]);
    expect(plan.counts).toMatchObject({ conflicts: 0, updates: 1, clears: 0, rowWrites: 0, errors: 0, notes: 2 });
  });

  it("F5 writes the CRM's value into the row as one write", () => {
    const { plan } = settle(BOTH_CHANGED, choose("crm", "name"), choose("crm", "city"));
    expect(operation(plan, "write-cells")).toEqual({
      kind: "write-cells",
      id: "w:1",
      rule: "F5",
      title: "Anna Bonn (ann@x.com)",
      recordId: "1",
      rowNumber: 2,
      cells: [
        { field: "name", from: "tAnna", to: "tAnnie", crm: "Annie", rule: "F5", overwrites: true },
        { field: "city", from: "tBonn", to: "tOslo", crm: "Oslo", rule: "F5", overwrites: true },
      ],
    });
    expect(plan.counts).toMatchObject({ conflicts: 0, rowWrites: 1, cellWrites: 2, updates: 0 });
  });

  it("F5 joins the update and the write that the record has anyway", () => {
    const { plan, before } = settle(
      {
        ...BOTH_CHANGED,
        fields: [...PEOPLE.fields, buildField({ name: "phone" }), buildField({ name: "fax" })].map((field) =>
          buildPlanField(field),
        ),
        rows: [withCells(buildRow(2, "1", "ann@x.com", "Anna", "Bonn"), { phone: "1", fax: "" })],
        records: [{ ...buildRecord("1", "ann@x.com", "Annie", "Oslo"), ...valuesWith({ phone: "", fax: "2" }) }],
        snapshot: new Map([["1", { ...buildSnapshot({ 1: BASE }).get("1"), phone: BLANK, fax: BLANK }]]),
      },
      choose("sheet", "name"),
      choose("crm", "city"),
    );
    expect(before.operations.map(({ id }) => id)).toEqual(["u:1", "w:1"]);
    expect(plan.operations.map(({ id }) => id)).toEqual(["u:1", "w:1"]);
    expect(operation(plan, "update").changes.map(({ field, rule }) => `${field} ${rule}`)).toEqual([
      "phone F2",
      "name F5",
    ]);
    expect(operation(plan, "write-cells").cells.map(({ field, rule }) => `${field} ${rule}`)).toEqual([
      "fax F3",
      "city F5",
    ]);
    expect(plan.counts).toMatchObject({ updates: 1, rowWrites: 1, cellWrites: 2, conflicts: 0 });
  });

  it("F5 leaves the other conflicts open", () => {
    const { plan } = settle(BOTH_CHANGED, choose("crm", "city"));
    expect(plan.conflicts.map(({ field }) => field)).toEqual(["name"]);
    expect(plan.counts.conflicts).toBe(1);
  });

  it("F5 names the value that loses, so that the history has it", () => {
    const { plan } = settle(BOTH_CHANGED, choose("sheet", "name"), choose("crm", "city"));
    expect(plan.findings).toMatchObject([
      {
        severity: "note",
        rule: "F5",
        recordId: "1",
        rowNumber: 2,
        field: "name",
        message: '"Name": the sheet was chosen. The CRM\'s "Annie" is replaced.',
      },
      {
        severity: "note",
        rule: "F5",
        field: "city",
        message: '"City": the CRM was chosen. The sheet\'s "Bonn" is replaced.',
      },
    ]);
  });

  it("F5 brings both sides in step: the next plan is empty", () => {
    const { input, plan } = settle(BOTH_CHANGED, choose("sheet", "name"), choose("crm", "city"));
    const next = planSync(applyPlanInMemory(input, plan));
    expect(next.operations).toEqual([]);
    expect(next.conflicts).toEqual([]);
  });

  it("takes the last of several choices for one field", () => {
    const { plan } = settle(BOTH_CHANGED, choose("sheet", "name"), choose("crm", "name"));
    expect(plan.operations.map(({ id }) => id)).toEqual(["w:1"]);
  });

  it("gives back choices that name no open conflict and changes nothing for them", () => {
    const choices = [choose("sheet", "email"), choose("crm", "name", "2"), choose("crm", "nothing")];
    const { plan, before, unknown } = settle(BOTH_CHANGED, ...choices);
    expect(unknown).toEqual(choices);
    expect(plan).toEqual(before);
  });

  it("settles nothing twice: done again it finds the conflict no longer open", () => {
    const { input, plan } = settle(BOTH_CHANGED, choose("sheet", "name"));
    const again = settleConflicts(plan, [choose("sheet", "name")], input);
    expect(again.plan).toEqual(plan);
    expect(again.unknown).toHaveLength(1);
  });

  it.each<[string, WorldSpec, string]>([
    [
      "R2: found by its key in a first sync",
      { rows: [buildRow(2, "", "ann@x.com", "Anna")], records: [buildRecord("1", "ann@x.com", "Annie")] },
      "1",
    ],
    [
      "R11: merged into another",
      {
        rows: [buildRow(2, "1", "ann@x.com", "Anna")],
        records: [buildSurvivor(["1"], buildRecord("9", "ann@x.com", "Annie"))],
        snapshot: buildSnapshot({ 1: ["ann@x.com", "Ann", ""] }),
      },
      "9",
    ],
    [
      "R24: its record ID was cleared",
      {
        rows: [buildRow(2, "", "ann@x.com", "Anna")],
        records: [buildRecord("1", "ann@x.com", "Annie")],
        snapshot: buildSnapshot({ 1: ["ann@x.com", "Ann", ""] }),
      },
      "1",
    ],
  ])("F5 works for a pair that is linked by the same plan (%s)", (_what, spec, recordId) => {
    const { input, plan } = settle(spec, choose("sheet", "name", recordId));
    expect(plan.operations.map(({ id }) => id)).toEqual([`l:${recordId}`, `u:${recordId}`]);
    const next = planSync(applyPlanInMemory(input, plan));
    expect(next.conflicts).toEqual([]);
    expect(next.operations).toEqual([]);
  });
});

describe("values that cannot win", () => {
  it("F10 keep the conflict open and say why", () => {
    const plan = settleField({ type: "number" }, { cell: "many", crm: "2", winner: "sheet" });
    expect(plan.conflicts).toHaveLength(1);
    expect(plan.operations).toEqual([]);
    expect(plan.findings).toMatchObject([
      {
        severity: "error",
        rule: "F10",
        field: "field",
        rowNumber: 2,
        message: expect.stringContaining("not a number"),
      },
    ]);
    expect(plan.counts).toMatchObject({ conflicts: 1, errors: 1, notes: 0, updates: 0 });
  });

  it("F10 also where no cell can hold the CRM's text", () => {
    const plan = settleField({}, { cell: "short", crm: "x".repeat(50_000), winner: "crm" });
    expect(plan.conflicts).toHaveLength(1);
    expect(plan.operations).toEqual([]);
    expect(plan.findings).toMatchObject([{ severity: "error", rule: "F10" }]);
  });

  it.each<["sheet" | "crm", Partial<PlanField>, Plan["direction"], string]>([
    ["sheet", { direction: "pull" }, "both", "column's direction"],
    ["crm", { direction: "push" }, "both", "column's direction"],
    ["sheet", {}, "pull", "sync both ways"],
    ["crm", {}, "push", "sync both ways"],
  ])("the %s's in a column %j and a run %s", (winner, column, run, hint) => {
    const plan = settleField({}, { cell: "A", crm: "B", winner, column, run });
    expect(plan.operations).toEqual([]);
    expect(plan.conflicts).toHaveLength(1);
    expect(plan.findings).toMatchObject([{ severity: "error", rule: "F5", message: expect.stringContaining(hint) }]);
  });

  it("F7 the CRM's over a formula: the conflict stays, and both ways out are named", () => {
    const formula: WorldSpec = {
      ...BOTH_CHANGED,
      rows: [buildRow(2, "1", "ann@x.com", "Ann", formulaCell("Bonn"))],
      records: [buildRecord("1", "ann@x.com", "Ann", "Oslo")],
    };
    const { plan } = settle(formula, choose("crm", "city"));
    expect(plan).toMatchObject({ operations: [], conflicts: [{ field: "city" }] });
    expect(plan.findings).toMatchObject([{ severity: "error", rule: "F7", field: "city" }]);
    expect(plan.findings[0]?.message).toMatch(
      /^"City" holds a formula.*Keep the sheet's value, or replace the formula/,
    );
    expect(operation(settle(formula, choose("sheet", "city")).plan, "update").changes).toMatchObject([{ to: "Bonn" }]);
  });

  it("R15 the sheet's key that another record has", () => {
    const taken: WorldSpec = {
      rows: [buildRow(2, "1", "bob@x.com", "Ann", "Rome")],
      records: [buildRecord("1", "anna@x.com", "Ann", "Rome"), buildRecord("2", "bob@x.com")],
      snapshot: buildSnapshot({ 1: BASE }),
    };
    const { before, plan } = settle(taken, choose("sheet", "email"));
    expect(before.conflicts).toMatchObject([{ field: "email", barred: { sheet: { rule: "R15" } } }]);
    expect(plan.conflicts).toHaveLength(1);
    expect(plan.operations.filter(({ kind }) => kind === "update")).toEqual([]);
    expect(plan.findings).toMatchObject([
      { severity: "error", rule: "R15", message: expect.stringContaining("record 2") },
    ]);
    const write = settle(taken, choose("crm", "email")).plan.operations.filter(({ kind }) => kind === "write-cells");
    expect(write).toMatchObject([{ cells: [{ field: "email", to: "tanna@x.com" }] }]);
  });

  it("a field that is no longer mapped", () => {
    const { plan } = settleConflicts(planOf({ field: "gone" }), [choose("sheet", "gone")], { fields: [], zone: UTC });
    expect(plan.conflicts).toHaveLength(1);
    const message = 'The field "gone" is no longer mapped; both values were kept.';
    expect(plan.findings).toMatchObject([{ severity: "error", rule: "F5", message }]);
  });
});

describe("values that win", () => {
  it.each(["keep", "clear"] as const)("F9 a blank cell clears the field, blanks %s: a person said so", (blank) => {
    const plan = settleField({}, { cell: "", crm: "B", winner: "sheet", column: { blank } });
    expect(operation(plan, "update").changes).toMatchObject([{ from: "B", to: "", sheet: "" }]);
    expect(plan.counts).toMatchObject({ updates: 1, clears: 1, conflicts: 0 });
  });

  it("are sent in the form of the field and shown in the form of the cell", () => {
    const options = [
      { value: "a", label: "Alpha" },
      { value: "b", label: "Beta" },
    ];
    const sent = settleField({ type: "choice", options }, { cell: "Alpha", crm: "b", winner: "sheet" });
    expect(operation(sent, "update").changes).toMatchObject([
      { from: "b", to: "a", sheet: "tAlpha", shown: { from: "Beta", to: "Alpha" } },
    ]);
    const shown = settleField({ type: "choice", options }, { cell: "Alpha", crm: "b", winner: "crm" });
    expect(operation(shown, "write-cells").cells).toMatchObject([{ from: "tAlpha", to: "tBeta", crm: "b" }]);
  });

  it("a blank of the CRM empties the cell", () => {
    const plan = settleField({}, { cell: "A", crm: "", winner: "crm" });
    expect(operation(plan, "write-cells").cells).toMatchObject([{ from: "tA", to: "", crm: "" }]);
    expect(plan.counts.clears).toBe(0);
  });

  it("are only remembered where the other side holds them already", () => {
    const sheet = settleField({ type: "number" }, { cell: "2.0", crm: "2", winner: "sheet" });
    expect(sheet.operations).toEqual([]);
    expect(sheet.adoptions).toEqual([{ recordId: "1", field: "field", sheet: "t2.0", crm: "2" }]);
    const crm = settleField({}, { cell: "B", crm: "B", winner: "crm" });
    expect(crm.operations).toEqual([]);
    expect(crm.adoptions).toEqual([{ recordId: "1", field: "field", sheet: "tB", crm: "B" }]);
    expect(crm.conflicts).toEqual([]);
  });
});

const BLANK = { sheet: "", crm: "" };

function withCells(row: ReturnType<typeof buildRow>, more: Readonly<Record<string, string>>) {
  const cells = Object.entries(more).map(([field, text]) => [field, buildCell(text)]);
  return { ...row, cells: { ...row.cells, ...Object.fromEntries(cells) } };
}

function valuesWith(more: Readonly<Record<string, string>>) {
  return { values: { ...buildRecord("1", "ann@x.com", "Annie", "Oslo").values, ...more } };
}
