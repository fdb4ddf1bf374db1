import type { Finding } from "../../src/domain/plan";
import { settlePending } from "../../src/engine/settle/settle-pending";
import { type RunDocument, saveRun } from "../../src/state/run-document";
import { COMPANIES, CONTACTS, type Cut, EngineTrial, KEYLESS, type TrialKind } from "./engine-trial";
import { createOf } from "./trial-operations";

const MINUTE = 60_000;

const ROWS: Readonly<Record<TrialKind["objectType"], readonly (readonly string[])[]>> = {
  contacts: [
    ["a@x.com", "Ann", "Rome", ""],
    ["b@x.com", "Bob", "Oslo", ""],
  ],
  companies: [
    ["Acme", "1", "Rome", ""],
    ["Bolt", "2", "Oslo", ""],
  ],
};

/** A run that created rows 2 and 3 and got no answer. */
function unanswered(kind: TrialKind, applied: "all" | "none" | "half", rows = ROWS[kind.objectType]): EngineTrial {
  const trial = new EngineTrial(kind, rows);
  trial.begin(rows.map((_, at) => createOf(trial, at + 2)));
  trial.crm.faults.next("write", { kind: "unknown", applied });
  const run = trial.step();
  expect(run).toMatchObject({ phase: "done", totals: { created: 0, errors: rows.length } });
  expect(trial.ids()).toEqual(rows.map((_, at) => `pending:t${at + 1}`));
  return trial;
}

interface Settled {
  readonly run: RunDocument;
  readonly findings: readonly Finding[];
  readonly rows: readonly string[];
}

/** The next run comes to its plan; null: it was killed. */
function settle(trial: EngineTrial, cut: Cut | null = null): Settled | null {
  return trial.execute((deps) => {
    const stored = trial.run();
    if (stored === null) throw new Error("no run");
    const next: RunDocument = {
      ...stored,
      id: "r2",
      phase: "reading",
      totals: { ...stored.totals, ...NONE },
      messages: [],
    };
    const schema = deps.crm.describe(trial.kind.objectType);
    const { run, findings, table } = settlePending(deps, next, { table: deps.table.read(), schema });
    return { run, findings, rows: table.rows.map((row) => row.recordId) };
  }, cut);
}

const NONE = { processed: 0, successes: 0, errors: 0, skipped: 0, created: 0 };

const idsOf = (trial: EngineTrial) => trial.records().map(({ id }) => id);
const asked = (trial: EngineTrial) => trial.calls.filter((call) => call === "crm.find").length;

