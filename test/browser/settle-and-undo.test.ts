import { type Browser, chromium } from "playwright-core";
import { AddOnClient } from "../../workbench/demo/add-on-client";
import { PEOPLE_COLUMNS, readPeople } from "../../workbench/demo/people-sheet";
import { findChromium } from "../support/chromium";
import { SidebarDriver } from "../support/sidebar-driver";

const search = findChromium();
const why = search.kind === "missing" ? ` (skipped: ${search.reason})` : "";

const CONTACTS = 600;
const HOUR_MS = 3_600_000;
const { jobtitle: TITLE, phone: PHONE, company: COMPANY } = PEOPLE_COLUMNS;

/** Long before any machine that runs this, so that no pause of the emulated clock is waited for. */
const START_MS = Date.UTC(2026, 2, 2, 8);

(search.kind === "missing" ? describe.skip : describe)(`deciding and taking back in the browser${why}`, () => {
  let browser: Browser;
  let driver: SidebarDriver;
  let tabId = 0;
  let mappingId = "";

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: search.kind === "found" ? search.path : "" });
    driver = await SidebarDriver.open(browser, {
      contacts: CONTACTS,
      companies: 5,
      seed: 3,
      searchLagMs: 0,
      virtual: true,
      startMs: START_MS,
    });
    const { host, hubspot } = driver.workbench;
    const client = new AddOnClient(host);
    await client.call("connection.connect", { crm: "hubspot", token: hubspot.token });
    ({ tabId } = await client.call("template.create", { template: "people" }));
    const open = { crm: "hubspot", objectType: "contacts", tabId, headerRow: null, mappingId: null } as const;
    const { draft } = await client.call("editor.open", open);
    const saved = await client.call("mapping.save", {
      draft: { ...draft, columns: [...draft.columns], name: "People" },
    });
    mappingId = saved.mapping.id;
    const run = await client.finish(await client.call("run.start", { mappingId, direction: "both", preview: false }));
    expect(run).toMatchObject({ phase: "done", totals: { appended: CONTACTS, errors: 0 } });
    await host.advance(HOUR_MS);
    await driver.openSidebar();
  }, 120_000);

  afterAll(async () => {
    await driver?.close();
    await browser?.close();
  });

  /** Every view: nothing is cut at 300 px, axe finds nothing. */
  async function inspect(name: string): Promise<void> {
    await driver.picture(name);
    expect({ view: name, cut: await driver.cutTexts() }).toEqual({ view: name, cut: [] });
    expect({ view: name, axe: await driver.violations() }).toEqual({ view: name, axe: [] });
  }

  function idIn(row: number): string {
    return readPeople(driver.workbench.host, tabId)[row - 2]?.id ?? "";
  }

  function inSheet(row: number, column: number): string {
    return driver.workbench.host.workbook.cells(tabId, row, column, 1, 1)[0]?.[0]?.display ?? "";
  }

  function inCrm(row: number, property: string): string {
    return driver.workbench.hubspot.control.get("contacts", idIn(row))?.properties[property] ?? "";
  }

  function type(row: number, column: number, text: string): void {
    driver.workbench.host.user.typeInto(tabId, row, column, text);
  }

  function change(row: number, property: string, value: string): void {
    const { host, hubspot } = driver.workbench;
    hubspot.control.setClock(host.now());
    hubspot.control.update("contacts", idIn(row), { [property]: value });
  }

  async function syncFromHome(): Promise<void> {
    await driver.press(/^Sync now/);
    await driver.sidebar.getByRole("menuitem", { name: /Sync both ways/ }).click();
  }

  async function toHome(): Promise<void> {
    await driver.press(/^(Done|Home)$/);
    await driver.heading("Syncs in this file");
  }

  /** The total with this name in the result. */
  async function total(name: string): Promise<string> {
    const row = driver.sidebar.getByRole("row", { name: new RegExp(`^${name}`) });
    return (await row.getByRole("cell").textContent()) ?? "";
  }

  it("settles conflicts side by side, and leaves one open", async () => {
    type(2, TITLE, "Head of sales, typed in the sheet");
    change(2, "jobtitle", "Sales lead, changed in HubSpot");
    type(3, PHONE, "+49 30 1234567");
    change(3, "phone", "+49 40 7654321");
    type(4, COMPANY, "Sheet & Sons");
    change(4, "company", "CRM Brothers");
    await driver.workbench.host.advance(HOUR_MS);
    await syncFromHome();
    await driver.heading("Sync finished");
    await driver.press("Settle conflicts");
    await driver.heading("Preview: People");
    const side = (field: string, name: string) =>
      driver.sidebar.getByRole("group", { name: new RegExp(field, "i") }).getByLabel(name);
    await side("Job Title", "Keep sheet").waitFor();
    await inspect("conflicts");
    await side("Job Title", "Keep sheet").check();
    await side("Phone", "Keep HubSpot").check();
    await driver.sidebar.getByText("2 of 3 conflicts decided").waitFor();
    await inspect("conflicts-decided");
    await driver.pagePicture("workbench-conflicts");
    await driver.press("Apply");
    await driver.heading("Sync finished");
    await driver.sidebar.getByText("1 conflict is open").waitFor();
    await inspect("result-settled");
    expect([inSheet(2, TITLE), inCrm(2, "jobtitle")]).toEqual(Array(2).fill("Head of sales, typed in the sheet"));
    expect([inSheet(3, PHONE), inCrm(3, "phone")]).toEqual(Array(2).fill("+49 40 7654321"));
    expect([inSheet(4, COMPANY), inCrm(4, "company")]).toEqual(["Sheet & Sons", "CRM Brothers"]);
    expect(await driver.shown(tabId, 3, PHONE)).toBe("+49 40 7654321");
    await toHome();
    await driver.sidebar.getByRole("button", { name: "1 open conflict" }).waitFor();
    await inspect("home-conflict");
  }, 120_000);

  it("brings back a value that lost, once", async () => {
    await driver.press("History");
    await driver.heading("History");
    await driver.sidebar.getByText("2 values replaced").click();
    await driver.sidebar.getByLabel(/Zoé.*Job title/).check();
    await inspect("losers");
    await driver.press("Restore 1 value");
    await driver.heading("Restore: People");
    await driver.sidebar.getByText("Update in HubSpot").click();
    await driver.sidebar.getByText("Sales lead, changed in HubSpot").waitFor();
    await inspect("undo-loser");
    await driver.press("Restore");
    await driver.heading("Restore finished");
    await inspect("result-loser");
    expect(inCrm(2, "jobtitle")).toBe("Sales lead, changed in HubSpot");
    expect([inSheet(3, PHONE), inCrm(3, "phone")]).toEqual(Array(2).fill("+49 40 7654321"));
    await toHome();
    await driver.press("History");
    await driver.heading("History");
    await driver.sidebar.getByText("2 values replaced").click();
    await driver.sidebar.getByLabel(/Zoé.*Job title/).check();
    await driver.press("Restore 1 value");
    await driver.heading("Restore: People");
    await driver.sidebar.getByText("Nothing is left to put back.").waitFor();
    await inspect("undo-nothing");
    await driver.press("Close");
    await driver.heading("Syncs in this file");
  }, 120_000);

  it("takes back a sync of both ways from the history, but not what was edited since", async () => {
    const { host } = driver.workbench;
    const before = [5, 6, 7, 8].map((row) => [inSheet(row, TITLE), inCrm(row, "jobtitle")]);
    type(5, TITLE, "Typed 5");
    type(6, TITLE, "Typed 6");
    change(7, "jobtitle", "Changed 7");
    change(8, "jobtitle", "Changed 8");
    await host.advance(HOUR_MS);
    await syncFromHome();
    await driver.heading("Sync finished");
    expect([5, 6, 7, 8].map((row) => [inSheet(row, TITLE), inCrm(row, "jobtitle")])).toEqual(
      ["Typed 5", "Typed 6", "Changed 7", "Changed 8"].map((text) => [text, text]),
    );
    type(8, TITLE, "Edited later");
    await host.advance(HOUR_MS);
    await toHome();
    await driver.press("History");
    await driver.heading("History");
    await inspect("history-undo");
    await driver.press(/^Undo…: Sync both ways/);
    await driver.sidebar.getByRole("dialog").waitFor();
    await inspect("undo-ask");
    await driver.press("Show the plan");
    await driver.heading("Undo: People");
    for (const section of ["Update in HubSpot", "Update rows in the sheet", "Notes"])
      await driver.sidebar.getByText(section, { exact: true }).click();
    await driver.sidebar
      .getByText(/changed since/)
      .first()
      .waitFor();
    await driver.sidebar.getByText("Loading…").first().waitFor({ state: "detached" });
    await inspect("undo-plan");
    await driver.press("Undo these changes");
    await driver.heading("Undo finished");
    await inspect("undo-result");
    const after = [5, 6, 7].map((row) => [inSheet(row, TITLE), inCrm(row, "jobtitle")]);
    expect(after).toEqual([
      ["Typed 5", before[0]?.[1]],
      ["Typed 6", before[1]?.[1]],
      [before[2]?.[0], "Changed 7"],
    ]);
    expect([inSheet(8, TITLE), inCrm(8, "jobtitle")]).toEqual(["Edited later", "Changed 8"]);
    await toHome();
  }, 120_000);

  it("shows the limit that stops a large change, and runs anyway once", async () => {
    await driver.press(/^Edit mapping/);
    await driver.heading("Mapping");
    await driver.sidebar.getByText("Policies", { exact: true }).click();
    await driver.sidebar.getByLabel("Changed, percent").fill("2");
    await inspect("limits");
    await driver.press("Save mapping");
    await driver.sidebar.getByText("Mapping saved.").first().waitFor();
    await driver.press("Home");
    for (let row = 10; row < 35; row++) type(row, TITLE, `Pasted ${row}`);
    await driver.workbench.host.advance(HOUR_MS);
    await syncFromHome();
    await driver.sidebar.getByText("Unusually large change").waitFor();
    await driver.sidebar.getByText(/Without asking: at most 20/).waitFor();
    await inspect("guard");
    await driver.press("Apply");
    await driver.sidebar.getByText("Tick “Run anyway once” first, or discard.").waitFor();
    await inspect("guard-missing");
    await driver.sidebar.getByLabel("Run anyway once").check();
    expect(inCrm(10, "jobtitle")).not.toBe("Pasted 10");
    await driver.press("Apply");
    await driver.heading("Sync finished");
    expect(await total("Updated in HubSpot")).toBe("26");
    expect(inCrm(34, "jobtitle")).toBe("Pasted 34");
    await toHome();
  }, 120_000);

  it("opens at the plan of a scheduled sync that waits for approval", async () => {
    await driver.press(/^Schedule/);
    await driver.heading(/^Schedule:/);
    await driver.sidebar.getByLabel("Every hour").check();
    await driver.press("Save schedule");
    await driver.sidebar.getByText("Schedule saved.").first().waitFor();
    await driver.closeSidebar();
    for (let row = 10; row < 35; row++) type(row, TITLE, `Clock ${row}`);
    await driver.workbench.host.advance(2 * HOUR_MS);
    expect(inCrm(10, "jobtitle")).toBe("Pasted 10");
    await driver.openSidebar();
    await driver.sidebar.getByText("It waits here for your approval.").waitFor();
    await inspect("scheduled-guard");
    await driver.pagePicture("workbench-guard");
    await driver.sidebar.getByLabel("Run anyway once").check();
    await driver.press("Apply");
    await driver.heading("Sync finished");
    expect(inCrm(34, "jobtitle")).toBe("Clock 34");
    await toHome();
  }, 120_000);

  /** Approves a sync of 450 records that HubSpot holds up for half a minute after every 100 of them. */
  async function startSlowSync(text: string, browserMs: number): Promise<void> {
    const { control } = driver.workbench.hubspot;
    for (let row = 101; row <= 550; row++) type(row, TITLE, `${text} ${row}`);
    control.clearFaults();
    const limit = { kind: "status", status: 429, headers: { "retry-after": "30" }, path: "/batch/update" } as const;
    // A fault counts only the requests that those before it let pass.
    for (let after = 1; after <= 4; after++) control.fault({ ...limit, after });
    await driver.page.clock.setFixedTime(browserMs);
    await syncFromHome();
    await driver.sidebar.getByLabel("Run anyway once").check();
  }

  function updatedRows(text: string): number {
    const all = driver.workbench.hubspot.control.all("contacts");
    return all.filter(({ properties }) => properties.jobtitle?.startsWith(text)).length;
  }

  it("cancels a run in a pause; the next one does the rest", async () => {
    await startSlowSync("First", driver.workbench.host.now());
    await driver.press("Apply");
    await driver.heading("Syncing: People");
    await driver.sidebar.getByText(/^The CRM asks for a pause/).waitFor();
    await inspect("pause");
    await driver.press("Cancel");
    await driver.heading("Sync cancelled");
    await inspect("cancelled");
    expect(updatedRows("First")).toBe(100);
    expect(await total("Updated in HubSpot")).toBe("100");
    driver.workbench.hubspot.control.clearFaults();
    await driver.press("Sync again");
    await driver.sidebar.getByLabel("Run anyway once").check();
    await driver.press("Apply");
    await driver.heading("Sync finished");
    expect(await total("Updated in HubSpot")).toBe("350");
    expect(updatedRows("First")).toBe(450);
    await toHome();
  }, 120_000);

  it("goes on to its end when the sidebar was closed in the middle of a step and opened again", async () => {
    await startSlowSync("Second", driver.workbench.host.now() + HOUR_MS);
    const held = await driver.holdCalls();
    await driver.press("Apply");
    await held.letThrough();
    await held.letThrough();
    await held.called();
    expect(updatedRows("Second")).toBe(200);
    await inspect("progress");
    await driver.closeSidebar();
    await held.release();
    expect(updatedRows("Second")).toBeLessThan(450);
    await driver.openSidebar();
    await driver.heading("Sync finished");
    await inspect("resumed-result");
    expect(await total("Updated in HubSpot")).toBe("450");
    expect(await total("Errors")).toBe("0");
    expect(updatedRows("Second")).toBe(450);
    await toHome();
    await driver.press("History");
    await driver.heading("History");
    await driver.sidebar
      .getByText(/^450 of \d+ succeeded/)
      .first()
      .waitFor();
    expect(await driver.sidebar.getByText(/^450 of \d+ succeeded/).count()).toBe(1);
  }, 120_000);

  it("had no error in page or sidebar", () => {
    expect(driver.problems).toEqual([]);
  });
});
