import type { Effect } from "../../src/domain/effect";
import { SyncError } from "../../src/domain/errors";
import type { Plan } from "../../src/domain/plan";
import { planUndoRun } from "../../src/engine/plan/start-undo";
import { RunInterrupted } from "../../src/engine/run-interrupted";
import type { Crm } from "../../src/ports/crm";
import type { TableProblem } from "../../src/ports/table";
import { loadCheckpoint, saveCheckpoint } from "../../src/state/checkpoint";
import { saveDelta } from "../../src/state/snapshot-store";
import { saveUnconfirmed } from "../../src/state/unconfirmed";
import { saveEffects } from "../../src/state/undo-log";
import { catchSyncError } from "../support/catch-error";
import { buildRow, buildSnapshot } from "../support/merge-builders";
import { engineWorld, found, MAPPING, openedRun, tableOf } from "./engine-world";

const field = (recordId: string): Effect => ({
  kind: "field",
  recordId,
  title: `Record ${recordId}`,
  field: "city",
  before: "Bonn",
  after: "Rome",
  sheet: "tRome",
  loser: false,
});
const cell = (recordId: string): Effect => ({
  kind: "cell",
  recordId,
  title: `Record ${recordId}`,
  field: "name",
  before: "tAnna",
  after: "tAnn",
  crm: "Ann",
  loser: true,
});

const ANN = ["ann@x.com", "Ann", "Rome"] as const;

/** A world in which run r1 did this to Ann (record 1), and everything is as it left it. */
function worldAfter(effects: readonly Effect[], problem: TableProblem | null = null) {
  const asked: (readonly string[])[] = [];
  /** What the nth read throws. */
  const faults = new Map<number, SyncError>();
  const crm: Partial<Crm> = {
    limits: { batchSize: 2, pageSize: 2, searchLagMs: 0 },
    read: (_type, fields, ids) => {
      expect(fields).toEqual(["email", "name", "city"]);
      asked.push(ids);
      const fault = faults.get(asked.length);
      if (fault) throw fault;
      return ids.map((id) => (id === "4" ? { kind: "gone", askedId: id } : found(id, ...ANN)));
    },
  };
  const columns = MAPPING.columns.map((mapping, at) => ({ mapping, column: at + 1, header: mapping.header }));
  const world = engineWorld({
    crm,
    table: { read: () => ({ ...tableOf([buildRow(2, "1", ...ANN)]), columns, problem }) },
  });
  const { store } = world.deps;
  saveEffects(store, "r1", 1, effects);
  saveDelta(store, "m1", 1, buildSnapshot({ 1: ANN }));
  store.commit(1);
  const opened = openedRun(world, { id: "r2", trigger: "undo" });
  const undo = (only: readonly string[] | null = null, runId = "r1") => ({ ...opened, undoOf: { runId, only } });
  /** The plan, made in one slice. */
  const planned = (only: readonly string[] | null = null): Plan => {
    const { plan } = planUndoRun(world.deps, undo(only));
    if (plan === null) throw new Error("the slice ended first");
    return plan;
  };
  return { ...world, asked, faults, undo, planned };
}