describe("creates without an answer", () => {
  it.each([
    ["a unique key", CONTACTS],
    ["a key that several may hold", COMPANIES],
  ])("with %s: are adopted at once where they were made: row, base, undo and totals", (_what, kind) => {
    const trial = unanswered(kind, "all");
    const settled = settle(trial);
    expect(trial.ids()).toEqual(idsOf(trial));
    expect(settled).toMatchObject({ findings: [], rows: idsOf(trial), run: { totals: { processed: 2, created: 2 } } });
    const [id = ""] = idsOf(trial);
    const [name] = kind.fields;
    const [[shown = ""] = []] = ROWS[kind.objectType];
    expect(trial.base()[id]?.[name]).toEqual({ sheet: `t${shown}`, crm: shown });
    expect(trial.effects("r2").map((effect) => [effect.kind, effect.recordId])).toEqual(
      idsOf(trial).map((one) => ["created", one]),
    );
    expect(trial.pending()).toEqual([]);
    expect(settle(trial)?.run.totals.processed).toBe(0);
    expect(asked(trial)).toBe(0);
  });

  it("keep edits that were made to their rows meanwhile: the base is what was sent", () => {
    const trial = unanswered(CONTACTS, "all");
    trial.grid.user.type(trial.tabId, 2, 3, "Kiel");
    trial.grid.user.sortRows(trial.tabId, 2, 1, false);
    settle(trial);
    const [ann = "", bob] = idsOf(trial);
    expect(trial.rows()).toEqual([
      ["b@x.com", "Bob", "Oslo", bob],
      ["a@x.com", "Ann", "Kiel", ann],
    ]);
    expect(trial.base()[ann]?.city).toEqual({ sheet: "tRome", crm: "Rome" });
  });

  it("are looked for by the key that was sent, whatever the row says by now", () => {
    const trial = unanswered(CONTACTS, "all");
    trial.grid.user.type(trial.tabId, 2, 1, "new@x.com");
    settle(trial);
    const [ann = ""] = idsOf(trial);
    expect(trial.rows()[0]).toEqual(["new@x.com", "Ann", "Rome", ann]);
    expect(trial.base()[ann]?.email).toEqual({ sheet: "ta@x.com", crm: "a@x.com" });
  });

  it("are adopted where the record was changed since: what it still holds is in step, the other fields are compared (F6)", () => {
    const trial = unanswered(CONTACTS, "all");
    const [ann = "", bob = ""] = idsOf(trial);
    trial.crm.world.update("contacts", ann, { city: "Kiel" });
    settle(trial);
    expect(trial.ids()).toEqual([ann, bob]);
    expect(Object.keys(trial.base()).sort()).toEqual([ann, bob].sort());
    expect(trial.base()[ann]).toMatchObject({ email: { crm: "a@x.com" }, firstname: { crm: "Ann" } });
    expect(trial.base()[ann]).not.toHaveProperty("city");
  });

  it("with a unique key: link the record that somebody else made with it, with the fields that are equal as base", () => {
    const trial = unanswered(CONTACTS, "none");
    const id = trial.crm.world.create("contacts", { email: "a@x.com", firstname: "Anna" });
    settle(trial);
    expect(trial.ids()).toEqual([id, "pending:t2"]);
    expect(trial.base()).toEqual({ [id]: { email: { sheet: "ta@x.com", crm: "a@x.com" } } });
  });

  it("that share a row number of two runs are each settled by what they sent themselves", () => {
    const trial = unanswered(CONTACTS, "all");
    // Another new row comes to stand where the first one was, and a later run creates it without an answer as well.
    trial.grid.user.insertRows(trial.tabId, 2, 1);
    trial.grid.user.paste(trial.tabId, 2, 1, [["c@x.com", "Cy", "Bern"]]);
    trial.clock.advance(MINUTE);
    trial.begin([createOf(trial, 2)], "r3");
    trial.crm.faults.next("write", { kind: "unknown", applied: "all" });
    trial.step();
    expect(trial.pending().map(({ operation }) => operation.id)).toEqual(["c:2", "c:3", "c:2"]);
    settle(trial);
    const byMail = Object.fromEntries(trial.records().map(({ id, values }) => [values.email, id]));
    expect(trial.rows().map(([email = "", , , id]) => [email, id])).toEqual(
      ["c@x.com", "a@x.com", "b@x.com"].map((email) => [email, byMail[email]]),
    );
  });
});

describe("creates without an answer that are not found", () => {
  it.each([
    ["a unique key: a minute after they were sent", CONTACTS, [59_999], [1]],
    ["a key that several may hold: after a second look, a minute after the first", COMPANIES, [0, 59_999], [1]],
    ["that key, when the first look came late", COMPANIES, [90_000, 59_999], [1]],
  ])("with %s: give their rows free, and not sooner", (_what, kind, waits, last) => {
    const trial = unanswered(kind, "none");
    for (const wait of waits) {
      trial.clock.advance(wait);
      const settled = settle(trial);
      expect(trial.ids()).toEqual(["pending:t1", "pending:t2"]);
      expect(settled?.findings).toMatchObject([
        { severity: "note", rowNumber: 2, message: expect.stringContaining("looked for again") },
        { severity: "note", rowNumber: 3 },
      ]);
    }
    for (const wait of last) trial.clock.advance(wait);
    expect(settle(trial)).toMatchObject({ findings: [], rows: ["", ""], run: { totals: NONE } });
    expect(trial.pending()).toEqual([]);
    expect(trial.base()).toEqual({});
  });

  it("remember the first look, not the last one, and write nothing when nothing changes", () => {
    const trial = unanswered(COMPANIES, "none");
    const [sent] = trial.pending();
    trial.clock.advance(10_000);
    settle(trial);
    const firstMs = (sent?.sentMs ?? 0) + 10_000;
    expect(trial.pending().map(({ missedMs }) => missedMs)).toEqual([firstMs, firstMs]);
    trial.clock.advance(10_000);
    settle(trial);
    expect(trial.pending().map(({ missedMs }) => missedMs)).toEqual([firstMs, firstMs]);
    expect(trial.calls.filter((call) => call === "sheet.writeValues")).toEqual([]);
  });

  it.each([
    ["a unique key", CONTACTS],
    ["a key that several may hold", COMPANIES],
  ])("with %s: are adopted when they come between the looks", (_what, kind) => {
    const trial = new EngineTrial(kind, ROWS[kind.objectType]);
    trial.begin([createOf(trial, 2), createOf(trial, 3)]);
    trial.crm.faults.next("write", { kind: "late", delayMs: 50_000 });
    trial.step();
    settle(trial);
    expect(trial.ids()).toEqual(["pending:t1", "pending:t2"]);
    trial.clock.advance(50_000);
    expect(settle(trial)?.run.totals).toMatchObject({ created: 2 });
    expect(trial.ids()).toEqual(idsOf(trial));
    expect(trial.records()).toHaveLength(2);
    expect(trial.pending()).toEqual([]);
  });

  it("are settled each for itself: one adopted, one waiting", () => {
    const trial = unanswered(COMPANIES, "half");
    const settled = settle(trial);
    expect(trial.ids()).toEqual([...idsOf(trial), "pending:t2"]);
    expect(settled?.findings).toMatchObject([{ severity: "note", rowNumber: 3 }]);
    expect(trial.pending()).toMatchObject([{ token: "pending:t2" }]);
  });
});

