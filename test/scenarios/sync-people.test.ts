import { SyncError } from "../../src/domain/errors";
import { AppWorld } from "../support/app-world";

/** Column numbers of the people template. */
const FIRST = 1;
const LAST = 2;
const EMAIL = 3;
const PHONE = 4;
const TITLE = 5;
const ID = 7;

function pulled(contacts = 12): { world: AppWorld; mappingId: string; tabId: number } {
  const world = new AppWorld({ contacts });
  const { mappingId, tabId } = world.mapPeople();
  const run = world.run(mappingId, "pull");
  expect(run.error).toBeNull();
  expect(run.phase).toBe("done");
  return { world, mappingId, tabId };
}

function contactByEmail(world: AppWorld, email: string) {
  return world.crm.world.liveRecords("contacts").find((record) => record.values.email === email);
}

describe("people between a sheet and the CRM", () => {
  it("suggests a field for every column of the people template", () => {
    const world = new AppWorld();
    world.connect();
    const { tabId } = world.call("template.create", { template: "people" });
    const editor = world.call("editor.open", {
      crm: "hubspot",
      objectType: "contacts",
      tabId,
      headerRow: null,
      mappingId: null,
    });
    expect(editor.draft.columns.map((column) => column.field)).toEqual([
      "firstname",
      "lastname",
      "email",
      "phone",
      "jobtitle",
      "company",
    ]);
    expect(editor.draft.keyField).toBe("email");
    expect(editor.issues.filter((issue) => issue.level === "problem")).toEqual([]);
  });

  it("pulls every contact into a row of its own with its record ID", () => {
    const { world, tabId } = pulled(12);
    const rows = world.rows(tabId);
    expect(rows).toHaveLength(12);
    for (const row of rows) {
      const record = contactByEmail(world, row.Email ?? "");
      expect(row["CRM record ID"]).toBe(record?.id);
      expect(row.Phone).toBe(record?.values.phone ?? "");
    }
  });

  it("plans nothing after a pull (I5)", () => {
    const { world, mappingId } = pulled();
    const run = world.run(mappingId, "both");
    expect(run.messages).toEqual([]);
    expect(run.totals).toMatchObject({ processed: 0, errors: 0 });
    expect(world.crm.world.changes).toEqual([]);
  });

  it("pushes an edited cell and leaves everything else alone (F2)", () => {
    const { world, mappingId, tabId } = pulled();
    const email = world.rows(tabId)[3]?.Email ?? "";
    world.grid.user.type(tabId, 5, TITLE, "Head of ops");
    const run = world.run(mappingId, "push");
    expect(run.totals).toMatchObject({ updated: 1, errors: 0 });
    expect(contactByEmail(world, email)?.values.jobtitle).toBe("Head of ops");
    expect(world.crm.world.changes).toHaveLength(1);
  });

  it("pulls what changed in the CRM into the right row after a sort (F3)", () => {
    const { world, mappingId, tabId } = pulled();
    const before = world.rows(tabId);
    const target = before[4];
    world.crm.world.update("contacts", target?.["CRM record ID"] ?? "", { jobtitle: "Chief of sorting" });
    world.grid.user.sortRows(tabId, 2, EMAIL, false);
    const run = world.run(mappingId, "both");
    expect(run.totals).toMatchObject({ cellsWritten: 1, errors: 0 });
    const after = world.rows(tabId).find((row) => row.Email === target?.Email);
    expect(after?.["Job title"]).toBe("Chief of sorting");
    expect(world.rows(tabId).filter((row) => row["Job title"] === "Chief of sorting")).toHaveLength(1);
  });

  it("keeps both values of a cell that changed on both sides (F5) and syncs the rest of the row", () => {
    const { world, mappingId, tabId } = pulled();
    const row = world.rows(tabId)[2];
    const id = row?.["CRM record ID"] ?? "";
    world.crm.world.update("contacts", id, { jobtitle: "CRM title" });
    world.grid.user.type(tabId, 4, TITLE, "Sheet title");
    world.grid.user.type(tabId, 4, LAST, "Renamed");
    const run = world.run(mappingId, "both");
    expect(run.totals.updated).toBe(1);
    const record = contactByEmail(world, row?.Email ?? "");
    expect(record?.values).toMatchObject({ jobtitle: "CRM title", lastname: "Renamed" });
    const shown = world.rows(tabId)[2];
    expect(shown?.["Job title"]).toBe("Sheet title");
    expect(shown?.["CRM sync status"]).toBe("Conflict");
    const state = world.call("app.state", {});
    expect(state.mappings[0]).toMatchObject({ state: "conflicts", openConflicts: 1 });
  });

  it("closes a conflict by itself when both sides become equal", () => {
    const { world, mappingId, tabId } = pulled();
    const id = world.rows(tabId)[2]?.["CRM record ID"] ?? "";
    world.crm.world.update("contacts", id, { jobtitle: "CRM title" });
    world.grid.user.type(tabId, 4, TITLE, "Sheet title");
    world.run(mappingId, "both");
    world.grid.user.type(tabId, 4, TITLE, "CRM title");
    world.run(mappingId, "both");
    expect(world.rows(tabId)[2]?.["CRM sync status"]).toBe("");
    expect(world.call("app.state", {}).mappings[0]?.state).toBe("in-step");
  });

  it("creates records for new rows and writes their IDs back (R1)", () => {
    const { world, mappingId, tabId } = pulled(5);
    world.grid.user.paste(tabId, 7, 1, [
      ["Zoe", "Quist", "zoe@example.org", "0049 30 123", "CTO", "Acme"],
      ["Yan", "Rao", "yan@example.org", "", "", ""],
    ]);
    const run = world.run(mappingId, "push");
    expect(run.totals).toMatchObject({ created: 2, errors: 0 });
    expect(world.rows(tabId)[5]?.["CRM record ID"]).toBe(contactByEmail(world, "zoe@example.org")?.id);
    expect(contactByEmail(world, "zoe@example.org")?.values.phone).toBe("0049 30 123");
    const again = world.run(mappingId, "both");
    expect(again.totals.processed).toBe(0);
  });

  it("links a new row to the record with its key instead of creating a duplicate (R2)", () => {
    const { world, mappingId, tabId } = pulled(3);
    const id = world.crm.world.create("contacts", { email: "there@example.org", firstname: "Already" });
    world.grid.user.paste(tabId, 5, 1, [["", "There", "THERE@example.org", "", "", ""]]);
    const run = world.run(mappingId, "both");
    expect(run.totals).toMatchObject({ linked: 1, created: 0, appended: 0 });
    expect(world.rows(tabId)[3]).toMatchObject({ "CRM record ID": id, "First name": "Already", "Last name": "There" });
    expect(contactByEmail(world, "there@example.org")?.values.lastname).toBe("There");
  });

  it("asks before the first creates of a first sync and leaves them out unless they are ticked", () => {
    const world = new AppWorld({ contacts: 0 });
    const { mappingId, tabId } = world.mapPeople();
    world.grid.user.paste(tabId, 2, 1, [["Zoe", "Quist", "zoe@example.org", "", "", ""]]);
    const waiting = world.run(mappingId, "both");
    expect(waiting.phase).toBe("waiting");
    expect(waiting.plan?.counts.creates).toBe(1);
    const done = world.finish(
      world.call("run.approve", { runId: waiting.id, allowCreates: false, allowGuard: false, leaveOut: [] }),
    );
    expect(done.totals.created).toBe(0);
    const ticked = world.run(mappingId, "both", { allowCreates: true });
    expect(ticked.totals.created).toBe(1);
  });

  it("freezes both copies of a row that were edited and names them (R13)", () => {
    const { world, mappingId, tabId } = pulled(4);
    const row = world.rows(tabId)[0];
    const line = [
      row?.["First name"],
      row?.["Last name"],
      row?.Email,
      row?.Phone,
      "Copy",
      row?.Company,
      row?.["CRM record ID"],
    ];
    world.grid.user.paste(tabId, 6, 1, [line.map((value) => value ?? "")]);
    world.grid.user.type(tabId, 2, TITLE, "Original edited");
    const run = world.run(mappingId, "both");
    expect(run.messages.filter((message) => message.message.includes("same record ID"))).toHaveLength(2);
    expect(world.crm.world.changes).toEqual([]);
  });

  it("does not bring back a record whose row was deleted (R8) and says so", () => {
    const { world, mappingId, tabId } = pulled(4);
    world.grid.user.deleteRows(tabId, 3, 1);
    world.run(mappingId, "both");
    const again = world.run(mappingId, "both");
    expect(world.rows(tabId)).toHaveLength(3);
    expect(again.totals.appended).toBe(0);
    expect(world.crm.world.liveRecords("contacts")).toHaveLength(4);
  });

  it("reports a row whose record was deleted and keeps the edit (R7)", () => {
    const { world, mappingId, tabId } = pulled(4);
    const id = world.rows(tabId)[1]?.["CRM record ID"] ?? "";
    world.crm.world.archive("contacts", id);
    world.grid.user.type(tabId, 3, TITLE, "Edited");
    const run = world.run(mappingId, "both");
    expect(run.totals.errors).toBe(1);
    expect(run.messages[0]?.message).toContain("your edit was not sent");
    expect(world.rows(tabId)[1]).toMatchObject({ "Job title": "Edited", "CRM record ID": id });
  });

  it("relinks a row whose ID cell was emptied (R24)", () => {
    const { world, mappingId, tabId } = pulled(4);
    const id = world.rows(tabId)[1]?.["CRM record ID"];
    world.grid.user.type(tabId, 3, ID, "");
    const run = world.run(mappingId, "both");
    expect(run.totals).toMatchObject({ linked: 1, created: 0 });
    expect(world.rows(tabId)[1]?.["CRM record ID"]).toBe(id);
  });

  it("never pushes a row of blanks (R17)", () => {
    const { world, mappingId, tabId } = pulled(4);
    for (const column of [FIRST, LAST, EMAIL, PHONE, TITLE, 6]) world.grid.user.type(tabId, 3, column, "");
    const run = world.run(mappingId, "both");
    expect(run.totals.errors).toBe(1);
    expect(world.crm.world.changes).toEqual([]);
  });

  it("previews without writing anything and forgets a discarded plan", () => {
    const { world, mappingId, tabId } = pulled(4);
    world.grid.user.type(tabId, 3, TITLE, "Preview me");
    const before = JSON.stringify(world.rows(tabId));
    const waiting = world.finish(world.call("run.start", { mappingId, direction: "both", preview: true }));
    expect(waiting.plan?.counts).toMatchObject({ updates: 1 });
    const page = world.call("plan.page", { runId: waiting.id, kind: "update", offset: 0, limit: 10 });
    expect(page.items[0]?.changes[0]).toMatchObject({ label: "Job title", to: "Preview me" });
    const cancelled = world.call("run.cancel", { runId: waiting.id });
    expect(cancelled.phase).toBe("cancelled");
    expect(JSON.stringify(world.rows(tabId))).toBe(before);
    expect(world.crm.world.changes).toEqual([]);
  });

  it("goes on after a retryable fault of the CRM and loses nothing", () => {
    const { world, mappingId, tabId } = pulled(4);
    world.grid.user.type(tabId, 3, TITLE, "After the fault");
    const thrown = new SyncError("retryable", "server-fault", "The CRM does not answer.", { retryAfterMs: 5_000 });
    world.crm.faults.next("write", { kind: "throw", thrown, when: "before" }, 2);
    const run = world.run(mappingId, "push");
    expect(run.phase).toBe("done");
    expect(run.totals).toMatchObject({ updated: 1, errors: 0 });
    const email = world.rows(tabId)[1]?.Email ?? "";
    expect(contactByEmail(world, email)?.values.jobtitle).toBe("After the fault");
  });

  it("gives up after six faults in a row, says what to do, and keeps the edit", () => {
    const { world, mappingId, tabId } = pulled(4);
    world.grid.user.type(tabId, 3, TITLE, "Still here");
    const thrown = new SyncError("retryable", "server-fault", "The CRM does not answer.", { hint: "Try again later." });
    world.crm.faults.next("read", { kind: "throw", thrown, when: "before" }, 50);
    const run = world.run(mappingId, "push");
    expect(run.phase).toBe("failed");
    expect(run.error).toMatchObject({ code: "server-fault", hint: "Try again later." });
    expect(world.rows(tabId)[1]?.["Job title"]).toBe("Still here");
    world.crm.faults.clear();
    expect(world.run(mappingId, "push").totals.updated).toBe(1);
  });

  it("settles creates that the CRM did not confirm without making a duplicate", () => {
    const { world, mappingId, tabId } = pulled(4);
    world.grid.user.paste(tabId, 6, 1, [["Zoe", "Quist", "zoe@example.org", "", "", ""]]);
    world.crm.faults.next("write", { kind: "unknown", applied: "all" });
    const first = world.run(mappingId, "push");
    expect(first.totals).toMatchObject({ created: 0, errors: 1 });
    expect(world.rows(tabId)[4]?.["CRM record ID"]).toMatch(/^pending:/);
    world.run(mappingId, "both");
    const zoes = world.crm.world.liveRecords("contacts").filter((record) => record.values.email === "zoe@example.org");
    expect(zoes).toHaveLength(1);
    expect(world.rows(tabId)[4]?.["CRM record ID"]).toBe(zoes[0]?.id);
  });

  it("writes one history event per run, newest first", () => {
    const { world, mappingId } = pulled(4);
    world.run(mappingId, "both");
    const events = world.call("history.list", { limit: 10 });
    expect(events.map((event) => event.type)).toEqual(["Sync both ways", "Pull"]);
    expect(events[1]?.totals).toMatchObject({ appended: 4, processed: 4, successes: 4 });
  });
});
