import {
  type Browser,
  type ConsoleMessage,
  chromium,
  type FrameLocator,
  type Page,
  type Request,
} from "playwright-core";
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
  /**
   * Waits until the grid shows what the mouse did: it draws in the next frame, and a key that comes before goes to the
   * cell that was open until then. No hand is that fast.
   */
  drawn(): Promise<void>;
  /** Waits until the page has sent all it has to send and shows the workbook as it was at this call, or later. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** The one window of each browser. */
const windows = new WeakMap<Browser, Page>();

/**
 * Starts a workbench with the small script and opens its page; the one before must be closed.
 *
 * All workbenches of a browser share one window, one after the other: each is a new document at an address of its own,
 * without a cookie of the last, but the browser's processes are there already, which take much of the time.
 */
export async function openPage(browser: Browser, options: WorkbenchOptions = {}): Promise<OpenPage> {
  const workbench = await createWorkbench({ ...smallProject, ...options });
  const page = windows.get(browser) ?? (await browser.newPage());
  windows.set(browser, page);
  const context = page.context();
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.mouse.move(0, 0);
  const { problems, stop } = collectProblems(page, workbench.url);
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
  const drawn = (): Promise<void> =>
    page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));
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
      await drawn();
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
    drawn,
    settled,
    close: async () => {
      await page.goto("about:blank");
      stop();
      await context.clearCookies();
      await context.clearPermissions();
      await workbench.close();
    },
  };
}

/** Gathers what goes wrong in a page and what it asks of others than its workbench, until it is told to stop. */
function collectProblems(page: Page, url: string): { readonly problems: readonly string[]; readonly stop: () => void } {
  const problems: string[] = [];
  const onError = (error: Error): unknown => problems.push(error.stack ?? error.message);
  const onConsole = (message: ConsoleMessage): void => {
    if (message.type() === "error") problems.push(message.text());
  };
  const onRequest = (request: Request): void => {
    if (!request.url().startsWith(url) && !/^(data|blob|about):/.test(request.url())) problems.push(request.url());
  };
  page.on("pageerror", onError).on("console", onConsole).on("request", onRequest);
  return {
    problems,
    stop: () => {
      page.off("pageerror", onError).off("console", onConsole).off("request", onRequest);
    },
  };
}