describe("creates without an answer that nobody can tell", () => {
  it("several records hold all that was sent: a person has to say which, and they are named", () => {
    const trial = unanswered(COMPANIES, "all");
    const twin = trial.crm.world.create("companies", { name: "Acme", phone: "1", city: "Rome" });
    const [acme, bolt] = idsOf(trial);
    for (let look = 0; look < 3; look++) {
      const settled = settle(trial);
      expect(settled?.findings).toMatchObject([
        { severity: "error", rule: "R3", rowNumber: 2, message: expect.stringContaining(`${acme}, ${twin}`) },
      ]);
      trial.clock.advance(MINUTE);
    }
    expect(trial.ids()).toEqual(["pending:t1", bolt]);
  });

  it("a record that holds the key but not all that was sent is none of them", () => {
    const trial = unanswered(COMPANIES, "none");
    trial.crm.world.create("companies", { name: "Acme", phone: "999", city: "Rome" });
    settle(trial);
    expect(trial.ids()).toEqual(["pending:t1", "pending:t2"]);
    trial.clock.advance(MINUTE);
    settle(trial);
    expect(trial.ids()).toEqual(["", ""]);
  });

  it("a record that a row stands for is none of them", () => {
    const trial = unanswered(COMPANIES, "none");
    trial.grid.user.paste(trial.tabId, 4, 1, [["Acme", "1", "Rome"]]);
    const linked = trial.link(4);
    settle(trial);
    expect(trial.ids()).toEqual(["pending:t1", "pending:t2", linked]);
  });

  it("I3: of two rows that sent the same, only one gets the only record", () => {
    const trial = unanswered(COMPANIES, "half", [
      ["Acme", "1", "Rome", ""],
      ["Acme", "1", "Rome", ""],
    ]);
    const [id] = idsOf(trial);
    settle(trial);
    expect(trial.ids()).toEqual([id, "pending:t2"]);
    trial.clock.advance(MINUTE);
    settle(trial);
    expect(trial.ids()).toEqual([id, ""]);
  });

  it("without any key a person has to look, as long as the token stands", () => {
    const trial = unanswered(KEYLESS, "all");
    trial.clock.advance(10 * MINUTE);
    const settled = settle(trial);
    expect(settled?.findings).toMatchObject([
      { severity: "error", rowNumber: 2, message: expect.stringContaining("clear the cell to create it again") },
      { severity: "error", rowNumber: 3 },
    ]);
    expect(asked(trial)).toBe(0);
    trial.grid.user.type(trial.tabId, 2, 4, "");
    trial.grid.user.deleteRows(trial.tabId, 3, 1);
    expect(settle(trial)?.findings).toEqual([]);
    expect(trial.pending()).toEqual([]);
  });
});

