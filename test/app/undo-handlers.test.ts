import type { Mapping } from "../../src/domain/mapping";
import { loadConfig, saveConfig } from "../../src/state/config";
import { AppWorld } from "../support/app-world";

const TITLE = 5;

interface Synced {
  readonly world: AppWorld;
  readonly mappingId: string;
  readonly tabId: number;
  /** The run that is taken back. */
  readonly runId: string;
  readonly ids: readonly string[];
}

/** Four contacts in step; then a run that sends a title of row 2 and writes a company into row 3. */
function synced(): Synced {
  const world = new AppWorld({ contacts: 4 });
  const made = world.mapPeople();
  world.run(made.mappingId, "both", {});
  const ids = world.rows(made.tabId).map((row) => row["CRM record ID"] ?? "");
  world.clock.advance(600_000);
  world.grid.user.type(made.tabId, 2, TITLE, "Typed");
  world.crm.world.update("contacts", ids[1] ?? "", { company: "Changed" });
  const run = world.run(made.mappingId, "both", {});
  expect(run.totals).toMatchObject({ updated: 1, cellsWritten: 1 });
  world.clock.advance(600_000);
  return { world, ...made, runId: run.id, ids };
}

function approve({ world }: Synced, runId: string, leaveOut: string[] = []) {
  return world.finish(world.call("run.approve", { runId, leaveOut, allowCreates: false, allowGuard: true }));
}

const history = ({ world }: Synced) =>
  world.call("history.list", { limit: 10 }).map(({ type, undo, losers }) => `${type}: ${undo}, ${losers}`);

const companyOf = ({ world, tabId }: Synced) => world.rows(tabId)[1]?.Company;

function changeMapping({ world }: Synced, change: Partial<Mapping> | null): void {
  const { store } = world.deps();
  const config = loadConfig(store);
  const mappings = change === null ? [] : config.mappings.map((mapping) => ({ ...mapping, ...change }));
  saveConfig(store, { ...config, mappings });
  store.flush();
}

