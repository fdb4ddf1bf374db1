import type { RpcRequest } from "../../src/contract/rpc";
import { DEFAULT_GUARD, NO_MAIL } from "../../src/domain/mapping";
import { loadCheckpoint } from "../../src/state/checkpoint";
import { loadConfig } from "../../src/state/config";
import { loadScheduleState } from "../../src/state/schedule-state";
import { loadSnapshot } from "../../src/state/snapshot-store";
import { AppWorld } from "../support/app-world";

type Draft = RpcRequest<"mapping.save">["draft"];

const TITLE = 5;

function mapped(contacts = 5): { world: AppWorld; mappingId: string; tabId: number } {
  const world = new AppWorld({ contacts });
  return { world, ...world.mapPeople() };
}

function pulled(contacts = 5): { world: AppWorld; mappingId: string; tabId: number } {
  const made = mapped(contacts);
  expect(made.world.run(made.mappingId, "pull").phase).toBe("done");
  return made;
}

function openDraft(world: AppWorld, tabId: number, mappingId: string | null, objectType: string | null = null): Draft {
  const request = { crm: "hubspot", objectType, tabId, headerRow: null, mappingId } as const;
  return world.call("editor.open", request).draft as Draft;
}

const storedMapping = (world: AppWorld) => loadConfig(world.deps().store).mappings[0];
const base = (world: AppWorld, mappingId: string) => loadSnapshot(world.deps().store, mappingId).pairs;
const columnIds = (world: AppWorld) =>
  Object.fromEntries((storedMapping(world)?.columns ?? []).map((column) => [column.field, column.columnId]));

