import type { Direction, GonePolicy, RemovedRowPolicy } from "../../src/domain/mapping";
import type { Plan } from "../../src/domain/plan";
import type { CrmRecord, RecordRead } from "../../src/domain/record";
import type { Row } from "../../src/domain/row";
import { planSync } from "../../src/merge/plan-sync";
import { applyPlanInMemory } from "../support/apply-plan-in-memory";
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
  type WorldSpec,
} from "../support/merge-builders";

const ANN = ["ann@x.com", "Ann", "Rome"] as const;
const BOB = ["bob@x.com", "Bob", "Oslo"] as const;
const two = buildSnapshot({ 1: ANN, 2: BOB });
const bobRow = buildRow(3, "2", ...BOB);
const bob = buildRecord("2", ...BOB);

/** The record of a removed row: as the base knows it, edited in the CRM, deleted there, merged, or not to be read. */
type State = "same" | "changed" | "gone" | "merged" | "unreadable";

function recordsIn(state: State): CrmRecord[] {
  if (state === "same") return [buildRecord("1", ...ANN), bob];
  if (state === "changed") return [buildRecord("1", "ann@x.com", "Ann", "Bonn"), bob];
  return state === "merged" ? [buildSurvivor(["1"], buildRecord("7", ...ANN)), bob] : [bob];
}

const UNREADABLE: RecordRead = { kind: "unreadable", askedId: "1", reason: "no access" };

function removedPlan(state: State, more: WorldSpec = {}): Plan {
  const reads = state === "unreadable" ? { reads: new Map([["1", UNREADABLE]]) } : {};
  return planSync(buildPlanInput({ rows: [bobRow], records: recordsIn(state), snapshot: two, ...reads, ...more }));
}

/** `x:1` an operation · `-1` forgotten · `+1` a tombstone · `R8` a note. */
function inWords(plan: Plan): string {
  const words = [
    ...plan.operations.map(({ id, rule }) => `${id}/${rule}`),
    ...plan.forget.map((id) => `-${id}`),
    ...plan.tombstones.map((id) => `+${id}`),
    ...plan.findings.map(({ rule }) => rule),
  ];
  return words.join(" ");
}

const both = { direction: "both", run: "both" } as const;
const MOVES: Readonly<Record<string, { readonly direction: Direction; readonly run: Direction }>> = {
  both,
  "pull now": { direction: "both", run: "pull" },
  "push now": { direction: "both", run: "push" },
  "only pulls": { direction: "pull", run: "pull" },
  "only pushes": { direction: "push", run: "push" },
};

const LEFT = "-1 +1 R8";
const LEFT_CHANGED = "-1 +1 R9";

/** Per line: what the policy does in a mapping both ways, pulled now, pushed now; one that only pulls; only pushes. */
const REMOVED: readonly (readonly [
  rule: string,
  policy: RemovedRowPolicy,
  state: State,
  expected: readonly string[],
])[] = [
  ["R8", "leave", "same", [LEFT, LEFT, LEFT, LEFT, LEFT]],
  ["R8", "bring-back", "same", ["a:1/R8", "a:1/R8", "", "a:1/R8", LEFT]],
  ["R8", "archive", "same", ["x:1/R8", "", "x:1/R8", LEFT, "x:1/R8"]],
  ["R9", "leave", "changed", [LEFT_CHANGED, LEFT_CHANGED, LEFT_CHANGED, LEFT_CHANGED, LEFT_CHANGED]],
  ["R9", "bring-back", "changed", ["a:1/R9", "a:1/R9", "", "a:1/R9", LEFT_CHANGED]],
  ["R9", "archive", "changed", ["a:1/R9 R9", "a:1/R9 R9", "", LEFT_CHANGED, LEFT_CHANGED]],
  ["R10", "leave", "gone", ["-1", "-1", "-1", "-1", "-1"]],
  ["R10", "bring-back", "gone", ["-1", "-1", "-1", "-1", "-1"]],
  ["R10", "archive", "gone", ["-1", "-1", "-1", "-1", "-1"]],
  ["R11", "leave", "merged", ["-1 +1", "-1 +1", "-1 +1", "-1 +1", "-1 +1"]],
  ["R11", "bring-back", "merged", ["a:7/R8 -1", "a:7/R8 -1", "", "a:7/R8 -1", "-1 +1"]],
  ["R11", "archive", "merged", ["-1 +1", "-1 +1", "-1 +1", "-1 +1", "-1 +1"]],
  ["R12", "leave", "unreadable", ["-1 +1", "-1 +1", "-1 +1", "-1 +1", "-1 +1"]],
  ["R12", "bring-back", "unreadable", ["R12", "R12", "R12", "R12", "-1 +1"]],
  ["R12", "archive", "unreadable", ["R12", "R12", "R12", "-1 +1", "R12"]],
];

