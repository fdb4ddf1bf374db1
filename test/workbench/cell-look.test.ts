import type { CellView, TabView, WorkbookView } from "../../workbench/apps-script/host-api";
import { missingStyle } from "../../workbench/page/grid-style";
import { readSnapshot } from "../../workbench/server/workbook-snapshot";

const plain: CellView = { value: "x", display: "x", formula: null, numberFormat: "", note: null };
const tab: TabView = { id: 3, name: "T", hidden: false, rows: 10, columns: 5, frozenRows: 0, frozenColumns: 0 };

/** The snapshot of a workbook with one cell. */
function snapshotOf(cell: object, more: object = {}) {
  const workbook: WorkbookView = {
    id: "w",
    name: "W",
    timeZone: "Etc/UTC",
    locale: "en_US",
    revision: 1,
    tabs: () => [{ ...tab, ...more }],
    activeTabId: () => 3,
    cells: () => [[{ ...plain, ...cell }]],
    used: () => ({ rows: 1, columns: 1 }),
  };
  return readSnapshot(workbook).tabs[0];
}

describe("the look of cells on the way to the page", () => {
  it("is left out for plain cells and for the colours every cell has", () => {
    expect(snapshotOf({})?.cells).toEqual([[{ v: "x" }]]);
    expect(snapshotOf({ style: { background: "#FFFFFF", fontColor: "#000000" } })?.cells).toEqual([[{ v: "x" }]]);
  });

  it("takes what the grid can show, and no colour that is not one", () => {
    const style = { fontWeight: "bold", background: "#e8f0fe", fontColor: "red;}", horizontalAlignment: "center" };
    expect(snapshotOf({ style })?.cells).toEqual([[{ v: "x", s: { bold: true, fill: "#e8f0fe", align: "center" } }]]);
  });

  it("keeps an empty cell that has a look", () => {
    expect(snapshotOf({ value: null, style: { fontStyle: "italic" } })?.cells).toEqual([
      [{ v: null, s: { italic: true } }],
    ]);
  });

  it("passes widths of columns on", () => {
    expect(snapshotOf({}, { columnWidths: { 2: 180 } })?.widths).toEqual({ 2: 180 });
  });
});

it("leaves a style that was set by hand where the workbook has none, and adds to it where it has one", () => {
  expect(missingStyle(undefined, { italic: true })).toBeNull();
  expect(missingStyle({ bold: true }, { bold: true, italic: true })).toBeNull();
  expect(missingStyle({ bold: true }, { italic: true })).toEqual({ bold: true, italic: true });
});