describe("planning to take a run back", () => {
  it("I15 reads what the run wrote to by id, and takes the base for the rest", () => {
    const { planned, asked, clock } = worldAfter([field("1"), cell("1"), field("1"), cell("7")]);
    const plan = planned();
    expect(asked).toEqual([["1"]]);
    expect(plan).toMatchObject({ undoOf: "r1", mappingId: "m1", objectType: "people", madeAtMs: clock.now() });
    expect(plan.operations).toMatchObject([
      { id: "u:1", changes: [{ field: "city", from: "Rome", to: "Bonn", sheet: "tRome" }] },
      { id: "w:1", cells: [{ field: "name", from: "tAnn", to: "tAnna", crm: "Ann" }] },
    ]);
    expect(plan.findings).toMatchObject([{ recordId: "7" }]);
  });

  it("asks the CRM nothing for cells, and nothing about effects that are not wanted", () => {
    const { planned, asked } = worldAfter([field("1"), cell("1")]);
    expect(planned(["1:1"]).operations).toMatchObject([{ id: "w:1" }]);
    expect(asked).toEqual([]);
  });

  it("asks for created records too, but not for rows", () => {
    const created: Effect = { kind: "created", recordId: "5", title: "E", values: {}, row: {} };
    const appended: Effect = { kind: "appended", recordId: "6", title: "F", cells: {} };
    const { planned, asked } = worldAfter([created, appended]);
    planned();
    expect(asked).toEqual([["5"]]);
  });

  it("leaves records with a write that is not confirmed yet", () => {
    const { deps, planned, clock } = worldAfter([field("1")]);
    saveUnconfirmed(deps.store, "m1", { version: 1, creates: [], updates: { 1: clock.now() } }, 2);
    deps.store.commit(2);
    expect(planned().operations).toEqual([]);
    clock.advance(60_000);
    expect(planned().operations).toHaveLength(1);
  });

  it("keeps the number of records that the last sync saw: an undo does not count them", () => {
    const { deps, planned } = worldAfter([cell("1")]);
    const checkpoint = { ...loadCheckpoint(deps.store, "m1"), sizes: { rows: 1, records: 40 } };
    saveCheckpoint(deps.store, "m1", checkpoint);
    expect(planned().counts).toMatchObject({ rows: 1, records: 40 });
  });

  it("stops when what the run did is no longer kept", () => {
    const { deps, undo } = worldAfter([cell("1")]);
    expect(catchSyncError(() => planUndoRun(deps, undo(null, "r7")))).toMatchObject({
      kind: "config",
      code: "undo-gone",
      hint: expect.stringContaining("version history"),
    });
  });

  it("R18 stops when the tab is not what it was", () => {
    const { deps, undo } = worldAfter([cell("1")], { kind: "tab-missing" });
    expect(catchSyncError(() => planUndoRun(deps, undo())).code).toBe("tab-missing");
  });
});

describe("planning to take a large run back", () => {
  const many = () => worldAfter(["5", "3", "1", "4", "2"].map(field));

  it("reads in as many slices as it takes, and plans with all that they read", () => {
    const { deps, asked, undo, planned } = many();
    const late = { ...deps, deadlineMs: deps.clock.now() };
    const whole = planned();
    asked.length = 0;
    const first = planUndoRun(late, undo());
    expect(first.plan).toBeNull();
    const second = planUndoRun(late, first.run);
    expect(second).toMatchObject({ plan: null, run: { done: 3 } });
    const third = planUndoRun(late, second.run);
    expect(asked).toEqual([["1", "2"], ["3", "4"], ["5"]]);
    expect(third.plan).toEqual(whole);
    expect(third.plan?.operations).toHaveLength(4);
    expect(third.plan?.findings).toMatchObject([{ recordId: "4", message: expect.stringContaining("deleted") }]);
  });

  it("keeps what it has read when the CRM asks for patience, and goes on behind it", () => {
    const { deps, asked, faults, undo } = many();
    const busy = new SyncError("retryable", "rate-limited", "Too many calls.");
    faults.set(2, busy);
    const thrown = caught(() => planUndoRun(deps, undo()));
    if (!(thrown instanceof RunInterrupted)) throw thrown;
    expect(thrown.reason).toBe(busy);
    expect(planUndoRun(deps, thrown.run).plan?.operations).toHaveLength(4);
    expect(asked).toEqual([["1", "2"], ["3", "4"], ["3", "4"], ["5"]]);
  });

  it("throws on what came before anything was read", () => {
    const { deps, faults, undo } = many();
    const dead = new SyncError("auth", "token-expired", "The key has expired.");
    faults.set(1, dead);
    expect(caught(() => planUndoRun(deps, undo()))).toBe(dead);
  });
});

function caught(work: () => unknown): unknown {
  try {
    work();
  } catch (thrown) {
    return thrown;
  }
  throw new Error("nothing was thrown");
}