describe("taking a run back", () => {
  it("I15 plans first and waits, writing nothing", () => {
    const at = synced();
    const { world, runId } = at;
    const sheet = world.rows(at.tabId);
    const changes = world.crm.world.changes.length;
    const run = world.call("undo.start", { runId, only: null });
    expect(run).toMatchObject({ phase: "waiting", undoOf: runId, mappingId: at.mappingId });
    expect(run.plan?.guard).toMatchObject([{ kind: "undo", message: "Undo takes back 2 of 2 changes of that sync." }]);
    expect(run.plan?.counts).toMatchObject({ updates: 1, rowWrites: 1, cellWrites: 1, notes: 0 });
    expect(world.rows(at.tabId)).toEqual(sheet);
    expect(world.crm.world.changes).toHaveLength(changes);
  });

  it("I15 puts both sides back once it was approved, and the sync that follows has nothing to do", () => {
    const at = synced();
    const { world, mappingId, tabId, ids } = at;
    const ran = { title: world.crm.world.get("contacts", ids[0] ?? "")?.jobtitle, company: companyOf(at) };
    expect(ran).toEqual({ title: "Typed", company: "Changed" });
    const done = approve(at, world.call("undo.start", { runId: at.runId, only: null }).id);
    expect(done).toMatchObject({ phase: "done", totals: { updated: 1, cellsWritten: 1, successes: 2, errors: 0 } });
    expect(world.crm.world.get("contacts", ids[0] ?? "")?.jobtitle).not.toBe("Typed");
    expect(world.rows(tabId)[0]?.["Job title"]).toBe("Typed");
    expect(companyOf(at)).not.toBe("Changed");
    expect(world.crm.world.get("contacts", ids[1] ?? "")?.company).toBe("Changed");
    const after = world.run(mappingId, "both");
    expect(after).toMatchObject({ phase: "done", totals: { processed: 0 }, openConflicts: 0 });
  });

  it("I15 is in the history as a run of its own, and marks the run that it took back", () => {
    const at = synced();
    approve(at, at.world.call("undo.start", { runId: at.runId, only: null }).id);
    expect(history(at).slice(0, 2)).toEqual(["Undo: possible, 0", "Sync both ways: done, 0"]);
    expect(() => at.world.call("undo.start", { runId: at.runId, only: null })).toThrow(/^already-undone/);
  });

  it("leaves open conflicts and what the rows' status says as they are", () => {
    const at = synced();
    const { world, ids } = at;
    world.grid.user.type(at.tabId, 5, TITLE, "Mine");
    world.crm.world.update("contacts", ids[3] ?? "", { jobtitle: "Theirs" });
    expect(world.run(at.mappingId, "both", {}).openConflicts).toBe(1);
    const shown = () => [
      world.rows(at.tabId)[3]?.["CRM sync status"],
      world.call("app.state", {}).mappings[0]?.openConflicts,
    ];
    expect(shown()).toEqual(["Conflict", 1]);
    approve(at, world.call("undo.start", { runId: at.runId, only: null }).id);
    expect(shown()).toEqual(["Conflict", 1]);
  });

  it("can itself be taken back, and the run again after that", () => {
    const at = synced();
    const { world, ids } = at;
    const undo = approve(at, world.call("undo.start", { runId: at.runId, only: null }).id);
    approve(at, world.call("undo.start", { runId: undo.id, only: null }).id);
    expect(world.crm.world.get("contacts", ids[0] ?? "")?.jobtitle).toBe("Typed");
    expect(companyOf(at)).toBe("Changed");
    expect(history(at).slice(0, 3)).toEqual(["Undo: possible, 0", "Undo: done, 0", "Sync both ways: possible, 0"]);
    approve(at, world.call("undo.start", { runId: at.runId, only: null }).id);
    expect(world.crm.world.get("contacts", ids[0] ?? "")?.jobtitle).not.toBe("Typed");
  });

  it("does only what is named, and the rest can still be taken back", () => {
    const at = synced();
    const { world, ids } = at;
    const plan = world.call("undo.start", { runId: at.runId, only: null });
    expect(plan.plan?.counts).toMatchObject({ updates: 1, rowWrites: 1 });
    const leftOut = approve(at, plan.id, [`w:${ids[1]}`]);
    expect(leftOut.totals).toMatchObject({ updated: 1, cellsWritten: 0 });
    expect(history(at)[1]).toBe("Sync both ways: possible, 0");
    const rest = world.call("undo.start", { runId: at.runId, only: null });
    expect(rest.plan?.counts).toMatchObject({ updates: 0, rowWrites: 1, notes: 1 });
    approve(at, rest.id);
    expect(companyOf(at)).not.toBe("Changed");
    expect(history(at)[2]).toBe("Sync both ways: done, 0");
  });

  it("gives way when it is discarded: the run can still be taken back", () => {
    const at = synced();
    const waiting = at.world.call("undo.start", { runId: at.runId, only: null });
    at.world.call("run.cancel", { runId: waiting.id });
    expect(at.world.call("undo.start", { runId: at.runId, only: null }).phase).toBe("waiting");
  });
});

describe("a run that cannot be taken back", () => {
  const start = ({ world, runId }: Synced, id = runId) => world.call("undo.start", { runId: id, only: null });

  it("is one that nothing is kept of", () => {
    const at = synced();
    expect(() => start(at, "nobody")).toThrow(/^undo-gone: .* version history/);
    const quiet = at.world.run(at.mappingId, "both");
    expect(() => start(at, quiet.id)).toThrow(/^undo-gone/);
    expect(history(at)[0]).toBe("Sync both ways: no, 0");
  });

  it("is one that is still under way or waits", () => {
    const at = synced();
    const waiting = start(at);
    expect(() => start(at, waiting.id)).toThrow(/^run-not-over: .* cancel it/);
  });

  it("is one whose mapping was removed", () => {
    const at = synced();
    changeMapping(at, null);
    expect(() => start(at)).toThrow(/^mapping-missing/);
  });

  it("R20 is one of another account than the mapping's today", () => {
    const at = synced();
    changeMapping(at, { accountId: "other" });
    expect(() => start(at)).toThrow(/^other-account/);
  });

  it("R20 is one under a connection with another account: nothing is planned", () => {
    const at = synced();
    at.world.crm.account = { ...at.world.crm.account, id: "other" };
    expect(start(at)).toMatchObject({ phase: "failed", error: { code: "other-account" } });
  });

  it("R22 is one with other records than the mapping's today", () => {
    const at = synced();
    changeMapping(at, { objectType: "companies" });
    expect(() => start(at)).toThrow(/^other-object/);
  });

  it("is one that was too large to be kept", () => {
    const at = synced();
    const { store } = at.world.deps();
    const index = store.load("undo-runs") as { version: 1; runs: { runId: string }[] };
    const runs = index.runs.map((run) => (run.runId === at.runId ? { ...run, state: "too-large" } : run));
    store.save("undo-runs", { ...index, runs });
    store.flush();
    expect(() => start(at)).toThrow(/^undo-too-large: .* version history/);
    expect(() => at.world.call("undo.losers", { runId: at.runId })).toThrow(/^undo-too-large/);
  });
});

