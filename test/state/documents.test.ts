import type { Plan } from "../../src/domain/plan";
import type { RunPhase } from "../../src/domain/run";
import { loadCheckpoint, removeCheckpoint, saveCheckpoint } from "../../src/state/checkpoint";
import { type Intent, nextIntentNumber, openIntents, removeIntent, saveIntent } from "../../src/state/journal";
import { dropRunData, loadPlan, loadStage, savePlan, saveStage } from "../../src/state/plan-document";
import {
  isOpen,
  isWorking,
  loadRun,
  loadRuns,
  type RunDocument,
  removeRun,
  saveRun,
} from "../../src/state/run-document";
import { loadScheduleState, removeScheduleState, saveScheduleState } from "../../src/state/schedule-state";
import { catchSyncError } from "../support/catch-error";
import { buildRecord } from "../support/merge-builders";
import { MemoryStore } from "./memory-store";

const INTENT: Intent = {
  version: 1,
  n: 1,
  runId: "r1",
  mappingId: "m1",
  accountId: "145",
  startedMs: 5,
  kind: "crm",
  operations: [],
  tokens: [],
};

describe("the journal", () => {
  it("numbers intents above everything that was opened or committed", () => {
    const store = new MemoryStore();
    expect(nextIntentNumber(store)).toBe(1);
    saveIntent(store, INTENT);
    expect(nextIntentNumber(store)).toBe(2);
    store.commit(1);
    removeIntent(store, 1);
    expect(nextIntentNumber(store)).toBe(2);
    saveIntent(store, { ...INTENT, n: 11 });
    expect(nextIntentNumber(store)).toBe(12);
    saveIntent(store, { ...INTENT, n: 9 });
    expect(nextIntentNumber(store)).toBe(12);
  });

  it("names what was opened and never committed, oldest first", () => {
    const store = new MemoryStore();
    for (const n of [10, 2, 3]) saveIntent(store, { ...INTENT, n });
    store.commit(2);
    expect(openIntents(store).map((intent) => intent.n)).toEqual([3, 10]);
    removeIntent(store, 3);
    expect(openIntents(store)).toEqual([{ ...INTENT, n: 10 }]);
  });
});

describe("the plan of a run", () => {
  const plan = { version: 1, mappingId: "m1", operations: [] } as unknown as Plan;

  it("is found by its run, and a missing one says to start again", () => {
    const store = new MemoryStore();
    savePlan(store, "r1", plan);
    expect(loadPlan(store, "r1")).toEqual(plan);
    expect(catchSyncError(() => loadPlan(store, "r2"))).toMatchObject({
      code: "plan-missing",
      hint: "Start the sync again.",
    });
  });

  it("is not taken from another version", () => {
    const store = new MemoryStore();
    store.save("plan/r1", { ...plan, version: 2 });
    expect(catchSyncError(() => loadPlan(store, "r1")).code).toBe("plan-missing");
  });

  it("goes with its staged pages when its run is not to be kept", () => {
    const store = new MemoryStore();
    for (const run of ["r1", "r10"]) {
      savePlan(store, run, plan);
      saveStage(store, run, 0, []);
      saveStage(store, run, 1, []);
    }
    dropRunData(store, new Set(["r1"]));
    expect([...store.keys("plan/"), ...store.keys("stage/")]).toEqual(["plan/r1", "stage/r1/0", "stage/r1/1"]);
    dropRunData(store, new Set());
    expect([...store.keys("plan/"), ...store.keys("stage/")]).toEqual([]);
  });
});

describe("pages that an earlier slice read", () => {
  it("come back in order, the eleventh behind the second", () => {
    const store = new MemoryStore();
    for (let part = 0; part < 12; part++) saveStage(store, "r1", part, [buildRecord(String(part))]);
    expect(loadStage(store, "r1", 12).map((record) => record.id)).toEqual(
      Array.from({ length: 12 }, (_, part) => String(part)),
    );
    expect(loadStage(store, "r1", 0)).toEqual([]);
  });

  it("are never taken for a whole list when one is missing", () => {
    const store = new MemoryStore();
    saveStage(store, "r1", 0, []);
    saveStage(store, "r1", 2, []);
    expect(catchSyncError(() => loadStage(store, "r1", 3))).toMatchObject({ kind: "config", code: "stage-missing" });
  });
});