describe("a mapping that is saved", () => {
  it("opens again as it was saved", () => {
    const { world, mappingId, tabId } = mapped();
    const draft = openDraft(world, tabId, mappingId);
    const columns = draft.columns.map((column) =>
      column.field === "company" ? { ...column, field: null } : { ...column, blank: "keep" as const },
    );
    const changed: Draft = { ...draft, name: "  Our people ", direction: "pull", keyField: "email", columns };
    world.call("mapping.save", { draft: changed });
    const again = openDraft(world, tabId, mappingId);
    expect(again).toMatchObject({ id: mappingId, name: "Our people", direction: "pull", keyField: "email" });
    expect(again.columns.map((column) => column.field)).toEqual(columns.map((column) => column.field));
    expect(again.columns[0]?.blank).toBe("keep");
    expect(world.call("app.state", {}).mappings).toHaveLength(1);
  });

  it("gets the policies of a new mapping unless others are chosen, and keeps those for another object too", () => {
    const { world, mappingId, tabId } = mapped();
    const draft = openDraft(world, tabId, mappingId);
    expect(draft.settings).toEqual({
      conflicts: "ask",
      gone: "mark",
      removedRows: "leave",
      guard: DEFAULT_GUARD,
      notify: NO_MAIL,
    });
    const settings: Draft["settings"] = {
      conflicts: "newest-wins",
      gone: "unlink",
      removedRows: "bring-back",
      guard: { ...DEFAULT_GUARD, deleteShare: 0.05, createMax: 7 },
      notify: { onApproval: true, onErrors: false },
    };
    world.call("mapping.save", { draft: { ...draft, settings } });
    expect(storedMapping(world)).toMatchObject(settings);
    expect(openDraft(world, tabId, mappingId).settings).toEqual(settings);
    expect(openDraft(world, tabId, mappingId, "companies").settings).toEqual(settings);
  });

  it("gets the name of its tab and object when it is given none", () => {
    const { world } = mapped();
    const { mappingId } = world.mapPeople({ name: "   " });
    const saved = loadConfig(world.deps().store).mappings.find((mapping) => mapping.id === mappingId);
    expect(saved?.name).toMatch(/^People Template for CRMs.* · Contacts$/);
  });

  it("keeps the ids of its columns over an edit, a renamed header and a moved column", () => {
    const { world, mappingId, tabId } = pulled();
    const before = columnIds(world);
    world.grid.user.type(tabId, 1, 4, "Telephone");
    world.grid.user.moveColumn(tabId, 4, 1);
    world.call("mapping.save", { draft: openDraft(world, tabId, mappingId) });
    expect(columnIds(world)).toEqual(before);
    expect(storedMapping(world)?.columns.find((column) => column.field === "phone")?.header).toBe("Telephone");
    world.clock.advance(1);
    expect(world.run(mappingId, "both").totals).toMatchObject({ processed: 0 });
  });

  it("keeps its base when columns are added and taken out, and lets lost rows link again", () => {
    const { world, mappingId, tabId } = pulled();
    const draft = openDraft(world, tabId, mappingId);
    const columns = draft.columns.map((column) => (column.field === "phone" ? { ...column, field: "city" } : column));
    world.call("mapping.save", { draft: { ...draft, columns } });
    expect(base(world, mappingId).size).toBe(5);
    expect(loadCheckpoint(world.deps().store, mappingId)).toMatchObject({
      relink: true,
      lastRunId: expect.any(String),
    });
  });

  it("drops its base and what the last run left when it leads to another object", () => {
    const { world, mappingId, tabId } = pulled();
    const draft = openDraft(world, tabId, mappingId, "companies");
    const columns = draft.columns.map((column) => ({ ...column, field: column.column === 1 ? "name" : null }));
    const saved = world.call("mapping.save", { draft: { ...draft, keyField: "name", columns } });
    expect(saved.mapping).toMatchObject({ id: mappingId, objectType: "companies", state: "never" });
    expect(base(world, mappingId).size).toBe(0);
  });

  it("drops its base when it is saved under another account", () => {
    const { world, mappingId, tabId } = pulled();
    world.crm.account = { ...world.crm.account, id: "42", name: "Another portal" };
    world.connect();
    world.call("mapping.save", { draft: openDraft(world, tabId, mappingId) });
    expect(storedMapping(world)?.accountId).toBe("42");
    expect(base(world, mappingId).size).toBe(0);
  });

  it("makes read-only fields pull, whatever was chosen", () => {
    const { world, mappingId, tabId } = mapped();
    const draft = openDraft(world, tabId, mappingId);
    const columns = draft.columns.map((column) =>
      column.field === "company" ? { ...column, field: "createdate", direction: "both" as const } : column,
    );
    world.call("mapping.save", { draft: { ...draft, columns } });
    expect(storedMapping(world)?.columns.find((column) => column.field === "createdate")?.direction).toBe("pull");
  });

  it("is refused with every problem in one sentence after the other, and nothing is changed", () => {
    const { world, mappingId, tabId } = pulled();
    const draft = openDraft(world, tabId, mappingId);
    const before = JSON.stringify(storedMapping(world));
    const columns = draft.columns.map((column) => ({
      ...column,
      field: column.field === "email" ? "gone" : column.field,
    }));
    expect(() => world.call("mapping.save", { draft: { ...draft, columns } })).toThrow(
      /^mapping-problems: The CRM has no field "gone".*The key field "Email" is not mapped.*save again\.$/,
    );
    expect(JSON.stringify(storedMapping(world))).toBe(before);
  });

  it("is refused when the sheet changed while it was open: no field gets another column's values", () => {
    const { world, mappingId, tabId } = pulled();
    const draft = openDraft(world, tabId, mappingId);
    world.grid.user.deleteColumns(tabId, 4, 1);
    expect(() => world.call("mapping.save", { draft })).toThrow(/Column D was "Phone".*is "Job title" now/);
    world.call("mapping.save", { draft: openDraft(world, tabId, mappingId) });
    expect(world.run(mappingId, "both").totals).toMatchObject({ updated: 0, errors: 0 });
  });

  it("is refused for a mapping that somebody removed", () => {
    const { world, mappingId, tabId } = mapped();
    const draft = openDraft(world, tabId, mappingId);
    world.call("mapping.remove", { mappingId });
    expect(() => world.call("mapping.save", { draft })).toThrow(/^mapping-missing/);
  });

  it("takes back the plan that waits: it was made for the mapping as it was", () => {
    const { world, mappingId, tabId } = pulled();
    world.grid.user.type(tabId, 2, TITLE, "Edited");
    const waiting = world.finish(world.call("run.start", { mappingId, direction: "both", preview: true }));
    world.call("mapping.save", { draft: openDraft(world, tabId, mappingId) });
    expect(world.call("app.state", {}).run).toBeNull();
    const approval = { runId: waiting.id, leaveOut: [], allowCreates: true, allowGuard: true };
    expect(() => world.call("run.approve", approval)).toThrow(/^not-waiting/);
    expect(world.crm.world.changes).toEqual([]);
    expect(world.run(mappingId, "both").totals.updated).toBe(1);
  });

  it("is refused while a run works on it, until the run's time is up", () => {
    const world = new AppWorld({ contacts: 3_000, crmCallMs: 2_000 });
    const { mappingId, tabId } = world.mapPeople();
    const draft = openDraft(world, tabId, mappingId);
    const run = world.call("run.start", { mappingId, direction: "pull", preview: false });
    expect(run.phase).toBe("reading");
    expect(() => world.call("mapping.save", { draft })).toThrow(/^run-active/);
    expect(() => world.call("mapping.remove", { mappingId })).toThrow(/^run-active/);
    world.clock.advance(8 * 60_000);
    world.call("mapping.save", { draft });
    expect(world.call("run.step", { runId: run.id }).phase).toBe("cancelled");
  });
});

