import type { RunView } from "../../src/contract/views";
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

function expectUntouched(world: AppWorld, work: () => RunView): void {
  const changes = world.crm.world.changes.length;
  const run = work();
  expect(run).toMatchObject({ phase: "failed", error: { code: "other-account" } });
  expect(world.crm.world.changes).toHaveLength(changes);
}

describe("a key that leads to another account while a run is under way (R20)", () => {
  it("stops the next slice before it writes anything; back in its own account the next sync does the rest", () => {
    const { world, mappingId, run } = waiting();
    const begun = approve(world, run);
    expect(begun.phase).toBe("applying");
    expect(begun.totals.updated).toBeGreaterThan(0);
    const back = switchPortal(world);
    expectUntouched(world, () => world.call("run.step", { runId: run.id }));
    back();
    const rest = world.run(mappingId, "push", {});
    expect(rest).toMatchObject({ phase: "done", totals: { updated: EDITED - begun.totals.updated, errors: 0 } });
  });

  it("stops an approved plan before it writes anything", () => {
    const { world, run } = waiting();
    switchPortal(world);
    expectUntouched(world, () => approve(world, run));
  });
});
