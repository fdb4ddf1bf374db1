import { SyncError } from "../../src/domain/errors";
import type { Plan } from "../../src/domain/plan";
import { closeRun, finishRun } from "../../src/engine/finish/finish-run";
import { stepRun } from "../../src/engine/step-run";
import { planSync } from "../../src/merge/plan-sync";
import type { StatusWrite } from "../../src/ports/table";
import { loadCheckpoint } from "../../src/state/checkpoint";
import { findPlan, savePlan } from "../../src/state/plan-document";
import { loadRun, type RunDocument, saveRun } from "../../src/state/run-document";
import { loadSnapshot, saveDelta } from "../../src/state/snapshot-store";
import { loadUnconfirmed, saveUnconfirmed } from "../../src/state/unconfirmed";
import { loadUndoRuns, saveEffects } from "../../src/state/undo-log";
import type { MemoryStore } from "../state/memory-store";
import { buildPlanInput } from "../support/merge-builders";
import { buildUpdate, type EngineWorld, engineWorld, found, openedRun, scriptedCrm, writeAll } from "./engine-world";

const rome = { city: { sheet: "tRome", crm: "Rome" } };

/** A run that did something and only has to be ended: adoptions, a forgotten pair, a tombstone, a finding, a settled wait. */
function finishing(change: Partial<RunDocument> = {}): EngineWorld & { run: RunDocument; statuses: StatusWrite[][] } {
  const statuses: StatusWrite[][] = [];
  const world = engineWorld({ table: { writeStatuses: (writes) => statuses.push([...writes]) } });
  const { store } = world;
  saveDelta(
    store,
    "m1",
    1,
    new Map([
      ["1", rome],
      ["2", rome],
    ]),
  );
  saveEffects(store, "r1", 1, [{ kind: "archived", recordId: "9", title: "Nine" }]);
  saveUnconfirmed(store, "m1", { version: 1, creates: [], updates: { "5": world.clock.now() - 60_000 } }, 1);
  store.commit(1);
  const opened = openedRun(world, { phase: "finishing", nextItem: 1, ...change });
  const run = { ...opened, totals: { ...opened.totals, processed: 1, successes: 1, updated: 1 } };
  saveRun(store, run);
  const plan: Plan = {
    ...planSync(buildPlanInput()),
    madeAtMs: world.clock.now(),
    adoptions: [{ recordId: "3", field: "city", sheet: "tOslo", crm: "Oslo" }],
    forget: ["2"],
    tombstones: ["8"],
    findings: [
      {
        severity: "error",
        rule: "R14",
        rowNumber: 4,
        recordId: null,
        field: null,
        title: "Row 4",
        message: "Unknown.",
      },
    ],
  };
  savePlan(store, "r1", plan);
  store.flush();
  return { ...world, run, statuses };
}

/** What the end of a run changes. */
function shown(store: MemoryStore) {
  const { lastRunId, tombstones, errors } = loadCheckpoint(store, "m1");
  return {
    checkpoint: { lastRunId, tombstones, errors },
    base: Object.fromEntries(loadSnapshot(store, "m1").pairs),
    phase: loadRun(store, "m1")?.phase,
    totals: loadRun(store, "m1")?.totals.processed,
    plan: findPlan(store, "r1") !== null,
    undo: loadUndoRuns(store).map(({ runId }) => runId),
    unconfirmed: Object.keys(loadUnconfirmed(store, "m1").updates),
  };
}

const BEFORE = {
  checkpoint: { lastRunId: null, tombstones: [], errors: 0 },
  base: { "1": rome, "2": rome },
  phase: "finishing",
  totals: 1,
  plan: true,
  undo: [],
  unconfirmed: ["5"],
};
const AFTER = {
  checkpoint: { lastRunId: "r1", tombstones: ["8"], errors: 1 },
  base: { "1": rome, "3": { city: { sheet: "tOslo", crm: "Oslo" } } },
  phase: "done",
  totals: 2,
  plan: false,
  undo: ["r1"],
  unconfirmed: [],
};

