import { scheduledRun } from "../../src/app/scheduled-run";
import type { RunView } from "../../src/contract/views";
import { SyncError } from "../../src/domain/errors";
import { loadPlan } from "../../src/state/plan-document";
import { loadRun } from "../../src/state/run-document";
import { loadScheduleState } from "../../src/state/schedule-state";
import { AppWorld } from "../support/app-world";

const TITLE = 5;
const EDITED = 1_200;

/** A push of 1,200 edits that waits for approval: more work than one slice holds. */
function waiting(): { world: AppWorld; mappingId: string; tabId: number; run: RunView } {
  const world = new AppWorld({ contacts: 1_500, crmCallMs: 1_500 });
  const { mappingId, tabId } = world.mapPeople();
  world.run(mappingId, "pull");
  for (let row = 2; row <= EDITED + 1; row++) world.grid.user.type(tabId, row, TITLE, `Edited ${row}`);
  let run = world.call("run.start", { mappingId, direction: "push", preview: false });
  while (run.phase !== "waiting") run = world.call("run.step", { runId: run.id });
  return { world, mappingId, tabId, run };
}

function approve(world: AppWorld, run: RunView): RunView {
  return world.call("run.approve", { runId: run.id, allowCreates: true, allowGuard: true, leaveOut: [] });
}

/** The key now leads to another portal, where the same numbers are other people. */
function switchPortal(world: AppWorld): () => void {
  const own = world.crm.account;
  world.crm.account = { ...own, id: "999", name: "Other portal" };
  return () => {
    world.crm.account = own;
  };
}

/** The plan waits as before a refused approval: with run, plan and schedule as they were stored, and nothing written. */
function expectStillWaiting(world: AppWorld, run: RunView, refusal: RegExp): void {
  const stored = () => {
    const { store } = world.deps();
    const { mappingId } = run;
    return {
      run: loadRun(store, mappingId),
      plan: loadPlan(store, run.id),
      schedule: loadScheduleState(store, mappingId),
      changes: world.crm.world.changes.length,
    };
  };
  const before = stored();
  expect(before.run?.phase).toBe("waiting");
  expect(() => approve(world, run)).toThrow(refusal);
  expect(stored()).toEqual(before);
}

describe("a key that leads to another account while a run is under way (R20)", () => {
  it("stops the next slice before it writes anything; back in its own account the next sync does the rest", () => {
    const { world, mappingId, run } = waiting();
    const begun = approve(world, run);
    expect(begun.phase).toBe("applying");
    expect(begun.totals.updated).toBeGreaterThan(0);
    const back = switchPortal(world);
    const changes = world.crm.world.changes.length;
    const stopped = world.call("run.step", { runId: run.id });
    expect(stopped).toMatchObject({ phase: "failed", error: { code: "other-account" } });
    expect(world.crm.world.changes).toHaveLength(changes);
    back();
    const rest = world.run(mappingId, "push", {});
    expect(rest).toMatchObject({ phase: "done", totals: { updated: EDITED - begun.totals.updated, errors: 0 } });
  });

  it("does not start an approval: the plan waits until its own account is back", () => {
    const { world, run } = waiting();
    const back = switchPortal(world);
    expectStillWaiting(world, run, /^other-account: .*Reconnect/);
    back();
    expect(world.finish(approve(world, run))).toMatchObject({ phase: "done", totals: { updated: EDITED, errors: 0 } });
  });

  it("does not start an approval with a key that is dead or gone: the plan waits for the next one", () => {
    const { world, run } = waiting();
    const thrown = new SyncError("auth", "token-expired", "The key has expired.", { hint: "Connect again." });
    world.crm.faults.next("check", { kind: "throw", thrown, when: "before" });
    expectStillWaiting(world, run, /^token-expired: The key has expired\. Connect again\./);
    world.connections.clear();
    expectStillWaiting(world, run, /^not-connected/);
    world.connect();
    expect(world.finish(approve(world, run)).totals.updated).toBe(EDITED);
  });

  it("leaves a plan of the clock as it is, the note that it waits and its open decisions included", () => {
    const world = new AppWorld({ contacts: 30 });
    const { mappingId, tabId } = world.mapPeople();
    world.run(mappingId, "pull");
    world.call("schedule.save", { mappingId, schedule: { kind: "hourly", hour: 9, day: 1 } });
    for (let row = 2; row <= 31; row++) world.grid.user.type(tabId, row, TITLE, `Edited ${row}`);
    const id = world.rows(tabId)[0]?.["CRM record ID"] ?? "";
    world.crm.world.update("contacts", id, { jobtitle: "Theirs" });
    world.clock.advance(3_600_000);
    scheduledRun(world.deps());
    const { run } = world.call("app.state", {});
    if (run === null) throw new Error("no plan waits");
    world.connections.clear();
    expect(loadScheduleState(world.deps().store, mappingId).problem).toContain("waits for your approval");
    expectStillWaiting(world, run, /^not-connected/);
    world.connect();
    const settle = [{ recordId: id, field: "jobtitle", winner: "sheet" as const }];
    const approval = { runId: run.id, allowCreates: true, allowGuard: true, leaveOut: [], settle };
    expect(world.finish(world.call("run.approve", approval)).totals).toMatchObject({ updated: 30, errors: 0 });
    expect(loadScheduleState(world.deps().store, mappingId).problem).toBe("");
  });
});
