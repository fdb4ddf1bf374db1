import { type Browser, chromium } from "playwright-core";
import { findChromium } from "../support/chromium";
import { SidebarDriver } from "../support/sidebar-driver";

const search = findChromium();
const why = search.kind === "missing" ? ` (skipped: ${search.reason})` : "";
const FLAGS = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
  "--disable-gpu",
];

/** Columns of the people template. */
const TITLE = 5;
const ID = 7;

(search.kind === "missing" ? describe.skip : describe)(`first light in the browser${why}`, () => {
  let browser: Browser;
  let driver: SidebarDriver;
  let tabId = 0;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: search.kind === "found" ? search.path : "", args: FLAGS });
    driver = await SidebarDriver.open(browser, { contacts: 40, companies: 10, seed: 3, searchLagMs: 0 });
  }, 60_000);

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

  it("makes a people sheet from the menu and opens the sidebar", async () => {
    await driver.menu("Create people sheet");
    await driver.heading("Syncs in this file");
    const tab = driver.workbench.host.workbook.tabs().find((one) => one.name === "People Template for CRMs");
    tabId = tab?.id ?? 0;
    await driver.page.waitForFunction((id) => window.workbench?.read(id, 1, 1).value === "First name", tabId);
    await inspect("home-empty");
  }, 60_000);

  it("connects with a service key and shows the portal", async () => {
    await driver.press("Connect HubSpot");
    await driver.heading("Connection");
    await inspect("connect");
    await driver.sidebar.getByLabel("Service key or private app token").fill(driver.workbench.hubspot.token);
    await driver.press("Connect");
    await driver.sidebar
      .getByText(/^Connected to/)
      .first()
      .waitFor();
    await inspect("connected");
  }, 60_000);

  it("maps the columns by their headers", async () => {
    await driver.press(/^(Choose a sheet|Map this sheet)$/);
    await driver.sidebar.getByLabel("Use a sheet of this file").check();
    await driver.sidebar.getByLabel("Tab", { exact: true }).selectOption(String(tabId));
    await inspect("start");
    await driver.press("Continue");
    await driver.heading("Mapping");
    await driver.sidebar.getByText("6 of 6 columns are synced").waitFor();
    await inspect("mapping");
    await driver.press("Save mapping");
    await driver.sidebar.getByText("Mapping saved.").first().waitFor();
  }, 60_000);

  it("previews before anything is written, then pulls every contact", async () => {
    await driver.press("Preview");
    await driver.heading(/^Preview:/);
    await driver.sidebar.getByText("Add rows to the sheet").first().waitFor();
    expect(driver.workbench.host.workbook.used(tabId).rows).toBe(1);
    await inspect("preview");
    await driver.pagePicture("workbench-preview");
    await driver.press("Apply");
    await driver.heading("Sync finished");
    await inspect("result");
    expect(driver.workbench.host.workbook.used(tabId).rows).toBe(41);
    const records = driver.workbench.hubspot.control.all("contacts");
    const ids = driver.workbench.host.workbook.cells(tabId, 2, ID, 40, 1).map(([cell]) => String(cell?.value));
    expect(ids.sort()).toEqual(records.map((record) => record.id).sort());
  }, 60_000);

  it("sends cells edited in the grid and nothing else", async () => {
    const id = String(driver.workbench.host.workbook.cells(tabId, 3, ID, 1, 1)[0]?.[0]?.value);
    await driver.page.waitForFunction(
      ([tab, wanted]) => String(window.workbench?.read(Number(tab), 3, 7).value) === wanted,
      [tabId, id] as const,
    );
    await driver.typeInto(tabId, 3, TITLE, "Edited in the grid");
    driver.workbench.hubspot.control.clearRequests();
    await driver.press("Done");
    await driver.heading("Syncs in this file");
    await inspect("home");
    await driver.press("Sync now");
    await driver.sidebar.getByRole("menuitem", { name: /Sync both ways/ }).click();
    await driver.heading("Sync finished");
    expect(driver.workbench.hubspot.control.get("contacts", id)?.properties.jobtitle).toBe("Edited in the grid");
    const writes = driver.workbench.hubspot.control
      .requests()
      .filter((request) => /batch\/(create|update|archive)/.test(request.path));
    expect(writes).toHaveLength(1);
  }, 60_000);

  it("keeps both values of a cell that changed on both sides and shows the conflict", async () => {
    const id = String(driver.workbench.host.workbook.cells(tabId, 4, ID, 1, 1)[0]?.[0]?.value);
    await driver.typeInto(tabId, 4, TITLE, "Sheet side");
    driver.workbench.hubspot.control.update("contacts", id, { jobtitle: "CRM side" });
    await driver.press("Sync again");
    await driver.sidebar
      .getByText(/Both sides changed/)
      .first()
      .waitFor({ timeout: 15_000 });
    await inspect("result-conflict");
    expect(await driver.shown(tabId, 4, TITLE)).toBe("Sheet side");
    expect(driver.workbench.hubspot.control.get("contacts", id)?.properties.jobtitle).toBe("CRM side");
    await driver.pagePicture("workbench-conflict");
  }, 60_000);

  it("lists the runs in the history", async () => {
    await driver.press("Done");
    await driver.heading("Syncs in this file");
    await driver.press("History");
    await driver.heading("History");
    await driver.sidebar.getByText("Sync both ways").first().waitFor();
    await inspect("history");
  }, 60_000);

  it("schedules, and removes itself from the file when asked twice", async () => {
    await driver.press("Home");
    await driver.press("Schedule");
    await driver.heading(/^Schedule:/);
    await driver.sidebar.getByLabel("Every day").check();
    await inspect("schedule");
    await driver.press("Save schedule");
    await driver.sidebar.getByText("Schedule saved.").first().waitFor();
    expect(driver.workbench.host.triggers()).toHaveLength(1);
    await driver.press("Home");
    await driver.press("Remove from this file…");
    await driver.heading("Remove CRM Sync");
    await inspect("remove");
    await driver.sidebar.getByLabel("I understand that this cannot be undone").check();
    await driver.press("Remove…");
    await driver.press("Remove now");
    await driver.heading("CRM Sync is removed");
    expect(driver.workbench.host.triggers()).toHaveLength(0);
    expect(driver.workbench.host.workbook.tabs().filter((tab) => tab.name.startsWith("_crm_sync"))).toEqual([]);
    expect(driver.workbench.host.properties("user")).toEqual({});
  }, 60_000);

  it("had no error in page or sidebar", () => {
    expect(driver.problems).toEqual([]);
  });
});
