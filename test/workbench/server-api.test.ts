import { createWorkbench, type Workbench } from "../../workbench/server/create-workbench";
import { createCaller } from "./api-caller";
import { smallProject } from "./small-script";

let workbench: Workbench;
let api: ReturnType<typeof createCaller>;
beforeEach(async () => {
  workbench = await createWorkbench({ ...smallProject, virtual: true, startMs: Date.UTC(2026, 2, 1) });
  api = createCaller(workbench);
});
afterEach(() => workbench.close());

const activeTab = () => workbench.host.workbook.activeTabId();
const edit = (action: object, more: object = {}) => api.post("/edit", { ...more, actions: [action] });
const cell = (row: number, column: number) => workbench.host.workbook.cells(activeTab(), row, column, 1, 1)[0]?.[0];

describe("running the script", () => {
  it("runs a function with arguments and returns its value", async () => {
    const { body } = await api.post("/run", { function: "echo", args: [{ list: [1, "x"] }] });
    expect(body).toMatchObject({ outcome: "completed", value: { list: [1, "x"] }, error: null });
  });

  it("gives the message of a script's error", async () => {
    const { status, body } = await api.post("/run", { function: "fail" });
    expect(status).toBe(200);
    expect(body).toMatchObject({ outcome: "failed", value: null });
    expect(body.error).toContain("It was not to be");
  });

  it("refuses functions whose names end with an underscore", async () => {
    const { status, body } = await api.post("/run", { function: "secret_" });
    expect(status).toBe(400);
    expect(body.error).toContain("private");
    expect(workbench.host.executions().map(({ functionName }) => functionName)).toEqual(["onOpen"]);
  });

  it("lists the menu under the add-on's name and runs only what stands in it", async () => {
    const { body } = await api.get("/menus");
    expect(body.menus).toMatchObject([{ caption: "CRM Sync", addon: true }]);
    expect((await api.post("/menus/click", { function: "writeRows" })).body).toMatchObject({ outcome: "completed" });
    expect((await api.post("/menus/click", { function: "echo" })).status).toBe(400);
    expect(cell(3, 1)?.value).toBe("Adam");
  });

  it("opens and closes the sidebar", async () => {
    await api.post("/run", { function: "openSidebar" });
    const { body } = await api.get("/sidebar");
    expect(body.sidebar).toMatchObject({ title: "Small sidebar" });
    await api.post("/sidebar/close");
    expect((await api.get("/sidebar")).body.sidebar).toBeNull();
  });

  it("serves the sidebar's document only under its own path and while it is open", async () => {
    await api.post("/run", { function: "openSidebar" });
    const { path } = (await api.get("/sidebar")).body.sidebar as { path: string };
    const document = await (await fetch(workbench.url + path)).text();
    expect(document.indexOf("google")).toBeLessThan(document.indexOf("<title>"));
    expect((await fetch(`${workbench.url}/frame/guess`)).status).toBe(404);
    workbench.host.closeSidebar();
    expect((await fetch(workbench.url + path)).status).toBe(404);
  });

  it("lists executions with their cost", async () => {
    await api.post("/run", { function: "writeRows" });
    const executions = (await api.get("/executions")).body.executions as readonly { calls: object }[];
    expect(executions.at(-1)).toMatchObject({ functionName: "writeRows", outcome: "completed", fetchCalls: 0 });
    expect(executions.at(-1)?.calls).toMatchObject({ "Range.setValues": 1 });
  });

  it("hides tokens among the properties", async () => {
    await api.post("/run", { function: "store" });
    const { body } = await api.get("/properties");
    expect(body.user).toMatchObject({ schedule: "daily" });
    expect(JSON.stringify(body)).not.toContain("very-secret");
  });
});

