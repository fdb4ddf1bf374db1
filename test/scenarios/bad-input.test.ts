import { dispatch } from "../../src/app/dispatch";
import type { RpcRequest } from "../../src/contract/rpc";
import type { RunMessageView, RunView } from "../../src/contract/views";
import { SyncError } from "../../src/domain/errors";
import { AppWorld } from "../support/app-world";

/** Columns of the people template. */
const FIRST = 1;
const LAST = 2;
const EMAIL = 3;
const PHONE = 4;
const TITLE = 5;
const COMPANY = 6;
const ID = 7;

interface Mapped {
  readonly world: AppWorld;
  readonly mappingId: string;
  readonly tabId: number;
}

type Draft = RpcRequest<"mapping.save">["draft"];

/** Contacts in a people sheet, in step. */
function pulled(contacts = 6): Mapped {
  const world = new AppWorld({ contacts });
  const mapped = world.mapPeople();
  expect(world.run(mapped.mappingId, "pull")).toMatchObject({ phase: "done", error: null });
  return { world, ...mapped };
}

/** A tab of its own with these fields, headed by their names, pulled. */
function pulledFields(fields: readonly string[], contacts = 6): Mapped {
  const world = new AppWorld({ contacts });
  world.connect();
  const tab = world.grid.addTab("Fields", { hidden: false, rows: 50, columns: fields.length });
  world.grid.user.paste(tab.id, 1, 1, [[...fields]]);
  const { draft } = openEditor(world, tab.id);
  const columns = draft.columns.map((column) => ({ ...column, field: column.header }));
  const { mapping } = world.call("mapping.save", { draft: { ...draft, columns, keyField: "email" } as Draft });
  expect(world.run(mapping.id, "pull")).toMatchObject({ phase: "done", error: null });
  return { world, mappingId: mapping.id, tabId: tab.id };
}

function openEditor(world: AppWorld, tabId: number) {
  return world.call("editor.open", { crm: "hubspot", objectType: "contacts", tabId, headerRow: null, mappingId: null });
}

function saveAgain(world: AppWorld, mappingId: string, tabId: number): void {
  const { draft } = world.call("editor.open", { crm: "hubspot", objectType: null, tabId, headerRow: null, mappingId });
  world.call("mapping.save", { draft: draft as Draft });
}

function contact(world: AppWorld, email: string) {
  return world.crm.world.liveRecords("contacts").find((record) => record.values.email === email);
}

/** What the sidebar gets for a call: the reply as it is, an error too. */
function reply(world: AppWorld, name: string, request: unknown) {
  return dispatch(() => world.deps(), name, typeof request === "string" ? request : JSON.stringify(request));
}

/** The one message about a row (and column), in the run; the newest event of the history must say the same. */
function messageAt(world: AppWorld, run: RunView, rowNumber: number | null, field?: string): RunMessageView {
  const at = run.messages.filter((one) => one.rowNumber === rowNumber && (field === undefined || one.field === field));
  expect(at).toHaveLength(1);
  const [message] = at;
  const [event] = world.call("history.list", { limit: 1 });
  expect(event?.runId).toBe(run.id);
  expect(event?.messages.map((one) => one.message)).toContain(message?.message);
  return message as RunMessageView;
}

/** A run that stopped says what and what to do, in its reply, in the history and on the home page. */
function expectStopped(world: AppWorld, run: RunView, code: string): string {
  expect(run).toMatchObject({ phase: "failed", error: { code } });
  const { message = "", hint = "" } = run.error ?? {};
  expect(hint).not.toBe("");
  const [event] = world.call("history.list", { limit: 1 });
  expect(event).toMatchObject({ runId: run.id, outcome: "failed" });
  expect(event?.messages[0]?.message).toBe(`${message} ${hint}`);
  return `${message} ${hint}`;
}

const refused = (code: string, message: string, hint: string) => new SyncError("auth", code, message, { hint });

