import { AppWorld } from "../support/app-world";

const EMAIL = 3;
const TITLE = 5;

/** A push of one new row (row 5), with something that people do right before the record is created. */
function pushWhile(action: (world: AppWorld, tabId: number) => void): {
  world: AppWorld;
  mappingId: string;
  tabId: number;
} {
  const world = new AppWorld({ contacts: 3 });
  const made = world.mapPeople();
  world.run(made.mappingId, "pull");
  world.grid.user.paste(made.tabId, 5, 1, [["Zoe", "Quist", "zoe@example.org", "", "", ""]]);
  const { write } = world.crm;
  jest.spyOn(world.crm, "write").mockImplementationOnce((type, operations) => {
    expect(world.rows(made.tabId)[3]?.["CRM record ID"]).toMatch(/^pending:/);
    action(world, made.tabId);
    return write.call(world.crm, type, operations);
  });
  const run = world.run(made.mappingId, "push");
  expect(run).toMatchObject({ phase: "done", totals: { created: 1, errors: 0 } });
  return { world, ...made };
}

const zoe = (world: AppWorld) => {
  const found = world.crm.world.liveRecords("contacts").filter((record) => record.values.lastname === "Quist");
  expect(found).toHaveLength(1);
  return found[0];
};

const rowOfZoe = (world: AppWorld, tabId: number) => world.rows(tabId).find((row) => row["Last name"] === "Quist");

describe("a record that is created while people work in the sheet", () => {
  it.each<[string, (world: AppWorld, tabId: number) => void]>([
    ["is sorted away", (world, tabId) => world.grid.user.sortRows(tabId, 2, EMAIL, false)],
    ["is pushed down by new rows", (world, tabId) => world.grid.user.insertRows(tabId, 2, 3)],
    ["is moved up", (world, tabId) => world.grid.user.moveRows(tabId, 5, 1, 2)],
  ])("gives its ID to its row when that %s", (_what, action) => {
    const { world, mappingId, tabId } = pushWhile(action);
    expect(rowOfZoe(world, tabId)?.["CRM record ID"]).toBe(zoe(world)?.id);
    const ids = world.rows(tabId).map((row) => row["CRM record ID"]);
    expect(ids.filter((id) => id !== "")).toHaveLength(4);
    expect(world.run(mappingId, "both").totals).toMatchObject({ processed: 0 });
  });

  it("gets an edit of its row with the next sync (F2)", () => {
    const { world, mappingId, tabId } = pushWhile((at, tab) => at.grid.user.type(tab, 5, TITLE, "Edited"));
    expect(rowOfZoe(world, tabId)?.["CRM record ID"]).toBe(zoe(world)?.id);
    expect(zoe(world)?.values.jobtitle ?? "").toBe("");
    expect(world.run(mappingId, "both").totals).toMatchObject({ updated: 1, errors: 0 });
    expect(zoe(world)?.values.jobtitle).toBe("Edited");
  });

  it("is left in the CRM when its row is deleted, and does not come back (R8)", () => {
    const { world, mappingId, tabId } = pushWhile((at, tab) => at.grid.user.deleteRows(tab, 5, 1));
    expect(world.run(mappingId, "both").totals.appended).toBe(0);
    expect(world.rows(tabId)).toHaveLength(3);
    expect(zoe(world)?.values.email).toBe("zoe@example.org");
  });
});