describe("the end of a run", () => {
  it("I13: is one moment: a kill at any write before it leaves everything as it was, and finishing again ends the same", () => {
    const world = finishing();
    const first = world.store.writes.length;
    finishRun(world.deps, world.run);
    expect(shown(world.store)).toEqual(AFTER);
    for (let kept = first; kept < world.store.writes.length; kept++) {
      const left = world.store.killedAfter(kept);
      expect(shown(left)).toEqual(BEFORE);
      left.rollBack();
      const run = loadRun(left, "m1");
      if (run === null) throw new Error("no run");
      finishRun({ ...world.deps, store: left }, run);
      expect(shown(left)).toEqual(AFTER);
      expect(world.events).toHaveLength(1);
    }
    expect(world.events).toMatchObject([
      { runId: "r1", outcome: "with errors", totals: { processed: 2, successes: 1, errors: 1 }, messages: [{}] },
    ]);
  });

  it("knows how many rows and records the run left, so that the next one does not take its own removals for a loss", () => {
    const sizesAfter = (change: Partial<RunDocument>, undoOf: string | null = null) => {
      const world = finishing();
      const plan = {
        ...findPlan(world.store, "r1"),
        undoOf,
        counts: { ...planSync(buildPlanInput()).counts, rows: 100, records: 90 },
      };
      savePlan(world.store, "r1", plan as Plan);
      const totals = { ...world.run.totals, appended: 5, rowsRemoved: 60, created: 3, archived: 20 };
      finishRun(world.deps, { ...world.run, totals, ...change });
      return loadCheckpoint(world.store, "m1").sizes;
    };
    const reading = finishing().run.reading;
    expect(sizesAfter({ reading: { ...reading, mode: "full" } })).toEqual({ rows: 45, records: 73 });
    expect(sizesAfter({ reading: { ...reading, mode: "linked" } })).toEqual({ rows: 45, records: 0 });
    expect(sizesAfter({}, "r0")).toEqual({ rows: 45, records: 0 });
  });

  it("keeps a write that was not confirmed when it was sent after the plan, however long the run took", () => {
    const world = finishing();
    const { store, clock } = world;
    const sent = { "5": { city: { sheet: "tRome", crm: "Rome" } } };
    saveUnconfirmed(store, "m1", { version: 1, creates: [], updates: { "5": clock.now() + 1_000 }, sent }, 2);
    store.commit(2);
    clock.advance(180_000);
    finishRun(world.deps, world.run);
    expect(loadUnconfirmed(store, "m1")).toMatchObject({ updates: { "5": expect.any(Number) }, sent });
  });

  it("writes the statuses before anything counts, and again as they are when it is repeated", () => {
    const world = finishing();
    const at: unknown[] = [];
    const writeStatuses = (writes: readonly StatusWrite[]) => {
      at.push(loadRun(world.store, "m1")?.phase);
      world.statuses.push([...writes]);
    };
    const deps = { ...world.deps, table: { ...world.deps.table, writeStatuses } };
    finishRun(deps, world.run);
    finishRun({ ...deps, store: world.store.killedAfter(world.store.writes.length - 1) }, world.run);
    expect(at[0]).toBe("finishing");
    expect(world.statuses[0]).toMatchObject([{ rowNumber: 4, status: "Error", note: "Unknown." }]);
    expect(world.statuses[1]).toEqual(world.statuses[0]);
  });

  it("I8: looks for an event that a cut-off may have left, but not in the execution that opened the run", () => {
    for (const isFresh of [true, false]) {
      const world = finishing();
      const { fresh: _fresh, ...stored } = world.run;
      const append = jest.fn();
      const history = { ...world.deps.history, append };
      finishRun({ ...world.deps, history }, isFresh ? { ...stored, fresh: true } : stored);
      expect(append.mock.calls.map(([event, mayExist]) => [event.runId, mayExist])).toEqual([["r1", !isFresh]]);
    }
  });

  it("I8: leaves one event, the last word, when a run fails after it was written", () => {
    const world = finishing({ fresh: true });
    const commit = jest.spyOn(world.store, "commit").mockImplementationOnce(() => {
      throw new SyncError("fatal", "odd", "The sheet is gone.");
    });
    expect(stepRun(world.deps, world.run)).toMatchObject({ phase: "failed", error: { code: "odd" } });
    expect(commit).toHaveBeenCalledTimes(2);
    expect(world.events).toMatchObject([{ runId: "r1", outcome: "failed", totals: { processed: 1, updated: 1 } }]);
    expect(shown(world.store)).toMatchObject({ phase: "failed", base: BEFORE.base, undo: ["r1"] });
  });

  it("of a run that failed or was cancelled is one moment too", () => {
    const world = finishing();
    const first = world.store.writes.length;
    closeRun(world.deps, { ...world.run, phase: "cancelled" });
    for (let kept = first; kept < world.store.writes.length; kept++) {
      expect(shown(world.store.killedAfter(kept))).toEqual(BEFORE);
    }
    expect(shown(world.store)).toMatchObject({ phase: "cancelled", plan: false, undo: ["r1"], base: BEFORE.base });
  });
});

