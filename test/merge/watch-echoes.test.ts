import { type EchoState, type EchoWrite, NO_ECHOES } from "../../src/domain/echo";
import type { Effect } from "../../src/domain/effect";
import type { Plan } from "../../src/domain/plan";
import { planSync } from "../../src/merge/plan-sync";
import { fightFindings, stoppedFields, stoppedText, watchEchoes } from "../../src/merge/watch-echoes";
import {
  buildPlanField,
  buildPlanInput,
  buildRecord,
  buildRow,
  buildShadow,
  CITY,
  EMAIL,
  type WorldSpec,
} from "../support/merge-builders";

const FIELDS = [buildPlanField(EMAIL), buildPlanField(CITY, { header: "Town" })];

/** Both sides of one city and what the last run knew of them. */
interface Field {
  readonly sheet: string;
  readonly crm: string;
  readonly base: { readonly sheet: string; readonly crm: string } | null;
  readonly state: EchoState;
}

const START: Field = { sheet: "Rome", crm: "Rome", base: { sheet: "tRome", crm: "Rome" }, state: NO_ECHOES };

/** One run over the field: the plan, applied, and what F12 makes of it. */
function run(
  field: Field,
  more: WorldSpec = {},
): { next: Field; messages: readonly string[]; notes: number; plan: Plan } {
  const shadows = { email: buildShadow(EMAIL, "ann@x.com"), ...(field.base ? { city: field.base } : {}) };
  const plan = planSync(
    buildPlanInput({
      rows: [buildRow(2, "1", "ann@x.com", "", field.sheet)],
      records: [buildRecord("1", "ann@x.com", "", field.crm)],
      snapshot: new Map([["1", shadows]]),
      fields: FIELDS,
      stopped: stoppedFields(field.state),
      echoes: field.state,
      ...more,
    }),
  );
  let { sheet, crm, base } = field;
  const effects: Effect[] = [];
  const about = { recordId: "1", title: "Ann", field: "city" };
  for (const operation of plan.operations) {
    if (operation.kind === "update") {
      crm = operation.changes[0]?.to ?? "";
      effects.push({ ...about, kind: "field", before: field.crm, after: crm, sheet: `t${sheet}`, loser: false });
    } else if (operation.kind === "write-cells") {
      sheet = (operation.cells[0]?.to ?? "").slice(1);
      effects.push({ ...about, kind: "cell", before: `t${field.sheet}`, after: `t${sheet}`, crm, loser: false });
    }
  }
  if (effects.length > 0 || plan.adoptions.length > 0) base = { sheet: `t${sheet}`, crm };
  const state = watchEchoes(field.state, { plan, effects });
  const told = plan.findings.filter(({ rule }) => rule === "F12");
  const messages = told.filter(({ severity }) => severity === "error").map(({ message }) => message);
  return { next: { sheet, crm, base, state }, messages, notes: told.length - messages.length, plan };
}

/** Runs with what people or machines do to the field before each. */
function runs(steps: readonly Partial<Field>[], start: Field = START) {
  const messages: string[][] = [];
  const notes: number[] = [];
  let field = start;
  for (const step of steps) {
    const done = run({ ...field, ...step });
    field = done.next;
    messages.push([...done.messages]);
    notes.push(done.notes);
  }
  return { field, messages: messages.map((list) => list.length), texts: messages.flat(), notes };
}

const FIGHT = [{ sheet: "Oslo" }, { crm: "Bonn" }, { sheet: "Oslo" }, { crm: "Bonn" }];

