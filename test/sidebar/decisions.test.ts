import type { Page } from "playwright-core";
import { findChromium } from "../support/chromium";
import type { SeenCall } from "../support/fake-rpc";
import {
  APP,
  CONFLICT_PLAN,
  DELETING_PLAN,
  EMPTY_PLAN,
  GUARDED_PLAN,
  NEEDS_APPROVAL,
  PEOPLE,
  RUN,
  SETTINGS,
} from "../support/fake-rpc-data";
import { type SidebarBrowser, startSidebarBrowser } from "../support/sidebar-page";
import { openEditor, openPolicies, press, startUndo } from "../support/sidebar-scenes";

const found = findChromium();
const why = found.kind === "found" ? "" : ` (skipped: ${found.reason})`;
const MANY_CONFLICTS = { ...EMPTY_PLAN, counts: { ...EMPTY_PLAN.counts, conflicts: 70 } };

(found.kind === "found" ? describe : describe.skip)(`decisions in the sidebar${why}`, () => {
  let browser: SidebarBrowser;

  beforeAll(async () => {
    if (found.kind === "found") browser = await startSidebarBrowser(found.path);
  });

  afterAll(() => browser.close());

  it("F5 leads from a conflict on the card to its preview, with the conflicts open and the focus there", async () => {
    const { page, calls } = await browser.open({ plan: CONFLICT_PLAN });
    await press(page, "2 open conflicts");
    await page.getByRole("group", { name: /^Person 1:/ }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("section-conflict");
    expect(requestOf(await calls(), "run.start")).toEqual({ mappingId: "m-people", direction: "both", preview: true });
  });

  it("F5 settles conflicts one by one, by keyboard, and leaves the others open", async () => {
    const { page, calls } = await browser.open({ plan: CONFLICT_PLAN });
    await openConflicts(page);
    expect(await page.getByRole("button", { name: "Apply" }).count()).toBe(0);
    const first = page.getByRole("group", { name: /^Person 1:/ });
    await first.getByLabel("Leave open").focus();
    await page.keyboard.press("ArrowUp");
    expect(await first.getByLabel("Keep HubSpot").isChecked()).toBe(true);
    await page.getByText("1 of 3 conflicts decided").waitFor();
    await page.keyboard.press("ArrowUp");
    expect(await first.getByLabel("Keep sheet").isChecked()).toBe(true);
    await press(page, "Apply");
    await page.getByRole("heading", { name: "Sync finished" }).waitFor();
    const approved = requestOf(await calls(), "run.approve");
    expect(approved).toMatchObject({ settle: [{ recordId: "151200", field: "firstname", winner: "sheet" }] });
    expect(approved).not.toHaveProperty("settleOthers");
  });

  it("F5 takes a choice back", async () => {
    const { page } = await browser.open({ plan: CONFLICT_PLAN });
    await openConflicts(page);
    const first = page.getByRole("group", { name: /^Person 1:/ });
    await first.getByLabel("Keep sheet").check();
    await page.getByRole("button", { name: "Apply" }).waitFor();
    await first.getByLabel("Leave open").check();
    await page.getByRole("button", { name: "Close" }).waitFor();
    expect(await page.getByRole("button", { name: "Apply" }).count()).toBe(0);
  });

  it("F5 settles all at once, those on pages that were never loaded too, but one otherwise", async () => {
    const { page, calls, css } = await browser.open({ plan: MANY_CONFLICTS });
    await openConflicts(page);
    await press(page, "All from HubSpot");
    await page.getByText("70 of 70 conflicts decided").waitFor();
    expect(await page.locator(css(".plan-section.conflict .plan-item")).count()).toBe(50);
    await page
      .getByRole("group", { name: /^Person 2:/ })
      .getByLabel("Leave open")
      .check();
    await page.getByText("69 of 70 conflicts decided").waitFor();
    await press(page, "Apply");
    await page.getByRole("heading", { name: "Sync finished" }).waitFor();
    expect(requestOf(await calls(), "run.approve")).toMatchObject({
      settle: [{ recordId: "151201", field: "firstname", winner: "open" }],
      settleOthers: "crm",
    });
  });

  it("F5 leaves all open again", async () => {
    const { page } = await browser.open({ plan: CONFLICT_PLAN });
    await openConflicts(page);
    await press(page, "All from the sheet");
    const open = page.getByRole("button", { name: "Leave all open" });
    expect(await open.getAttribute("aria-pressed")).toBe("false");
    await open.click();
    expect(await open.getAttribute("aria-pressed")).toBe("true");
    expect(await page.getByLabel("Keep sheet").first().isChecked()).toBe(false);
  });

  it("F5 does not offer a side whose value may not go over", async () => {
    const { page } = await browser.open({ plan: CONFLICT_PLAN });
    await openConflicts(page);
    const third = page.getByRole("group", { name: /^Person 3:/ });
    expect(await third.getByRole("radio").count()).toBe(2);
    expect(await third.getByLabel("Keep sheet").count()).toBe(0);
    await third.getByText("This column only comes from HubSpot.").waitFor();
  });

  it("F5 leads from a result with open conflicts to settling them", async () => {
    const { page, calls, css } = await browser.open({ openConflicts: 2 });
    await press(page, /^Sync now: People/);
    await page.getByRole("menuitem", { name: /^Sync both ways/ }).click();
    const settle = page.getByRole("button", { name: "Settle conflicts" });
    await settle.waitFor();
    expect(await page.locator(css(".button.primary")).allTextContents()).toEqual(["Settle conflicts"]);
    await settle.click();
    await page.getByRole("group", { name: /^Person 1:/ }).waitFor();
    expect((await calls()).filter(({ name }) => name === "run.start").map(({ request }) => request)).toEqual([
      expect.objectContaining({ preview: false }),
      expect.objectContaining({ preview: true }),
    ]);
  });

  it("opens on the plan that a limit stopped, says what the limit was, and goes on only after the tick", async () => {
    const { page, calls } = await browser.open({ app: NEEDS_APPROVAL, plan: DELETING_PLAN });
    await page.getByText("This sync stopped before it wrote anything.").waitFor();
    await page.getByText("Without asking: at most 5.").waitFor();
    await press(page, "Apply");
    expect(await page.getByRole("alert").textContent()).toContain("Tick “Run anyway once” first");
    await page.keyboard.press("Space");
    await press(page, "Apply");
    await page.getByRole("heading", { name: "Sync finished" }).waitFor();
    expect(requestOf(await calls(), "run.approve")).toMatchObject({ runId: "run-1", allowGuard: true });
    expect((await calls()).map(({ name }) => name)).not.toContain("run.start");
  });

  it.each(["Needs approval", "Review plan: People"])(
    "leads from “%s” on the card to the plan that waits",
    async (name) => {
      const { page, calls } = await browser.open({ app: NEEDS_APPROVAL, plan: DELETING_PLAN });
      await press(page, "Home");
      await press(page, name);
      await page.getByRole("heading", { name: "Preview: People" }).waitFor();
      expect((await calls()).map(({ name: called }) => called)).not.toContain("run.start");
      expect(requestOf(await calls(), "run.step")).toEqual({ runId: "run-1" });
    },
  );

  it("leads from a passed limit to the limits of the mapping", async () => {
    const run = { ...RUN, phase: "waiting" as const, plan: GUARDED_PLAN };
    const { page } = await browser.open({ app: { ...APP, run }, plan: GUARDED_PLAN });
    await press(page, "Change the limits");
    await page.getByText("When to stop and ask").waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("policies");
  });

  it("saves policies, limits and mail with the mapping", async () => {
    const { page, calls } = await browser.open({});
    await openEditor(page);
    await openPolicies(page);
    await page.getByText("standard", { exact: true }).waitFor();
    await page.getByLabel("The newest wins").check();
    await page.getByLabel("Keep and unlink").check();
    await page.getByLabel("Archive the record in HubSpot").check();
    await page.getByText("A row removed by mistake archives its record").waitFor();
    await page.getByLabel("Removed or archived, number").fill("3");
    await page.getByLabel("Removed or archived, percent").fill("7");
    await page.getByLabel("Created, at most").fill("250");
    await page.getByLabel("When a scheduled sync has errors").check();
    await page.getByText("changed", { exact: true }).waitFor();
    await press(page, "Save mapping");
    await page.getByText("Mapping saved.").waitFor();
    expect(requestOf(await calls(), "mapping.save")).toMatchObject({
      draft: {
        settings: {
          conflicts: "newest-wins",
          gone: "unlink",
          removedRows: "archive",
          guard: { ...SETTINGS.guard, deleteFloor: 3, deleteShare: 0.07, createMax: 250 },
          notify: { onApproval: false, onErrors: true },
        },
      },
    });
  });

  it("takes no limit that is none, says so, and puts the last one back", async () => {
    const { page, calls } = await browser.open({});
    await openEditor(page);
    await openPolicies(page);
    const share = page.getByLabel("Cleared, percent");
    await share.fill("101");
    await page.getByText("Enter a whole number from 0 to 100.").waitFor();
    expect(await share.getAttribute("aria-invalid")).toBe("true");
    await page.getByLabel("Cleared, number").focus();
    expect(await share.inputValue()).toBe("20");
    await page.getByText("Only a whole number from 0 to 100 can stand here. 20 was kept.").waitFor();
    expect(await share.getAttribute("aria-invalid")).toBe("false");
    await share.fill("-3");
    await page.getByText("Enter a whole number from 0 to 100.").waitFor();
    await page.getByLabel("Cleared, number").focus();
    await page.getByText("20 was kept.").waitFor();
    await share.fill("21");
    expect(await page.getByText("was kept").count()).toBe(0);
    await share.fill("20");
    await share.fill("");
    await press(page, "Save mapping");
    await page.getByText("Mapping saved.").waitFor();
    expect(requestOf(await calls(), "mapping.save")).toMatchObject({ draft: { settings: SETTINGS } });
  });

  it("puts the standard limits back and leaves the policies", async () => {
    const { page } = await browser.open({});
    await openEditor(page);
    await openPolicies(page);
    await page.getByLabel("The sheet wins").check();
    await page.getByLabel("Changed, number").fill("1");
    await press(page, "Reset limits");
    expect(await page.getByLabel("Changed, number").inputValue()).toBe("20");
    expect(await page.getByRole("button", { name: "Reset limits" }).count()).toBe(0);
    expect(await page.getByLabel("The sheet wins").isChecked()).toBe(true);
  });

  it("asks who wins only where both sides can change", async () => {
    const { page } = await browser.open({});
    await openEditor(page);
    await openPolicies(page);
    await page.getByLabel("Direction", { exact: true }).selectOption({ label: "HubSpot to sheet" });
    expect(await page.getByText("When both sides changed the same value", { exact: true }).count()).toBe(0);
    await page.getByText("When a record was deleted in HubSpot").waitFor();
  });

  it("I15 undoes a run after asking and after a preview, and names what was left", async () => {
    const { page, calls } = await browser.open({});
    await press(page, "History");
    await press(page, /^Undo…: Sync both ways/);
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    expect((await calls()).map(({ name }) => name)).not.toContain("undo.start");
    await press(page, /^Undo…: Sync both ways/);
    await press(page, "Show the plan");
    await page.getByText("It would put back 62 fields").waitFor();
    await press(page, "Undo these changes");
    await page.getByRole("heading", { name: "Undo finished" }).waitFor();
    await page.getByText("What was changed since is left and named below.").waitFor();
    await page.getByText("Left alone: its cell holds a formula.").waitFor();
    const seen = await calls();
    expect(requestOf(seen, "undo.start")).toEqual({ runId: "run-9", only: null });
    expect(requestOf(seen, "run.approve")).toMatchObject({ runId: "run-undo", allowGuard: true });
  });

  it("I15 says of each run whether it can be undone", async () => {
    const { page } = await browser.open({});
    await press(page, "History");
    await page.getByText("Undone.", { exact: true }).waitFor();
    await page.getByText(/^Cannot be undone: this run was too large/).waitFor();
    expect(await page.getByRole("button", { name: /^Undo…/ }).count()).toBe(1);
  });

  it("F5 lists the values that a run replaced, and brings chosen ones back", async () => {
    const { page, calls } = await browser.open({});
    await press(page, "History");
    await page.getByText("2 values replaced").click();
    const restore = page.getByRole("button", { name: /^Restore/ });
    await restore.waitFor();
    expect(await restore.isDisabled()).toBe(true);
    await page.getByLabel("Ada Brandt · Phone number").check();
    expect(await restore.textContent()).toBe("Restore 1 value");
    await press(page, "Choose all");
    expect(await restore.textContent()).toBe("Restore 2 values");
    await page.getByLabel("Ada Brandt · Phone number").uncheck();
    await restore.click();
    await page.getByRole("heading", { name: "Restore: People" }).waitFor();
    await page.getByText("Only what you chose is put back.").waitFor();
    expect(await page.getByText("It would put back 62 fields").count()).toBe(0);
    expect(requestOf(await calls(), "undo.start")).toEqual({ runId: "run-9", only: ["7:2"] });
    await press(page, "Restore");
    await page.getByRole("heading", { name: "Restore finished" }).waitFor();
  });

  it("I15 shows why an undo cannot begin, with the way back", async () => {
    const gone = { kind: "config", message: "What this run did is no longer kept.", hint: "Use the version history." };
    const { page } = await browser.open({ faults: { "undo.start": { what: gone } } });
    await press(page, "History");
    await press(page, /^Undo…/);
    await press(page, "Show the plan");
    await page.getByRole("alert").getByText("What this run did is no longer kept.").waitFor();
    await press(page, "Home");
    await page.getByRole("heading", { name: "Syncs in this file" }).waitFor();
  });

  it("discards an undo without a trace", async () => {
    const { page, calls } = await browser.open({});
    await startUndo(page);
    await press(page, "Discard");
    await page.getByRole("heading", { name: "Syncs in this file" }).waitFor();
    expect(requestOf(await calls(), "run.cancel")).toEqual({ runId: "run-undo" });
  });

  it("keeps a plan that waits out of the way of a new preview", async () => {
    const { page } = await browser.open({ app: { ...NEEDS_APPROVAL, mappings: [...NEEDS_APPROVAL.mappings] } });
    await press(page, "Home");
    expect(await page.getByRole("button", { name: `Preview: ${PEOPLE.name}` }).count()).toBe(0);
    expect(await page.getByRole("button", { name: "2 open conflicts" }).count()).toBe(0);
  });
});

async function openConflicts(page: Page): Promise<void> {
  await press(page, "2 open conflicts");
  await page.getByRole("group", { name: /^Person 1:/ }).waitFor();
}

function requestOf(calls: readonly SeenCall[], name: string): unknown {
  return calls.find((call) => call.name === name)?.request;
}
