import { SyncError } from "../../src/domain/errors";
import { type Recovery, recover } from "../../src/engine/settle/recover";
import { startRun } from "../../src/engine/start-run";
import { cancelRun, stepRun } from "../../src/engine/step-run";
import { COMPANIES, CONTACTS, type Cut, EngineTrial, KEYLESS, type TrialKind } from "./engine-trial";
import { createOf } from "./trial-operations";

const OUTCOMES = ["lost", "kept", { prefix: 1 }] as const;

/** Two new rows of contacts, about to be created. */
function contacts(): EngineTrial {
  const trial = new EngineTrial(CONTACTS, [
    ["a@x.com", "Ann", "Rome", ""],
    ["b@x.com", "Bob", "", ""],
  ]);
  trial.begin([createOf(trial, 2), createOf(trial, 3)]);
  return trial;
}

function companies(kind: TrialKind): EngineTrial {
  const trial = new EngineTrial(kind, [
    ["Acme", "1", "Rome", ""],
    ["Bolt", "2", "Oslo", ""],
  ]);
  trial.begin([createOf(trial, 2), createOf(trial, 3)]);
  return trial;
}

const SENT = { call: "crm.write", when: "after" } as const;
/** The journal says that nothing was sent, and the tokens were just written. */
const TOKENS_STAND = { call: "sheet.flush", nth: 2, when: "after" } as const;
const NOT_SENT = { call: "crm.write", when: "before" } as const;

const names = (trial: EngineTrial) => trial.records().map(({ values }) => values[trial.kind.fields[0]]);
const idOf = (trial: EngineTrial, name: string) =>
  trial.records().find(({ values }) => values[trial.kind.fields[0]] === name)?.id;
const written = (trial: EngineTrial) => trial.calls.filter((call) => call === "crm.write").length;

