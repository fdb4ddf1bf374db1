import { scheduledRun } from "../../src/app/scheduled-run";
import type { RunView } from "../../src/contract/views";
import { LEASE_MS } from "../../src/state/lease";
import { loadRun } from "../../src/state/run-document";
import { AppWorld } from "../support/app-world";

/** Two mappings; a pull of the first works and takes several slices. */
function working(): { world: AppWorld; first: string; second: string; run: RunView } {
  const world = new AppWorld({ contacts: 3_000, crmCallMs: 2_000 });
  const first = world.mapPeople({ direction: "pull" }).mappingId;
  const second = world.mapPeople({ direction: "pull" }).mappingId;
  return { world, first, second, run: start(world, first) };
}

function start(world: AppWorld, mappingId: string, preview = false): RunView {
  return world.call("run.start", { mappingId, direction: "pull", preview });
}

const approval = (run: RunView) => ({ runId: run.id, leaveOut: [], allowCreates: true, allowGuard: true });

describe("one run at a time (decision 9)", () => {
  it("lets a plan of another mapping wait until the run that works has ended", () => {
    const { world, first, second, run } = working();
    world.call("run.cancel", { runId: run.id });
    const plan = world.finish(start(world, second, true));
    expect(plan.phase).toBe("waiting");
    const began = start(world, first);
    const calls = world.crm.faults.calls.length;
    expect(() => world.call("run.approve", approval(plan))).toThrow(/^run-active: ann@example.com is already syncing/);
    expect(world.crm.faults.calls.slice(calls).filter(({ method }) => method !== "check")).toEqual([]);
    // A plan that waits keeps nobody out.
    expect(world.finish(began).phase).toBe("done");
    expect(world.finish(world.call("run.approve", approval(plan))).phase).toBe("done");
  });

  it("does not go on with a run that was left behind while another works", () => {
    const { world, second, run } = working();
    world.clock.advance(LEASE_MS + 1);
    const other = start(world, second);
    expect(() => world.call("run.step", { runId: run.id })).toThrow(/^run-active/);
    // The sidebar shows the one that can go on.
    expect(world.call("app.state", {}).run?.id).toBe(other.id);
    expect(world.finish(other).phase).toBe("done");
    expect(world.call("app.state", {}).run?.id).toBe(run.id);
    expect(world.finish(world.call("run.step", { runId: run.id })).phase).toBe("done");
  });

  it("leaves a run of the clock that was cut off to a later hour while another works", () => {
    const world = new AppWorld({ contacts: 12_000, crmCallMs: 20_000 });
    const first = world.mapPeople({ direction: "pull" }).mappingId;
    const second = world.mapPeople({ direction: "pull" }).mappingId;
    world.call("schedule.save", { mappingId: first, schedule: { kind: "hourly", hour: 9, day: 1 } });
    world.clock.advance(3_600_000);
    scheduledRun(world.deps());
    const cutOff = world.call("app.state", {}).run;
    expect(cutOff).toMatchObject({ mappingId: first, phase: "reading" });
    world.clock.advance(LEASE_MS + 1);
    const other = start(world, second);
    const left = loadRun(world.deps().store, first);
    scheduledRun(world.deps());
    expect(loadRun(world.deps().store, first)).toEqual(left);
    expect(world.call("run.step", { runId: other.id }).phase).toBe("reading");
    world.call("run.cancel", { runId: other.id });
    scheduledRun(world.deps());
    expect(loadRun(world.deps().store, first)).not.toEqual(left);
  });
});
