import type { SnapshotCell, TabSnapshot, WorkbookSnapshot } from "../server/workbook-snapshot";
import { type TypedTextRules, toCellText } from "./cell-text";
import type { SpreadsheetLibrary } from "./o-spreadsheet-api";

/** The library's part that this needs, and its way to tell text from numbers. */
export interface DataTools {
  readonly library: SpreadsheetLibrary;
  readonly rules: TypedTextRules;
  /** The format as the grid understands it; "" when it does not. */
  toGridFormat(format: string | undefined): string;
  readonly locale: object | null;
}

/** Builds the grid's workbook of a snapshot. */
export function toWorkbookData(snapshot: WorkbookSnapshot, tools: DataTools): object {
  const formats = new Map<string, number>();
  const formatId = (format: string): number => {
    const id = formats.get(format) ?? formats.size + 1;
    formats.set(format, id);
    return id;
  };
  const sheets = snapshot.tabs.map((tab) => toSheet(tab, tools, formatId));
  const empty = tools.library.helpers.createEmptyWorkbookData();
  return {
    ...empty,
    sheets,
    formats: Object.fromEntries([...formats].map(([format, id]) => [id, format])),
    settings: { ...empty.settings, ...(tools.locale === null ? {} : { locale: tools.locale }) },
  };
}

/** Name of a tab's sheet in the grid. */
export function toSheetId(tabId: number): string {
  return `tab${tabId}`;
}

function toSheet(tab: TabSnapshot, tools: DataTools, formatId: (format: string) => number): object {
  const { toXC, createEmptySheet } = tools.library.helpers;
  const cells: Record<string, string> = {};
  tab.cells.forEach((row, rowIndex) => {
    row.forEach((cell, column) => {
      const text = toCellText(cell, tools.rules);
      if (text !== "") cells[toXC(column, rowIndex)] = text;
    });
  });
  return {
    ...createEmptySheet(toSheetId(tab.id), tab.name),
    rowNumber: tab.rows,
    colNumber: tab.columns,
    cells,
    formats: toFormatZones(tab.cells, tools, formatId),
    isVisible: !tab.hidden,
    panes: { xSplit: tab.frozenColumns, ySplit: tab.frozenRows },
  };
}

/** Formats go into the data by zones; a column mostly has one, so runs down a column are joined. */
function toFormatZones(
  rows: readonly (readonly (SnapshotCell | null)[])[],
  tools: DataTools,
  formatId: (format: string) => number,
): Record<string, number> {
  const { toXC } = tools.library.helpers;
  const zones: Record<string, number> = {};
  const width = Math.max(0, ...rows.map((row) => row.length));
  for (let column = 0; column < width; column += 1) {
    let start = 0;
    let current = "";
    for (let row = 0; row <= rows.length; row += 1) {
      const format = row < rows.length ? tools.toGridFormat(rows[row]?.[column]?.n) : "";
      if (format === current) continue;
      if (current !== "") zones[`${toXC(column, start)}:${toXC(column, row - 1)}`] = formatId(current);
      start = row;
      current = format;
    }
  }
  return zones;
}
