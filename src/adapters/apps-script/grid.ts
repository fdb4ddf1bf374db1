import type { Grid, GridTab } from "../../ports/grid";
import { createGridTab, type TabContext } from "./grid-tab";
import { createWallReader, type WallReader } from "./wall-reader";

type Spreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;
type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

/** A spreadsheet as a grid. Nothing is read before the first call. */
export function createGrid(spreadsheet: Spreadsheet): Grid {
  let reader: WallReader | null = null;
  const context: TabContext = {
    spreadsheet,
    habit: { kept: null },
    reader() {
      reader ??= createWallReader(spreadsheet.getSpreadsheetTimeZone());
      return reader;
    },
  };
  const toTab = (sheet: Sheet | null): GridTab | null => (sheet ? createGridTab(sheet, context) : null);
  return {
    fileId: () => spreadsheet.getId(),
    fileName: () => spreadsheet.getName(),
    timeZone: () => spreadsheet.getSpreadsheetTimeZone(),
    locale: () => spreadsheet.getSpreadsheetLocale(),
    tabs: () => spreadsheet.getSheets().map((sheet) => createGridTab(sheet, context)),
    tab: (id) => toTab(spreadsheet.getSheetById(id)),
    tabByName: (name) => toTab(spreadsheet.getSheetByName(name)),
    activeTab: () => createGridTab(spreadsheet.getActiveSheet(), context),
    addTab: (name, options) => createGridTab(addSheet(spreadsheet, name, options), context),
    removeTab(id) {
      const sheet = spreadsheet.getSheetById(id);
      if (sheet) spreadsheet.deleteSheet(sheet);
    },
    flush() {
      SpreadsheetApp.flush();
    },
  };
}

function addSheet(
  spreadsheet: Spreadsheet,
  name: string,
  options: { readonly hidden: boolean; readonly rows: number; readonly columns: number },
): Sheet {
  const shown = spreadsheet.getActiveSheet();
  let free = name;
  for (let n = 2; spreadsheet.getSheetByName(free) !== null; n++) free = `${name} ${n}`;
  const sheet = spreadsheet.insertSheet(free, spreadsheet.getSheets().length);
  resize(sheet, options.rows, options.columns);
  // A new sheet comes to the front: a hidden one must not move the user away from where they are.
  spreadsheet.setActiveSheet(shown);
  if (options.hidden) sheet.hideSheet();
  return sheet;
}

function resize(sheet: Sheet, rows: number, columns: number): void {
  const maxRows = sheet.getMaxRows();
  const maxColumns = sheet.getMaxColumns();
  if (rows > maxRows) sheet.insertRowsAfter(maxRows, rows - maxRows);
  if (rows < maxRows) sheet.deleteRows(rows + 1, maxRows - rows);
  if (columns > maxColumns) sheet.insertColumnsAfter(maxColumns, columns - maxColumns);
  if (columns < maxColumns) sheet.deleteColumns(columns + 1, maxColumns - columns);
}