describe("a connection that does not work", () => {
  it.each(["", "   ", "pat eu1", "pat-eu1-x\npat-eu1-y"])("refuses the key %j before anybody is asked", (token) => {
    const world = new AppWorld();
    const answer = reply(world, "connection.connect", { crm: "hubspot", token });
    expect(answer).toMatchObject({ ok: false, kind: "config", message: expect.stringContaining("without spaces") });
    expect(world.crm.faults.calls).toEqual([]);
    expect(world.connections.size).toBe(0);
  });

  it("takes a key that was copied with blanks around it", () => {
    const world = new AppWorld();
    world.call("connection.connect", { crm: "hubspot", token: "  pat-eu1-test\n" });
    expect(world.connections.get("hubspot")?.token).toBe("pat-eu1-test");
  });

  it("stops with a dead key, keeps the edit, and sends it after reconnecting", () => {
    const { world, mappingId, tabId } = pulled();
    world.grid.user.type(tabId, 3, TITLE, "Kept");
    const thrown = refused("token-expired", "HubSpot says that the key has expired.", "Connect HubSpot again.");
    world.crm.faults.next("check", { kind: "throw", thrown, when: "before" });
    expect(expectStopped(world, world.run(mappingId, "both"), "token-expired")).toContain("Connect HubSpot again.");
    expect(world.rows(tabId)[1]?.["Job title"]).toBe("Kept");
    world.connect();
    expect(world.run(mappingId, "both").totals).toMatchObject({ updated: 1, errors: 0 });
  });

  it("names the scope that a key lacks, in the middle of a run too, and writes nothing twice afterwards", () => {
    const { world, mappingId, tabId } = pulled();
    world.grid.user.paste(tabId, 8, 1, [["Zoe", "Quist", "zoe@example.org", "", "", ""]]);
    const text = "The HubSpot key lacks the scope crm.objects.contacts.write.";
    const thrown = refused("missing-scopes", text, "Add what is missing to the key in HubSpot.");
    world.crm.faults.next("write", { kind: "throw", thrown, when: "before" });
    expect(expectStopped(world, world.run(mappingId, "push"), "missing-scopes")).toContain(
      "crm.objects.contacts.write",
    );
    expect(world.rows(tabId)[6]).toMatchObject({ Email: "zoe@example.org", "CRM record ID": "" });
    expect(world.run(mappingId, "push").totals).toMatchObject({ created: 1, errors: 0 });
    expect(world.crm.world.liveRecords("contacts")).toHaveLength(7);
  });

  it("starts no run with the key of another portal: nothing is read, matched or written (R20)", () => {
    const { world, mappingId, tabId } = pulled();
    world.grid.user.type(tabId, 3, TITLE, "Waiting");
    const before = JSON.stringify(world.rows(tabId));
    world.crm.account = { ...world.crm.account, id: "42", name: "Another portal" };
    world.connect();
    world.crm.faults.calls.length = 0;
    const text = expectStopped(world, world.run(mappingId, "both"), "other-account");
    expect(text).toContain("belongs to another account than Another portal");
    expect(text).toContain("Reconnect");
    expect(world.crm.faults.calls.map((call) => call.method)).toEqual(["check"]);
    expect(JSON.stringify(world.rows(tabId))).toBe(before);
    expect(world.call("app.state", {}).mappings[0]).toMatchObject({ state: "other-account" });
  });

  it("goes on with a run that was cut off by disconnecting, once somebody reconnects", () => {
    const { world, mappingId, tabId } = pulled();
    world.grid.user.type(tabId, 3, TITLE, "Later");
    const thrown = new SyncError("retryable", "rate-limited", "Too many calls.", { retryAfterMs: 5_000 });
    world.crm.faults.next("write", { kind: "throw", thrown, when: "before" });
    const run = world.call("run.start", { mappingId, direction: "push", preview: false });
    world.call("connection.disconnect", { crm: "hubspot" });
    world.clock.advance(5_000);
    const answer = reply(world, "run.step", { runId: run.id });
    const said = answer.ok ? (answer.value as RunView).error : answer;
    expect(said).toMatchObject({ kind: "auth", code: "not-connected", hint: expect.stringContaining("Connect") });
    world.connect();
    expect(world.run(mappingId, "push").totals).toMatchObject({ updated: 1, errors: 0 });
  });
});