describe("F12 a field that somebody's automation fights", () => {
  it("F12 stops when what was sent came back changed twice in three runs, is an error once and a note of the row from then on", () => {
    const { field, messages, texts, notes } = runs([...FIGHT, {}, {}]);
    expect(messages).toEqual([0, 0, 0, 1, 0, 0]);
    expect(notes).toEqual([0, 0, 0, 0, 1, 1]);
    expect([...stoppedFields(field.state)]).toEqual(["1\ncity"]);
    expect(texts[0]).toMatch(/^"Town".*"Oslo" was written and came back as "Bonn".*in the CRM/);
  });

  it("F12 stops when what was written into the sheet came back changed twice", () => {
    const steps = [{ crm: "Bonn" }, { sheet: "Oslo" }, { crm: "Bonn" }, { sheet: "Oslo" }];
    const { messages, texts } = runs(steps);
    expect(messages).toEqual([0, 0, 0, 1]);
    expect(texts[0]).toMatch(/"Bonn" was written and came back as "Oslo".*in the sheet/);
  });

  it.each([
    [
      "sends other values that one value replaces",
      [{ sheet: "A" }, { crm: "Bonn" }, { sheet: "B" }, { crm: "Bonn" }],
      1,
    ],
    ["sends one value that others replace", [{ sheet: "A" }, { crm: "X" }, { sheet: "A" }, { crm: "Y" }], 1],
    ["people who overwrite each other", [{ sheet: "A" }, { crm: "X" }, { sheet: "B" }, { crm: "Y" }], 0],
    ["comes back once", [{ sheet: "Oslo" }, { crm: "Bonn" }, {}, {}], 0],
    [
      "comes back twice, more than three runs apart",
      [{ sheet: "Oslo" }, { crm: "Bonn" }, {}, { sheet: "Oslo" }, { crm: "Bonn" }],
      0,
    ],
    ["is changed by one side only", [{ sheet: "A" }, { sheet: "B" }, { sheet: "A" }, { sheet: "B" }], 0],
    [
      "finds one value once on either side",
      [{ sheet: "Oslo" }, { crm: "Bonn" }, { crm: "Rome" }, { sheet: "Bonn" }],
      0,
    ],
    [
      "is the same on both sides",
      [
        { sheet: "A", crm: "A" },
        { sheet: "B", crm: "B" },
        { sheet: "A", crm: "A" },
      ],
      0,
    ],
  ])("F12 counts a field that %s", (_title, steps, expected) => {
    expect(runs(steps).texts).toHaveLength(expected);
  });

  it("F12 counts values that a conflict policy sends over a change", () => {
    const policy = { policy: "sheet-wins" } as const;
    let field: Field = run({ ...START, sheet: "A" }, policy).next;
    const second = run({ ...field, sheet: "B", crm: "Bonn" }, policy);
    expect(second.plan.operations).toMatchObject([{ changes: [{ rule: "F5", to: "B" }] }]);
    field = second.next;
    const last = run({ ...field, sheet: "C", crm: "Bonn" }, policy);
    expect(last.messages).toHaveLength(1);
    expect(last.plan).toMatchObject({ operations: [], conflicts: [], stopped: ["1\ncity"] });
  });

  it("F12 counts a cell that somebody's script empties", () => {
    const fields = [buildPlanField(EMAIL), buildPlanField(CITY, { header: "Town", blank: "clear" })];
    let field: Field = START;
    const messages: string[] = [];
    for (const step of [{ crm: "Bonn" }, { sheet: "" }, { crm: "Bonn" }, { sheet: "" }]) {
      const done = run({ ...field, ...step }, { fields });
      field = done.next;
      messages.push(...done.messages);
    }
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/"Bonn" was written and came back as "".*in the sheet/);
  });

  it("F12 counts an open conflict as a change of both sides", () => {
    let field: Field = run({ ...START, sheet: "A" }).next;
    field = run({ ...field, crm: "Bonn" }).next;
    field = run({ ...field, sheet: "A" }).next;
    const last = run({ ...field, sheet: "C", crm: "Bonn" });
    expect(last.messages).toHaveLength(1);
    expect(last.plan).toMatchObject({ operations: [], conflicts: [], counts: { errors: 1 } });
  });

  it("F12 leaves both sides as the fight left them, so that nothing hides it", () => {
    const { field } = runs(FIGHT);
    expect(field).toMatchObject({ sheet: "Oslo", crm: "Bonn" });
  });

  it("F12 plans nothing while it is stopped, and goes on when both sides are equal", () => {
    const { field } = runs(FIGHT);
    const stopped = run({ ...field, sheet: "Oslo" });
    expect(stopped.plan).toMatchObject({ operations: [], stopped: ["1\ncity"] });
    expect(stoppedFields(stopped.next.state).size).toBe(1);
    expect(stopped.next.state.fields).toEqual({ "1\ncity": { stopped: true, writes: [] } });
    const released = run({ ...stopped.next, sheet: "Bonn" });
    expect(released.plan.stopped).toEqual([]);
    expect(released.next.state.fields).toEqual({});
    expect(stoppedFields(released.next.state).size).toBe(0);
    expect(run({ ...released.next, sheet: "Oslo" }).plan.operations).toHaveLength(1);
  });

  it("F12 forgets fields that nothing was written to for three runs", () => {
    expect(Object.keys(runs([{ sheet: "Oslo" }]).field.state.fields)).toEqual(["1\ncity"]);
    expect(Object.keys(runs([{ sheet: "Oslo" }, {}, {}, {}]).field.state.fields)).toEqual([]);
  });

  it("F12 watches no mass change", () => {
    const plan = planSync(buildPlanInput());
    const effects = (count: number): Effect[] =>
      Array.from({ length: count }, (_, at) => ({
        kind: "field",
        recordId: `${at}`,
        title: "",
        field: "city",
        before: "",
        after: "A",
        sheet: "tA",
        loser: false,
      }));
    const watch = (count: number) => watchEchoes(NO_ECHOES, { plan, effects: effects(count) });
    expect(Object.keys(watch(2_000).fields)).toHaveLength(2_000);
    expect(Object.keys(watch(2_001).fields)).toHaveLength(0);
  });

  it("F12 keeps long texts short", () => {
    const long = `${"x".repeat(40_000)}end`;
    const { field } = runs([{ sheet: long }]);
    const kept = `${"x".repeat(50)}…${"x".repeat(17)}end (40003 characters)`;
    const writes = [{ side: "crm", run: 1, wrote: kept, found: null }];
    expect(field.state.fields).toEqual({ "1\ncity": { stopped: false, writes } });
    const short = "y".repeat(80);
    expect(runs([{ sheet: short }]).field.state.fields["1\ncity"]?.writes).toMatchObject([{ wrote: short }]);
    expect(runs([{ sheet: long }, { crm: "Bonn" }, { sheet: long }, { crm: "Bonn" }]).texts).toHaveLength(1);
  });

  it("F12 leaves an undo out of the count", () => {
    const { field } = runs(FIGHT.slice(0, 3));
    const plan = { ...planSync(buildPlanInput()), undoOf: "r1" };
    expect(watchEchoes(field.state, { plan, effects: [] })).toBe(field.state);
  });

  it("F12 says on a row that waits how it goes on", () => {
    const { field } = runs(FIGHT);
    const notes = run(field).plan.findings.filter(({ rule }) => rule === "F12");
    expect(notes).toMatchObject([{ severity: "note", rowNumber: 2, field: "city" }]);
    expect(notes[0]?.message).toBe(stoppedText({ header: "Town" }));
    expect(stoppedText({ header: "Town" })).toMatch(
      /^"Town" is not synced.*Make both sides equal, or save the mapping/,
    );
  });

  it("F12 names a fight that this plan says nothing about by its record and field", () => {
    const fight: EchoWrite = { side: "sheet", run: 3, wrote: "A", found: { run: 4, value: "B" } };
    const findings = fightFindings(new Map([["77\ncity", fight]]), planSync(buildPlanInput()), {});
    expect(findings).toMatchObject([
      { severity: "error", rule: "F12", rowNumber: null, recordId: "77", field: "city", title: "Record 77" },
    ]);
    expect(findings[0]?.message).toMatch(/^"city" is no longer synced.*"A" was written and came back as "B"/);
  });

  it("F12 counts what a run did to whole rows and records for nothing", () => {
    const plan = planSync(buildPlanInput());
    const effect: Effect = { recordId: "1", title: "", kind: "appended", cells: { city: "tA" } };
    expect(watchEchoes(NO_ECHOES, { plan, effects: [effect] }).fields).toEqual({});
  });

  describe("what a run finds in place of what was written", () => {
    const written = (side: "sheet" | "crm", run: number, wrote: string): EchoWrite => ({
      side,
      run,
      wrote,
      found: null,
    });
    const watched = (writes: readonly EchoWrite[], run = 2): EchoState => ({
      version: 1,
      run,
      fields: { "1\ncity": { stopped: false, writes } },
    });
    /** A plan in which both sides of the city changed. */
    const bothChanged = (sheet: string, crm: string): Plan => {
      const plan = planSync(buildPlanInput());
      const at = { recordId: "1", title: "Ann", rowNumber: 2, field: "city", base: null, rule: "F5" } as const;
      return { ...plan, conflicts: [{ ...at, sheet: `t${sheet}`, crm }] };
    };
    const writesAfter = (state: EchoState, plan: Plan) =>
      watchEchoes(state, { plan, effects: [] }).fields["1\ncity"]?.writes;

    it("F12 notes it on the last write of each side", () => {
      const state = watched([written("sheet", 1, "Z"), written("sheet", 1, "A"), written("crm", 2, "B")]);
      expect(writesAfter(state, bothChanged("X", "Y"))?.map(({ found }) => found)).toEqual([
        null,
        { run: 3, value: "X" },
        { run: 3, value: "Y" },
      ]);
    });

    it("F12 notes nothing where what was written still stands", () => {
      const state = watched([written("sheet", 1, "A"), written("crm", 2, "B")]);
      expect(writesAfter(state, bothChanged("A", "Y"))?.map(({ found }) => found?.value)).toEqual([undefined, "Y"]);
    });

    it("F12 keeps what an earlier run found there", () => {
      const seen: EchoWrite = { ...written("crm", 1, "B"), found: { run: 2, value: "Q" } };
      expect(writesAfter(watched([seen]), bothChanged("X", "Y"))).toEqual([seen]);
    });
  });

  it("F12 is plain JSON", () => {
    const { state } = runs(FIGHT).field;
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });
});
