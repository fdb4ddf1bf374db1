import { DEFAULT_SETTINGS } from "../../src/app/mapping-settings";
import { SyncError } from "../../src/domain/errors";
import { AppWorld } from "../support/app-world";

const EMAIL = 3;
const TITLE = 5;

/** A new row whose create the CRM took without confirming it. */
function unconfirmed(how: "all" | "none" | { readonly delayMs: number }): {
  world: AppWorld;
  mappingId: string;
  tabId: number;
} {
  const world = new AppWorld({ contacts: 3 });
  const made = world.mapPeople();
  world.run(made.mappingId, "pull");
  world.grid.user.paste(made.tabId, 5, 1, [["Zoe", "Quist", "zoe@example.org", "", "", ""]]);
  world.crm.faults.next(
    "write",
    typeof how === "string" ? { kind: "unknown", applied: how } : { kind: "late", ...how },
  );
  expect(world.run(made.mappingId, "push").totals).toMatchObject({ created: 0, errors: 1 });
  return { world, ...made };
}

/** As `unconfirmed("all")`, in a mapping that archives the records of removed rows. */
function unconfirmedArchive() {
  const world = new AppWorld({ contacts: 3 });
  const settings = { ...DEFAULT_SETTINGS, removedRows: "archive" as const };
  const made = world.mapPeople({ settings });
  world.run(made.mappingId, "pull");
  world.grid.user.paste(made.tabId, 5, 1, [["Zoe", "Quist", "zoe@example.org", "", "", ""]]);
  world.crm.faults.next("write", { kind: "unknown", applied: "all" });
  world.run(made.mappingId, "push");
  return { world, ...made };
}

const zoes = (world: AppWorld) =>
  world.crm.world.liveRecords("contacts").filter((record) => record.values.lastname === "Quist");

describe("an update that was not confirmed", () => {
  it("is no conflict with an edit made since: what arrived is known as ours (I13)", () => {
    const world = new AppWorld({ contacts: 3 });
    const { mappingId, tabId } = world.mapPeople();
    world.run(mappingId, "pull");
    const title = (text: string) => world.grid.user.type(tabId, 2, TITLE, text);
    title("First");
    world.crm.faults.next("write", { kind: "unknown", applied: "all" });
    expect(world.run(mappingId, "push").totals).toMatchObject({ updated: 0, errors: 1 });
    title("Second");
    world.clock.advance(90_000);
    const run = world.run(mappingId, "both");
    expect(run).toMatchObject({ openConflicts: 0, totals: { updated: 1, errors: 0 } });
    const id = world.rows(tabId)[0]?.["CRM record ID"] ?? "";
    expect(world.crm.world.find("contacts", id)?.values.jobtitle).toBe("Second");
    expect(world.run(mappingId, "both").totals.processed).toBe(0);
  });

  it("is a conflict when somebody else has changed the record since", () => {
    const world = new AppWorld({ contacts: 3 });
    const { mappingId, tabId } = world.mapPeople();
    world.run(mappingId, "pull");
    world.grid.user.type(tabId, 2, TITLE, "First");
    world.crm.faults.next("write", { kind: "unknown", applied: "all" });
    world.run(mappingId, "push");
    world.grid.user.type(tabId, 2, TITLE, "Second");
    world.clock.advance(90_000);
    const id = world.rows(tabId)[0]?.["CRM record ID"] ?? "";
    world.crm.world.update("contacts", id, { jobtitle: "Theirs" });
    expect(world.run(mappingId, "both")).toMatchObject({ openConflicts: 1, totals: { updated: 0 } });
  });
});

