import type { Browser } from "playwright-core";
import type { PageRect } from "../../workbench/page/grid-view";
import { browserSearch, launchBrowser, type OpenPage, openPage } from "./open-page";

const withBrowser = browserSearch.kind === "found" ? describe : describe.skip;
const why = browserSearch.kind === "found" ? "" : ` (${browserSearch.reason})`;

withBrowser(`the grid of the page${why}`, () => {
  let browser: Browser;
  let open: OpenPage;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    open = await openPage(browser);
  });
  afterEach(async () => {
    const { problems } = open;
    await open.close();
    expect(problems).toEqual([]);
  });

  const names = () => [1, 2, 3, 4, 5].map((row) => open.hostValue(row, 1));

  it("brings a typed cell to the workbook as a person types it", async () => {
    await open.type(3, 2, "007");
    expect(open.hostValue(3, 2)).toBe(7);
    await open.type(4, 2, "'007");
    expect(open.hostValue(4, 2)).toBe("007");
    expect((await open.read(4, 2)).value).toBe("007");
    await open.type(5, 2, "=B3+1");
    expect(open.hostValue(5, 2)).toBe(8);
    await open.type(6, 2, "3/1/2026");
    expect(open.hostValue(6, 2)).toBe(46082);
    expect((await open.read(6, 2)).display).toBe("3/1/2026");
  });

  it("shows what a script writes: text stays text, dates and notes too", async () => {
    await open.workbench.host.run("writeRows");
    await open.untilCell(4, 1, "Mia");
    expect(await open.read(2, 1)).toMatchObject({ value: "Zoe <b>x</b>", note: "A <i>note</i>" });
    expect(await open.read(2, 3)).toMatchObject({ value: "007", formula: null });
    expect(await open.read(3, 3)).toMatchObject({ value: "=1+1", formula: null });
    expect(await open.read(3, 2)).toMatchObject({ value: 1 });
  });

  it("undoes the person's edit in the workbook, and never what a script wrote", async () => {
    await open.type(2, 4, "mine");
    await open.workbench.host.run("write", [3, 4, "script's"]);
    await open.untilCell(3, 4, "script's");
    await open.page.keyboard.press("Control+z");
    await open.settled();
    expect(open.hostValue(2, 4)).toBeNull();
    expect(open.hostValue(3, 4)).toBe("script's");
    await open.page.keyboard.press("Control+z");
    await open.settled();
    expect((await open.read(3, 4)).value).toBe("script's");
    await open.page.keyboard.press("Control+y");
    await open.settled();
    expect(open.hostValue(2, 4)).toBe("mine");
  });

  it("clears, copies and pastes in the workbook too", async () => {
    await open.workbench.host.run("writeRows");
    await open.untilCell(4, 1, "Mia");
    await open.click(2, 3);
    await open.copy();
    await open.click(6, 3);
    await open.page.keyboard.press("Control+v");
    await open.settled();
    expect(open.hostValue(6, 3)).toBe("007");
    await open.click(3, 1);
    await open.page.keyboard.press("Delete");
    await open.settled();
    expect(open.hostValue(3, 1)).toBeNull();
  });

  it("sorts the sheet below its frozen row from the column's menu", async () => {
    await open.workbench.host.run("writeRows");
    await open.untilCell(4, 1, "Mia");
    await open.settled();
    await clickColumnHeader(2);
    await open.page.getByText("Sort sheet A to Z").click();
    await open.settled();
    expect(names().slice(0, 4)).toEqual(["Name", "Adam", "Mia", "Zoe <b>x</b>"]);
    await open.untilCell(2, 1, "Adam");
    expect((await open.read(4, 1)).note).toBe("A <i>note</i>");
  });

  it("inserts and deletes rows in the workbook, and takes that back", async () => {
    await open.workbench.host.run("writeRows");
    await open.untilCell(4, 1, "Mia");
    await open.click(3, 1, "right");
    await open.page.getByText("Insert row", { exact: true }).click();
    await open.settled();
    expect(names()).toEqual(["Name", "Zoe <b>x</b>", null, "Adam", "Mia"]);
    await open.click(2, 1, "right");
    await open.page.getByText("Delete row", { exact: false }).first().click();
    await open.settled();
    expect(names()).toEqual(["Name", null, "Adam", "Mia", null]);
    await open.page.keyboard.press("Control+z");
    await open.settled();
    expect(names()).toEqual(["Name", "Zoe <b>x</b>", null, "Adam", "Mia"]);
  });

  it("deletes only the row whose header was clicked, and brings only that one back", async () => {
    await open.workbench.host.run("writeRows");
    await open.untilCell(4, 1, "Mia");
    await open.settled();
    const before = open.workbench.host.workbook.cells(open.tabId, 1, 1, 5, 3);
    await clickHeader(await cellPlace(2, 1), "row");
    await open.page.getByText("Delete row", { exact: false }).first().click();
    await open.settled();
    expect(names()).toEqual(["Name", "Adam", "Mia", null, null]);
    await open.page.keyboard.press("Control+z");
    await open.settled();
    const after = open.workbench.host.workbook.cells(open.tabId, 1, 1, 5, 3);
    const texts = (rows: typeof before) =>
      rows.map((row) => row.map(({ value, numberFormat }) => [value, numberFormat]));
    expect(texts(after)).toEqual(texts(before));
  });

  it("shows a tab whose name the grid refuses, with its widths and styles, and follows the script after it", async () => {
    await open.workbench.host.run("addSlashTab");
    await open.settled();
    await open.page.waitForFunction(() => (window.workbench?.visibleTabs().length ?? 0) === 2);
    const visible = await open.page.evaluate(() => window.workbench?.visibleTabs());
    expect(visible).toContain("Companies/Accounts' [all]");
    await open.workbench.host.run("sumOfSlashTab");
    await open.untilCell(9, 1, "Name");
    expect((await open.read(9, 1)).formula).toBe("='Companies/Accounts'' [all]'!A1");
    const added = open.workbench.host.workbook.tabs().find(({ name }) => name.includes("/"))?.id ?? -1;
    const shown = await open.page.evaluate(
      (tab) => [window.workbench?.rectangleOf(tab, 1, 1)?.width, window.workbench?.read(tab, 1, 1).style],
      added,
    );
    expect(shown).toEqual([211, { bold: true, fillColor: "#e8f0fe" }]);
    const place = await open.page.evaluate((tab) => window.workbench?.rectangleOf(tab, 2, 2), added);
    await open.page.mouse.dblclick((place?.x ?? 0) + 20, (place?.y ?? 0) + 8);
    await open.drawn();
    await open.page.keyboard.type("+1 555 0100");
    await open.page.keyboard.press("Enter");
    await open.settled();
    const phone = () => open.workbench.host.workbook.cells(added, 2, 2, 1, 1)[0]?.[0];
    expect(phone()).toMatchObject({ value: "+1 555 0100", formula: null });
  });

  it("keeps hidden tabs hidden and follows new tabs, also those that a person adds", async () => {
    await open.workbench.host.run("addHiddenTab");
    await open.settled();
    const visible = () => open.page.evaluate(() => window.workbench?.visibleTabs());
    expect(await visible()).toHaveLength(1);
    await open.page.locator(".o-spreadsheet-bottombar .o-add-sheet, .o-add-sheet").first().click();
    await open.settled();
    expect(await visible()).toHaveLength(2);
    expect(open.workbench.host.workbook.tabs()).toHaveLength(3);
    const [added] = open.workbench.host.workbook.tabs().slice(-1);
    await open.page.keyboard.type("there");
    await open.page.keyboard.press("Enter");
    await open.settled();
    expect(open.workbench.host.workbook.cells(added?.id ?? -1, 1, 1, 1, 1)[0]?.[0]?.value).toBe("there");
  });

  it("goes to a hidden tab that a script shows and opens in one go", async () => {
    await open.workbench.host.run("addHiddenTab");
    await open.settled();
    await open.workbench.host.run("openHiddenTab");
    await open.settled();
    const hidden = open.workbench.host.workbook.tabs().find(({ name }) => name === "_hidden")?.id ?? -1;
    const place = await open.page.evaluate((tab) => window.workbench?.rectangleOf(tab, 1, 1), hidden);
    expect(place).toMatchObject({ width: expect.any(Number) });
    await open.page.keyboard.type("there");
    await open.page.keyboard.press("Enter");
    await open.settled();
    expect(open.workbench.host.workbook.cells(hidden, 1, 1, 1, 1)[0]?.[0]?.value).toBe("there");
  });

  it("reads the sheet again when rows moved under a typed cell", async () => {
    await open.workbench.host.run("writeRows");
    await open.untilCell(4, 1, "Mia");
    await open.workbench.host.run("insertRow", [3]);
    await open.untilCell(5, 1, "Mia");
    await open.settled();
    await open.type(5, 4, "9");
    expect(names()).toEqual(["Name", "Zoe <b>x</b>", null, "Adam", "Mia"]);
    expect(open.hostValue(5, 4)).toBe(9);
  });

  const clickColumnHeader = async (column: number) => clickHeader(await cellPlace(1, column), "column");

  async function cellPlace(row: number, column: number): Promise<PageRect> {
    const place = await open.page.evaluate(
      ([id = 0, line = 1, col = 1]) => window.workbench?.rectangleOf(id, line, col),
      [open.tabId, row, column],
    );
    if (!place) throw new Error(`the cell in row ${row}, column ${column} is not in view`);
    return place;
  }

  /** A cell of the first row or column is next to its header. */
  async function clickHeader({ x, y, width, height }: PageRect, header: "row" | "column"): Promise<void> {
    const [left, top] = header === "row" ? [x - 10, y + height / 2] : [x + width / 2, y - 10];
    await open.page.mouse.click(left, top, { button: "right" });
  }
});