describe("a mapping that is removed", () => {
  it("takes its base, checkpoint, schedule and column marks along, and leaves rows and records", () => {
    const { world, mappingId, tabId } = pulled();
    world.call("schedule.save", { mappingId, schedule: { kind: "daily", hour: 9, day: 1 } });
    const rows = JSON.stringify(world.rows(tabId));
    expect(world.call("mapping.remove", { mappingId }).mappings).toEqual([]);
    const { store } = world.deps();
    expect(loadConfig(store)).toEqual({ version: 2, mappings: [], schedules: {} });
    expect(["snapshot/", "delta/", "checkpoint/", "schedule/"].flatMap((prefix) => store.keys(prefix))).toEqual([]);
    expect(world.grid.stored(tabId).tags).toEqual([]);
    expect(JSON.stringify(world.rows(tabId))).toBe(rows);
    expect(world.crm.world.liveRecords("contacts")).toHaveLength(5);
  });

  it("takes its waiting plan along", () => {
    const { world, mappingId, tabId } = pulled();
    world.grid.user.type(tabId, 2, TITLE, "Edited");
    const waiting = world.finish(world.call("run.start", { mappingId, direction: "both", preview: true }));
    expect(world.call("mapping.remove", { mappingId }).run).toBeNull();
    expect(() => world.call("run.step", { runId: waiting.id })).toThrow(/run-missing/);
  });

  it("leaves another mapping as it was", () => {
    const { world, mappingId } = pulled();
    const other = world.mapPeople();
    world.run(other.mappingId, "pull");
    world.call("mapping.remove", { mappingId });
    expect(base(world, other.mappingId).size).toBe(5);
    expect(world.run(other.mappingId, "both").totals).toMatchObject({ processed: 0, errors: 0 });
  });

  it("is named as gone when it is removed twice", () => {
    const { world, mappingId } = mapped();
    world.call("mapping.remove", { mappingId });
    expect(() => world.call("mapping.remove", { mappingId })).toThrow(/^mapping-missing/);
  });
});

describe("a schedule that is saved", () => {
  const daily = { kind: "daily", hour: 9, day: 1 } as const;

  it("belongs to who saves it, and to nobody once it is off", () => {
    const { world, mappingId } = mapped();
    const summary = world.call("schedule.save", { mappingId, schedule: daily });
    expect(summary.schedule).toMatchObject({
      kind: "daily",
      hour: 9,
      owner: "ann@example.com",
      lastRunMs: null,
      problem: "",
    });
    const off = world.call("schedule.save", { mappingId, schedule: { ...daily, kind: "off" } });
    expect(off.schedule).toMatchObject({ kind: "off", owner: "", nextRunMs: null });
  });

  it("keeps only what its kind needs", () => {
    const { world, mappingId } = mapped();
    const stored = (schedule: RpcRequest<"schedule.save">["schedule"]) => {
      world.call("schedule.save", { mappingId, schedule });
      return loadConfig(world.deps().store).schedules[mappingId]?.schedule;
    };
    expect(stored({ kind: "hourly", hour: 3, day: 3 })).toEqual({ kind: "hourly" });
    expect(stored({ kind: "daily", hour: 3, day: 3 })).toEqual({ kind: "daily", hour: 3 });
    expect(stored({ kind: "weekly", hour: 3, day: 4 })).toEqual({ kind: "weekly", hour: 3, day: 4 });
  });

  it("counts from the moment it is saved, and forgets the old problem", () => {
    const { world, mappingId } = mapped();
    world.call("schedule.save", { mappingId, schedule: daily });
    expect(loadScheduleState(world.deps().store, mappingId)).toEqual({
      version: 1,
      lastMs: world.clock.now(),
      ranMs: null,
      problem: "",
    });
    const state = world.call("app.state", {}).mappings[0]?.schedule;
    expect(state?.nextRunMs).toBeGreaterThan(world.clock.now());
  });

  it("needs a connection, unless it is switched off", () => {
    const { world, mappingId } = mapped();
    world.connections.clear();
    expect(() => world.call("schedule.save", { mappingId, schedule: daily })).toThrow(/^not-connected/);
    expect(world.triggers.size).toBe(0);
    expect(world.call("schedule.save", { mappingId, schedule: { ...daily, kind: "off" } }).schedule.kind).toBe("off");
  });

  it("keeps the clock while another mapping of the same user needs it", () => {
    const { world, mappingId } = mapped();
    const other = world.mapPeople();
    const { deps } = world;
    jest.spyOn(world, "deps").mockImplementation(() => ({
      ...deps.call(world),
      triggers: { ...deps.call(world).triggers, ensureDispatcher: () => plantOnce(world) },
    }));
    world.call("schedule.save", { mappingId, schedule: daily });
    world.call("schedule.save", { mappingId: other.mappingId, schedule: daily });
    world.call("schedule.save", { mappingId, schedule: { ...daily, kind: "off" } });
    expect(world.triggers.size).toBe(1);
    world.call("schedule.save", { mappingId: other.mappingId, schedule: { ...daily, kind: "off" } });
    expect(world.triggers.size).toBe(0);
  });

  it("goes with its mapping, and the clock that nobody needs any more goes too", () => {
    const { world, mappingId } = mapped();
    world.call("schedule.save", { mappingId, schedule: daily });
    world.call("mapping.remove", { mappingId });
    expect([...world.triggers.values()]).toEqual([]);
  });
});

/** The one dispatcher that the port promises. */
function plantOnce(world: AppWorld): string {
  world.triggers.set("the-dispatcher", "dispatcher");
  return "the-dispatcher";
}