describe("tokens without an answer that rows were copied with", () => {
  const copy = (trial: EngineTrial, name: string) =>
    trial.grid.user.paste(trial.tabId, 4, 1, [["a@x.com", name, "Rome", "pending:t1"]]);

  it("give the id to the row that shows what was sent; the copy is blanked and named", () => {
    const trial = unanswered(CONTACTS, "all");
    copy(trial, "Ann the second");
    const settled = settle(trial);
    const [ann, bob] = idsOf(trial);
    expect(trial.ids()).toEqual([ann, bob, ""]);
    expect(settled?.findings).toMatchObject([
      { severity: "error", rowNumber: 4, message: expect.stringContaining("copy") },
    ]);
  });

  it("stay where several rows show it, remembered and named, until one of them is left", () => {
    const trial = unanswered(CONTACTS, "all");
    copy(trial, "Ann");
    const [ann, bob] = idsOf(trial);
    const settled = settle(trial);
    expect(trial.ids()).toEqual(["pending:t1", bob, "pending:t1"]);
    expect(settled?.findings.map(({ rowNumber }) => rowNumber)).toEqual([2, 4]);
    expect(settled?.run.totals.created).toBe(1);
    expect(trial.pending()).toMatchObject([{ token: "pending:t1" }]);
    expect(Object.keys(trial.base())).toEqual([bob]);
    trial.grid.user.deleteRows(trial.tabId, 4, 1);
    expect(settle(trial)?.run.totals.created).toBe(1);
    expect(trial.ids()).toEqual([ann, bob]);
    expect(Object.keys(trial.base()).sort()).toEqual([ann, bob].sort());
  });
});

describe("creates whose row is gone", () => {
  it("are adopted into the base where they were made, so that the row counts as removed (R8)", () => {
    const trial = unanswered(CONTACTS, "all");
    trial.grid.user.deleteRows(trial.tabId, 2, 1);
    settle(trial);
    expect(Object.keys(trial.base())).toEqual(idsOf(trial));
  });

  it("are forgotten without a word where they were not", () => {
    const trial = unanswered(CONTACTS, "none");
    trial.grid.user.deleteRows(trial.tabId, 2, 2);
    expect(settle(trial)?.findings).toEqual([]);
    trial.clock.advance(MINUTE);
    settle(trial);
    expect(trial.pending()).toEqual([]);
  });
});

describe("the run that settles creates without an answer", () => {
  it("I11: is stored as far as its reading is staged: a kill right after must not skip what only this slice has read", () => {
    const trial = unanswered(CONTACTS, "all");
    const staged = { started: true, cursor: "5", staged: 1, seen: 9 };
    const read = { started: true, cursor: null, staged: 1, seen: 200 };
    const settled = trial.execute((deps) => {
      const stored = trial.run();
      if (stored === null) throw new Error("no run");
      const run: RunDocument = { ...stored, id: "r2", phase: "reading", totals: { ...stored.totals, ...NONE } };
      saveRun(deps.store, { ...run, reading: staged });
      deps.store.flush();
      const schema = deps.crm.describe("contacts");
      return settlePending(deps, { ...run, reading: read, done: 200 }, { table: deps.table.read(), schema }).run;
    });
    expect(settled).toMatchObject({ reading: read, totals: { processed: 2, created: 2 } });
    expect(trial.run()).toMatchObject({ id: "r2", reading: staged, totals: { processed: 2, created: 2 } });
  });
});

describe("a kill while creates without an answer are settled", () => {
  it.each([
    ["a unique key", CONTACTS],
    ["a key that several may hold", COMPANIES],
  ])("I13: with %s: at any call: the next settling ends the same way", (_what, kind) => {
    const whole = unanswered(kind, "half");
    whole.clock.advance(MINUTE);
    settle(whole);
    whole.clock.advance(MINUTE);
    const points = whole.points();
    settle(whole);
    for (const k of points) {
      for (const left of ["lost", "kept", { prefix: 1 }] as const) {
        const trial = unanswered(kind, "half");
        trial.clock.advance(MINUTE);
        expect(settle(trial, { k, left })).toBeNull();
        trial.clock.advance(MINUTE);
        for (let look = 0; look < 2; look++) {
          settle(trial);
          trial.clock.advance(MINUTE);
        }
        expect(trial.rows()).toEqual(whole.rows());
        expect(trial.base()).toEqual(whole.base());
        expect(trial.pending()).toEqual([]);
        expect(trial.effects("r2")).toHaveLength(1);
      }
    }
  });
});