const CELLS = REMOVED.flatMap(([rule, policy, state, expected]) =>
  Object.keys(MOVES).map((move, at) => [rule, policy, state, move, expected[at] ?? ""] as const),
);

describe("records whose row was removed", () => {
  it.each(CELLS)("%s %s, record %s, mapping %s: %s", (_rule, removedRows, state, move, expected) => {
    expect(inWords(removedPlan(state, { removedRows, ...MOVES[move] }))).toBe(expected);
  });

  it.each<[RemovedRowPolicy, State]>(
    (["leave", "bring-back", "archive"] as const).flatMap((policy) =>
      (["same", "changed", "gone", "merged", "unreadable"] as const).map(
        (state) => [policy, state] as [RemovedRowPolicy, State],
      ),
    ),
  )("R22 %s, record %s: nothing is inferred after the mapping changed", (removedRows, state) => {
    expect(inWords(removedPlan(state, { removedRows, mayDelete: false }))).toBe("R22");
  });

  it.each<State>(["same", "changed", "gone"])("R19 record %s: nothing is inferred from a damaged base", (state) => {
    expect(inWords(removedPlan(state, { removedRows: "archive", baseDamaged: true }))).toBe("R19");
  });

  it.each<State>(["same", "changed", "gone"])(
    "F4 record %s: a write without answer keeps the pair waiting",
    (state) => {
      const plan = removedPlan(state, { removedRows: "archive", quarantined: new Set(["1"]) });
      expect(inWords(plan)).toBe("F4");
    },
  );

  it("R8 archives only what still holds the values that the plan saw", () => {
    const plan = removedPlan("same", { removedRows: "archive" });
    expect(plan.operations).toMatchObject([
      { kind: "archive", recordId: "1", rowNumber: null, expected: { email: "ann@x.com", name: "Ann", city: "Rome" } },
    ]);
    expect(plan.forget).toEqual([]);
  });

  it("R9 says why the row comes back under archive", () => {
    expect(removedPlan("changed", { removedRows: "archive" }).findings[0]?.message).toContain("changed in the CRM");
  });

  it.each<[State, WorldSpec, string, RegExp]>([
    ["same", {}, "Ann Rome (ann@x.com)", /^Its row was removed.* stays in the CRM and is not brought back\.$/],
    ["unreadable", { removedRows: "archive" }, "Record 1", /could not be read\. The next sync looks again\.$/],
    [
      "same",
      { mayDelete: false },
      "Removed rows",
      /^The mapping changed since the last run, so rows .* nothing was deleted/,
    ],
    ["same", { baseDamaged: true }, "Removed rows", /^What the last run remembered is damaged, so rows /],
    ["same", { quarantined: new Set(["1"]) }, "Record 1", /was sent but not confirmed by the CRM/],
  ])("R8 says what became of a removed row, record %s, %j", (state, more, title, message) => {
    const [note, ...others] = removedPlan(state, more).findings;
    expect(others).toEqual([]);
    expect(note).toMatchObject({ severity: "note", rowNumber: null, field: null, title });
    expect(note?.message).toMatch(message);
  });

  it("R8 a field that was mapped since and has no base proves no change", () => {
    const { city: _city, ...known } = two.get("1") ?? {};
    const snapshot = new Map([...two, ["1", known]]);
    expect(inWords(removedPlan("same", { removedRows: "archive", snapshot }))).toBe("x:1/R8");
  });

  it("R8 expects blanks where the record holds nothing", () => {
    const records = [{ ...buildRecord("1"), values: { email: "ann@x.com" } }, bob];
    const snapshot = buildSnapshot({ 1: ["ann@x.com"], 2: BOB });
    expect(removedPlan("same", { removedRows: "archive", records, snapshot }).operations).toMatchObject([
      { expected: { email: "ann@x.com", name: "", city: "" } },
    ]);
  });

  it("R8 takes the end of another row's id for no mark of an unlinked row", () => {
    const rows = [buildRow(3, "unlinkes:1", ...BOB)];
    expect(inWords(removedPlan("same", { removedRows: "archive", rows })).split(" ")).toContain("x:1/R8");
  });

  it("R9 takes a pair without any base for changed", () => {
    const snapshot = new Map([...two, ["1", {}]]);
    expect(inWords(removedPlan("same", { removedRows: "archive", snapshot }))).toBe("a:1/R9 R9");
  });

  it("R8 a change that comparison ignores is no change", () => {
    const records = [buildRecord("1", "ANN@x.com", "Ann", "Rome"), bob];
    expect(inWords(removedPlan("same", { removedRows: "archive", records }))).toBe("x:1/R8");
  });

  it("R8 brings a row back with the values that the CRM has now, and the base starts anew", () => {
    const fields = [
      buildPlanField(EMAIL),
      buildPlanField(NAME, { formulaColumn: true }),
      buildPlanField(CITY, { direction: "push", blank: "clear" }),
    ];
    const input = buildPlanInput({
      rows: [bobRow],
      records: recordsIn("changed"),
      snapshot: two,
      removedRows: "bring-back",
      fields,
    });
    const plan = planSync(input);
    expect(plan.operations).toMatchObject([
      {
        kind: "append-row",
        cells: [{ field: "email", to: "tann@x.com", rule: "R9" }],
      },
    ]);
    const [append] = plan.operations;
    expect(append?.kind === "append-row" && append.blanks).toEqual({ name: "Ann", city: "Bonn" });
    expect(plan.forget).toEqual([]);
    // The cells that stay blank were filled in the base: nobody may take them for emptied (F9).
    expect(planSync(applyPlanInMemory(input, plan))).toMatchObject({ operations: [], conflicts: [], findings: [] });
  });

  it("R8 leaves nothing blank that the row can show, and drops no tombstone that is not there", () => {
    const plan = removedPlan("same", { removedRows: "bring-back" });
    expect(plan.operations).toHaveLength(1);
    expect(plan.operations[0]).not.toHaveProperty("blanks");
    expect(plan.revive).toEqual([]);
  });

  it("R8 drops the tombstone of a record whose row comes back", () => {
    expect(removedPlan("same", { removedRows: "bring-back", tombstones: new Set(["1"]) }).revive).toEqual(["1"]);
  });

  it("R8 brings no survivor back that has a row, or that two removed rows lead to, twice", () => {
    const survivor = buildSurvivor(["1", "3"], buildRecord("7", ...ANN));
    const snapshot = buildSnapshot({ 1: ANN, 3: ANN });
    const merged = planSync(buildPlanInput({ records: [survivor], snapshot, removedRows: "bring-back" }));
    expect(inWords(merged)).toBe("a:7/R8 -1 -3");
    const rows = [buildRow(2, "7", ...ANN)];
    const held = planSync(buildPlanInput({ rows, records: [survivor], snapshot, removedRows: "bring-back" }));
    expect(inWords(held)).toBe("-1 -3 +1 +3");
  });

  it("R6 an unlinked row was kept: its record is not archived and not brought back", () => {
    const rows = [bobRow, buildRow(2, "unlinked:1", ...ANN)];
    for (const removedRows of ["archive", "bring-back", "leave"] as const) {
      expect(inWords(removedPlan("same", { rows, removedRows }))).toBe("-1 +1");
    }
    expect(inWords(removedPlan("gone", { rows }))).toBe("-1");
  });
});

