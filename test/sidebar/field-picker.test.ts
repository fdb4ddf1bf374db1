import type { Locator, Page } from "playwright-core";
import { findChromium } from "../support/chromium";
import { type SidebarBrowser, startSidebarBrowser } from "../support/sidebar-page";
import { openEditor } from "../support/sidebar-scenes";

const found = findChromium();
const why = found.kind === "found" ? "" : ` (skipped: ${found.reason})`;

(found.kind === "found" ? describe : describe.skip)(`the field picker by keyboard${why}`, () => {
  let browser: SidebarBrowser;

  beforeAll(async () => {
    if (found.kind === "found") browser = await startSidebarBrowser(found.path);
  });

  afterAll(() => browser.close());

  async function pickerOf(column: number): Promise<{ readonly page: Page; readonly box: Locator }> {
    const { page } = await browser.open({ columns: 100 });
    await openEditor(page);
    const box = page.locator(`#column-${column}`).getByRole("combobox");
    await box.focus();
    return { page, box };
  }

  /** Text of the option that the text box points at. */
  function active(page: Page): Promise<string | null> {
    return page.evaluate(() => {
      const id = document.activeElement?.getAttribute("aria-activedescendant");
      return id ? (document.getElementById(id)?.querySelector("div")?.textContent ?? null) : null;
    });
  }

  it("opens with an arrow, walks, and chooses with Enter", async () => {
    const { page, box } = await pickerOf(7);
    expect(await box.getAttribute("aria-expanded")).toBe("false");
    await page.keyboard.press("ArrowDown");
    expect(await box.getAttribute("aria-expanded")).toBe("true");
    expect(await active(page)).toBe("Email");
    for (let step = 0; step < 6; step += 1) await page.keyboard.press("ArrowDown");
    expect(await active(page)).toBe("City");
    await page.keyboard.press("Enter");
    expect(await box.inputValue()).toBe("City");
    expect(await box.getAttribute("aria-expanded")).toBe("false");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("role"))).toBe("combobox");
  });

  it("filters while one types, and says how many fields fit", async () => {
    const { page, box } = await pickerOf(8);
    await page.keyboard.type("lead");
    expect(await active(page)).toBe("Lead status");
    await page.getByText("1 field", { exact: true }).waitFor({ state: "attached" });
    await page.keyboard.press("Enter");
    expect(await box.inputValue()).toBe("Lead status");
  });

  it("finds to sync nothing by what the closed box reads", async () => {
    const { page, box } = await pickerOf(2);
    await page.keyboard.type("not sync");
    expect(await active(page)).toBe("Do not sync this column");
    await page.keyboard.press("Enter");
    expect(await box.inputValue()).toBe("Not synced");
  });

  it("says that nothing fits and chooses nothing then", async () => {
    const { page, box } = await pickerOf(8);
    await page.keyboard.type("zzzz");
    await page.getByText("No field fits “zzzz”.").waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    expect(await box.inputValue()).toBe("Not synced");
  });

  it("goes back to what was chosen with Escape, and with Tab", async () => {
    const { page, box } = await pickerOf(2);
    await page.keyboard.type("city");
    await page.keyboard.press("Escape");
    expect(await box.inputValue()).toBe("First name");
    await page.keyboard.type("city");
    await page.keyboard.press("Tab");
    expect(await box.inputValue()).toBe("First name");
    expect(await box.getAttribute("aria-expanded")).toBe("false");
  });

  it("starts at the chosen field and offers to sync nothing before it", async () => {
    const { page, box } = await pickerOf(2);
    await page.keyboard.press("ArrowDown");
    expect(await active(page)).toBe("✓ First name");
    await page.keyboard.press("PageUp");
    expect(await active(page)).toBe("Do not sync this column");
    await page.keyboard.press("Enter");
    expect(await box.inputValue()).toBe("Not synced");
  });

  it("goes round at the ends and keeps the active option in sight", async () => {
    const { page } = await pickerOf(7);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    const seen = await page.evaluate(() => {
      const option = document.getElementById(document.activeElement?.getAttribute("aria-activedescendant") ?? "");
      const list = option?.closest('[role="listbox"]')?.getBoundingClientRect();
      const box = option?.getBoundingClientRect();
      return list !== undefined && box !== undefined && box.top >= list.top - 1 && box.bottom <= list.bottom + 1;
    });
    expect(seen).toBe(true);
    expect(await active(page)).toBe("Survey answer 88");
  });

  it("chooses with the mouse too, and marks a field that another column has", async () => {
    const { page, box } = await pickerOf(7);
    await box.click();
    await page
      .getByRole("option", { name: /First name/ })
      .getByText("in column B")
      .waitFor();
    await page.getByRole("option", { name: /^City/ }).click();
    expect(await box.inputValue()).toBe("City");
  });

  it("binds the last of 100 columns", async () => {
    const { page, box } = await pickerOf(100);
    await page.keyboard.type("newsletter");
    await page.keyboard.press("Enter");
    expect(await box.inputValue()).toBe("Newsletter consent");
    await page.getByText("7 of 100 columns are synced").waitFor();
  });
});
