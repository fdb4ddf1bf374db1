import type { Effect } from "../../src/domain/effect";
import type { Operation, Plan } from "../../src/domain/plan";
import { NO_TOTALS } from "../../src/domain/run";
import { type RunDocument, saveRun } from "../../src/state/run-document";
import {
  closeUndoLog,
  type EndedRun,
  loadEffects,
  loadUndoRuns,
  removeUndoLog,
  saveEffects,
  wouldBeTooLarge,
} from "../../src/state/undo-log";
import { catchSyncError } from "../support/catch-error";
import { MemoryStore } from "./memory-store";

const field = (recordId: string, more: { loser?: boolean; before?: string } = {}): Effect => ({
  kind: "field",
  recordId,
  title: `Record ${recordId}`,
  field: "city",
  before: "Bonn",
  after: "Rome",
  sheet: "tRome",
  loser: false,
  ...more,
});

function run(id: string, more: Partial<EndedRun> = {}): EndedRun {
  return {
    id,
    mappingId: "m1",
    accountId: "145",
    objectType: "contacts",
    startedMs: 5,
    phase: "done",
    undoOf: null,
    leaveOut: [],
    ...more,
  };
}

/** A run that did this and is over. */
function ran(store: MemoryStore, ended: EndedRun, effects: readonly Effect[]): void {
  const n = store.nextIntent();
  saveEffects(store, ended.id, n, effects);
  store.commit(n);
  close(store, ended);
}

function close(store: MemoryStore, ended: EndedRun): void {
  const n = store.nextIntent();
  closeUndoLog(store, ended, n);
  store.commit(n);
}

const states = (store: MemoryStore) => loadUndoRuns(store).map(({ runId, state }) => `${runId} ${state}`);
const logs = (store: MemoryStore) => [...new Set(store.keys("undo/").map((key) => key.split("/")[1]))];

describe("the undo log of a run", () => {
  it("counts what was saved under an intent from its commit on, never before", () => {
    const store = new MemoryStore();
    saveEffects(store, "r1", 3, [field("1")]);
    expect(loadEffects(store, "r1")).toEqual([]);
    store.commit(3);
    expect(loadEffects(store, "r1")).toEqual([{ id: "3:0", effect: field("1") }]);
    saveEffects(store, "r1", 4, [field("2")]);
    store.rollBack();
    store.commit(5);
    expect(loadEffects(store, "r1")).toHaveLength(1);
  });

  it("keeps the order in which things happened, with ids that stay the same", () => {
    const store = new MemoryStore();
    for (const n of [9, 10, 11]) {
      saveEffects(store, "r1", n, [field(`${n}a`), field(`${n}b`)]);
      store.commit(n);
    }
    const ids = loadEffects(store, "r1").map(({ id, effect }) => `${id} ${effect.recordId}`);
    expect(ids).toEqual(["9:0 9a", "9:1 9b", "10:0 10a", "10:1 10b", "11:0 11a", "11:1 11b"]);
  });

  it("knows only its own run, and a run that did nothing has none", () => {
    const store = new MemoryStore();
    saveEffects(store, "r1", 1, []);
    saveEffects(store, "r10", 1, [field("1")]);
    store.commit(1);
    expect(loadEffects(store, "r1")).toEqual([]);
    expect(store.keys("undo/")).toEqual(["undo/r10/1"]);
  });

  it("says that it is damaged, or from a newer version, rather than taking back a part", () => {
    const store = new MemoryStore();
    saveEffects(store, "r1", 1, [field("1")]);
    store.commit(1);
    store.damaged.add("undo/r1/1");
    expect(catchSyncError(() => loadEffects(store, "r1")).code).toBe("state-damaged");
    store.save("undo/r1/1", { version: 2 });
    expect(catchSyncError(() => loadEffects(store, "r1")).code).toBe("state-newer");
  });
});

