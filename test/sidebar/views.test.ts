import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { axeViolations } from "../support/axe-violations";
import { findChromium } from "../support/chromium";
import { SIDEBAR_WIDTH, type SidebarBrowser, type SidebarTab, startSidebarBrowser } from "../support/sidebar-page";
import { SCENES } from "../support/sidebar-scenes";

const found = findChromium();
const title = found.kind === "found" ? "each view" : `each view (skipped: ${found.reason})`;

/** A folder for pictures of all views, for people to look at; unset: none are taken. */
const PICTURES = process.env.CRM_SYNC_PICTURES;

/** The accessibility rules look at every element; on a busy machine that takes its time. */
const SCENE_TIMEOUT_MS = 90_000;

/** Base size of the style sheet in percent of the browser's, twice. */
const DOUBLE_TEXT = "html { font-size: 162.5% !important; }";

/** What sticks out to the right, is cut off or was left open in a text, in words. */
function misfits({ page, css }: SidebarTab): Promise<readonly string[]> {
  const exempt = css(".unseen, .progress, script, option");
  return page.evaluate(
    ({ width, exempt }) => {
      const found: string[] = [];
      const root = document.documentElement;
      if (root.scrollWidth > width) found.push(`the page is ${root.scrollWidth} px wide`);
      const place = /\{\w+\}/.exec(document.getElementById("app")?.innerHTML ?? "");
      if (place) found.push(`${place[0]} is not filled in`);
      for (const element of document.querySelectorAll<HTMLElement>("body *")) {
        if (element.closest(exempt)) continue;
        const box = element.getBoundingClientRect();
        const name = `${element.tagName.toLowerCase()}.${element.className} "${(element.textContent ?? "").slice(0, 30)}"`;
        if (box.width > 0 && box.right > width + 0.5) found.push(`${name} ends at ${Math.round(box.right)} px`);
        const hides = getComputedStyle(element).overflowX !== "visible";
        const isField = element.matches("input, select");
        if (hides && !isField && element.scrollWidth > element.clientWidth + 1) found.push(`${name} is cut off`);
      }
      return found;
    },
    { width: SIDEBAR_WIDTH, exempt },
  );
}

(found.kind === "found" ? describe : describe.skip)(title, () => {
  let browser: SidebarBrowser;

  beforeAll(async () => {
    if (found.kind === "found") browser = await startSidebarBrowser(found.path);
    if (PICTURES) mkdirSync(PICTURES, { recursive: true });
  });

  afterAll(() => browser.close());

  it.each(SCENES)(
    "is accessible and fits 300 px: $name",
    async ({ name, setup, part, reach }) => {
      const tab = await browser.open(setup);
      const { page, complaints } = tab;
      await page.locator("main").waitFor();
      await reach(page, tab.css);
      if (PICTURES) await page.screenshot({ path: join(PICTURES, `${name.replace(/\W+/g, "-")}.png`), fullPage: true });
      const violations = await axeViolations(page, { include: part });
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      expect(await misfits(tab)).toEqual([]);
      await page.addStyleTag({ content: DOUBLE_TEXT });
      expect(await misfits(tab)).toEqual([]);
      expect(complaints).toEqual([]);
    },
    SCENE_TIMEOUT_MS,
  );
});
