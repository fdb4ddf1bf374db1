import type { Plan } from "../../src/domain/plan";
import type { RunPhase } from "../../src/domain/run";
import { loadCheckpoint, removeCheckpoint, saveCheckpoint } from "../../src/state/checkpoint";
import { forgetIntent, type Intent, openIntent, removeIntent, saveIntent } from "../../src/state/journal";
import { dropRunData, loadPlan, savePlan } from "../../src/state/plan-document";
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
import { loadUnconfirmed } from "../../src/state/unconfirmed";
import { catchSyncError } from "../support/catch-error";
import { MemoryStore } from "./memory-store";

const INTENT: Intent = {
  version: 1,
  n: 1,
  runId: "r1",
  mappingId: "m1",
  accountId: "145",
  startedMs: 5,
  stage: "sending",
  operations: [],
  tokens: [],
  before: null,
  contents: [],
};

describe("the journal", () => {
  it("holds the open intent of each mapping", () => {
    const store = new MemoryStore();
    expect(openIntent(store, "m1")).toBeNull();
    saveIntent(store, INTENT);
    saveIntent(store, { ...INTENT, mappingId: "m10", n: 2 });
    saveIntent(store, { ...INTENT, stage: "preparing" });
    expect(openIntent(store, "m1")).toEqual({ ...INTENT, stage: "preparing" });
    expect(openIntent(store, "m10")).toEqual({ ...INTENT, mappingId: "m10", n: 2 });
  });

  it("drops an intent in the moment in which its number is committed, and no sooner", () => {
    const store = new MemoryStore();
    saveIntent(store, INTENT);
    removeIntent(store, "m1", 1);
    expect(openIntent(store, "m1")).toEqual(INTENT);
    store.commit(1);
    expect(openIntent(store, "m1")).toBeNull();
  });

  it("keeps an intent whose end was cut off", () => {
    const store = new MemoryStore();
    saveIntent(store, INTENT);
    removeIntent(store, "m1", 1);
    store.rollBack();
    store.commit(2);
    expect(openIntent(store, "m1")).toEqual(INTENT);
  });

  it("forgets the intent of a mapping that starts anew at once, and no other's", () => {
    const store = new MemoryStore();
    saveIntent(store, INTENT);
    saveIntent(store, { ...INTENT, mappingId: "m10" });
    forgetIntent(store, "m1");
    expect([openIntent(store, "m1"), openIntent(store, "m10")?.n]).toEqual([null, 1]);
  });

  it("is spared when it is damaged: what a cut-off left is found out by comparing", () => {
    const store = new MemoryStore();
    saveIntent(store, INTENT);
    store.damaged.add("journal/m1");
    expect(openIntent(store, "m1")).toBeNull();
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
      store.save(`stage/${run}/0`, {});
      store.save(`stage/${run}/1`, {});
    }
    dropRunData(store, new Set(["r1"]));
    expect([...store.keys("plan/"), ...store.keys("stage/")]).toEqual(["plan/r1", "stage/r1/0", "stage/r1/1"]);
    dropRunData(store, new Set());
    expect([...store.keys("plan/"), ...store.keys("stage/")]).toEqual([]);
  });

  it("stays until the end of its run is committed", () => {
    const store = new MemoryStore();
    savePlan(store, "r1", plan);
    store.save("stage/r1/0", {});
    dropRunData(store, new Set(), 3);
    expect([...store.keys("plan/"), ...store.keys("stage/")]).toEqual(["plan/r1", "stage/r1/0"]);
    store.commit(3);
    expect([...store.keys("plan/"), ...store.keys("stage/")]).toEqual([]);
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

  it("counts under an intent once that is committed, and never says that it is fresh", () => {
    const store = new MemoryStore();
    saveRun(store, { ...run("r1", "m1"), fresh: true });
    expect(loadRun(store, "m1")).toEqual(run("r1", "m1"));
    saveRun(store, run("r1", "m1", "done"), 4);
    expect(loadRun(store, "m1")?.phase).toBe("reading");
    store.commit(4);
    expect(loadRun(store, "m1")?.phase).toBe("done");
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

  it("is what it was until the end of the next run is committed", () => {
    const store = new MemoryStore();
    const empty = loadCheckpoint(store, "m1");
    saveCheckpoint(store, "m1", { ...empty, lastRunId: "r1" });
    saveCheckpoint(store, "m1", { ...empty, lastRunId: "r2", tombstones: ["7"] }, 2);
    expect(loadCheckpoint(store, "m1")).toMatchObject({ lastRunId: "r1", tombstones: [] });
    store.commit(2);
    expect(loadCheckpoint(store, "m1")).toMatchObject({ lastRunId: "r2", tombstones: ["7"] });
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
    ["the journal", (store) => openIntent(store, "m1"), "journal/m1"],
    ["unconfirmed writes", (store) => loadUnconfirmed(store, "m1"), "unconfirmed/m1"],
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
