import { SyncError } from "../../src/domain/errors";
import type { Operation } from "../../src/domain/plan";
import { applyGroup } from "../../src/engine/apply/apply-group";
import { RunInterrupted } from "../../src/engine/run-interrupted";
import { batchPlan, type WorkItem } from "../../src/merge/batch-plan";
import { openIntent, saveIntent } from "../../src/state/journal";
import { loadRun } from "../../src/state/run-document";
import { loadSnapshot } from "../../src/state/snapshot-store";
import { loadUnconfirmed } from "../../src/state/unconfirmed";
import { loadEffects } from "../../src/state/undo-log";
import {
  buildCreate,
  buildIntent,
  buildUpdate,
  type EngineWorld,
  engineWorld,
  found,
  openedRun,
  scriptedCrm,
  writeAll,
} from "./engine-world";

const LIMITS = { crmBatch: 1, sheetCells: 100 };
const work = (...operations: readonly Operation[]): readonly WorkItem[] => batchPlan(operations, LIMITS);

const ANN = buildUpdate("1", { name: ["Ann", "Bea"] });
const BOB = buildUpdate("2", { name: ["Bob", "Rob"] });
const READS = [found("1", "", "Ann"), found("2", "", "Bob")];

/** What the store shows of a run: all of it changes in one moment. */
function shown({ store }: Pick<EngineWorld, "store">) {
  return JSON.stringify({
    base: [...loadSnapshot(store, "m1").pairs.keys()],
    effects: loadEffects(store, "r1").length,
    nextItem: loadRun(store, "m1")?.nextItem,
    updated: loadRun(store, "m1")?.totals.updated,
    unconfirmed: loadUnconfirmed(store, "m1").updates,
    open: openIntent(store, "m1") !== null,
  });
}

describe("a group of work", () => {
  it("is journaled before anything outside changes, with the run that it belongs to", () => {
    const seen: unknown[] = [];
    const crm = {
      ...scriptedCrm(READS, [writeAll]),
      read: () => {
        seen.push([openIntent(world.store, "m1"), loadRun(world.store, "m1")?.phase]);
        return READS;
      },
    };
    const world = engineWorld({ crm });
    const flush = jest.spyOn(world.store, "flush");
    applyGroup(world.deps, openedRun(world, { phase: "applying" }), { group: work(ANN), open: null });
    const intent = buildIntent([ANN], { n: 1, startedMs: world.clock.now() });
    expect(seen).toEqual([[intent, "applying"]]);
    expect(flush).toHaveBeenCalledTimes(1);
  });

  it("counts in one moment: base, undo log, unconfirmed writes, the run and the end of the intent", () => {
    const unknown = { kind: "unknown", operationId: "u2", message: "no answer" } as const;
    const world = engineWorld({ crm: scriptedCrm(READS, [writeAll, () => [unknown]]) });
    const run = applyGroup(world.deps, openedRun(world, { phase: "applying" }), { group: work(ANN, BOB), open: null });
    expect(run).toMatchObject({ nextItem: 2, totals: { processed: 2, updated: 1, errors: 1 } });
    const states = Array.from({ length: world.store.writes.length + 1 }, (_, count) =>
      shown({ store: world.store.killedAfter(count) }),
    );
    const last = JSON.stringify({
      base: ["1"],
      effects: 1,
      nextItem: 2,
      updated: 1,
      unconfirmed: { "2": world.clock.now() },
      open: false,
    });
    expect(states.filter((state) => state === last)).toHaveLength(1);
    expect(states[states.length - 1]).toBe(last);
    for (const state of states.slice(0, -1)) {
      expect(JSON.parse(state)).toMatchObject({ base: [], effects: 0, unconfirmed: {} });
    }
  });

  it("keeps what is done when a batch behind it throws, and the run goes on at that batch", () => {
    const error = new SyncError("retryable", "rate-limited", "Too many calls.");
    const failing = () => {
      throw error;
    };
    const world = engineWorld({ crm: scriptedCrm(READS, [writeAll, failing]) });
    const run = openedRun(world, { phase: "applying", interruptions: 3 });
    const thrown = interruptedBy(() => applyGroup(world.deps, run, { group: work(ANN, BOB), open: null }));
    expect(thrown.reason).toBe(error);
    expect(thrown.run).toMatchObject({ nextItem: 1, interruptions: 0, totals: { processed: 1, updated: 1 } });
    expect(loadRun(world.store, "m1")).toMatchObject({ nextItem: 1, totals: { updated: 1 } });
    expect(openIntent(world.store, "m1")).toBeNull();
  });

  it("counts the interruptions on when nothing could be done", () => {
    const failing = () => {
      throw new SyncError("retryable", "rate-limited", "Too many calls.");
    };
    const world = engineWorld({ crm: scriptedCrm(READS, [failing]) });
    const run = openedRun(world, { phase: "applying", interruptions: 3 });
    const thrown = interruptedBy(() => applyGroup(world.deps, run, { group: work(ANN), open: null }));
    expect(thrown.run).toMatchObject({ nextItem: 0, interruptions: 3 });
  });
});