describe("the list of runs that can be taken back", () => {
  it("has what a run wrote and the newest run first", () => {
    const store = new MemoryStore();
    ran(store, run("r1", { startedMs: 5 }), [field("1"), field("2", { loser: true })]);
    ran(store, run("r2", { mappingId: "m2", startedMs: 6 }), [field("1")]);
    expect(loadUndoRuns(store)).toMatchObject([
      { runId: "r2", mappingId: "m2", startedMs: 6, effects: 1, losers: 0, state: "possible" },
      {
        runId: "r1",
        mappingId: "m1",
        accountId: "145",
        objectType: "contacts",
        effects: 2,
        losers: 1,
        state: "possible",
        undoOf: null,
      },
    ]);
  });

  it("counts losers of both sides", () => {
    const store = new MemoryStore();
    const values = { field: "city", before: "tBonn", after: "tRome", crm: "Rome" };
    const cell: Effect = { kind: "cell", recordId: "1", title: "A", ...values, loser: true };
    const made: Effect = { kind: "created", recordId: "3", title: "C", values: {}, row: {} };
    ran(store, run("r1"), [field("1", { loser: true }), cell, made]);
    expect(loadUndoRuns(store)[0]).toMatchObject({ effects: 3, losers: 2 });
  });

  it("I5 is not written for a run that did nothing", () => {
    const store = new MemoryStore();
    ran(store, run("r1"), [field("1")]);
    const before = store.writes.length;
    close(store, run("r2"));
    expect(store.writes.slice(before)).toEqual([{ commit: store.committed() }]);
  });

  it("has a run once, however often it is closed", () => {
    const store = new MemoryStore();
    ran(store, run("r1"), [field("1")]);
    ran(store, run("r2"), [field("1")]);
    close(store, run("r1"));
    expect(states(store)).toEqual(["r1 possible", "r2 possible"]);
  });

  it("counts under an intent once that is committed", () => {
    const store = new MemoryStore();
    saveEffects(store, "r1", 1, [field("1")]);
    store.commit(1);
    closeUndoLog(store, run("r1"), 2);
    expect(loadUndoRuns(store)).toEqual([]);
    store.commit(2);
    expect(states(store)).toEqual(["r1 possible"]);
    closeUndoLog(store, run("r3"));
    expect(states(store)).toEqual(["r1 possible"]);
  });

  it("is empty when its document is damaged, and the logs that nobody knows any more go", () => {
    const store = new MemoryStore();
    ran(store, run("r1"), [field("1")]);
    store.damaged.add("undo-runs");
    expect(loadUndoRuns(store)).toEqual([]);
    ran(store, run("r2"), [field("1")]);
    expect(states(store)).toEqual(["r2 possible"]);
    expect(logs(store)).toEqual(["r2"]);
  });

  it("ends a run also when a part of its log is damaged", () => {
    const store = new MemoryStore();
    for (const n of [1, 2]) {
      saveEffects(store, "r1", n, [field("1")]);
      store.commit(n);
    }
    store.damaged.add("undo/r1/1");
    close(store, run("r1"));
    expect(loadUndoRuns(store)).toMatchObject([{ runId: "r1", effects: 1 }]);
  });
});

describe("runs that were taken back", () => {
  const undo = (id: string, of: string, more: Partial<EndedRun> = {}) =>
    run(id, { undoOf: { runId: of, only: null }, ...more });

  it("say so once the undo is done, and the undo is a run of its own", () => {
    const store = new MemoryStore();
    ran(store, run("r1"), [field("1")]);
    ran(store, undo("r2", "r1"), [field("1")]);
    expect(states(store)).toEqual(["r2 possible", "r1 done"]);
    expect(loadUndoRuns(store)[0]?.undoOf).toBe("r1");
  });

  it("say so also when there was nothing left to put back", () => {
    const store = new MemoryStore();
    ran(store, run("r1"), [field("1")]);
    close(store, undo("r2", "r1"));
    expect(states(store)).toEqual(["r1 done"]);
  });

  it.each<[string, Partial<EndedRun>]>([
    ["was cancelled", { phase: "cancelled" }],
    ["failed", { phase: "failed" }],
    ["took back only some of it", { undoOf: { runId: "r1", only: ["1:0"] } }],
    ["left something out", { leaveOut: ["u:1"] }],
  ])("can still be taken back when the undo %s", (_what, more) => {
    const store = new MemoryStore();
    ran(store, run("r1"), [field("1")]);
    ran(store, undo("r2", "r1", more), [field("1")]);
    expect(states(store)).toEqual(["r2 possible", "r1 possible"]);
  });

  it("can be taken back again when their undo was taken back", () => {
    const store = new MemoryStore();
    ran(store, run("r1"), [field("1")]);
    ran(store, undo("r2", "r1"), [field("1")]);
    ran(store, undo("r3", "r2"), [field("1")]);
    expect(states(store)).toEqual(["r3 possible", "r2 done", "r1 possible"]);
  });
});

