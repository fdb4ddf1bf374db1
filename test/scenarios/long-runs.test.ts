import { DEFAULT_SETTINGS } from "../../src/app/mapping-settings";
import { scheduledRun } from "../../src/app/scheduled-run";
import { SyncError } from "../../src/domain/errors";
import { AppWorld } from "../support/app-world";

const TITLE = 5;
const SLICE_MS = 30_000;

describe("runs of many slices", () => {
  it("reads 6,000 contacts in slices under 30 s and adds every one of them once", () => {
    const world = new AppWorld({ contacts: 6_000, crmCallMs: 1_000 });
    const { mappingId, tabId } = world.mapPeople();
    let run = world.call("run.start", { mappingId, direction: "pull", preview: false });
    let slices = 1;
    while (run.phase !== "done") {
      expect(run.phase).not.toBe("failed");
      const before = world.clock.now();
      run = world.call("run.step", { runId: run.id });
      expect(world.clock.now() - before).toBeLessThan(SLICE_MS);
      slices += 1;
    }
    expect(slices).toBeGreaterThan(2);
    const ids = world.rows(tabId).map((row) => row["CRM record ID"]);
    expect(new Set(ids).size).toBe(6_000);
    expect(run.totals).toMatchObject({ appended: 6_000, processed: 6_000, errors: 0 });
  });

  it("goes on behind the pages it has read when a page cannot be read at first", () => {
    const world = new AppWorld({ contacts: 500 });
    const { mappingId, tabId } = world.mapPeople();
    const before = world.crm.faults.calls.length;
    const thrown = new SyncError("retryable", "server-fault", "The CRM does not answer.", { retryAfterMs: 1_000 });
    world.crm.faults.at(before + 4, { kind: "throw", thrown, when: "before" });
    const run = world.run(mappingId, "pull");
    expect(run.phase).toBe("done");
    expect(world.rows(tabId)).toHaveLength(500);
    const pages = world.crm.faults.calls.slice(before).filter((call) => call.method === "list").length;
    expect(pages).toBe(6);
  });

  it("looks up the keys of more new rows than one slice has time for, once each", () => {
    const world = new AppWorld({ contacts: 3, crmCallMs: 7_000 });
    const { mappingId, tabId } = world.mapPeople();
    world.run(mappingId, "pull");
    const rows = Array.from({ length: 3_000 }, (_, at) => ["New", `Row ${at}`, `new${at}@example.org`, "", "", ""]);
    world.grid.user.paste(tabId, 5, 1, rows);
    const before = world.crm.faults.calls.length;
    let run = world.call("run.start", { mappingId, direction: "push", preview: true });
    let slices = 1;
    for (; run.phase !== "waiting"; slices++) {
      const startMs = world.clock.now();
      run = world.call("run.step", { runId: run.id });
      expect(world.clock.now() - startMs).toBeLessThan(SLICE_MS);
      expect(run.phase).not.toBe("failed");
    }
    expect(slices).toBeGreaterThan(2);
    const asked = world.crm.faults.calls.slice(before).filter((call) => call.method === "find");
    expect(asked).toHaveLength(6);
    expect(run.plan?.counts.creates).toBe(3_000);
  });

  it("cancels between two groups; what is written stays, the history says stopped, and the next sync does the rest", () => {
    const world = new AppWorld({ contacts: 1_500, crmCallMs: 1_500 });
    const { mappingId, tabId } = world.mapPeople();
    world.run(mappingId, "pull");
    for (let row = 2; row <= 1_201; row++) world.grid.user.type(tabId, row, TITLE, `Edited ${row}`);
    let run = world.call("run.start", { mappingId, direction: "push", preview: false });
    while (run.phase !== "waiting") run = world.call("run.step", { runId: run.id });
    run = world.call("run.approve", { runId: run.id, allowCreates: true, allowGuard: true, leaveOut: [] });
    expect(run.phase).toBe("applying");
    const cancelled = world.call("run.cancel", { runId: run.id });
    expect(cancelled.phase).toBe("cancelled");
    const done = cancelled.totals.updated;
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(1_200);
    expect(world.call("history.list", { limit: 1 })[0]).toMatchObject({
      outcome: "stopped",
      totals: { updated: done },
    });
    const rest = world.run(mappingId, "push", {});
    expect(rest.totals.updated).toBe(1_200 - done);
    const titles = world.crm.world
      .liveRecords("contacts")
      .filter((record) => record.values.jobtitle?.startsWith("Edited"));
    expect(titles).toHaveLength(1_200);
  });

  it("leaves out what was unticked in the preview and takes it the next time", () => {
    const world = new AppWorld({ contacts: 5 });
    const { mappingId, tabId } = world.mapPeople();
    world.run(mappingId, "pull");
    world.grid.user.type(tabId, 2, TITLE, "First");
    world.grid.user.type(tabId, 3, TITLE, "Second");
    const waiting = world.finish(world.call("run.start", { mappingId, direction: "both", preview: true }));
    const page = world.call("plan.page", { runId: waiting.id, kind: "update", offset: 0, limit: 10 });
    const approval = { runId: waiting.id, allowCreates: true, allowGuard: false, leaveOut: [page.items[0]?.id ?? ""] };
    expect(world.finish(world.call("run.approve", approval)).totals.updated).toBe(1);
    expect(world.run(mappingId, "both").totals.updated).toBe(1);
  });

  it("keeps a second run out while one works, and lets a new one replace one that waits", () => {
    const world = new AppWorld({ contacts: 3_000, crmCallMs: 2_000 });
    const { mappingId } = world.mapPeople();
    const first = world.call("run.start", { mappingId, direction: "pull", preview: true });
    expect(() => world.call("run.start", { mappingId, direction: "pull", preview: true })).toThrow(
      /run-active.*already syncing/,
    );
    const waiting = world.finish(first);
    expect(waiting.phase).toBe("waiting");
    const second = world.call("run.start", { mappingId, direction: "pull", preview: true });
    expect(() => world.call("run.step", { runId: first.id })).toThrow(/run-missing/);
    expect(second.id).not.toBe(first.id);
  });

  it("stops before the first write when more than half of the rows would change, until it is allowed once", () => {
    const world = new AppWorld({ contacts: 60 });
    const { mappingId, tabId } = world.mapPeople();
    world.run(mappingId, "pull");
    for (let row = 2; row <= 41; row++) world.grid.user.type(tabId, row, TITLE, "All the same");
    const waiting = world.run(mappingId, "both");
    expect(waiting.phase).toBe("waiting");
    expect(waiting.plan?.guard[0]?.message).toContain("40 of 60");
    expect(world.crm.world.changes).toEqual([]);
    const approve = { runId: waiting.id, allowCreates: true, leaveOut: [] };
    expect(() => world.call("run.approve", { ...approve, allowGuard: false })).toThrow(/guard-not-allowed/);
    expect(world.finish(world.call("run.approve", { ...approve, allowGuard: true })).totals.updated).toBe(40);
  });
});

