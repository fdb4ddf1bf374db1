import { startSidebarBrowser, type SidebarBrowser } from "../support/sidebar-page";
import { APP, GUARDED_PLAN, PEOPLE } from "../support/fake-rpc-data";
import { mkdirSync } from "node:fs";
const EMPTY = { ...APP, mappings: [], connections: [] };
let b: SidebarBrowser;
beforeAll(async () => { mkdirSync("/tmp/shots", { recursive: true }); b = await startSidebarBrowser("/usr/bin/chromium"); });
afterAll(() => b?.close());
const shot = (n: string, setup: any, go: (p: any) => Promise<void>) =>
  it(n, async () => {
    const t = await b.open(setup);
    await t.page.waitForSelector("h1, .notice, .loading");
    try { await go(t.page); } finally { await t.page.waitForTimeout(150); await t.page.screenshot({ path: `/tmp/shots/${n}.png`, fullPage: true }); }
    expect(t.complaints).toEqual([]);
    await t.page.context().close();
  });
const btn = (p: any, name: string | RegExp) => p.getByRole("button", { name }).first().click();
shot("home", {}, async (p) => {});
shot("home-empty", { app: EMPTY }, async (p) => {});
shot("home-one", { app: { ...APP, mappings: [{ ...PEOPLE, state: "in-step", stateText: "", openConflicts: 0 }], notices: ["Scheduled syncs are off: CRM Sync may not start by itself."] } }, async (p) => { await btn(p, /Sync now/); });
shot("connect", { app: EMPTY }, async (p) => { await btn(p, "Connect HubSpot"); });
shot("connected", {}, async (p) => { await btn(p, "Connection"); });
shot("disconnect", {}, async (p) => { await btn(p, "Connection"); await btn(p, "Disconnect"); });
shot("start", {}, async (p) => { await btn(p, "Add a sync"); await p.waitForSelector("select"); });
shot("editor", {}, async (p) => { await btn(p, /Edit mapping: People/); await p.waitForSelector(".column"); });
shot("picker", {}, async (p) => { await btn(p, /Edit mapping: People/); await p.waitForSelector(".column"); await p.locator("#column-4 input").click(); await p.keyboard.type("name"); });
shot("editor-issue", {}, async (p) => { await btn(p, /Edit mapping: People/); await p.waitForSelector(".column"); await p.locator("#column-4 input").click(); await p.keyboard.type("email"); await p.keyboard.press("Enter"); await p.waitForSelector(".column-issues"); await p.locator("#column-4 summary").click(); });
shot("saved", {}, async (p) => { await btn(p, /Edit mapping: People/); await p.waitForSelector(".column"); await btn(p, "Save mapping"); await p.waitForSelector(".notice.good"); });
shot("preview", {}, async (p) => { await btn(p, /Preview: People/); await p.waitForSelector(".plan-section"); });
shot("preview-open", { plan: GUARDED_PLAN }, async (p) => { await btn(p, /Preview: People/); await p.waitForSelector(".plan-section"); for (const k of ["create", "append-row", "write-cells", "conflict", "error"]) await p.locator(`.plan-section.${k} summary`).click(); await p.waitForTimeout(200); await p.locator(".plan-item input").first().click(); await btn(p, "Apply"); });
shot("running", { delayMs: 120, steps: 40 }, async (p) => { await btn(p, /Sync now: People/); await p.getByRole("menuitem").first().click(); await p.waitForTimeout(3800); });
shot("pause", { pauseMs: 20000 }, async (p) => { await btn(p, /Preview: People/); await p.waitForSelector(".notice"); });
shot("result", {}, async (p) => { await btn(p, /Sync now: People/); await p.getByRole("menuitem").first().click(); await p.waitForSelector(".totals"); });
shot("failed", { failedRun: true }, async (p) => { await btn(p, /Sync now: People/); await p.getByRole("menuitem").first().click(); await p.waitForSelector(".totals"); });
shot("history", {}, async (p) => { await btn(p, "History"); await p.waitForSelector(".card"); await p.locator("summary").first().click(); });
shot("schedule", {}, async (p) => { await btn(p, /Schedule: People/); });
shot("remove", {}, async (p) => { await btn(p, /Remove from this file/); });
shot("offline", { faults: { "app.state": { what: "lost" } } }, async (p) => {});
shot("start-lost", { faults: { "run.start": { what: { kind: "bug", message: "TypeError: x is undefined", hint: "" } } } }, async (p) => { await btn(p, /Preview: People/); await p.waitForSelector(".notice"); });