describe("a mapping that does not fit", () => {
  it("warns that nothing can be created while the fields for it are not mapped, and says so at each new row (R21)", () => {
    const world = new AppWorld({ contacts: 0 });
    world.connect();
    const { tabId } = world.call("template.create", { template: "people" });
    const { draft } = openEditor(world, tabId);
    const columns = draft.columns.map((one) => ({ ...one, field: one.column === PHONE ? one.field : null }));
    const saved = world.call("mapping.save", { draft: { ...draft, columns, keyField: null } as Draft });
    const warning = saved.issues.find((issue) => issue.message.includes("can't be created"));
    expect(warning).toMatchObject({ level: "warning", message: expect.stringContaining('"Email" or "First name"') });
    world.grid.user.paste(tabId, 2, 1, [["Zoe", "Quist", "zoe@example.org", "0049 1", "", ""]]);
    const run = world.run(saved.mapping.id, "push", {});
    expect(run.totals).toMatchObject({ created: 0, errors: 1 });
    const { message } = messageAt(world, run, 2);
    expect(message).toContain('needs "Email" or "First name" or "Last name"');
    expect(message).toContain("map a column to it");
  });

  it("names the field when two columns are mapped to it", () => {
    const world = new AppWorld();
    world.connect();
    const { tabId } = world.call("template.create", { template: "people" });
    const { draft } = openEditor(world, tabId);
    const columns = draft.columns.map((one) => ({ ...one, field: one.column === TITLE ? "phone" : one.field }));
    const { issues } = world.call("editor.check", { draft: { ...draft, columns } as Draft });
    const problems = issues.filter((issue) => issue.level === "problem");
    expect(problems.map((issue) => issue.column)).toEqual([PHONE, TITLE]);
    for (const { message } of problems) expect(message).toMatch(/"Phone number".*Keep one/);
    const saved = reply(world, "mapping.save", { draft: { ...draft, columns } });
    expect(saved).toMatchObject({ ok: false, code: "mapping-problems", hint: expect.stringContaining("save again") });
  });

  it("warns of headers that stand twice", () => {
    const world = new AppWorld();
    world.connect();
    const tab = world.grid.addTab("Twice", { hidden: false, rows: 10, columns: 3 });
    world.grid.user.paste(tab.id, 1, 1, [["Email", "Phone", " phone "]]);
    const { issues } = openEditor(world, tab.id);
    expect(issues).toContainEqual({ level: "warning", column: 2, message: expect.stringContaining("own name") });
  });

  it("says that an empty tab has no header row and saves nothing", () => {
    const world = new AppWorld();
    world.connect();
    const tab = world.grid.addTab("Empty", { hidden: false, rows: 10, columns: 3 });
    const { draft, issues } = openEditor(world, tab.id);
    expect(issues[0]).toMatchObject({
      level: "problem",
      message: expect.stringMatching(/no header row.*choose that row/),
    });
    expect(reply(world, "mapping.save", { draft })).toMatchObject({ ok: false, code: "mapping-problems" });
    expect(world.call("app.state", {}).mappings).toEqual([]);
  });

  it("opens, saves and syncs a tab of 100 columns", () => {
    const world = new AppWorld({ contacts: 3 });
    world.connect();
    const tab = world.grid.addTab("Wide", { hidden: false, rows: 20, columns: 100 });
    const headers = Array.from({ length: 100 }, (_, at) =>
      at === 97 ? "Email" : at === 98 ? "Score" : `Column ${at}`,
    );
    world.grid.user.paste(tab.id, 1, 1, [headers]);
    const { draft } = openEditor(world, tab.id);
    expect(draft.columns).toHaveLength(100);
    const { mapping } = world.call("mapping.save", { draft: draft as Draft });
    expect(mapping.columnCount).toBe(2);
    expect(world.run(mapping.id, "pull").totals).toMatchObject({ appended: 3, errors: 0 });
    expect(world.rows(tab.id)[0]).toMatchObject({ Email: "person0.s1@example.com", "Column 0": "" });
  });

  it("leaves out a field that the CRM removed, and names it", () => {
    const { world, mappingId, tabId } = pulledFields(["email", "score", "city"]);
    world.grid.user.type(tabId, 2, 3, "Bonn");
    const schema = world.crm.world.schema("contacts");
    const fields = schema.fields.filter((field) => field.name !== "score");
    jest.spyOn(world.crm, "describe").mockReturnValue({ ...schema, fields });
    const run = world.run(mappingId, "push");
    expect(run.totals).toMatchObject({ updated: 1, errors: 0 });
    expect(messageAt(world, run, null, "score").message).toMatch(/no longer has the field "score".*edit the mapping/);
  });
});

