import type { Page } from "playwright-core";
import type { FakeServerSetup } from "./fake-rpc";
import {
  APP,
  CONFLICT_PLAN,
  DAILY,
  DELETING_PLAN,
  EMPTY_PLAN,
  editorOf,
  FIELDS,
  GUARDED_PLAN,
  NEEDS_APPROVAL,
  PEOPLE,
  RUN,
  SETTINGS,
} from "./fake-rpc-data";
import type { SidebarTab } from "./sidebar-page";

/** One view of the sidebar in one state, and the way there. */
export interface SidebarScene {
  readonly name: string;
  readonly setup: FakeServerSetup;
  /** Part that the accessibility rules are run on, where the whole page is the same many times over. */
  readonly part?: string;
  /** Ends when the view is to be seen. */
  reach(page: Page, css: SidebarTab["css"]): Promise<void>;
}

const NEW_FILE = { ...APP, mappings: [], connections: [] };
const IN_STEP = { ...PEOPLE, state: "in-step", stateText: "", openConflicts: 0 } as const;
const CLOCK_PROBLEM = "The clock may not open this file. Grant the permission in the Extensions menu.";
const BROKEN_CLOCK = { ...DAILY, kind: "weekly", day: 3, problem: CLOCK_PROBLEM } as const;
const REFUSED = {
  kind: "auth",
  message: "HubSpot does not accept this key.",
  hint: "Copy it again; it is shown once.",
};
const BUG = { kind: "bug", message: "TypeError: x is undefined", hint: "" };
const NOTICE = "Scheduled syncs are off: CRM Sync may not start by itself.";

/** Presses the first button of that name. */
export async function press(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole("button", { name }).first().click();
}

async function sync(page: Page): Promise<void> {
  await press(page, /^Sync now: People/);
  await page.getByRole("menuitem", { name: /^Sync both ways/ }).click();
}

/** Opens the editor of the first mapping. */
export async function openEditor(page: Page): Promise<void> {
  await press(page, /^Edit mapping: People/);
  await page.locator("#column-1").waitFor();
}

/** Unfolds the policies of the open editor. */
export async function openPolicies(page: Page): Promise<void> {
  await page.locator("#policies").click();
  await page.getByText("When to stop and ask").waitFor();
}

async function askUndo(page: Page): Promise<void> {
  await press(page, "History");
  await press(page, /^Undo…/);
  await page.getByRole("dialog").waitFor();
}

/** Presses "Undo…" of the newest run and says yes. */
export async function startUndo(page: Page): Promise<void> {
  await askUndo(page);
  await press(page, "Show the plan");
  await page.getByRole("heading", { name: "Undo: People" }).waitFor();
}

async function openSections(page: Page, css: SidebarTab["css"], kinds: readonly string[]): Promise<void> {
  for (const kind of kinds) {
    await page.locator(css(`.plan-section.${kind} > summary`)).click();
    await page
      .locator(css(`.plan-section.${kind} .plan-item`))
      .first()
      .waitFor();
  }
}

async function preview(page: Page): Promise<void> {
  await press(page, /^Preview: People/);
  await page.getByRole("heading", { name: "Preview: People" }).waitFor();
}

const STRICT = {
  ...SETTINGS,
  conflicts: "newest-wins",
  removedRows: "archive",
  guard: { ...SETTINGS.guard, deleteFloor: 0 },
} as const;

const here = async (): Promise<void> => undefined;

