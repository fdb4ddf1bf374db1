import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Frame, FrameLocator, Page } from "playwright-core";
import { createWorkbench, type Workbench, type WorkbenchOptions } from "../../workbench/server/create-workbench";
import { axeViolations } from "./axe-violations";

const CALLS = "**/api/run";

/** Calls of the sidebar that wait for the test's word. */
export class HeldCalls {
  private readonly waiting: (() => Promise<void>)[] = [];
  private arrived: (() => void) | null = null;
  private released = false;

  constructor(private readonly page: Page) {}

  async start(): Promise<void> {
    await this.page.route(CALLS, async (route) => {
      if (this.released) await route.continue();
      else this.waiting.push(() => route.continue());
      this.arrived?.();
    });
  }

  /** Waits until the sidebar has made a call. */
  async called(): Promise<void> {
    if (this.waiting.length > 0) return;
    await new Promise<void>((resolve) => {
      this.arrived = resolve;
    });
  }

  /** Lets the next call through and waits for its answer. */
  async letThrough(): Promise<void> {
    await this.called();
    const answered = this.page.waitForResponse(CALLS);
    await this.waiting.shift()?.();
    await (await answered).finished();
  }

  /** Lets everything through, now and later. */
  async release(): Promise<void> {
    this.released = true;
    for (const go of this.waiting.splice(0)) await go();
  }
}

/** The real add-on in the real page: what a person sees and does. */
export class SidebarDriver {
  readonly problems: string[] = [];
  readonly sidebar: FrameLocator;

  private constructor(
    readonly workbench: Workbench,
    readonly page: Page,
  ) {
    this.sidebar = page.frameLocator("aside iframe");
    page.on("pageerror", (error) => this.problems.push(error.stack ?? error.message));
    page.on("console", (message) => {
      if (message.type() === "error") this.problems.push(message.text());
    });
  }

  static async open(browser: Browser, options: WorkbenchOptions): Promise<SidebarDriver> {
    const workbench = await createWorkbench(options);
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    const driver = new SidebarDriver(workbench, page);
    await page.goto(workbench.pageUrl);
    await page.waitForFunction(() => window.workbench !== undefined);
    return driver;
  }

  /** Extensions > CRM Sync > item. */
  async menu(item: string): Promise<void> {
    await this.page.getByText("Extensions", { exact: true }).first().click();
    await this.page.getByText("CRM Sync", { exact: true }).first().hover();
    await this.page.getByText(item, { exact: true }).first().click();
  }

  async openSidebar(): Promise<void> {
    await this.menu("Open sidebar");
    await this.sidebar.getByRole("heading", { level: 1 }).first().waitFor();
  }

  /** By its cross, as a person does; a call that is under way goes on in the script. */
  async closeSidebar(): Promise<void> {
    await this.page.getByRole("button", { name: "Close sidebar" }).click();
    await this.page.locator("aside iframe").waitFor({ state: "detached" });
  }

  async press(name: string | RegExp): Promise<void> {
    await this.sidebar.getByRole("button", { name }).first().click();
  }

  /** Waits for the heading of a view. */
  async heading(name: string | RegExp): Promise<void> {
    await this.sidebar.getByRole("heading", { name }).first().waitFor({ timeout: 15_000 });
  }

  /** Types into a cell of the grid by mouse and keyboard. */
  async typeInto(tabId: number, row: number, column: number, text: string): Promise<void> {
    const place = await this.page.evaluate(
      ([tab = 0, line = 1, col = 1]) => window.workbench?.rectangleOf(tab, line, col),
      [tabId, row, column],
    );
    if (!place) throw new Error(`the cell in row ${row}, column ${column} is not in view`);
    await this.page.mouse.dblclick(place.x + place.width / 2, place.y + place.height / 2);
    await this.page.keyboard.press("Control+A");
    await this.page.keyboard.type(text);
    await this.page.keyboard.press("Enter");
    const { revision } = this.workbench.host.workbook;
    await this.page.evaluate((known) => window.workbench?.settled(known), revision);
  }

  /** What the grid shows. */
  async shown(tabId: number, row: number, column: number): Promise<unknown> {
    return this.page.evaluate(
      ([tab = 0, line = 1, col = 1]) => window.workbench?.read(tab, line, col).value ?? null,
      [tabId, row, column],
    );
  }

  /** From now on the sidebar's calls wait until the test lets them through, as if the line were slow. */
  async holdCalls(): Promise<HeldCalls> {
    const held = new HeldCalls(this.page);
    await held.start();
    return held;
  }

  private async frame(): Promise<Frame> {
    const handle = await this.page.locator("aside iframe").elementHandle();
    const frame = await handle?.contentFrame();
    if (!frame) throw new Error("the sidebar is not open");
    return frame;
  }

  /** Texts of elements that are wider than the 300 px or cut off by their own box. */
  async cutTexts(): Promise<readonly string[]> {
    const frame = await this.frame();
    return frame.evaluate(() => {
      const cut: string[] = [];
      const root = document.documentElement;
      if (root.scrollWidth > window.innerWidth) cut.push(`page ${root.scrollWidth} > ${window.innerWidth}`);
      for (const element of Array.from(document.querySelectorAll<HTMLElement>("body *"))) {
        if (element.matches("select, option, .visually-hidden, .visually-hidden *")) continue;
        const style = getComputedStyle(element);
        const hides = style.overflowX !== "visible" || style.textOverflow === "ellipsis";
        const text = element.textContent?.trim() ?? "";
        if (hides && text !== "" && element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1)
          cut.push(text.slice(0, 60));
      }
      return cut;
    });
  }

  /** Accessibility violations of shell and sidebar; the grid component is another project's. */
  async violations(): Promise<readonly string[]> {
    const found = await axeViolations(this.page, {
      exclude: "#grid",
      tags: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
  }

  /** Pictures for the documentation, only where CRM_SYNC_PICTURES names a folder. */
  async picture(name: string): Promise<void> {
    const folder = process.env.CRM_SYNC_PICTURES;
    if (!folder) return;
    mkdirSync(folder, { recursive: true });
    await this.page.locator("aside").screenshot({ path: join(folder, `sidebar-${name}.png`) });
  }

  async pagePicture(name: string): Promise<void> {
    const folder = process.env.CRM_SYNC_PICTURES;
    if (!folder) return;
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `${name}.png`) });
  }

  async close(): Promise<void> {
    await this.page.context().close();
    await this.workbench.close();
  }
}