describe("a group of work that was cut off", () => {
  it("goes on under its own intent: nothing is journaled again", () => {
    const world = engineWorld({ crm: scriptedCrm([found("1", "", "Bea"), found("2", "", "Bob")], [writeAll]) });
    const open = buildIntent([ANN, BOB], { n: 7 });
    const run = openedRun(world, { phase: "applying" });
    const before = world.store.writes.length;
    expect(applyGroup(world.deps, run, { group: work(ANN, BOB), open })).toMatchObject({
      nextItem: 2,
      totals: { processed: 2, updated: 2 },
    });
    expect(world.store.writes.slice(before).filter((write) => "key" in write && write.intent === null)).toEqual([]);
  });

  it("stays open when it throws again: only so is it known what is in place", () => {
    const error = new SyncError("retryable", "rate-limited", "Too many calls.");
    const failing = () => {
      throw error;
    };
    const world = engineWorld({ crm: scriptedCrm([found("1", "", "Bea"), found("2", "", "Bob")], [failing]) });
    const open = buildIntent([ANN, BOB]);
    saveIntent(world.store, open);
    const run = openedRun(world, { phase: "applying" });
    const thrown = interruptedBy(() => applyGroup(world.deps, run, { group: work(ANN, BOB), open }));
    expect(thrown.run).toMatchObject({ nextItem: 0, totals: { processed: 0 } });
    expect(openIntent(world.store, "m1")).toEqual(open);
    expect(loadSnapshot(world.store, "m1").pairs.size).toBe(0);
  });

  it("is looked at when the work is cut into other groups by now, and the new group is done afresh", () => {
    const crm = scriptedCrm([found("1", "", "Bea"), found("2", "", "Bob")], [writeAll]);
    const world = engineWorld({ crm });
    const run = openedRun(world, { phase: "applying" });
    const open = buildIntent([ANN, buildUpdate("3", { name: ["C", "D"] })]);
    const next = applyGroup(world.deps, run, { group: work(BOB), open });
    expect(next.totals).toMatchObject({ processed: 2, updated: 2, errors: 0 });
    expect(crm.sent).toMatchObject([[{ recordId: "2" }]]);
    expect([...loadSnapshot(world.store, "m1").pairs.keys()]).toEqual(["1", "2"]);
  });
});

describe("creates in the journal", () => {
  const journaled = (...operations: readonly Operation[]) => {
    let seen: unknown = null;
    const table = {
      writeIds: () => {
        seen = openIntent(world.store, "m1");
        throw new Error("enough");
      },
    };
    const world = engineWorld({ table });
    const run = openedRun(world, { phase: "applying" });
    expect(() => applyGroup(world.deps, run, { group: work(...operations), open: null })).toThrow("enough");
    return seen;
  };

  it("come with their tokens, and count as sent when their keys will tell", () => {
    expect(journaled(buildCreate(1), buildCreate(2))).toMatchObject({
      stage: "sending",
      tokens: [
        { operationId: "c1", id: "pending:t1" },
        { operationId: "c2", id: "pending:t2" },
      ],
    });
  });

  it("count as not sent yet when one of them could not be found again", () => {
    expect(journaled(buildCreate(1), buildCreate(2, { key: null }))).toMatchObject({ stage: "preparing" });
  });
});

function interruptedBy(call: () => unknown): RunInterrupted {
  try {
    call();
  } catch (thrown) {
    if (thrown instanceof RunInterrupted) return thrown;
    throw thrown;
  }
  throw new Error("nothing was thrown");
}