describe("R24 removed or only without its id", () => {
  const ERROR = { kind: "unreadable", text: "#REF!" } as const;
  const judged = (rows: WorldSpec["rows"] = []) =>
    removedPlan("same", { rows: [bobRow, ...rows], removedRows: "archive" }).operations.map(({ id }) => id);

  it.each([
    ["a row without id", buildRow(4, "", "ann@x.com", "Anna")],
    ["a row whose create is on its way", buildRow(4, "pending:t1", "ann@x.com")],
    ["a row with an id that the CRM does not know", buildRow(4, "999", "ann@x.com")],
    ["a copy that is frozen", buildRow(4, "2", "ann@x.com")],
  ])("R24 its key stands in %s: it is not judged", (_title, row) => {
    expect(judged([row])).not.toContain("x:1");
  });

  it.each([
    ["all its values stand in a row without key", buildRow(4, "", "", "Ann", "Rome"), ["", "Ann", "Rome"]],
    ["all its values that can be read", buildRow(4, "", "", "Ann", ERROR), ["", "Ann", "Rome"]],
    ["its key cannot be read, the rest is its own", buildRow(4, "", ERROR, "Ann", "Rome"), ANN],
  ])("R24 %s: it is not judged", (_title, row, values) => {
    const snapshot = buildSnapshot({ 1: values });
    const plan = planSync(
      buildPlanInput({ rows: [row], records: [buildRecord("1", ...values)], snapshot, removedRows: "archive" }),
    );
    expect(plan.operations.filter(({ kind }) => kind === "archive")).toEqual([]);
    expect([...plan.forget, ...plan.tombstones]).toEqual([]);
  });

  describe("R24 a pair without key", () => {
    const ann = ["", "Ann", "Rome"] as const;
    const isArchived = (row: Row) => {
      const spec = { rows: [row], records: [buildRecord("1", ...ann)], snapshot: buildSnapshot({ 1: ann }) };
      return planSync(buildPlanInput({ ...spec, removedRows: "archive" })).operations.some(({ id }) => id === "x:1");
    };

    it.each([
      ["all its values", ["", "Ann", "Rome"], false],
      ["all its values that can be read", ["", "Ann", ERROR], false],
      ["another value beside one that cannot be read", ["", "Eve", ERROR], true],
      ["another value", ["", "Ann", "Oslo"], true],
      ["a key, which the pair's row had not, and a cell that cannot be read", ["eve@x.com", "Ann", ERROR], true],
    ] as const)("R24 with %s in a row of nobody", (_title, cells, expected) => {
      for (const id of ["999", "pending:t1"]) expect(isArchived(buildRow(4, id, ...cells))).toBe(expected);
    });
  });

  it("R24 a row of a pair of its own is no reason to wait, though its record is gone and it got the key", () => {
    const rows = [buildRow(3, "2", "ann@x.com", "Bob", "Oslo")];
    const records = [buildRecord("1", ...ANN)];
    const plan = planSync(buildPlanInput({ rows, records, snapshot: two, removedRows: "archive" }));
    expect(inWords(plan)).toBe("x:1/R8 R7");
  });

  it("R24 a row with another key is no reason to wait", () => {
    expect(judged([buildRow(4, "", "eve@x.com", "Ann", "Rome")])).toContain("x:1");
  });

  it("R24 a row that was unlinked is no reason to wait: its key blocks nothing", () => {
    expect(judged([buildRow(4, "unlinked:5", ...ANN)])).toContain("x:1");
  });

  it("R24 a row with an unreadable cell is not created while it may be the row of a pair", () => {
    const snapshot = buildSnapshot({ 1: ["", "Ann", "Rome"] });
    const rows = [buildRow(4, "", "", "Ann", ERROR)];
    const plan = planSync(buildPlanInput({ rows, records: [buildRecord("1", "", "Ann", "Rome")], snapshot }));
    expect(inWords(plan)).toBe("R24");
  });
});