describe("values that lost", () => {
  /** One title each way: the sheet wins in row 2, the CRM in row 3. */
  function lost(): Synced {
    const world = new AppWorld({ contacts: 4 });
    const made = world.mapPeople();
    world.run(made.mappingId, "both", {});
    const ids = world.rows(made.tabId).map((row) => row["CRM record ID"] ?? "");
    world.clock.advance(600_000);
    for (const row of [2, 3]) {
      world.grid.user.type(made.tabId, row, TITLE, `Sheet ${row}`);
      world.crm.world.update("contacts", ids[row - 2] ?? "", { jobtitle: `CRM ${row}` });
    }
    const preview = world.call("run.start", { mappingId: made.mappingId, direction: "both", preview: true });
    const settle = [
      { recordId: ids[0] ?? "", field: "jobtitle", winner: "sheet" as const },
      { recordId: ids[1] ?? "", field: "jobtitle", winner: "crm" as const },
    ];
    const request = { runId: preview.id, leaveOut: [], allowCreates: false, allowGuard: true, settle };
    const run = world.finish(world.call("run.approve", request));
    expect(run).toMatchObject({ phase: "done", openConflicts: 0, totals: { updated: 1, cellsWritten: 1 } });
    return { world, ...made, runId: run.id, ids };
  }

  it("F5 are listed with their side, what replaced them and when", () => {
    const at = lost();
    const { startedMs } = at.world.call("history.list", { limit: 1 })[0] ?? { startedMs: 0 };
    const losers = at.world.call("undo.losers", { runId: at.runId });
    expect(losers).toMatchObject([
      { label: "Job title", side: "crm", value: "CRM 2", replacedBy: "Sheet 2", atMs: startedMs },
      { label: "Job title", side: "sheet", value: "Sheet 3", replacedBy: "CRM 3", atMs: startedMs },
    ]);
    expect(history(at)[0]).toBe("Sync both ways: possible, 2");
  });

  it("F5 come back one by one, and the other stays", () => {
    const at = lost();
    const { world, ids } = at;
    const [, second] = world.call("undo.losers", { runId: at.runId });
    const undo = world.call("undo.start", { runId: at.runId, only: [second?.id ?? ""] });
    expect(undo.plan?.counts).toMatchObject({ updates: 0, rowWrites: 1, notes: 0 });
    approve(at, undo.id);
    expect(world.rows(at.tabId).map((row) => row["Job title"])).toMatchObject({ 0: "Sheet 2", 1: "Sheet 3" });
    expect(world.crm.world.get("contacts", ids[1] ?? "")?.jobtitle).toBe("CRM 3");
    expect(world.run(at.mappingId, "both")).toMatchObject({ totals: { processed: 0 }, openConflicts: 0 });
    expect(history(at)[2]).toBe("Sync both ways: possible, 2");
  });

  it("are none of a run without conflicts, and none are known of a run that is not kept", () => {
    const at = synced();
    expect(at.world.call("undo.losers", { runId: at.runId })).toEqual([]);
    expect(() => at.world.call("undo.losers", { runId: "nobody" })).toThrow(/^undo-gone/);
  });
});