/** Every view, each in the states that look different. */
export const SCENES: readonly SidebarScene[] = [
  { name: "home with two syncs", setup: {}, reach: here },
  { name: "home of a new file", setup: { app: NEW_FILE }, reach: here },
  { name: "home, connected, without a sync", setup: { app: { ...APP, mappings: [] } }, reach: here },
  {
    name: "home with a sheet that could be mapped",
    setup: { app: { ...APP, mappings: APP.mappings.slice(1) } },
    reach: here,
  },
  { name: "home without its connection", setup: { app: { ...APP, connections: [] } }, reach: here },
  {
    name: "home with the sync menu open",
    setup: { app: { ...APP, mappings: [IN_STEP], notices: [NOTICE] } },
    reach: (page) => press(page, /^Sync now/),
  },
  {
    name: "home while a preview waits",
    setup: { app: { ...APP, run: { ...RUN, phase: "waiting", plan: GUARDED_PLAN } } },
    reach: (page) => press(page, "Home"),
  },
  {
    name: "home while a sync needs approval",
    setup: { app: NEEDS_APPROVAL },
    reach: (page) => press(page, "Home"),
  },
  { name: "home that cannot load", setup: { faults: { "app.state": { what: "lost" } } }, reach: here },
  { name: "home that loads", setup: { faults: { "app.state": { what: "never" } } }, reach: here },
  { name: "connect", setup: { app: NEW_FILE }, reach: (page) => press(page, "Connect HubSpot") },
  {
    name: "connect with a refused key",
    setup: { app: NEW_FILE, faults: { "connection.connect": { what: REFUSED } } },
    reach: async (page) => {
      await press(page, "Connect HubSpot");
      await page.getByLabel("Service key or private app token").fill("pat-eu1-wrong");
      await press(page, "Connect");
      await page.getByRole("alert").waitFor();
    },
  },
  { name: "connected", setup: {}, reach: (page) => press(page, "Connection") },
  {
    name: "disconnect, asked",
    setup: {},
    reach: async (page) => {
      await press(page, "Connection");
      await press(page, "Disconnect");
    },
  },
  {
    name: "start with a sheet of the file",
    setup: {},
    reach: async (page) => {
      await press(page, "Add a sync");
      await page.getByLabel("Sync with").waitFor();
    },
  },
  {
    name: "start with a new sheet",
    setup: {},
    reach: async (page) => {
      await press(page, "Add a sync");
      await page.getByLabel("New people sheet").check();
    },
  },
  { name: "editor", setup: {}, reach: openEditor },
  { name: "editor with 100 columns", setup: { columns: 100 }, part: "#column-100", reach: openEditor },
  {
    name: "editor of an empty tab",
    setup: { editor: { columns: [] } },
    reach: (page) => press(page, /^Edit mapping: P/),
  },
  {
    name: "editor with an open field list",
    setup: { editor: { fields: FIELDS.slice(0, 20) } },
    reach: async (page) => {
      await openEditor(page);
      await page.locator("#column-7 input").click();
    },
  },
  {
    name: "editor with problems and options",
    setup: {},
    reach: async (page, css) => {
      await openEditor(page);
      await page.locator("#column-4 input").fill("email");
      await page.keyboard.press("Enter");
      await page.locator(css("#column-4 .column-issues")).waitFor();
      await page.locator("#column-4 summary").click();
      await page.getByLabel("Match rows to records by").selectOption({ label: "No field" });
    },
  },
  {
    name: "editor left without saving",
    setup: {},
    reach: async (page) => {
      await openEditor(page);
      await page.getByLabel("Name", { exact: true }).fill("Persons");
      await press(page, "Home");
    },
  },
  {
    name: "editor, saved",
    setup: {},
    reach: async (page) => {
      await openEditor(page);
      await press(page, "Save mapping");
      await page.getByText("Mapping saved.").waitFor();
    },
  },
  {
    name: "editor with its policies",
    setup: {},
    reach: async (page) => {
      await openEditor(page);
      await openPolicies(page);
    },
  },
  {
    name: "editor with strict policies and a wrong limit",
    setup: { editor: { draft: { ...editorOf(8).draft, settings: STRICT } } },
    reach: async (page) => {
      await openEditor(page);
      await openPolicies(page);
      await page.getByLabel("Created, percent").fill("120");
    },
  },
  { name: "preview", setup: {}, reach: preview },
  {
    name: "preview at its conflicts",
    setup: { plan: CONFLICT_PLAN },
    reach: async (page) => {
      await press(page, "2 open conflicts");
      await page.getByRole("group", { name: /^Person 1: *First name/ }).waitFor();
      await page.getByLabel("Keep sheet").first().check();
    },
  },
  {
    name: "plan that stopped at a limit, with all kinds",
    setup: { app: NEEDS_APPROVAL, plan: DELETING_PLAN },
    reach: async (page, css) => {
      await page.getByText("This sync stopped before it wrote anything.").waitFor();
      await openSections(page, css, ["archive", "remove-row", "restore-row", "unlink"]);
    },
  },
  { name: "undo, asked", setup: {}, reach: askUndo },
  { name: "plan of an undo", setup: {}, reach: startUndo },
  {
    name: "result of an undo",
    setup: {},
    reach: async (page) => {
      await startUndo(page);
      await press(page, "Undo these changes");
      await page.getByRole("heading", { name: "Undo finished" }).waitFor();
    },
  },
  {
    name: "result with open conflicts",
    setup: { openConflicts: 2 },
    reach: async (page) => {
      await sync(page);
      await page.getByRole("button", { name: "Settle conflicts" }).waitFor();
    },
  },
  { name: "preview without changes", setup: { plan: EMPTY_PLAN }, reach: preview },
  {
    name: "preview of a first sync with limits and lists",
    setup: { plan: GUARDED_PLAN },
    reach: async (page, css) => {
      await preview(page);
      await openSections(page, css, ["create", "append-row", "conflict", "error", "note"]);
      await page.getByLabel("Include Person 1").first().uncheck();
      await press(page, "Apply");
    },
  },
  { name: "run at work", setup: { delayMs: 60, steps: 200 }, reach: sync },
  {
    name: "run that pauses",
    setup: { pauseMs: 60_000 },
    reach: async (page) => {
      await sync(page);
      await page.getByText("The CRM asks for a pause").waitFor();
    },
  },
  {
    name: "run stopped by a mistake of ours",
    setup: { faults: { "run.step": { what: BUG } } },
    reach: async (page) => {
      await sync(page);
      await page.getByRole("alert").waitFor();
    },
  },
  {
    name: "result with errors",
    setup: {},
    reach: async (page) => {
      await sync(page);
      await page.getByRole("heading", { name: "Sync finished" }).waitFor();
    },
  },
  {
    name: "result of a failed run",
    setup: { failedRun: true },
    reach: async (page) => {
      await sync(page);
      await page.getByRole("heading", { name: "Sync stopped" }).waitFor();
    },
  },
  {
    name: "result of a cancelled run",
    setup: { delayMs: 30, steps: 500 },
    reach: async (page) => {
      await sync(page);
      // Before its first step the page still builds up, and a press would be on what moves.
      await page.getByText(/^\d+ %$/).waitFor();
      await press(page, "Cancel");
      await page.getByRole("heading", { name: "Sync cancelled" }).waitFor();
    },
  },
  {
    name: "history",
    setup: {},
    reach: async (page) => {
      await press(page, "History");
      await page.getByText("Show 9 messages").click();
    },
  },
  {
    name: "history with replaced values",
    setup: {},
    reach: async (page) => {
      await press(page, "History");
      await page.getByText("2 values replaced").click();
      await page.getByLabel("Ada Brandt · Phone number").check();
    },
  },
  {
    name: "history without entries",
    setup: { history: [] },
    reach: async (page) => {
      await press(page, "History");
      await page.getByText("Nothing has been synced yet.").waitFor();
    },
  },
  { name: "schedule", setup: {}, reach: (page) => press(page, /^Schedule: People/) },
  {
    name: "schedule with a problem",
    setup: { app: { ...APP, mappings: [{ ...PEOPLE, schedule: BROKEN_CLOCK }] } },
    reach: (page) => press(page, /^Schedule: People/),
  },
  { name: "remove", setup: {}, reach: (page) => press(page, /^Remove from this file/) },
  {
    name: "removed",
    setup: {},
    reach: async (page) => {
      await press(page, /^Remove from this file/);
      await page.getByRole("checkbox").check();
      await press(page, "Remove…");
      await press(page, "Remove now");
      await page.getByRole("heading", { name: "CRM Sync is removed" }).waitFor();
    },
  },
];
