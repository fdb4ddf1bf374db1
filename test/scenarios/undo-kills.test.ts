import type { RunView } from "../../src/contract/views";
import { toFakeContact } from "../support/fake-people";
import { killPoints } from "../support/sync-sweep";
import { Killed, type KillPoint } from "../support/sync-trial-world";
import { SyncWorld } from "../support/sync-world";
import { UndoWorld } from "../support/undo-world";

/** One of so many kill points is tried: all of them take a minute. */
const EVERY = 4;

/** An undo of everything that a run can do, planned and waiting: values both ways, records made, rows made and removed. */
function waitingUndo() {
  const sync = new SyncWorld();
  const { app } = sync;
  for (let at = 0; at < 5; at++) app.crm.world.create("contacts", toFakeContact(1, at));
  const world = new UndoWorld(app, { gone: "remove-row" });
  world.sync();
  const ids = world.ids();
  world.later();
  world.type(ids, 0, "city", "Typed");
  world.update(ids[1] ?? "", "favourite_colour", "hot_pink");
  world.update(ids[1] ?? "", "city", "Moved");
  app.grid.user.type(world.tabId, 4, 7, "note");
  app.crm.world.archive("contacts", ids[2] ?? "");
  app.grid.user.paste(world.tabId, 7, 1, [["new@example.org", "Nora", "New", "Rome", "Red", 1]]);
  app.crm.world.create("contacts", { email: "made@example.org", city: "Bonn" });
  const run = world.sync();
  expect(run.totals).toMatchObject({ updated: 1, created: 1, appended: 1, rowsRemoved: 1, errors: 0 });
  const { run: undo, plan } = world.planUndo(run.id);
  expect(plan.operations.map(({ kind }) => kind).sort()).toEqual(
    ["archive", "remove-row", "restore-row", "unlink", "update", "write-cells"].sort(),
  );
  return { sync, world, undo };
}

/** Approves and goes on until the undo is over, after a kill at the point. */
function playUndo(point: KillPoint | null) {
  const { sync, world, undo } = waitingUndo();
  sync.calls.restart();
  sync.calls.killAt(point);
  const approve = (): RunView =>
    sync.callNow("run.approve", { runId: undo.id, leaveOut: [], allowCreates: false, allowGuard: true, settle: [] });
  let run: RunView | null = null;
  let kills = 0;
  for (let execution = 0; execution < 10 && run?.phase !== "done"; execution++) {
    try {
      const now: RunView | null = run ?? sync.callNow("app.state", {}).run;
      run = now?.phase === "waiting" ? approve() : sync.callNow("run.step", { runId: undo.id });
    } catch (thrown) {
      if (!(thrown instanceof Killed)) throw thrown;
      run = null;
      kills += 1;
    }
  }
  const calls = sync.calls.log();
  const { app, tabId } = world;
  const rows = app.rows(tabId).map(({ "CRM sync status": _status, ...row }) => row);
  const records = app.crm.world.all("contacts");
  const following = world.sync();
  return { calls, kills, rows, records, phase: run?.phase, totals: run?.totals, following: following.totals.successes };
}

describe("an undo that is killed", () => {
  it("I13 ends as if it had not been, wherever it is killed", () => {
    const { calls, kills, ...plain } = playUndo(null);
    expect(kills).toBe(0);
    expect(plain).toMatchObject({ phase: "done", following: 0, totals: { errors: 0, skipped: 0 } });
    const points = killPoints(calls, false).filter((_point, at) => at % EVERY === 0);
    expect(points.length).toBeGreaterThan(20);
    for (const point of points) {
      const { calls: _calls, ...killed } = playUndo(point);
      expect({ point, ...killed }).toEqual({ point, kills: 1, ...plain });
    }
  });
});