describe("creates with a unique key that were cut off", () => {
  it("I13: end as if nobody had killed them, whatever call it was and whatever became of buffered writes", () => {
    const whole = contacts();
    whole.step();
    const points = whole.points();
    const wanted = { ...whole.base() };
    for (const k of points) {
      for (const left of OUTCOMES) {
        const trial = contacts();
        expect(trial.step({ k, left })).toBeNull();
        expect(trial.step()).toMatchObject({ phase: "done", totals: { processed: 2, created: 2, errors: 0 } });
        expect(names(trial)).toEqual(["a@x.com", "b@x.com"]);
        expect(trial.ids()).toEqual([idOf(trial, "a@x.com"), idOf(trial, "b@x.com")]);
        expect(trial.base()).toEqual(wanted);
        expect(trial.effects().map(({ kind }) => kind)).toEqual(["created", "created"]);
        expect(trial.events()).toMatchObject([{ runId: "r1", outcome: "ok", totals: { created: 2 } }]);
        expect(trial.pending()).toEqual([]);
      }
    }
  });

  it("I13: do so after a second kill as well", () => {
    const seconds = contacts();
    seconds.step(SENT);
    seconds.step();
    const points = seconds.points();
    for (const k of points) {
      const trial = contacts();
      trial.step(SENT);
      expect(trial.step({ k, left: { prefix: 1 } })).toBeNull();
      expect(trial.step()).toMatchObject({ phase: "done", totals: { processed: 2, created: 2 } });
      expect(names(trial)).toEqual(["a@x.com", "b@x.com"]);
      expect(trial.ids()).toEqual([idOf(trial, "a@x.com"), idOf(trial, "b@x.com")]);
      expect(trial.events()).toHaveLength(1);
    }
  });

  it("are not sent again when they were made", () => {
    const trial = contacts();
    trial.step(SENT);
    expect(trial.ids()).toEqual(["pending:t1", "pending:t2"]);
    trial.step();
    expect(trial.calls).toContain("crm.find");
    expect(written(trial)).toBe(0);
  });

  it("are sent when they were not made, only those, under the tokens that stand already", () => {
    const trial = contacts();
    trial.crm.faults.next("write", { kind: "unknown", applied: "half" });
    trial.step(SENT);
    expect(names(trial)).toEqual(["a@x.com"]);
    const sent = jest.spyOn(trial.crm, "write");
    expect(trial.step()?.totals).toMatchObject({ processed: 2, created: 2 });
    expect(sent.mock.calls.flatMap(([, operations]) => operations)).toMatchObject([
      { operationId: "c:3", values: { email: "b@x.com" } },
    ]);
    expect(trial.ids()).toEqual([idOf(trial, "a@x.com"), idOf(trial, "b@x.com")]);
  });

  it.each<[string, (trial: EngineTrial) => void]>([
    ["sorted", (trial) => trial.grid.user.sortRows(trial.tabId, 2, 1, false)],
    ["pushed down", (trial) => trial.grid.user.insertRows(trial.tabId, 2, 3)],
    ["moved", (trial) => trial.grid.user.moveRows(trial.tabId, 3, 1, 2)],
  ])("give their ids to rows that were %s meanwhile", (_what, action) => {
    for (const cut of [SENT, NOT_SENT]) {
      const trial = contacts();
      trial.step(cut);
      action(trial);
      expect(trial.step()?.totals).toMatchObject({ processed: 2, created: 2 });
      const rows = trial.rows().filter((row) => row[0] !== "");
      expect(Object.fromEntries(rows.map((row) => [row[0], row[3]]))).toEqual({
        "a@x.com": idOf(trial, "a@x.com"),
        "b@x.com": idOf(trial, "b@x.com"),
      });
    }
  });

  it("give the id to a row that was edited meanwhile, with the base as it was sent: the edit is a change (F2)", () => {
    const trial = contacts();
    trial.step(SENT);
    trial.grid.user.type(trial.tabId, 2, 3, "Oslo");
    trial.step();
    const id = idOf(trial, "a@x.com") ?? "";
    expect(trial.ids()[0]).toBe(id);
    expect(trial.base()[id]).toMatchObject({ city: { sheet: "tRome", crm: "Rome" } });
  });

  it("are not sent for a row that was edited before they were, and its token goes", () => {
    const trial = contacts();
    trial.step(NOT_SENT);
    trial.grid.user.type(trial.tabId, 2, 3, "Oslo");
    const run = trial.step();
    expect(run?.totals).toMatchObject({ created: 1, skipped: 1, errors: 0 });
    expect(names(trial)).toEqual(["b@x.com"]);
    expect(trial.ids()).toEqual(["", idOf(trial, "b@x.com")]);
  });

  it("know the row among copies by what was sent; the copies are blanked and named", () => {
    for (const cut of [SENT, NOT_SENT]) {
      const trial = contacts();
      trial.step(cut);
      trial.grid.user.paste(trial.tabId, 4, 1, [["a@x.com", "Ann the second", "Rome", "pending:t1"]]);
      const run = trial.step();
      const sent = cut === SENT;
      expect(trial.ids()).toEqual([sent ? idOf(trial, "a@x.com") : "", idOf(trial, "b@x.com"), ""]);
      expect(run?.messages.filter(({ message }) => message.includes("is a copy"))).toMatchObject([
        { severity: "error", rowNumber: 4 },
      ]);
      expect(names(trial)).toEqual(sent ? ["a@x.com", "b@x.com"] : ["b@x.com"]);
    }
  });

  it("give no id to any of several copies that show what was sent: a person has to tell", () => {
    const trial = contacts();
    trial.step(SENT);
    trial.grid.user.paste(trial.tabId, 4, 1, [["a@x.com", "Ann", "Rome", "pending:t1"]]);
    const run = trial.step();
    expect(trial.ids()).toEqual(["pending:t1", idOf(trial, "b@x.com"), "pending:t1"]);
    expect(run?.messages.map(({ rowNumber, severity }) => [severity, rowNumber])).toEqual([
      ["error", 2],
      ["error", 4],
    ]);
    expect(names(trial)).toEqual(["a@x.com", "b@x.com"]);
  });

  it("leave a record whose row was deleted in the base, so that the next plan takes it for a removed row (R8)", () => {
    const trial = contacts();
    trial.step(SENT);
    trial.grid.user.deleteRows(trial.tabId, 2, 1);
    expect(trial.step()?.totals).toMatchObject({ created: 2 });
    expect(Object.keys(trial.base())).toEqual([idOf(trial, "a@x.com"), idOf(trial, "b@x.com")]);
    expect(trial.ids()).toEqual([idOf(trial, "b@x.com")]);
    expect(names(trial)).toEqual(["a@x.com", "b@x.com"]);
  });

  it("are not sent again for a row whose token was cleared by hand", () => {
    const trial = contacts();
    trial.step(SENT);
    trial.grid.user.type(trial.tabId, 2, 4, "");
    trial.step();
    expect(names(trial)).toEqual(["a@x.com", "b@x.com"]);
    expect(trial.ids()[0]).toBe("");
  });

  it("link a row to a record that has its key but other values, and leave those to be compared (F6)", () => {
    const trial = contacts();
    trial.step(NOT_SENT);
    const id = trial.crm.world.create("contacts", { email: "a@x.com", firstname: "Anna" });
    const run = trial.step();
    expect(run?.totals).toMatchObject({ processed: 2, linked: 1, created: 1 });
    expect(trial.ids()).toEqual([id, idOf(trial, "b@x.com")]);
    expect(trial.base()[id]).toEqual({ email: { sheet: "ta@x.com", crm: "a@x.com" } });
    expect(trial.effects()).toMatchObject([{ kind: "created", title: "b@x.com" }]);
  });

  it("know a record that holds what was sent in the CRM's own form", () => {
    const trial = new EngineTrial(CONTACTS, [["Ann@X.com", " Ann ", "Rome", ""]]);
    trial.begin([createOf(trial, 2)]);
    trial.step(SENT);
    const run = trial.step();
    const [record] = trial.records();
    expect(record?.values).toMatchObject({ email: "ann@x.com", firstname: "Ann" });
    expect(run?.totals).toMatchObject({ created: 1, linked: 0 });
    expect(trial.base()[record?.id ?? ""]?.email).toEqual({ sheet: "tAnn@X.com", crm: "ann@x.com" });
  });

  it("make no second record when the first comes late, after they were sent again", () => {
    const trial = contacts();
    trial.crm.faults.next("write", { kind: "late", delayMs: 50_000 });
    trial.step(SENT);
    expect(trial.step()?.totals).toMatchObject({ processed: 2, created: 2 });
    trial.clock.advance(60_000);
    trial.crm.check();
    expect(names(trial)).toEqual(["a@x.com", "b@x.com"]);
    expect(trial.ids()).toEqual([idOf(trial, "a@x.com"), idOf(trial, "b@x.com")]);
  });

  it("count once, all of them, when the time is up while they are looked at", () => {
    const rows = Array.from({ length: 150 }, (_, at) => [`p${at}@x.com`, `Name ${at}`, "", ""]);
    const trial = new EngineTrial(CONTACTS, rows);
    trial.begin(rows.map((_, at) => createOf(trial, at + 2)));
    trial.step({ call: "crm.write", nth: 2, when: "after" });
    const run = trial.execute((deps) => {
      const stored = trial.run();
      return stored && stepRun({ ...deps, deadlineMs: trial.clock.now() }, stored);
    });
    expect(run?.totals).toMatchObject({ processed: 150, created: 150, skipped: 0 });
    expect(trial.step()).toMatchObject({ phase: "done", totals: { processed: 150, created: 150 } });
    expect(trial.records()).toHaveLength(150);
    expect(new Set(trial.ids()).size).toBe(150);
  });

  it("stay open when the CRM cannot be asked what became of them", () => {
    const trial = contacts();
    trial.step(SENT);
    const thrown = new SyncError("retryable", "rate-limited", "Too many calls.");
    trial.crm.faults.next("find", { kind: "throw", thrown, when: "before" });
    expect(trial.step()).toMatchObject({ phase: "applying", nextItem: 0, interruptions: 1, totals: { processed: 0 } });
    expect(trial.ids()).toEqual(["pending:t1", "pending:t2"]);
    expect(trial.step()?.totals).toMatchObject({ processed: 2, created: 2 });
    expect(names(trial)).toEqual(["a@x.com", "b@x.com"]);
  });
});

