import { SyncError } from "../../src/domain/errors";
import type { GuardFinding, Operation, Plan } from "../../src/domain/plan";
import { addTally } from "../../src/engine/run-deps";
import { startRun } from "../../src/engine/start-run";
import { approveRun, cancelRun, interruptRun } from "../../src/engine/step-run";
import { planSync } from "../../src/merge/plan-sync";
import { savePlan } from "../../src/state/plan-document";
import { loadRun, type RunDocument, saveRun } from "../../src/state/run-document";
import { catchSyncError } from "../support/catch-error";
import { buildPlanInput } from "../support/merge-builders";
import { buildCreate, buildUpdate, type EngineWorld, engineWorld, MAPPING, openedRun } from "./engine-world";

const MINUTE = 60_000;
const START = { id: "r2", mapping: MAPPING, direction: "both", trigger: "manual", owner: "bob@x.com" } as const;

const refusalOf = (call: () => unknown) => {
  const { code, message, hint } = catchSyncError(call);
  expect(hint).not.toBe("");
  return `${code}: ${message}`;
};

describe("a run that is opened", () => {
  it.each([
    ["pull", "push", '"People" only pulls.'],
    ["pull", "both", '"People" only pulls.'],
    ["push", "pull", '"People" only pushes.'],
  ] as const)("on a mapping that only moves by %s cannot move by %s", (own, direction, said) => {
    const { store, clock } = engineWorld();
    const mapping = { ...MAPPING, direction: own };
    const start = { ...START, mapping, direction, preview: false, nowMs: clock.now() };
    expect(refusalOf(() => startRun(store, start))).toBe(`direction-not-allowed: ${said}`);
    expect(loadRun(store, "m1")).toBeNull();
  });

  it("may be narrower than its mapping", () => {
    const { store } = engineWorld();
    expect(startRun(store, { ...START, direction: "push", preview: false, nowMs: 0 }).direction).toBe("push");
  });

  it.each<[string, Partial<RunDocument>, boolean]>([
    ["works and holds its lease", { phase: "applying" }, false],
    ["was left behind with its lease over", { phase: "applying", leaseUntilMs: 1 }, true],
    ["waits for approval", { phase: "waiting" }, true],
    ["is done", { phase: "done" }, true],
    ["failed", { phase: "failed" }, true],
  ])("takes the place of one that %s: %j %s", (_what, change, allowed) => {
    const world = engineWorld();
    saveRun(world.store, openedRun(world, change));
    const open = () => startRun(world.store, { ...START, preview: false, nowMs: world.clock.now() });
    if (allowed) expect(open().id).toBe("r2");
    else expect(refusalOf(open)).toBe('run-active: ann@x.com is already syncing "People".');
  });

  it("names nobody where Google names nobody", () => {
    const world = engineWorld();
    saveRun(world.store, openedRun(world, { owner: "" }));
    const open = () => startRun(world.store, { ...START, preview: false, nowMs: world.clock.now() });
    expect(refusalOf(open)).toContain("Somebody is already syncing");
  });

  it("drops the plan and the pages of its mapping's run before it, and no other mapping's", () => {
    const world = engineWorld();
    const run = waiting(world, {});
    world.store.save("stage/r1/0", {});
    saveRun(world.store, { ...run, id: "r7", mappingId: "m7" });
    world.store.save("stage/r7/0", {});
    startRun(world.store, { ...START, preview: false, nowMs: world.clock.now() });
    expect([...world.store.keys("plan/"), ...world.store.keys("stage/")]).toEqual(["stage/r7/0"]);
    expect(loadRun(world.store, "m7")?.phase).toBe("waiting");
  });

  it("waits for one of another mapping that works: one run at a time", () => {
    const world = engineWorld();
    saveRun(world.store, openedRun(world, { mappingId: "m7", mappingName: "Firms", phase: "applying" }));
    world.store.remove("run/m1");
    const open = () => startRun(world.store, { ...START, preview: false, nowMs: world.clock.now() });
    expect(refusalOf(open)).toBe('run-active: ann@x.com is already syncing "Firms".');
  });
});

const OPERATIONS: readonly Operation[] = [buildUpdate("1", { name: ["A", "B"] }), buildCreate(1), buildCreate(2)];
const guard = (kind: GuardFinding["kind"], message: string): GuardFinding => ({ kind, count: 9, limit: 1, message });

