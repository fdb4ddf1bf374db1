import type { Page } from "playwright-core";
import { findChromium } from "../support/chromium";
import type { FakeServer, SeenCall } from "../support/fake-rpc";
import { APP, GUARDED_PLAN, PEOPLE, RUN } from "../support/fake-rpc-data";
import { type SidebarBrowser, type SidebarTab, startSidebarBrowser } from "../support/sidebar-page";
import { openEditor, press } from "../support/sidebar-scenes";

const found = findChromium();
const why = found.kind === "found" ? "" : ` (skipped: ${found.reason})`;
const COMPANY_SHEET = { id: 31, name: "Company/Accounts Template", active: true, empty: false };
const NEW_FILE = { ...APP, mappings: [], connections: [] };

(found.kind === "found" ? describe : describe.skip)(`the sidebar, clicked through${why}`, () => {
  let browser: SidebarBrowser;

  beforeAll(async () => {
    if (found.kind === "found") browser = await startSidebarBrowser(found.path);
  });

  afterAll(() => browser.close());

  it("leads from a new file to the first sync", async () => {
    const { page, calls } = await browser.open({ app: NEW_FILE, plan: GUARDED_PLAN });
    await press(page, "Connect HubSpot");
    await page.getByLabel("Service key or private app token").fill("  pat-eu1-0001  ");
    await page.keyboard.press("Enter");
    await press(page, "Map this sheet");
    await page.getByLabel("New people sheet").check();
    await press(page, "Create sheet");
    await press(page, "Save mapping");
    await press(page, "Preview");
    await page.getByRole("heading", { name: "Preview: People" }).waitFor();
    await page.getByLabel("Also create 3 new records in HubSpot").check();
    await page.getByLabel("Run anyway once").check();
    await press(page, "Apply");
    await page.getByRole("heading", { name: "Sync finished" }).waitFor();
    await press(page, "Done");
    await page.getByRole("heading", { name: "Syncs in this file" }).waitFor();
    const seen = await calls();
    expect(requestOf(seen, "connection.connect")).toEqual({ crm: "hubspot", token: "pat-eu1-0001" });
    expect(requestOf(seen, "editor.open")).toMatchObject({ objectType: "contacts", tabId: 21, mappingId: null });
    expect(requestOf(seen, "run.start")).toMatchObject({ mappingId: "m-new", direction: "both", preview: true });
    expect(requestOf(seen, "run.approve")).toMatchObject({ allowCreates: true, allowGuard: true, leaveOut: [] });
  });

  it("leads from a sheet that is there to its mapping", async () => {
    const tabs = [...APP.tabs.map((tab) => ({ ...tab, active: false })), COMPANY_SHEET];
    const { page, calls } = await browser.open({ app: { ...APP, mappings: [], tabs } });
    await page.getByText("“Company/Accounts Template” is open and not synced yet.").waitFor();
    await press(page, "Map this sheet");
    expect(await page.getByLabel("Use a sheet of this file").isChecked()).toBe(true);
    expect(await page.getByLabel("Tab", { exact: true }).inputValue()).toBe("31");
    await press(page, "Continue");
    await page.getByRole("heading", { name: "Mapping" }).waitFor();
    expect(requestOf(await calls(), "editor.open")).toMatchObject({ tabId: 31, objectType: "companies" });
  });

  it("offers to map a sheet that was made in the meantime", async () => {
    const { page } = await browser.open({ app: { ...APP, mappings: [], tabs: [] } });
    await page.getByRole("button", { name: "Choose a sheet" }).waitFor();
    await changeElsewhere(page, { tabs: [COMPANY_SHEET] });
    await page.getByRole("button", { name: "Map this sheet" }).waitFor();
  });

  it("shows what a sync from the menu came to once the sidebar gets the focus, and says it once", async () => {
    const { page } = await browser.open({ app: { ...APP, mappings: [PEOPLE] } });
    const card = page.getByRole("region", { name: "People" });
    await card.getByRole("button", { name: "2 open conflicts" }).waitFor();
    expect((await card.textContent())?.match(/conflict|both sides/gi)).toHaveLength(1);
    const inStep = { ...PEOPLE, state: "in-step" as const, stateText: "In step.", openConflicts: 0 };
    await changeElsewhere(page, { mappings: [inStep] });
    await card.getByText("In step", { exact: true }).waitFor();
    expect((await card.textContent())?.match(/in step/gi)).toHaveLength(1);
  });

  it("says after a sync that conflicts are open, not that everything is synced", async () => {
    const { page } = await browser.open({ openConflicts: 1 });
    await press(page, /^Sync now: People/);
    await page.getByRole("menuitem", { name: /^Sync both ways/ }).click();
    await page.getByText("1 conflict is open", { exact: true }).waitFor();
    await page
      .getByText(/^Neither side was changed there\. Settle them here, .*the value of HubSpot into the cell/)
      .waitFor();
    expect(await page.getByText("Everything that could be synced").count()).toBe(0);
  });

  it("says what to do when it cannot show a view", async () => {
    const { page } = await browser.open({ app: { ...APP, notices: null as never } });
    const alert = page.getByRole("alert");
    await alert.getByText("Something went wrong inside CRM Sync.", { exact: true }).waitFor();
    await alert.getByText("Close the sidebar and open it again.", { exact: true }).waitFor();
  });

  it("keeps the key out of the page once it is stored", async () => {
    const { page } = await browser.open({ app: NEW_FILE });
    await press(page, "Connect HubSpot");
    await page.getByLabel("Service key or private app token").fill("pat-eu1-secret");
    await press(page, "Connect");
    await page.getByRole("button", { name: "Disconnect" }).waitFor();
    expect(await page.content()).not.toContain("pat-eu1-secret");
  });

  it("does not apply a passed limit without its tick, and puts the focus there", async () => {
    const { page, calls } = await browser.open({ plan: GUARDED_PLAN });
    await openPreview(page);
    await press(page, "Apply");
    expect(await page.getByRole("alert").textContent()).toContain("Tick “Run anyway once” first");
    expect(await focusedLabel(page)).toBe("Run anyway once");
    expect((await calls()).map(({ name }) => name)).not.toContain("run.approve");
  });

  it("leaves out what is unticked, over pages of 50", async () => {
    const { page, calls, css } = await browser.open({});
    await openPreview(page);
    await page.locator(css(".plan-section.update > summary")).click();
    await page.locator(css(".plan-section.update .plan-item")).nth(49).waitFor();
    expect(await page.locator(css(".plan-section.update .plan-item")).count()).toBe(50);
    await press(page, "Show more");
    await page.locator(css(".plan-section.update .plan-item")).nth(61).waitFor();
    await page.getByLabel("Include Person 62").uncheck();
    await page.getByText("1 change left out").waitFor();
    await press(page, "Apply");
    await page.getByRole("heading", { name: "Sync finished" }).waitFor();
    expect(requestOf(await calls(), "run.approve")).toMatchObject({ leaveOut: ["update-61"], allowCreates: true });
  });

  it("shows values as text, whatever they look like", async () => {
    const { page, css } = await browser.open({});
    await openPreview(page);
    await page.locator(css(".plan-section.write-cells > summary")).click();
    await page.getByText("<b>Bola</b>").first().waitFor();
    expect(await page.locator(css(".plan-item b")).count()).toBe(0);
  });

  it("discards a preview and goes home", async () => {
    const { page, calls } = await browser.open({});
    await openPreview(page);
    await press(page, "Discard");
    await page.getByRole("heading", { name: "Syncs in this file" }).waitFor();
    expect(await page.getByText("is waiting for your decision").count()).toBe(0);
    expect((await calls()).map(({ name }) => name)).toContain("run.cancel");
  });

  it("goes on with an unfinished run when it is opened", async () => {
    const app = { ...APP, run: { ...RUN, phase: "applying" as const, done: 40, total: 91 } };
    const { page, calls } = await browser.open({ app });
    await page.getByRole("heading", { name: "Sync finished" }).waitFor();
    expect((await calls()).map(({ name }) => name)).toEqual(["app.state", "run.step", "run.step"]);
  });

  it("reports progress to screen readers as a number", async () => {
    const { page } = await browser.open({ pauseMs: 60_000 });
    await press(page, /^Sync now: People/);
    await page.getByRole("menuitem", { name: /^Pull from HubSpot/ }).click();
    await page.getByText("The CRM asks for a pause. Going on in").waitFor();
    const bar = page.getByRole("progressbar");
    expect(await bar.getAttribute("aria-valuenow")).toBe("15");
    expect(await bar.getAttribute("aria-valuetext")).toContain("200 of 1,310");
  });

  it("selects the row of an error in the sheet", async () => {
    const { page, calls } = await browser.open({});
    await press(page, /^Sync now: People/);
    await page.getByRole("menuitem", { name: /^Sync both ways/ }).click();
    await press(page, /^Row 41/);
    await expectCall(calls, "sheet.select", { tabId: 11, row: 41, column: 1 });
  });

  it("asks twice before it removes everything", async () => {
    const { page, calls } = await browser.open({});
    await press(page, /^Remove from this file/);
    await press(page, "Remove…");
    expect(await page.getByRole("alert").textContent()).toBe("Tick the box first.");
    await page.getByRole("checkbox").check();
    await press(page, "Remove…");
    const last = page.getByRole("button", { name: "Remove now" });
    await last.waitFor();
    await page.keyboard.press("Escape");
    await last.waitFor({ state: "hidden" });
    expect((await calls()).map(({ name }) => name)).not.toContain("file.remove");
    await press(page, "Remove…");
    await press(page, "Remove now");
    await page.getByText("2 hidden tabs").waitFor();
    expect(requestOf(await calls(), "file.remove")).toEqual({ confirm: "remove" });
  });

  it("saves a schedule with its day and hour", async () => {
    const { page, calls, css } = await browser.open({});
    await press(page, /^Schedule: People/);
    await page.getByLabel("Every week").check();
    await page.getByLabel("On", { exact: true }).selectOption("Friday");
    await page.getByLabel("At", { exact: true }).selectOption("18:00");
    await press(page, "Save schedule");
    await page.locator(css(".notice"), { hasText: "Schedule saved." }).waitFor();
    const schedule = { kind: "weekly", day: 5, hour: 18 };
    expect(requestOf(await calls(), "schedule.save")).toEqual({ mappingId: "m-people", schedule });
  });

  it("asks before changes to a mapping are lost", async () => {
    const { page } = await browser.open({});
    await openEditor(page);
    await page.getByText("HubSpot contacts · tab “People”").waitFor();
    await page.getByLabel("Name", { exact: true }).fill("Persons");
    await press(page, "Home");
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    expect(await page.getByLabel("Name", { exact: true }).inputValue()).toBe("Persons");
    await press(page, "Home");
    await press(page, "Leave");
    await page.getByRole("heading", { name: "Syncs in this file" }).waitFor();
  });

  it("does not save a mapping with problems, but leads to them", async () => {
    const { page, calls, css } = await browser.open({});
    await openEditor(page);
    await page.locator("#column-4 input").fill("email");
    await page.keyboard.press("Enter");
    await page.locator(css("#column-4 .column-issues")).waitFor();
    await press(page, "Save mapping");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("issues");
    await press(page, /^Column D:/);
    await page.waitForFunction(() => document.activeElement?.closest("#column-4") !== null);
    expect((await calls()).map(({ name }) => name)).not.toContain("mapping.save");
  });

  it("says after saving whether anything was synced before", async () => {
    const never = { ...PEOPLE, state: "never" } as const;
    for (const [mapping, text] of [
      [never, "Nothing has been synced yet."],
      [PEOPLE, "The preview shows what the next sync would change."],
    ] as const) {
      const { page } = await browser.open({ app: { ...APP, mappings: [mapping] } });
      await openEditor(page);
      await press(page, "Save mapping");
      await page.getByText("Mapping saved.").waitFor();
      await page.getByText(text).waitFor();
    }
  });

  it("goes on after the @ where a name with its address is too long for a line", async () => {
    const { page } = await browser.open({ titles: "Jiří Říha (brand.new.and.long@zephyr.example)" });
    await press(page, /^Preview: People/);
    await page.getByText("Create in HubSpot").first().click();
    const title = page.locator("strong", { hasText: "Jiří" }).first();
    await title.waitFor();
    const lines = await title.evaluate((element) => {
      const range = document.createRange();
      const tops: Record<number, string> = {};
      for (const node of element.childNodes) {
        const text = node.textContent ?? "";
        for (let at = 0; at < text.length; at += 1) {
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          const top = Math.round(range.getBoundingClientRect().top);
          tops[top] = (tops[top] ?? "") + text[at];
        }
      }
      return Object.values(tops).map((line) => line.trim());
    });
    expect(lines).toEqual(["Jiří Říha", "(brand.new.and.long@", "zephyr.example)"]);
  });

  it("saves with one click as soon as the last problem is mended", async () => {
    const { page, calls, css } = await browser.open({});
    await openEditor(page);
    await page.locator("#column-4 input").fill("email");
    await page.keyboard.press("Enter");
    await page.locator(css("#column-4 .column-issues")).waitFor();
    await page.locator("#column-4 input").fill("city");
    await page.keyboard.press("Enter");
    await press(page, "Save mapping");
    await page.getByText("Mapping saved.").waitFor();
    expect(requestOf(await calls(), "mapping.save")).toMatchObject({ draft: { columns: { 3: { field: "city" } } } });
  });

  it("does not save a problem that was made just before the click", async () => {
    const { page, calls } = await browser.open({});
    await openEditor(page);
    await page.locator("#column-4 input").fill("email");
    await page.keyboard.press("Enter");
    await press(page, "Save mapping");
    await page.waitForFunction(() => document.activeElement?.id === "issues");
    await page.getByText("1 problem keeps this from being saved").waitFor();
    expect((await calls()).map(({ name }) => name)).not.toContain("mapping.save");
  });

  it("tries again when a call failed", async () => {
    const { page } = await browser.open({ faults: { "history.list": { what: "lost", times: 1 } } });
    await press(page, "History");
    await page.getByText("Google did not answer.").waitFor();
    await press(page, "Try again");
    await page.getByText("Sync both ways: People").waitFor();
  });

  it("never shows a raw exception, but keeps it for a report", async () => {
    const bug = { kind: "bug", message: "TypeError: x is undefined", hint: "" };
    const { page } = await browser.open({ faults: { "history.list": { what: bug } } });
    await press(page, "History");
    const alert = page.getByRole("alert");
    await alert.waitFor();
    expect(await alert.locator("p").first().textContent()).toBe("Something went wrong inside CRM Sync.");
    expect(await page.getByText("TypeError").isVisible()).toBe(false);
    await page.getByText("Technical details", { exact: true }).click();
    expect(await page.getByText("TypeError").isVisible()).toBe(true);
  });

  it("leads to the connection when the key is refused", async () => {
    const { page } = await browser.open({ failedRun: true });
    await press(page, /^Sync now: People/);
    await page.getByRole("menuitem").first().click();
    await press(page, "Open connection");
    await page.getByRole("heading", { name: "Connection" }).waitFor();
  });

  it("puts the focus on the heading of each view it goes to", async () => {
    const { page } = await browser.open({ app: { ...APP, mappings: [PEOPLE] } });
    for (const [button, heading] of [
      ["History", "History"],
      ["Home", "Syncs in this file"],
      ["Connection", "Connection"],
    ] as const) {
      await press(page, button);
      await page.waitForFunction((text) => document.activeElement?.textContent === text, heading);
    }
  });
});

/** The file changes while the sidebar has no focus; then it gets it. */
async function changeElsewhere(page: Page, part: Partial<typeof APP>): Promise<void> {
  await page.evaluate((changed) => {
    (globalThis as { fakeServer?: FakeServer }).fakeServer?.change(changed);
    window.dispatchEvent(new Event("focus"));
  }, part);
}

async function openPreview(page: Page): Promise<void> {
  await press(page, /^Preview: People/);
  await page.getByRole("heading", { name: "Preview: People" }).waitFor();
}

function requestOf(calls: readonly SeenCall[], name: string): unknown {
  return calls.find((call) => call.name === name)?.request;
}

async function expectCall(calls: SidebarTab["calls"], name: string, request: unknown): Promise<void> {
  expect(requestOf(await calls(), name)).toEqual(request);
}

function focusedLabel(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { activeElement } = document;
    return activeElement instanceof HTMLInputElement ? (activeElement.labels?.[0]?.textContent ?? "") : "";
  });
}