describe("creates without a unique key that were cut off", () => {
  it.each([
    ["a key that several may hold", COMPANIES],
    ["no key", KEYLESS],
  ])("with %s: are sent without asking when sending had not begun", (_what, kind) => {
    const trial = companies(kind);
    trial.step(TOKENS_STAND);
    expect(trial.ids()).toEqual(["pending:t1", "pending:t2"]);
    expect(trial.step()).toMatchObject({ phase: "done", totals: { processed: 2, created: 2 } });
    expect(trial.calls).not.toContain("crm.find");
    expect(names(trial)).toEqual(["Acme", "Bolt"]);
    expect(trial.ids()).toEqual([idOf(trial, "Acme"), idOf(trial, "Bolt")]);
  });

  it.each([
    ["a key that several may hold", COMPANIES, SENT],
    ["a key that several may hold", COMPANIES, NOT_SENT],
    ["no key", KEYLESS, SENT],
    ["no key", KEYLESS, NOT_SENT],
  ])("with %s: keep their tokens once sending had begun, and what was sent is remembered", (_what, kind, cut) => {
    const trial = companies(kind);
    trial.step(cut);
    const run = trial.step();
    expect(run?.phase).toBe("done");
    expect(written(trial)).toBe(0);
    expect(trial.ids()).toEqual(["pending:t1", "pending:t2"]);
    expect(trial.pending()).toMatchObject([
      { token: "pending:t1", missedMs: null, operation: { id: "c:2" } },
      { token: "pending:t2", missedMs: null, operation: { id: "c:3" } },
    ]);
    expect(trial.base()).toEqual({});
  });

  it.each([
    ["a key that several may hold", COMPANIES],
    ["no key", KEYLESS],
  ])(
    "I3: with %s: a kill at any call makes no second record, and no row without token is taken for confirmed",
    (_what, kind) => {
      const whole = companies(kind);
      whole.step();
      for (const k of whole.points()) {
        for (const left of OUTCOMES) {
          const trial = companies(kind);
          trial.step({ k, left });
          expect(trial.step()?.phase).toBe("done");
          const made = names(trial);
          expect([...made].sort()).toEqual([...new Set(made)].sort());
          trial.rows().forEach(([name = "", , , id = ""]) => {
            if (id.startsWith("pending:")) expect(trial.pending().map(({ token }) => token)).toContain(id);
            else expect(id).toBe(idOf(trial, name));
          });
          expect(trial.events()).toHaveLength(1);
        }
      }
    },
  );
});