/** A run that waits with a plan. */
function waiting(world: EngineWorld, plan: Partial<Plan>): RunDocument {
  const run = openedRun(world, { phase: "waiting", preview: true, trigger: "preview" });
  saveRun(world.store, run);
  savePlan(world.store, run.id, { ...planSync(buildPlanInput()), firstSync: false, operations: OPERATIONS, ...plan });
  return run;
}

const YES = { leaveOut: [], allowCreates: true, allowGuard: true, settle: [] };

describe("a plan that is approved", () => {
  it("goes on as an ordinary run with a fresh lease", () => {
    const world = engineWorld();
    const run = waiting(world, {});
    world.clock.advance(60 * MINUTE);
    const approved = approveRun(world.deps, run, { ...YES, leaveOut: ["c1", "c1"] });
    expect(approved).toMatchObject({ phase: "applying", preview: false, trigger: "manual", leaveOut: ["c1"] });
    expect(approved.leaseUntilMs).toBe(world.clock.now() + 7 * MINUTE);
    expect(loadRun(world.store, "m1")).toEqual({ ...approved, fresh: undefined });
  });

  it("takes along the conflicts that were settled with it", () => {
    const world = engineWorld();
    const settle = [{ recordId: "1", field: "name", winner: "sheet" }] as const;
    approveRun(world.deps, waiting(world, {}), { ...YES, settle });
    expect(loadRun(world.store, "m1")?.settle).toEqual(settle);
  });

  it("keeps the clock as what started it", () => {
    const world = engineWorld();
    const run = { ...waiting(world, {}), trigger: "schedule" as const };
    expect(approveRun(world.deps, run, YES).trigger).toBe("schedule");
  });

  it.each(["reading", "applying", "done", "cancelled", "failed"] as const)("is refused when its run is %s", (phase) => {
    const world = engineWorld();
    const run = { ...waiting(world, {}), phase };
    expect(refusalOf(() => approveRun(world.deps, run, YES))).toMatch(/^not-waiting/);
  });

  it.each<[string, Partial<RunDocument>, boolean]>([
    ["works", { phase: "applying" }, false],
    ["pauses with its lease", { phase: "applying", resumeAtMs: 9 * MINUTE }, false],
    ["was left behind with its lease over", { phase: "applying", leaseUntilMs: 1 }, true],
    ["waits as well", { phase: "waiting" }, true],
    ["is done", { phase: "done" }, true],
  ])("beside a run of another mapping that %s: %j %s", (_what, change, allowed) => {
    const world = engineWorld();
    const run = waiting(world, {});
    saveRun(world.store, { ...run, id: "r7", mappingId: "m7", mappingName: "Firms", ...change });
    const approve = () => approveRun(world.deps, run, YES);
    if (allowed) expect(approve().phase).toBe("applying");
    else expect(refusalOf(approve)).toBe('run-active: ann@x.com is already syncing "Firms".');
    expect(loadRun(world.store, "m1")?.phase).toBe(allowed ? "applying" : "waiting");
  });

  it("is refused when the plan is gone", () => {
    const world = engineWorld();
    const run = waiting(world, {});
    world.store.remove("plan/r1");
    expect(refusalOf(() => approveRun(world.deps, run, YES))).toMatch(/^plan-missing/);
  });

  it("needs a word for each limit it passes, and names them all", () => {
    const world = engineWorld();
    const run = waiting(world, { guard: [guard("many-changes", "Too many."), guard("base-damaged", "Damaged.")] });
    expect(refusalOf(() => approveRun(world.deps, run, { ...YES, allowGuard: false }))).toBe(
      "guard-not-allowed: Too many. Damaged.",
    );
    expect(approveRun(world.deps, run, YES).leaveOut).toEqual([]);
  });

  it("leaves the creates of a first sync out unless they were ticked; everything else goes on", () => {
    const world = engineWorld();
    const run = waiting(world, { firstSync: true, guard: [guard("first-sync-creates", "2 new records.")] });
    const approval = { leaveOut: ["c2"], allowCreates: false, allowGuard: false, settle: [] };
    expect([...approveRun(world.deps, run, approval).leaveOut].sort()).toEqual(["c1", "c2"]);
    expect(approveRun(world.deps, run, { ...approval, allowCreates: true }).leaveOut).toEqual(["c2"]);
  });

  it("does not let a first sync's tick stand for another limit", () => {
    const world = engineWorld();
    const run = waiting(world, {
      firstSync: true,
      guard: [guard("first-sync-creates", "2 new records."), guard("side-shrank", "Half is gone.")],
    });
    expect(refusalOf(() => approveRun(world.deps, run, { ...YES, allowGuard: false }))).toBe(
      "guard-not-allowed: Half is gone.",
    );
  });
});

