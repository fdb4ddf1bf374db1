import { SyncError } from "../../src/domain/errors";
import { AppWorld } from "../support/app-world";

const EMAIL = 3;
const TITLE = 5;

/** A new row whose create the CRM took without confirming it. */
function unconfirmed(applied: "all" | "none"): { world: AppWorld; mappingId: string; tabId: number } {
  const world = new AppWorld({ contacts: 3 });
  const made = world.mapPeople();
  world.run(made.mappingId, "pull");
  world.grid.user.paste(made.tabId, 5, 1, [["Zoe", "Quist", "zoe@example.org", "", "", ""]]);
  world.crm.faults.next("write", { kind: "unknown", applied });
  expect(world.run(made.mappingId, "push").totals).toMatchObject({ created: 0, errors: 1 });
  return { world, ...made };
}

const zoes = (world: AppWorld) =>
  world.crm.world.liveRecords("contacts").filter((record) => record.values.lastname === "Quist");

describe("a create that was not confirmed", () => {
  it("is sent again when it never happened", () => {
    const { world, mappingId, tabId } = unconfirmed("none");
    expect(zoes(world)).toHaveLength(0);
    expect(world.run(mappingId, "push").totals).toMatchObject({ created: 1, errors: 0 });
    expect(world.rows(tabId)[3]?.["CRM record ID"]).toBe(zoes(world)[0]?.id);
  });

  it("keeps an edit that was made meanwhile, and sends it to the record that exists", () => {
    const { world, mappingId, tabId } = unconfirmed("all");
    world.grid.user.type(tabId, 5, TITLE, "Edited");
    world.run(mappingId, "both");
    expect(zoes(world)).toHaveLength(1);
    expect(zoes(world)[0]?.values.jobtitle).toBe("Edited");
  });

  it("is left with its token while the CRM cannot be asked", () => {
    const { world, mappingId, tabId } = unconfirmed("all");
    const thrown = new SyncError("fatal", "odd", "No.");
    world.crm.faults.next("find", { kind: "throw", thrown, when: "before" });
    expect(world.run(mappingId, "push").phase).toBe("failed");
    expect(world.rows(tabId)[3]?.["CRM record ID"]).toMatch(/^pending:/);
  });

  it.failing("makes no second record when its key is edited before the next sync [fails: the intent with the key that was sent is dropped at the commit, so only the new key is looked up]", () => {
    const { world, mappingId, tabId } = unconfirmed("all");
    world.grid.user.type(tabId, 5, EMAIL, "zoe.quist@example.org");
    world.run(mappingId, "push");
    expect(zoes(world)).toHaveLength(1);
  });
});