describe("scheduled runs", () => {
  const hourly = { kind: "hourly" as const, hour: 9, day: 1 };

  function scheduled(): { world: AppWorld; mappingId: string; tabId: number } {
    const world = new AppWorld({ contacts: 30 });
    const settings = { ...DEFAULT_SETTINGS, notify: { onApproval: true, onErrors: true } };
    const made = world.mapPeople({ settings });
    world.run(made.mappingId, "pull");
    world.call("schedule.save", { mappingId: made.mappingId, schedule: hourly });
    return { world, ...made };
  }

  it("plants one dispatcher and takes it away when the last schedule is switched off", () => {
    const { world, mappingId } = scheduled();
    expect([...world.triggers.values()]).toEqual(["dispatcher"]);
    world.call("schedule.save", { mappingId, schedule: { ...hourly, kind: "off" } });
    expect([...world.triggers.values()]).toEqual([]);
  });

  it("syncs what is due, leaves no continuation behind and tells the history", () => {
    const { world, mappingId, tabId } = scheduled();
    world.grid.user.type(tabId, 2, TITLE, "By the clock");
    scheduledRun(world.deps());
    expect(world.crm.world.changes).toEqual([]);
    world.clock.advance(3_600_000);
    scheduledRun(world.deps());
    expect(world.crm.world.changes).toHaveLength(1);
    expect([...world.triggers.values()]).toEqual(["dispatcher"]);
    const [event] = world.call("history.list", { limit: 1 });
    expect(event).toMatchObject({ trigger: "schedule", totals: { updated: 1 } });
    const summary = world.call("app.state", {}).mappings.find((mapping) => mapping.id === mappingId);
    expect(summary?.schedule).toMatchObject({ kind: "hourly", owner: "ann@example.com", problem: "" });
    expect(summary?.schedule.lastRunMs).not.toBeNull();
  });

  it("waits for approval instead of writing past a limit, and mails only the first time", () => {
    const { world, tabId } = scheduled();
    for (let row = 2; row <= 31; row++) world.grid.user.type(tabId, row, TITLE, "Slipped");
    for (let hour = 0; hour < 3; hour++) {
      world.clock.advance(3_600_000);
      scheduledRun(world.deps());
    }
    expect(world.crm.world.changes).toEqual([]);
    expect(world.mails).toHaveLength(1);
    expect(world.call("app.state", {}).run?.phase).toBe("waiting");
    expect(world.call("app.state", {}).mappings[0]?.state).toBe("needs-approval");
    expect(world.call("history.list", { limit: 1 })[0]?.outcome).toBe("stopped");
  });

  it("says in the history and by one mail that the connection is gone", () => {
    const { world } = scheduled();
    world.connections.clear();
    world.clock.advance(3_600_000);
    scheduledRun(world.deps());
    expect(world.mails[0]?.body).toContain("Connect again in the sidebar");
    expect(world.call("history.list", { limit: 1 })[0]).toMatchObject({ outcome: "failed", trigger: "schedule" });
  });

  it("goes on with a continuation when the time is up", () => {
    const world = new AppWorld({ contacts: 6_000, crmCallMs: 10_000 });
    const { mappingId, tabId } = world.mapPeople({ direction: "pull" });
    world.call("schedule.save", { mappingId, schedule: hourly });
    world.clock.advance(3_600_000);
    let rounds = 0;
    do {
      const before = world.clock.now();
      scheduledRun(world.deps());
      expect(world.clock.now() - before).toBeLessThan(6 * 60_000);
      rounds += 1;
    } while ([...world.triggers.values()].includes("continuation") && rounds < 20);
    expect(rounds).toBeGreaterThan(1);
    expect(world.rows(tabId)).toHaveLength(6_000);
  });
});