describe("a run that is cancelled", () => {
  it("leaves no trace in the history when it did nothing", () => {
    const world = engineWorld();
    const cancelled = cancelRun(world.deps, waiting(world, {}));
    expect(cancelled.phase).toBe("cancelled");
    expect(world.events).toEqual([]);
    expect(loadRun(world.store, "m1")).toMatchObject({ phase: "cancelled", leaseUntilMs: 0 });
  });

  it("tells the history what it had done", () => {
    const world = engineWorld();
    const run = openedRun(world, { phase: "applying", nextItem: 1 });
    const totals = { ...run.totals, processed: 3, successes: 3, updated: 3 };
    world.clock.advance(5_000);
    cancelRun(world.deps, { ...run, totals });
    expect(world.events).toMatchObject([{ outcome: "stopped", durationMs: 5_000, totals, type: "Sync both ways" }]);
    expect(loadRun(world.store, "m1")).toMatchObject({ phase: "cancelled", leaseUntilMs: 0, resumeAtMs: null });
  });
});

describe("a run that is interrupted", () => {
  const limited = (retryAfterMs: number | null) =>
    new SyncError("retryable", "rate-limited", "Too many calls.", { hint: "Wait.", retryAfterMs });

  it("waits as long as the CRM says, else ten seconds, and says why", () => {
    const world = engineWorld();
    const run = openedRun(world);
    const paused = interruptRun(world.deps, run, limited(3_000));
    expect(paused).toMatchObject({ phase: "reading", interruptions: 1, doing: "Too many calls.", error: null });
    expect(paused.resumeAtMs).toBe(world.clock.now() + 3_000);
    expect(interruptRun(world.deps, run, limited(null)).resumeAtMs).toBe(world.clock.now() + 10_000);
    expect(world.events).toEqual([]);
  });

  it("gives up at the sixth time in a row", () => {
    const world = engineWorld();
    let run = openedRun(world);
    for (let time = 1; time <= 5; time++) run = interruptRun(world.deps, run, limited(0));
    expect(run.phase).toBe("reading");
    run = interruptRun(world.deps, run, limited(0));
    expect(run).toMatchObject({ phase: "failed", error: { code: "rate-limited", hint: "Wait." } });
    expect(world.events).toMatchObject([{ outcome: "failed" }]);
  });

  it.each(["config", "auth", "fatal", "bug", "record"] as const)(
    "ends at once when the error is of kind %s",
    (kind) => {
      const world = engineWorld();
      const failed = interruptRun(
        world.deps,
        openedRun(world),
        new SyncError(kind, "odd", "No.", { hint: "Do this." }),
      );
      expect(failed).toMatchObject({ phase: "failed", leaseUntilMs: 0, error: { kind, code: "odd" } });
      expect(world.events[0]?.messages).toMatchObject([
        { severity: "error", title: "People", message: "No. Do this." },
      ]);
    },
  );
});

describe("what a run reports", () => {
  const one = { rowNumber: 2, recordId: "1", field: null, title: "Ann" };
  const note = { ...one, severity: "note" as const, message: "note" };
  const error = { ...one, severity: "error" as const, message: "error" };

  it("begins with the reason why it ended", () => {
    const world = engineWorld();
    const run = openedRun(world, { messages: [error, note] });
    const failed = interruptRun(world.deps, run, new SyncError("fatal", "odd", "Stop."));
    expect(failed.messages.map(({ message }) => message)).toEqual(["Stop.", "error", "note"]);
  });

  it("names errors before notes, 200 in all, and counts them all", () => {
    const notes = Array.from({ length: 300 }, () => note);
    const run = addTally(openedRun(engineWorld()), { skipped: 300 }, notes);
    expect(run.messages).toHaveLength(200);
    const next = addTally(run, { errors: 2, successes: 5, updated: 5 }, [error, error]);
    expect(next.messages).toHaveLength(200);
    expect(next.messages.slice(0, 3).map(({ message }) => message)).toEqual(["error", "error", "note"]);
    expect(next.totals).toMatchObject({
      processed: 307,
      skipped: 300,
      errors: 2,
      successes: 5,
      updated: 5,
      created: 0,
    });
  });
});