describe("rows whose record is gone", () => {
  const row = buildRow(2, "1", ...ANN);
  const gonePlan = (more: WorldSpec = {}) =>
    planSync(buildPlanInput({ rows: [row, bobRow], records: [bob], snapshot: two, ...more }));

  it.each<[GonePolicy, readonly string[]]>([
    ["mark", ["R6", "R6", "R6"]],
    ["remove-row", ["d:1/R6", "d:1/R6", "R6"]],
    ["unlink", ["n:1/R6", "n:1/R6", "n:1/R6"]],
  ])("R6 %s, in a run both ways, that pulls, that pushes: %j", (gone, expected) => {
    const runs: readonly Direction[] = ["both", "pull", "push"];
    expect(runs.map((run) => inWords(gonePlan({ gone, run })))).toEqual(expected);
  });

  it("R6 removes the row only while it shows what the plan saw, unmapped cells and all", () => {
    expect(gonePlan({ gone: "remove-row" }).operations).toMatchObject([
      { rowNumber: 2, row: { email: "tann@x.com", name: "tAnn", city: "tRome" }, onlyIfUnmappedBlank: false },
    ]);
  });

  it.each<GonePolicy>(["remove-row", "unlink"])("R6 %s leaves the base to the run that does it", (gone) => {
    expect(gonePlan({ gone })).toMatchObject({ forget: [], tombstones: [] });
  });

  it.each<GonePolicy>(["mark", "remove-row", "unlink"])("R7 keeps the row with its edit under %s", (gone) => {
    const rows = [buildRow(2, "1", "ann@x.com", "Anna", "Rome"), bobRow];
    expect(inWords(gonePlan({ gone, rows }))).toBe("R7");
  });

  it.each<GonePolicy>(["remove-row", "unlink"])("R7 a formula that shows another value is an edit under %s", (gone) => {
    const rows = [buildRow(2, "1", "ann@x.com", formulaCell("Anna"), "Rome"), bobRow];
    expect(inWords(gonePlan({ gone, rows }))).toBe("R7");
  });

  it.each<GonePolicy>(["remove-row", "unlink"])("R22 R19 %s only marks when nothing may be inferred", (gone) => {
    expect(inWords(gonePlan({ gone, mayDelete: false }))).toBe("R6");
    expect(inWords(gonePlan({ gone, baseDamaged: true }))).toBe("R6");
  });

  it.each<GonePolicy>(["remove-row", "unlink"])("R13 %s only marks while copies of the row stand", (gone) => {
    const rows = [row, bobRow, buildRow(4, "1", "copy@x.com")];
    expect(inWords(gonePlan({ gone, rows })).split(" ")).toEqual(["R13", "R6"]);
  });

  it("R6 an unlinked row takes no part, claims nothing, and its key blocks nothing", () => {
    const rows = [buildRow(2, "unlinked:1", ...ANN), buildRow(3, "", ...ANN)];
    const plan = planSync(buildPlanInput({ rows }));
    expect(plan.operations.map(({ id }) => id)).toEqual(["c:3"]);
    expect(plan).toMatchObject({ findings: [], counts: { ignoredRows: 0 } });
    const listed = planSync(buildPlanInput({ rows: rows.slice(0, 1), records: [buildRecord("1", ...ANN)] }));
    expect(listed.operations.map(({ id }) => id)).toEqual(["a:1"]);
  });

  it.each<GonePolicy>(["remove-row", "unlink"])("I5 %s leaves nothing to do", (gone) => {
    const input = buildPlanInput({ rows: [row, bobRow], records: [bob], snapshot: two, gone });
    const next = applyPlanInMemory(input, planSync(input));
    expect(inWords(planSync(next))).toBe("");
    expect(next.snapshot.has("1")).toBe(false);
    expect(next.rows.map((one) => one.recordId)).toEqual(gone === "unlink" ? ["unlinked:1", "2"] : ["2"]);
  });
});