describe("editing the workbook", () => {
  it("takes typed text as a person's and answers with what the cell became", async () => {
    const { body } = await edit({ kind: "type-into", tabId: activeTab(), row: 2, column: 3, text: "007" });
    expect(body.patches).toMatchObject([{ row: 2, column: 3, cells: [[{ v: 7 }]] }]);
    expect(cell(2, 3)?.value).toBe(7);
  });

  it("sorts, inserts and deletes rows", async () => {
    await workbench.host.run("writeRows");
    const tabId = activeTab();
    await edit({ kind: "sort-rows", tabId, firstRow: 2, column: 2, ascending: true });
    await edit({ kind: "insert-rows", tabId, beforeRow: 2, count: 1 });
    await edit({ kind: "delete-rows", tabId, row: 3, count: 1 });
    const names = workbench.host.workbook.cells(tabId, 1, 1, 4, 1).map(([first]) => first?.value);
    expect(names).toEqual(["Name", null, "Mia", "Zoe <b>x</b>"]);
  });

  it("adds, renames, hides and deletes tabs", async () => {
    const { body } = await edit({ kind: "add-tab", name: "Second" });
    const [tabId] = body.newTabIds as readonly number[];
    await edit({ kind: "rename-tab", tabId, name: "Renamed" });
    await edit({ kind: "set-tab-hidden", tabId, hidden: true });
    const renamed = { name: "Renamed", hidden: true };
    expect(workbench.host.workbook.tabs().find(({ id }) => id === tabId)).toMatchObject(renamed);
    await edit({ kind: "delete-tab", tabId });
    expect(workbench.host.workbook.tabs()).toHaveLength(1);
  });

  it("refuses an edit made before rows moved, with a request to read again", async () => {
    const tabId = activeTab();
    const base = workbench.host.workbook.revision;
    await workbench.host.run("insertRow", [1]);
    const { status, body } = await edit({ kind: "type-into", tabId, row: 1, column: 1, text: "x" }, { base });
    expect(status).toBe(409);
    expect(body).toMatchObject({ stale: true });
    expect(cell(1, 1)?.value).toBeNull();
  });

  it("says what is wrong with an edit that is none", async () => {
    const { status, body } = await edit({ kind: "type-into", tabId: 1, row: 0, column: 1, text: "x" });
    expect(status).toBe(400);
    expect(body.error).toContain("row");
  });

  it("reads cells by the name of the tab, with what people see", async () => {
    await workbench.host.run("writeRows");
    const name = workbench.host.workbook.tabs()[0]?.name ?? "";
    const { body } = await api.get(`/cells?tab=${encodeURIComponent(name)}&row=2&column=3`);
    expect(body.cells).toMatchObject([[{ value: "007", display: "007" }], [{ value: "=1+1" }], [{ value: "plain" }]]);
  });
});

describe("somebody else in the CRM", () => {
  it("creates, changes, merges and archives records", async () => {
    const path = "/crm/hubspot/records/contacts";
    const { body } = await api.post(path, { kind: "create", properties: { email: "new@x.example", firstname: "New" } });
    const id = String(body.id);
    await api.post(path, { kind: "update", id, properties: { firstname: "Newer" } });
    expect(workbench.hubspot.control.get("contacts", id)?.properties.firstname).toBe("Newer");
    const other = workbench.hubspot.control.all("contacts")[0]?.id;
    const merged = await api.post(path, { kind: "merge", primaryId: id, otherId: other });
    await api.post(path, { kind: "archive", id: String(merged.body.id) });
    const left = (await api.get(path)).body.records as readonly unknown[];
    expect(left).toHaveLength(4);
  });

  it("gives the CRM's own refusal for a value it does not take", async () => {
    const properties = { email: "not an address" };
    const { status } = await api.post("/crm/hubspot/records/contacts", { kind: "create", properties });
    expect(status).toBe(400);
  });

  it("lets the script reach the sandbox under the real host, and logs the request without the token", async () => {
    const { token } = workbench.hubspot;
    const { body } = await api.post("/run", { function: "askQuietly", args: [token] });
    expect(body.value).toBe(200);
    const log = (await api.get("/crm/hubspot/requests")).body;
    expect(log.requests).toMatchObject([{ method: "GET", status: 200 }]);
    expect(JSON.stringify(log)).not.toContain(token);
  });

  it("makes the next request fail on demand, and only that one", async () => {
    await api.post("/crm/hubspot/faults", { kind: "status", status: 500 });
    const args = [workbench.hubspot.token];
    expect((await api.post("/run", { function: "askQuietly", args })).body.value).toBe(500);
    expect((await api.post("/run", { function: "askQuietly", args })).body.value).toBe(200);
  });
});

describe("clock and triggers", () => {
  it("moves the virtual clock and reports what fired", async () => {
    await api.post("/run", { function: "schedule" });
    const { body } = await api.post("/clock/advance", { ms: 2 * 3_600_000 });
    expect(Number(body.nowMs)).toBeGreaterThanOrEqual(Date.UTC(2026, 2, 1, 2));
    expect((body.executions as readonly unknown[]).length).toBeGreaterThanOrEqual(1);
  });

  it("fires a trigger on demand", async () => {
    await api.post("/run", { function: "schedule" });
    const [trigger] = (await api.get("/triggers")).body.triggers as readonly { id: string }[];
    expect(trigger).toMatchObject({ functionName: "tick", kind: "clock" });
    await api.post("/triggers/fire", { id: trigger?.id });
    expect(workbench.host.executions().at(-1)).toMatchObject({ functionName: "tick", source: "clock" });
    expect((await api.post("/triggers/fire", { id: "none" })).status).toBe(400);
  });
});

describe("starting over", () => {
  it("forgets the spreadsheet and keeps the CRM, or the other way round", async () => {
    await workbench.host.run("writeRows");
    workbench.hubspot.control.create("contacts", { email: "more@x.example" });
    await api.post("/reset", { what: "workbook" });
    expect(cell(2, 1)?.value).toBeNull();
    expect(workbench.hubspot.control.all("contacts")).toHaveLength(6);
    await workbench.host.run("writeRows");
    await api.post("/reset", { what: "crm" });
    expect(cell(2, 1)?.value).toBe("Zoe <b>x</b>");
    expect(workbench.hubspot.control.all("contacts")).toHaveLength(5);
  });
});