describe("what is kept", () => {
  /** Effects of about this many characters. */
  const big = (characters: number) => [field("1", { before: "x".repeat(characters) })];

  it("is the last twenty runs, of all mappings together", () => {
    const store = new MemoryStore();
    for (let at = 1; at <= 22; at++) ran(store, run(`r${at}`, { mappingId: `m${at % 3}` }), [field("1")]);
    expect(loadUndoRuns(store).map(({ runId }) => runId)).toEqual(Array.from({ length: 20 }, (_, i) => `r${22 - i}`));
    expect(logs(store)).toHaveLength(20);
    expect(loadEffects(store, "r2")).toEqual([]);
    expect(loadEffects(store, "r3")).toHaveLength(1);
  });

  it("is two million characters in all: the oldest go first", () => {
    const store = new MemoryStore();
    for (const id of ["r1", "r2", "r3"]) ran(store, run(id), big(900_000));
    expect(states(store)).toEqual(["r3 possible", "r2 possible"]);
    expect(logs(store)).toEqual(["r2", "r3"]);
    expect(loadUndoRuns(store).reduce((sum, { characters }) => sum + characters, 0)).toBeLessThanOrEqual(2_000_000);
  });

  it("is no single run above that: it is named as too large, and the others stay", () => {
    const store = new MemoryStore();
    ran(store, run("r1"), [field("1")]);
    for (const n of [7, 8]) {
      saveEffects(store, "r2", n, [...big(1_100_000), field("2", { loser: true })]);
      store.commit(n);
    }
    close(store, run("r2"));
    expect(states(store)).toEqual(["r2 too-large", "r1 possible"]);
    expect(loadUndoRuns(store)[0]).toMatchObject({ effects: 4, losers: 0 });
    expect(logs(store)).toEqual(["r1"]);
    close(store, run("r3"));
    expect(states(store)).toEqual(["r2 too-large", "r1 possible"]);
  });

  it("is the log of a run that is still under way", () => {
    const store = new MemoryStore();
    const open = { ...run("r1"), version: 1, phase: "applying", totals: NO_TOTALS } as unknown as RunDocument;
    saveRun(store, open);
    saveEffects(store, "r1", 1, [field("1")]);
    store.commit(1);
    ran(store, run("r2", { mappingId: "m2" }), [field("1")]);
    expect(logs(store)).toEqual(["r1", "r2"]);
    saveRun(store, { ...open, id: "r9" });
    ran(store, run("r3", { mappingId: "m2" }), [field("1")]);
    expect(logs(store)).toEqual(["r2", "r3"]);
  });

  it("goes with its mapping", () => {
    const store = new MemoryStore();
    ran(store, run("r1"), [field("1")]);
    ran(store, run("r2", { mappingId: "m2" }), [field("1")]);
    const open = { ...run("r3"), version: 1, phase: "applying", totals: NO_TOTALS } as unknown as RunDocument;
    saveRun(store, open);
    saveEffects(store, "r3", 9, [field("1")]);
    store.commit(9);
    removeUndoLog(store, "m1");
    expect(states(store)).toEqual(["r2 possible"]);
    expect(logs(store)).toEqual(["r2"]);
    const before = store.writes.length;
    removeUndoLog(store, "m1");
    expect(store.writes).toHaveLength(before);
  });
});

describe("a plan whose run could not be taken back", () => {
  const plan = (operations: readonly Operation[]) => ({ operations }) as unknown as Plan;
  const change = { field: "city", from: "a", to: "b", sheet: "tb", rule: "F2" };
  const about = (id: string) => ({ id: `u:${id}`, rule: "F2", title: "Ann Smith", recordId: id, rowNumber: 2 });
  const update = (id: string): Operation => ({ ...about(id), kind: "update", changes: [change] });

  it("is known by its size before anything is written", () => {
    const many = (count: number) => Array.from({ length: count }, (_, at) => update(`${at}`));
    expect(wouldBeTooLarge(plan([]))).toBe(false);
    expect(wouldBeTooLarge(plan(many(5_000)))).toBe(false);
    expect(wouldBeTooLarge(plan(many(20_000)))).toBe(true);
  });

  it("is estimated as its run is measured", () => {
    const store = new MemoryStore();
    const effects = Array.from({ length: 9_000 }, (_, at) => field(`${at}`));
    ran(store, run("r1"), effects);
    const [{ characters } = { characters: 0 }] = loadUndoRuns(store);
    const perEffect = characters / effects.length;
    const limit = Math.floor(2_000_000 / perEffect);
    const like = (at: number): Operation => ({
      ...about(`${at}`),
      title: `Record ${at}`,
      kind: "update",
      changes: [{ ...change, from: "Bonn", to: "Rome", sheet: "tRome" }],
    });
    expect(wouldBeTooLarge(plan(Array.from({ length: Math.floor(limit * 0.97) }, (_, at) => like(at))))).toBe(false);
    expect(wouldBeTooLarge(plan(Array.from({ length: Math.ceil(limit * 1.03) }, (_, at) => like(at))))).toBe(true);
  });

  const huge = "t".padEnd(2_000_001, "x");
  const row = { city: huge };
  const place = { ...about("1"), rowNumber: 2 };
  it.each<[string, Operation]>([
    [
      "create",
      { ...place, kind: "create", changes: [{ ...change, to: huge }], row: {}, key: null } as unknown as Operation,
    ],
    [
      "write-cells",
      { ...place, kind: "write-cells", cells: [{ field: "city", from: huge, to: "", crm: "", rule: "F3" }] },
    ],
    [
      "append-row",
      { ...place, kind: "append-row", cells: [{ field: "city", from: "", to: huge, crm: "", rule: "R5" }] },
    ],
    ["remove-row", { ...place, kind: "remove-row", row, onlyIfUnmappedBlank: false }],
    ["link", { ...place, kind: "link", row: {}, baseId: "1", expectedId: huge }],
  ])("counts what undo keeps of a %s", (_kind, operation) => {
    expect(wouldBeTooLarge(plan([operation]))).toBe(true);
  });

  it.each<[string, Operation]>([
    ["archive", { ...place, kind: "archive", expected: row }],
    ["unlink", { ...place, kind: "unlink", row }],
    [
      "restore-row",
      { ...place, kind: "restore-row", content: { cells: [{ header: "City", value: huge, formula: null }] } },
    ],
  ])("keeps no values of a %s", (_kind, operation) => {
    expect(wouldBeTooLarge(plan([operation]))).toBe(false);
  });
});