describe("rows that cannot be synced", () => {
  it("sends none of the new rows that share a key, names each to the other, and sends the rest (R4)", () => {
    const { world, mappingId, tabId } = pulled();
    world.grid.user.paste(tabId, 8, 1, [
      ["Zoe", "One", "zoe@example.org", "", "", ""],
      ["Yan", "Two", "yan@example.org", "", "", ""],
      ["Zoe", "Three", " ZOE@example.org", "", "", ""],
    ]);
    const run = world.run(mappingId, "push");
    expect(run.totals).toMatchObject({ created: 1, errors: 2 });
    expect(messageAt(world, run, 8).message).toMatch(/same key stands in row 10 too.*keep one/);
    expect(messageAt(world, run, 10).message).toContain("8");
    expect(contact(world, "zoe@example.org")).toBeUndefined();
    expect(contact(world, "yan@example.org")).toBeDefined();
  });

  it("freezes a copied and edited row, names the original, and goes on once the copy is deleted (R13)", () => {
    const { world, mappingId, tabId } = pulled();
    world.grid.user.copyRows(tabId, 3, 1, 8);
    world.grid.user.type(tabId, 8, TITLE, "Copy");
    const id = world.rows(tabId)[1]?.["CRM record ID"] ?? "";
    world.crm.world.update("contacts", id, { phone: "0651 1" });
    const run = world.run(mappingId, "both");
    expect(messageAt(world, run, 8).message).toMatch(
      /same record ID stands in row 3 too.*Delete the copy; to make it a new record, clear its ID/,
    );
    expect(world.rows(tabId)[6]).toMatchObject({ "Job title": "Copy", "CRM sync status": "Error" });
    // The original is no copy: it gets what changed in the CRM, and then there is nothing left to do.
    expect(world.rows(tabId)[1]).toMatchObject({ Phone: "0651 1" });
    expect(world.rows(tabId)[6]?.Phone).not.toBe("0651 1");
    expect(world.run(mappingId, "both").totals).toMatchObject({ processed: 1, errors: 1, cellsWritten: 0 });
    expect(world.crm.world.find("contacts", id)?.values.jobtitle ?? "").toBe("");
    world.grid.user.deleteRows(tabId, 8, 1);
    world.run(mappingId, "both");
    expect(world.rows(tabId)[1]).toMatchObject({ Phone: "0651 1", "CRM sync status": "" });
  });

  it("never clears a record because its row was blanked, and says what to do (R17)", () => {
    const { world, mappingId, tabId } = pulled();
    for (const column of [FIRST, LAST, EMAIL, PHONE, TITLE, COMPANY]) world.grid.user.clear(tabId, 3, column);
    const run = world.run(mappingId, "both");
    expect(messageAt(world, run, 3).message).toMatch(/blank.*Nothing was cleared.*Delete the row.*undo/);
    expect(world.crm.world.changes).toEqual([]);
  });

  it("leaves out a cell that shows an error and goes on with the rest of the row (F8)", () => {
    const { world, mappingId, tabId } = pulled();
    world.grid.user.type(tabId, 3, PHONE, "=NA()", "#N/A");
    world.grid.user.type(tabId, 3, TITLE, "Sent");
    const email = world.rows(tabId)[1]?.Email ?? "";
    const phone = contact(world, email)?.values.phone;
    const run = world.run(mappingId, "both");
    expect(run.totals.updated).toBe(1);
    expect(messageAt(world, run, 3, "Phone").message).toMatch(/"Phone" shows #N\/A.*left out.*correct the cell/);
    expect(contact(world, email)?.values).toMatchObject({ jobtitle: "Sent", phone });
  });

  it("takes the CRM's new value into a cell whose text only looks like an error", () => {
    const { world, mappingId, tabId } = pulled();
    const id = world.rows(tabId)[1]?.["CRM record ID"] ?? "";
    world.crm.world.update("contacts", id, { jobtitle: "#N/A" });
    world.run(mappingId, "both");
    expect(world.rows(tabId)[1]?.["Job title"]).toBe("#N/A");
    expect(world.run(mappingId, "both").totals).toMatchObject({ processed: 0 });
    world.crm.world.update("contacts", id, { jobtitle: "CFO" });
    world.run(mappingId, "both");
    expect(world.rows(tabId)[1]?.["Job title"]).toBe("CFO");
  });

  it("refuses a row whose key is no key, neither linking nor creating it (F10)", () => {
    const { world, mappingId, tabId } = pulled();
    world.grid.user.type(tabId, 8, EMAIL, "=NA()", "#N/A");
    world.grid.user.type(tabId, 8, FIRST, "Nobody");
    const run = world.run(mappingId, "push");
    expect(run.totals).toMatchObject({ created: 0, errors: 1 });
    expect(messageAt(world, run, 8).message).toMatch(/key "Email" cannot be used.*#N\/A.*Correct it/);
  });
});

describe("cells of the wrong kind (F10)", () => {
  const FIELDS = [
    "email",
    "city",
    "score",
    "renewal_date",
    "last_seen_at",
    "newsletter",
    "favourite_colour",
    "interests",
  ];

  it.each([
    ["score", "twelve", /not a number|number/, /write/i],
    ["score", "12%", /number/, /./],
    ["renewal_date", "31.02.2027", /not a date/, /YYYY-MM-DD/],
    ["renewal_date", "2027-02-30", /not a date/, /YYYY-MM-DD/],
    ["renewal_date", 46_000, /not a date/, /YYYY-MM-DD/],
    ["last_seen_at", "tomorrow", /not a date with time/, /YYYY-MM-DD HH:MM/],
    ["newsletter", "perhaps", /neither yes nor no/, /write TRUE or FALSE/],
    ["favourite_colour", "Purple", /"Purple" is not an option/, /allowed: Red, Green, Blue, Hot pink/],
    ["interests", "Art; Chess", /"Chess" is not an option/, /allowed: Art/],
  ])(
    "does not send %s %j, names the column, the value and the allowed form, and sends the rest",
    (field, typed, what, form) => {
      const { world, mappingId, tabId } = pulledFields(FIELDS);
      const column = FIELDS.indexOf(field) + 1;
      const email = world.rows(tabId)[1]?.email ?? "";
      const before = contact(world, email)?.values[field] ?? "";
      world.grid.user.type(tabId, 3, column, typed);
      world.grid.user.type(tabId, 3, 2, "Bonn");
      const run = world.run(mappingId, "both");
      expect(run.totals).toMatchObject({ updated: 1, errors: 1 });
      const { message } = messageAt(world, run, 3, field);
      expect(message).toContain(`"${field}" was not sent`);
      expect(message).toMatch(what);
      expect(message).toMatch(form);
      expect(contact(world, email)?.values).toMatchObject({ city: "Bonn" });
      expect(contact(world, email)?.values[field] ?? "").toBe(before);
      expect(world.rows(tabId)[1]?.[field]).toBe(String(typed));
      expect(world.rows(tabId)[1]?.["CRM sync status"]).toBe("Error");
    },
  );
});

describe("a sheet that was changed between two runs", () => {
  it("follows a header that was renamed and a column that was moved", () => {
    const { world, mappingId, tabId } = pulled();
    world.grid.user.type(tabId, 1, TITLE, "What they do");
    world.grid.user.moveColumn(tabId, PHONE, 1);
    world.grid.user.type(tabId, 3, 1, "0700 1");
    world.grid.user.type(tabId, 3, TITLE, "Moved");
    const email = world.rows(tabId)[1]?.Email ?? "";
    const run = world.run(mappingId, "both");
    expect(run).toMatchObject({ phase: "done", messages: [], totals: { updated: 1, errors: 0 } });
    expect(contact(world, email)?.values).toMatchObject({ phone: "0700 1", jobtitle: "Moved" });
    expect(world.run(mappingId, "both").totals.processed).toBe(0);
  });

  it("clears nothing when a mapped column was deleted, names it, and goes on without it (R18)", () => {
    const { world, mappingId, tabId } = pulled();
    const email = world.rows(tabId)[1]?.Email ?? "";
    const phone = contact(world, email)?.values.phone;
    world.grid.user.deleteColumns(tabId, PHONE, 1);
    world.grid.user.type(tabId, 3, TITLE - 1, "Goes on");
    const run = world.run(mappingId, "both");
    expect(run.totals).toMatchObject({ updated: 1, errors: 0 });
    expect(messageAt(world, run, null).message).toMatch(
      /column "Phone" is missing.*nothing is cleared.*edit the mapping/,
    );
    expect(contact(world, email)?.values).toMatchObject({ jobtitle: "Goes on", phone });
  });

  it("starts no run without the ID column, and links the rows again once the mapping is saved (R18)", () => {
    const { world, mappingId, tabId } = pulled();
    world.grid.user.deleteColumns(tabId, ID, 1);
    expect(expectStopped(world, world.run(mappingId, "both"), "id-column-missing")).toMatch(
      /record ID column.*save it/,
    );
    saveAgain(world, mappingId, tabId);
    const run = world.run(mappingId, "both", {});
    expect(run).toMatchObject({ phase: "done", totals: { linked: 6, created: 0, appended: 0, errors: 0 } });
    expect(world.rows(tabId)).toHaveLength(6);
    expect(world.crm.world.liveRecords("contacts")).toHaveLength(6);
  });

  it("starts no run when the ID column was emptied, touches nothing, and relinks after a save (R18)", () => {
    const { world, mappingId, tabId } = pulled();
    for (let row = 2; row <= 7; row++) world.grid.user.clear(tabId, row, ID);
    expect(expectStopped(world, world.run(mappingId, "both"), "id-column-emptied")).toMatch(
      /record IDs are gone.*Undo/,
    );
    expect(world.crm.world.changes).toEqual([]);
    saveAgain(world, mappingId, tabId);
    expect(world.run(mappingId, "both").totals).toMatchObject({ linked: 6, created: 0, appended: 0, errors: 0 });
    for (let row = 2; row <= 7; row++) world.grid.user.clear(tabId, row, ID);
    expectStopped(world, world.run(mappingId, "both"), "id-column-emptied");
  });

  it("starts no run without its header row, and names the row", () => {
    const { world, mappingId, tabId } = pulled();
    world.grid.user.deleteRows(tabId, 1, 1);
    const run = world.run(mappingId, "both");
    expect(expectStopped(world, run, "header-missing")).toMatch(/Row 1 holds none of the mapped headers.*header row/);
  });

  it("stops when the tab was deleted, says so on the home page, and removes nothing in the CRM", () => {
    const { world, mappingId, tabId } = pulled();
    world.grid.user.deleteTab(tabId);
    expect(expectStopped(world, world.run(mappingId, "both"), "tab-missing")).toMatch(/deleted.*Bring the tab back/);
    expect(world.call("app.state", {}).mappings[0]).toMatchObject({ state: "broken" });
    expect(world.crm.world.liveRecords("contacts")).toHaveLength(6);
  });

  it("stops when two columns stand for one field and names both", () => {
    const { world, mappingId, tabId } = pulled();
    const tab = world.grid.tab(tabId);
    const [tag] = tab?.tags().filter((one) => one.column === PHONE) ?? [];
    tab?.tagColumn(TITLE, tag?.key ?? "", tag?.value ?? "");
    const text = expectStopped(world, world.run(mappingId, "both"), "column-bound-twice");
    expect(text).toContain('Several columns (D, E) stand for "Phone"');
    expect(text).toMatch(/Delete all but one.*save it/);
  });

  it("knows nothing any more without the state tab, loses nothing, and asks to map again", () => {
    const { world, mappingId, tabId } = pulled();
    const filled = () => world.rows(tabId).map(({ Email, Phone, "CRM record ID": id }) => [Email, Phone, id]);
    const rows = filled();
    world.grid.user.deleteTab(world.grid.tabByName("_crm_sync_state")?.id ?? 0);
    expect(world.call("app.state", {}).mappings).toEqual([]);
    const answer = reply(world, "run.start", { mappingId, direction: "both", preview: false });
    expect(answer).toMatchObject({ ok: false, code: "mapping-missing", hint: expect.stringContaining("Reload") });
    const { draft } = openEditor(world, tabId);
    const { mapping } = world.call("mapping.save", { draft: draft as Draft });
    const run = world.run(mapping.id, "both", {});
    expect(run).toMatchObject({ phase: "done", totals: { created: 0, appended: 0, updated: 0, errors: 0 } });
    expect(filled()).toEqual(rows);
    expect(world.crm.world.changes).toEqual([]);
  });

  it("makes the history tab anew when it was deleted", () => {
    const { world, mappingId } = pulled();
    world.grid.user.deleteTab(world.grid.tabByName("_crm_sync_history")?.id ?? 0);
    const run = world.run(mappingId, "both");
    expect(run.phase).toBe("done");
    expect(world.call("history.list", { limit: 10 }).map((event) => event.runId)).toEqual([run.id]);
  });
});

describe("cells that are not to be overwritten", () => {
  it("never overwrites a formula, whatever it shows, and says so (F7)", () => {
    const { world, mappingId, tabId } = pulled();
    const ids = world.rows(tabId).map((row) => row["CRM record ID"] ?? "");
    world.grid.user.type(tabId, 2, TITLE, '=IF(TRUE,"","")', "");
    world.grid.user.type(tabId, 3, TITLE, '="Sir"', "Sir");
    for (const id of ids.slice(0, 2)) world.crm.world.update("contacts", id, { jobtitle: "From the CRM" });
    const run = world.run(mappingId, "pull");
    expect(messageAt(world, run, 2, "Job title").message).toMatch(/holds a formula.*the CRM has "From the CRM"/);
    const tab = world.grid.tab(tabId);
    const formulas = tab?.readFormulas({ row: 2, column: TITLE, rows: 2, columns: 1 });
    expect(formulas).toEqual([['=IF(TRUE,"","")'], ['="Sir"']]);
  });

  it("takes a formula's blank as no opinion: nothing is cleared (F7, F9)", () => {
    const { world, mappingId, tabId } = pulled();
    const id = world.rows(tabId)[0]?.["CRM record ID"] ?? "";
    const phone = world.crm.world.find("contacts", id)?.values.phone;
    world.grid.user.type(tabId, 2, PHONE, '=IF(TRUE,"","")', "");
    const run = world.run(mappingId, "both");
    expect(run.totals).toMatchObject({ updated: 0, cellsWritten: 0, errors: 0 });
    expect(world.crm.world.find("contacts", id)?.values.phone).toBe(phone);
  });

  it("writes a read-only field back and keeps what was typed in the history (F2)", () => {
    const { world, mappingId, tabId } = pulledFields(["email", "city", "createdate"]);
    const created = world.rows(tabId)[1]?.createdate;
    world.grid.user.type(tabId, 3, 3, "my own date");
    const run = world.run(mappingId, "both");
    expect(run.totals).toMatchObject({ updated: 0, cellsWritten: 1, errors: 0 });
    expect(messageAt(world, run, 3, "createdate").message).toMatch(
      /only takes values from the CRM.*"my own date".*replaced/,
    );
    expect(world.rows(tabId)[1]).toMatchObject({ createdate: created, "CRM sync status": "Replaced" });
  });
});

describe("calls that make no sense", () => {
  it("lets only one run work at a time and says who is at it", () => {
    const { world, mappingId, tabId } = pulled();
    world.grid.user.type(tabId, 3, TITLE, "First");
    const thrown = new SyncError("retryable", "rate-limited", "Too many calls.", { retryAfterMs: 5_000 });
    world.crm.faults.next("write", { kind: "throw", thrown, when: "before" });
    const run = world.call("run.start", { mappingId, direction: "push", preview: false });
    expect(run.phase).toBe("applying");
    const answer = reply(world, "run.start", { mappingId, direction: "push", preview: false });
    expect(answer).toMatchObject({
      ok: false,
      code: "run-active",
      message: expect.stringContaining("ann@example.com"),
    });
    expect(answer).toMatchObject({ hint: expect.stringMatching(/Wait.*cancel/) });
    expect(world.finish(run).totals).toMatchObject({ updated: 1, errors: 0 });
  });

  it("stops an applying run where it is; the next run does what was left", () => {
    const { world, mappingId, tabId } = pulled();
    world.grid.user.type(tabId, 3, TITLE, "Cancelled");
    const thrown = new SyncError("retryable", "rate-limited", "Too many calls.", { retryAfterMs: 5_000 });
    world.crm.faults.next("write", { kind: "throw", thrown, when: "before" });
    const run = world.call("run.start", { mappingId, direction: "push", preview: false });
    expect(world.call("run.cancel", { runId: run.id }).phase).toBe("cancelled");
    expect(world.call("run.step", { runId: run.id }).phase).toBe("cancelled");
    expect(world.crm.world.changes).toEqual([]);
    expect(world.run(mappingId, "push").totals).toMatchObject({ updated: 1, errors: 0 });
  });

  it("does not apply a plan that no longer waits", () => {
    const { world, mappingId } = pulled();
    const run = world.run(mappingId, "both");
    const approval = { runId: run.id, leaveOut: [], allowCreates: true, allowGuard: true };
    expect(reply(world, "run.approve", approval)).toMatchObject({ ok: false, code: "not-waiting", hint: /Reload/ });
    expect(reply(world, "run.step", { runId: "another" })).toMatchObject({ ok: false, code: "run-missing" });
  });

  it.each([
    ["a call that this version does not know", "rows.explode", "{}", "unknown-call"],
    ["a name that every object has", "constructor", "{}", "unknown-call"],
    ["text that is no JSON", "app.state", "{oops", "bad-request"],
    ["no argument at all", "app.state", "undefined", "bad-request"],
    ["an argument of another shape", "run.start", '{"mappingId":7}', "bad-request"],
    [
      "a token of a megabyte",
      "connection.connect",
      JSON.stringify({ crm: "hubspot", token: "x".repeat(1e6) }),
      "bad-request",
    ],
    ["a CRM that there is not", "objects.list", '{"crm":"excel"}', "bad-request"],
    ["more columns than a mapping may have", "editor.check", wideDraft(501), "bad-request"],
  ])("answers %s with a sentence and a way out", (_what, name, json, code) => {
    const answer = reply(new AppWorld(), name, json);
    expect(answer).toMatchObject({ ok: false, kind: "bug", code, hint: expect.stringContaining("Reload") });
    const { message } = answer as { message: string };
    expect(message).toMatch(/^The .*\.$/);
    expect(message.length).toBeLessThan(200);
  });
});

function wideDraft(columns: number): string {
  const column = { column: 1, header: "A", field: null, direction: "both", blank: "keep", suggestion: "none" };
  const draft = {
    id: null,
    name: "",
    crm: "hubspot",
    objectType: "contacts",
    tabId: 1,
    headerRow: 1,
    direction: "both",
    keyField: null,
    columns: Array.from({ length: columns }, () => column),
  };
  return JSON.stringify({ draft });
}