describe("an error that nobody expected, after groups of the same slice were committed", () => {
  const ANN = buildUpdate("1", { name: ["Ann", "Bea"] });
  const WRITE = {
    kind: "write-cells",
    id: "w1",
    rule: "F3",
    title: "Ann",
    recordId: "1",
    rowNumber: 2,
    cells: [{ field: "city", from: "", to: "tRome", crm: "Rome", rule: "F3" }],
  } as const;

  function applying(fault: () => never): EngineWorld & { run: RunDocument } {
    const world = engineWorld({
      crm: scriptedCrm([found("1", "", "Ann")], [writeAll]),
      table: { before: fault, writeStatuses: () => undefined },
    });
    const run = openedRun(world, { phase: "applying" });
    saveRun(world.store, run);
    savePlan(world.store, "r1", { ...planSync(buildPlanInput()), operations: [ANN, WRITE] });
    return { ...world, run };
  }

  it("I8: ends the run with what those groups did", () => {
    const world = applying(() => {
      throw new Error("Service Spreadsheets failed");
    });
    const failed = stepRun(world.deps, world.run);
    expect(failed).toMatchObject({ phase: "failed", nextItem: 1, totals: { processed: 1, updated: 1 } });
    expect(world.events).toMatchObject([{ outcome: "failed", totals: { processed: 1, updated: 1 } }]);
  });

  it("I8: pauses the run behind those groups: they are not done twice", () => {
    const world = applying(() => {
      throw new SyncError("retryable", "sheets-busy", "Busy.");
    });
    const paused = stepRun(world.deps, world.run);
    expect(paused).toMatchObject({ phase: "applying", nextItem: 1, interruptions: 1, totals: { updated: 1 } });
    expect(loadRun(world.store, "m1")).toMatchObject({ nextItem: 1, totals: { updated: 1 } });
  });

  it("I8: counts a commit that took effect although it threw", () => {
    const world = applying(() => {
      throw new Error("not reached");
    });
    const { commit } = world.store;
    jest.spyOn(world.store, "commit").mockImplementationOnce((n) => {
      commit.call(world.store, n);
      throw new SyncError("retryable", "sheets-busy", "Busy.");
    });
    const paused = stepRun(world.deps, world.run);
    expect(paused).toMatchObject({ phase: "applying", nextItem: 1, interruptions: 1, totals: { updated: 1 } });
  });

  it("I8: is not even noticed when the last commit of a run took effect", () => {
    const world = finishing();
    const { commit } = world.store;
    jest.spyOn(world.store, "commit").mockImplementationOnce((n) => {
      commit.call(world.store, n);
      throw new Error("Service Spreadsheets failed");
    });
    expect(stepRun(world.deps, world.run)).toMatchObject({ phase: "done", totals: { processed: 2 } });
    expect(world.events).toMatchObject([{ outcome: "with errors" }]);
    expect(shown(world.store)).toEqual(AFTER);
  });
});