describe("a create that was not confirmed", () => {
  it("is sent again when it never happened, once it could no longer come late", () => {
    const { world, mappingId, tabId } = unconfirmed("none");
    expect(zoes(world)).toHaveLength(0);
    const waiting = world.run(mappingId, "push");
    expect(waiting.totals).toMatchObject({ created: 0, errors: 0, skipped: 1 });
    expect(world.rows(tabId)[3]?.["CRM record ID"]).toMatch(/^pending:/);
    world.clock.advance(60_000);
    expect(world.run(mappingId, "push").totals).toMatchObject({ created: 1, errors: 0 });
    expect(zoes(world)).toHaveLength(1);
    expect(world.rows(tabId)[3]?.["CRM record ID"]).toBe(zoes(world)[0]?.id);
    expect(world.run(mappingId, "both").totals.processed).toBe(0);
  });

  it("is adopted when it comes late, between two syncs", () => {
    const { world, mappingId, tabId } = unconfirmed({ delayMs: 50_000 });
    expect(world.run(mappingId, "push").totals).toMatchObject({ created: 0, errors: 0 });
    world.clock.advance(50_000);
    expect(world.run(mappingId, "push").totals).toMatchObject({ created: 1, errors: 0 });
    expect(zoes(world)).toHaveLength(1);
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

  it("makes no second record when its key is edited before the next sync: the record gets the new key", () => {
    const { world, mappingId, tabId } = unconfirmed("all");
    world.grid.user.type(tabId, 5, EMAIL, "zoe.quist@example.org");
    world.run(mappingId, "push");
    world.run(mappingId, "push");
    expect(zoes(world)).toHaveLength(1);
    expect(zoes(world)[0]?.values.email).toBe("zoe.quist@example.org");
    expect(world.rows(tabId)[3]?.["CRM record ID"]).toBe(zoes(world)[0]?.id);
  });

  it("is never archived because its row went before anybody knew of it (R8)", () => {
    const { world, mappingId, tabId } = unconfirmedArchive();
    world.grid.user.deleteRows(tabId, 5, 1);
    world.clock.advance(90_000);
    const allowed = { allowCreates: true, allowGuard: true };
    expect(world.run(mappingId, "both", allowed).totals).toMatchObject({ created: 1, archived: 0 });
    expect(world.run(mappingId, "both", allowed).totals).toMatchObject({ archived: 0, appended: 0 });
    expect(zoes(world)).toHaveLength(1);
  });

  it("makes no second record when somebody gives it another key in the CRM: a person tells", () => {
    const { world, mappingId, tabId } = unconfirmed("all");
    const id = zoes(world)[0]?.id ?? "";
    world.crm.world.update("contacts", id, { email: "zoe.quist@example.org" });
    world.clock.advance(90_000);
    const run = world.run(mappingId, "push");
    expect(run.totals).toMatchObject({ created: 0, errors: 1 });
    expect(run.messages[0]?.message).toMatch(new RegExp(`may be ${id}.*Type the ID.*or clear the cell`));
    expect(zoes(world)).toHaveLength(1);
    world.grid.user.type(tabId, 5, Object.keys(world.rows(tabId)[0] ?? {}).indexOf("CRM record ID") + 1, id);
    world.run(mappingId, "push");
    expect(zoes(world)).toHaveLength(1);
    expect(world.rows(tabId)[3]?.["CRM record ID"]).toBe(id);
  });

  it("makes no second record when its key is edited and it comes late", () => {
    const { world, mappingId, tabId } = unconfirmed({ delayMs: 50_000 });
    world.grid.user.type(tabId, 5, EMAIL, "zoe.quist@example.org");
    world.run(mappingId, "push");
    world.clock.advance(50_000);
    world.run(mappingId, "push");
    world.run(mappingId, "push");
    expect(zoes(world).map(({ values }) => values.email)).toEqual(["zoe.quist@example.org"]);
  });

  it("brings a change that was made to the record meanwhile to the user, and loses neither side's value", () => {
    const { world, mappingId, tabId } = unconfirmed("all");
    const [zoe] = zoes(world);
    world.crm.world.update("contacts", zoe?.id ?? "", { jobtitle: "Boss" });
    world.run(mappingId, "both");
    world.run(mappingId, "both");
    expect(zoes(world)).toHaveLength(1);
    expect(zoes(world)[0]?.values.jobtitle).toBe("Boss");
    expect(world.rows(tabId)[3]).toMatchObject({ "CRM record ID": zoe?.id, "Job title": "Boss" });
  });

  it("I8: counts once when the sync that adopts it is interrupted right behind", () => {
    const { world, mappingId, tabId } = unconfirmed("all");
    world.grid.user.paste(tabId, 6, 1, [["Yan", "Quill", "yan@example.org", "", "", ""]]);
    const busy = new SyncError("retryable", "rate-limited", "Too many calls.");
    const { find } = world.crm;
    const spy = jest.spyOn(world.crm, "find");
    spy.mockImplementationOnce((...asked) => find.apply(world.crm, asked));
    spy.mockImplementationOnce(() => {
      throw busy;
    });
    const run = world.run(mappingId, "push");
    expect(spy.mock.calls.length).toBeGreaterThan(2);
    expect(run).toMatchObject({ phase: "done", totals: { processed: 2, created: 2, errors: 0 } });
    expect(zoes(world)).toHaveLength(1);
  });
});