describe("creates of a run that was given up", () => {
  /** Another run of the mapping begins, and looks at what the one before left; null: it was killed. */
  function lookAgain(trial: EngineTrial, cut: Cut | null = null): Recovery | null {
    trial.clock.advance(8 * 60_000);
    return trial.execute(({ store, ...deps }) => {
      const start = { id: "r2", mapping: trial.mapping, direction: "both", trigger: "manual", owner: "" } as const;
      const run = startRun(store, { ...start, preview: false, nowMs: trial.clock.now() });
      return recover({ ...deps, store }, run);
    }, cut);
  }

  it.each([
    ["taken over", false],
    ["cancelled", true],
  ])("(%s) count once where they were made, in the run that looks, and nothing is sent", (_what, cancelled) => {
    const trial = contacts();
    trial.step(SENT);
    if (cancelled) {
      trial.execute((deps) => {
        const run = trial.run();
        if (run) cancelRun(deps, run);
      });
    }
    const recovery = lookAgain(trial);
    expect(recovery?.run).toMatchObject({ id: "r2", totals: { processed: 2, created: 2 } });
    expect(recovery?.cutOff).toBeNull();
    expect(written(trial)).toBe(0);
    expect(trial.ids()).toEqual([idOf(trial, "a@x.com"), idOf(trial, "b@x.com")]);
    expect(Object.keys(trial.base())).toHaveLength(2);
    expect(trial.effects("r2")).toHaveLength(2);
    expect(lookAgain(trial)?.run.totals.processed).toBe(0);
    expect(trial.effects("r2")).toHaveLength(2);
  });

  it("wait with their tokens where they were not found: they may still come", () => {
    const trial = contacts();
    trial.step(NOT_SENT);
    const recovery = lookAgain(trial);
    expect(recovery?.run.totals.processed).toBe(0);
    expect(written(trial)).toBe(0);
    expect(trial.ids()).toEqual(["pending:t1", "pending:t2"]);
    expect(trial.pending()).toMatchObject([{ token: "pending:t1" }, { token: "pending:t2" }]);
  });

  it("free their rows when sending had not begun", () => {
    const trial = companies(KEYLESS);
    trial.step(TOKENS_STAND);
    expect(trial.ids()).toEqual(["pending:t1", "pending:t2"]);
    lookAgain(trial);
    expect(trial.ids()).toEqual(["", ""]);
    expect(trial.pending()).toEqual([]);
    expect(names(trial)).toEqual([]);
  });

  it("I13: count once as well when the looking itself is killed, whatever call it was", () => {
    const whole = contacts();
    whole.step(SENT);
    lookAgain(whole);
    for (const k of whole.points()) {
      for (const left of OUTCOMES) {
        const trial = contacts();
        trial.step(SENT);
        expect(lookAgain(trial, { k, left })).toBeNull();
        lookAgain(trial);
        expect(names(trial)).toEqual(["a@x.com", "b@x.com"]);
        expect(trial.ids()).toEqual([idOf(trial, "a@x.com"), idOf(trial, "b@x.com")]);
        expect(trial.base()).toEqual(whole.base());
        expect(trial.effects("r2")).toHaveLength(2);
      }
    }
  });
});
