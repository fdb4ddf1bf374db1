import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { AddOnClient } from "../../workbench/demo/add-on-client";
import { projectRoot } from "../support/call-module";
import { findChromium } from "../support/chromium";
import { NAUGHTY_TEXTS } from "../support/naughty-texts";
import { SidebarDriver } from "../support/sidebar-driver";

const WAYS_TO_HTML = /innerHTML|outerHTML|insertAdjacentHTML|document\.write|dangerouslySetInnerHTML|DOMParser|srcdoc/;

/** Texts that a page would run or build elements from, if it took them for HTML. */
const MARKUP = NAUGHTY_TEXTS.filter((text) => /<\w|javascript:|&#?\w+;|on\w+=/.test(text) && text.length < 1_000);

/** Elements that the sidebar itself has none of, so that any of them came out of a value. */
const BROUGHT = "#app :is(script, img, iframe, object, embed, video, audio, style, link, meta, b, marquee, math, form)";

const search = findChromium();
const why = search.kind === "missing" ? ` (skipped: ${search.reason})` : "";

it("no file of the sidebar makes HTML from text", () => {
  const folder = join(projectRoot, "sidebar");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/.test(name));
  expect(files.length).toBeGreaterThan(50);
  expect(files.filter((name) => WAYS_TO_HTML.test(readFileSync(join(folder, name), "utf8")))).toEqual([]);
});

(search.kind === "missing" ? describe.skip : describe)(`values with markup in the real sidebar${why}`, () => {
  let browser: Browser;
  let driver: SidebarDriver;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: search.kind === "found" ? search.path : "" });
    driver = await SidebarDriver.open(browser, { contacts: 0, companies: 0, searchLagMs: 0 });
    const { host, hubspot } = driver.workbench;
    for (const [at, text] of MARKUP.entries()) {
      hubspot.control.create("contacts", { email: `person.${at}@example.org`, firstname: text, jobtitle: text });
    }
    const client = new AddOnClient(host);
    await client.call("connection.connect", { crm: "hubspot", token: hubspot.token });
    const { tabId } = await client.call("template.create", { template: "people" });
    const open = { crm: "hubspot", objectType: "contacts", tabId, headerRow: null, mappingId: null } as const;
    const { draft } = await client.call("editor.open", open);
    const name = "<img src=x onerror=globalThis.hacked=1>";
    await client.call("mapping.save", { draft: { ...draft, columns: [...draft.columns], name } });
  }, 60_000);

  afterAll(async () => {
    await driver?.close();
    await browser?.close();
  });

  async function expectOnlyText(): Promise<void> {
    const brought = await driver.sidebar.locator(BROUGHT).evaluateAll((all) => all.map((one) => one.outerHTML));
    expect(brought).toEqual([]);
    const hacked = await driver.sidebar.locator("body").evaluate(() => "hacked" in globalThis);
    expect(hacked).toBe(false);
    expect(driver.problems).toEqual([]);
  }

  it("stand in the list of syncs and in the preview as the texts they are", async () => {
    expect(MARKUP.length).toBeGreaterThan(100);
    await driver.menu("Open sidebar");
    await driver.heading("Syncs in this file");
    await driver.sidebar.getByText("<img src=x onerror=globalThis.hacked=1>").first().waitFor();
    await expectOnlyText();
    await driver.press(/^Preview/);
    await driver.heading(/^Preview:/);
    await driver.sidebar.getByText("Add rows to the sheet").first().click();
    const items = driver.sidebar.locator("li dd ins");
    await items.first().waitFor();
    const shown = (await items.allTextContents()).join("\n");
    const [first = ""] = MARKUP;
    expect(shown).toContain(first);
    expect(shown.match(/<script|<img/gi)?.length).toBeGreaterThan(5);
    await expectOnlyText();
  }, 60_000);

  it("stand in the result, the conflicts and the history as the texts they are", async () => {
    await driver.press("Apply");
    await driver.heading("Sync finished");
    await expectOnlyText();
    const { host, hubspot } = driver.workbench;
    const [record] = hubspot.control.all("contacts");
    const tabId = host.workbook.activeTabId();
    const row = host.workbook.cells(tabId, 1, 7, host.workbook.used(tabId).rows, 1);
    const at = row.findIndex(([cell]) => String(cell?.value) === record?.id) + 1;
    host.user.typeInto(tabId, at, 5, "<img src=y onerror=globalThis.hacked=2>");
    hubspot.control.update("contacts", record?.id ?? "", { jobtitle: "<script>globalThis.hacked = 3</script>" });
    await driver.press("Sync again");
    await driver.sidebar
      .getByText(/Both sides changed/)
      .first()
      .waitFor({ timeout: 15_000 });
    await expectOnlyText();
    await driver.press("Done");
    await driver.press("History");
    await driver.heading("History");
    await expectOnlyText();
  }, 60_000);
});
