import { AppWorld } from "../support/app-world";

const ID = "CRM record ID";

describe("a mapping that moves to another account (R20)", () => {
  function moved() {
    const world = new AppWorld({ contacts: 5 });
    const { mappingId, tabId } = world.mapPeople();
    world.run(mappingId, "both", {});
    world.crm.account = { ...world.crm.account, id: "999", name: "Other portal" };
    world.connect();
    return { world, mappingId, tabId };
  }

  it("runs nothing until it is moved, and says how", () => {
    const { world, mappingId } = moved();
    const run = world.run(mappingId, "both", {});
    expect(run.phase).toBe("failed");
    expect(run.error).toMatchObject({ code: "other-account" });
    expect(run.error?.hint).toContain("open the mapping and save it");
  });

  it("takes the record IDs out of the sheet when it is saved, and starts as a first sync that links by key", () => {
    const { world, mappingId, tabId } = moved();
    const before = world.rows(tabId);
    const { draft } = world.call("editor.open", {
      crm: "hubspot",
      objectType: null,
      tabId,
      headerRow: null,
      mappingId,
    });
    world.call("mapping.save", { draft: structuredClone(draft) as never });
    const after = world.rows(tabId);
    expect(after.map((row) => row[ID])).toEqual(before.map(() => ""));
    expect(after.map((row) => row.Email)).toEqual(before.map((row) => row.Email));
    const run = world.run(mappingId, "both");
    expect(run.phase).toBe("waiting");
    expect(run.plan).toMatchObject({ firstSync: true, counts: { links: 5, creates: 0, appends: 0 } });
  });
});
