import { type Browser, chromium, type FrameLocator, type Page } from "playwright-core";
import { createWorkbench, type Workbench, type WorkbenchOptions } from "../../workbench/server/create-workbench";
import { findChromium } from "../support/chromium";
import { smallProject } from "./small-script";

/** Whether there is a browser, and the words for the titles of tests that need one. */
export const browserSearch = findChromium();

const flags = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
  "--disable-gpu",
];

/** Starts the browser. */
export function launchBrowser(): Promise<Browser> {
  if (browserSearch.kind === "missing") throw new Error(browserSearch.reason);
  return chromium.launch({ executablePath: browserSearch.path, args: flags });
}

/** A cell of the page's grid. */
export interface PageCell {
  readonly value: string | number | boolean | null;
  readonly display: string;
  readonly formula: string | null;
  readonly note: string | null;
}

/** A workbench with its page open; everything that went wrong in the page is in `problems`. */
export interface OpenPage {
  readonly workbench: Workbench;
  readonly page: Page;
  readonly sidebar: FrameLocator;
  readonly problems: readonly string[];
  readonly tabId: number;
  /** Waits until the grid's cell holds a value and the page knows of everything else that was done with it. */
  untilCell(row: number, column: number, value: unknown): Promise<void>;
  read(row: number, column: number): Promise<PageCell>;
  hostValue(row: number, column: number): unknown;
  click(row: number, column: number, button?: "left" | "right"): Promise<void>;
  type(row: number, column: number, text: string): Promise<void>;
  /** Copies what is selected. The grid fills the clipboard in its own time: a paste before that is of older content. */
  copy(): Promise<void>;
  /** Waits until the page has sent all it has to send and shows the workbook as it was at this call, or later. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a workbench with the small script and opens its page. */
export async function openPage(browser: Browser, options: WorkbenchOptions = {}): Promise<OpenPage> {
  const workbench = await createWorkbench({ ...smallProject, ...options });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.stack ?? error.message));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(workbench.url) && !/^(data|blob):/.test(request.url())) problems.push(request.url());
  });
  await page.goto(workbench.pageUrl);
  await page.waitForFunction(() => window.workbench !== undefined);
  const tabId = workbench.host.workbook.activeTabId();
  const read = (row: number, column: number): Promise<PageCell> =>
    page.evaluate(
      ([tab = 0, line = 1, col = 1]) => window.workbench?.read(tab, line, col) ?? null,
      [tabId, row, column],
    ) as Promise<PageCell>;
  const settled = async (): Promise<void> =>
    page.evaluate((revision) => window.workbench?.settled(revision), workbench.host.workbook.revision);
  const click = async (
    row: number,
    column: number,
    button: "left" | "right" = "left",
    clickCount = 1,
  ): Promise<void> => {
    const place = await page.evaluate(
      ([tab = 0, line = 1, col = 1]) => window.workbench?.rectangleOf(tab, line, col),
      [tabId, row, column],
    );
    if (!place) throw new Error(`the cell in row ${row}, column ${column} is not in view`);
    await page.mouse.click(place.x + place.width / 2, place.y + place.height / 2, { button, clickCount });
  };
  return {
    workbench,
    page,
    sidebar: page.frameLocator("aside iframe"),
    problems,
    tabId,
    untilCell: async (row, column, value) => {
      await page.waitForFunction(
        ([wanted, tab, line, col]) => window.workbench?.read(Number(tab), Number(line), Number(col)).value === wanted,
        [value as string, tabId, row, column] as const,
      );
      await settled();
    },
    read,
    hostValue: (row, column) => workbench.host.workbook.cells(tabId, row, column, 1, 1)[0]?.[0]?.value,
    click,
    type: async (row, column, text) => {
      await click(row, column, "left", 2);
      await page.keyboard.type(text);
      await page.keyboard.press("Enter");
      await settled();
    },
    copy: async () => {
      await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: workbench.url });
      await page.evaluate(() => navigator.clipboard.writeText(""));
      await page.keyboard.press("Control+c");
      await page.evaluate(async () => {
        while ((await navigator.clipboard.readText()) === "") await new Promise((done) => setTimeout(done, 10));
      });
    },
    settled,
    close: async () => {
      await context.close();
      await workbench.close();
    },
  };
}