describe("the run document", () => {
  const run = (id: string, mappingId: string, phase: RunPhase = "reading") =>
    ({ version: 1, id, mappingId, phase, leaseUntilMs: 100 }) as RunDocument;

  it("holds the last run of each mapping", () => {
    const store = new MemoryStore();
    expect(loadRun(store, "m1")).toBeNull();
    for (const one of [run("r1", "m1"), run("r2", "m10"), run("r3", "m1")]) saveRun(store, one);
    expect(loadRun(store, "m1")?.id).toBe("r3");
    expect(loadRuns(store).map((one) => one.id)).toEqual(["r3", "r2"]);
    removeRun(store, "m1");
    expect(loadRuns(store).map((one) => one.id)).toEqual(["r2"]);
  });

  it.each<[RunPhase, number, boolean]>([
    ["applying", 99, true],
    ["reading", 99, true],
    ["applying", 100, false],
    ["waiting", 99, false],
    ["done", 99, false],
  ])("in phase %s at %i ms of a lease of 100 keeps others out: %s", (phase, nowMs, working) => {
    expect(isWorking(run("r1", "m1", phase), nowMs)).toBe(working);
  });

  it.each([
    ["reading", true],
    ["planning", true],
    ["waiting", true],
    ["applying", true],
    ["finishing", true],
    ["done", false],
    ["cancelled", false],
    ["failed", false],
  ] as const)("in phase %s: is to be gone on with is %s", (phase, open) => {
    expect(isOpen({ phase } as RunDocument)).toBe(open);
  });
});

describe("what the last run left", () => {
  it("is nothing before the first, and comes back as it was saved", () => {
    const store = new MemoryStore();
    const empty = loadCheckpoint(store, "m1");
    expect(empty).toMatchObject({ lastRunMs: null, tombstones: [], conflicts: [], relink: false });
    const saved = { ...empty, lastRunId: "r1", lastRunMs: 9, tombstones: ["7"], relink: true };
    saveCheckpoint(store, "m1", saved);
    expect(loadCheckpoint(store, "m1")).toEqual(saved);
    expect(loadCheckpoint(store, "m10")).toEqual(empty);
    removeCheckpoint(store, "m1");
    expect(loadCheckpoint(store, "m1")).toEqual(empty);
  });

  it("reads a checkpoint that was saved before a part of it existed", () => {
    const store = new MemoryStore();
    store.save("checkpoint/m1", { version: 1, lastRunId: "r1", lastRunMs: 9, tombstones: ["7"] });
    expect(loadCheckpoint(store, "m1")).toMatchObject({ tombstones: ["7"], relink: false, errors: 0, conflicts: [] });
  });
});

describe("what the clock last did", () => {
  it("is kept per mapping and forgotten with it", () => {
    const store = new MemoryStore();
    const nothing = { version: 1, lastMs: 0, ranMs: null, problem: "" } as const;
    expect(loadScheduleState(store, "m1")).toEqual(nothing);
    saveScheduleState(store, "m1", { version: 1, lastMs: 5, ranMs: 4, problem: "No." });
    expect(loadScheduleState(store, "m1")).toEqual({ version: 1, lastMs: 5, ranMs: 4, problem: "No." });
    expect(loadScheduleState(store, "m10")).toEqual(nothing);
    removeScheduleState(store, "m1");
    expect(loadScheduleState(store, "m1")).toEqual(nothing);
  });
});

describe("a document that a newer version wrote", () => {
  it.each<[string, (store: MemoryStore) => unknown, string]>([
    ["the run", (store) => loadRun(store, "m1"), "run/m1"],
    ["the runs", (store) => loadRuns(store), "run/m1"],
    ["the checkpoint", (store) => loadCheckpoint(store, "m1"), "checkpoint/m1"],
    ["the clock", (store) => loadScheduleState(store, "m1"), "schedule/m1"],
  ])("is not taken for nothing: %s", (_what, load, key) => {
    const store = new MemoryStore();
    store.save(key, { version: 2, tombstones: ["7"] });
    expect(catchSyncError(() => load(store))).toMatchObject({
      kind: "fatal",
      code: "state-newer",
      hint: expect.stringContaining("Reload"),
    });
  });
});
