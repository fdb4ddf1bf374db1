import { AppWorld } from "../support/app-world";

const ID = "CRM record ID";

function synced() {
  const world = new AppWorld({ contacts: 4 });
  const { mappingId, tabId } = world.mapPeople();
  expect(world.run(mappingId, "both", {}).phase).toBe("done");
  world.call("schedule.save", { mappingId, schedule: { kind: "daily", hour: 9, day: 1 } });
  return { world, mappingId, tabId };
}

describe("a copied spreadsheet (R23)", () => {
  it("forgets the original's base, runs and schedules, and keeps mappings and record IDs", () => {
    const { world, mappingId, tabId } = synced();
    const ids = world.rows(tabId).map((row) => row[ID]);
    const copy = world.copyFile("file-2");
    const state = copy.call("app.state", {});
    expect(state.mappings).toMatchObject([{ id: mappingId, state: "never", schedule: { kind: "off" } }]);
    expect(state.run).toBeNull();
    expect(copy.rows(tabId).map((row) => row[ID])).toEqual(ids);
    // The original goes on as before.
    expect(world.call("app.state", {}).mappings).toMatchObject([{ state: "in-step", schedule: { kind: "daily" } }]);
  });

  it("links its rows by their record IDs in a first sync, which waits for approval and creates nothing by itself", () => {
    const { world, mappingId, tabId } = synced();
    const copy = world.copyFile("file-2");
    copy.call("app.state", {});
    copy.grid.user.type(tabId, 6, 3, "new@example.com");
    const before = copy.crm.world.all("contacts").length;
    const run = copy.run(mappingId, "both");
    expect(run.phase).toBe("waiting");
    expect(run.plan?.firstSync).toBe(true);
    copy.call("run.approve", { runId: run.id, leaveOut: [], allowCreates: false, allowGuard: true, settle: [] });
    expect(copy.crm.world.all("contacts")).toHaveLength(before);
    expect(copy.run(mappingId, "both", { allowCreates: true }).phase).toBe("done");
    expect(copy.crm.world.all("contacts")).toHaveLength(before + 1);
  });

  it("blanks tokens of creates that belong to the original", () => {
    const { world, mappingId, tabId } = synced();
    world.grid.user.type(tabId, 6, 3, "new@example.com");
    world.crm.faults.next("write", { kind: "unknown", applied: "all" });
    world.run(mappingId, "both", {});
    expect(world.rows(tabId)[4]?.[ID]).toMatch(/^pending:/);
    const copy = world.copyFile("file-2");
    copy.call("app.state", {});
    expect(copy.rows(tabId)[4]?.[ID]).toBe("");
    expect(world.rows(tabId)[4]?.[ID]).toMatch(/^pending:/);
  });
});
