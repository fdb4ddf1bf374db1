import type { SnapshotCell, SnapshotRows, TabSnapshot, WorkbookSnapshot } from "../server/workbook-snapshot";
import { type TypedTextRules, toCellText } from "./cell-text";
import { toGridStyle } from "./grid-style";
import type { SpreadsheetLibrary } from "./o-spreadsheet-api";
import { toGridName } from "./tab-name";

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
  const formats = createIdList();
  const styles = createIdList();
  const sheets = snapshot.tabs.map((tab) => toSheet(tab, tools, formats, styles));
  const empty = tools.library.helpers.createEmptyWorkbookData();
  return {
    ...empty,
    sheets,
    formats: formats.byId((text) => text),
    styles: styles.byId((text) => JSON.parse(text)),
    settings: { ...empty.settings, ...(tools.locale === null ? {} : { locale: tools.locale }) },
  };
}

/** Formats and styles are listed once and named by number. */
interface IdList {
  idOf(text: string): number;
  byId<Value>(toValue: (text: string) => Value): Readonly<Record<number, Value>>;
}

function createIdList(): IdList {
  const ids = new Map<string, number>();
  return {
    idOf: (text) => {
      const id = ids.get(text) ?? ids.size + 1;
      ids.set(text, id);
      return id;
    },
    byId: (toValue) => Object.fromEntries([...ids].map(([text, id]) => [id, toValue(text)])),
  };
}

/** Name of a tab's sheet in the grid. */
export function toSheetId(tabId: number): string {
  return `tab${tabId}`;
}

function toSheet(tab: TabSnapshot, tools: DataTools, formats: IdList, styles: IdList): object {
  const { toXC, createEmptySheet } = tools.library.helpers;
  const cells: Record<string, string> = {};
  tab.cells.forEach((row, rowIndex) => {
    row.forEach((cell, column) => {
      const text = toCellText(cell, tools.rules);
      if (text !== "") cells[toXC(column, rowIndex)] = text;
    });
  });
  return {
    ...createEmptySheet(toSheetId(tab.id), toGridName(tab.name)),
    rowNumber: tab.rows,
    colNumber: tab.columns,
    cells,
    formats: toZones(tab.cells, tools, (cell) => idOrNone(tools.toGridFormat(cell?.n), formats)),
    styles: toZones(tab.cells, tools, (cell) => idOrNone(toStyleText(cell), styles)),
    cols: Object.fromEntries(Object.entries(tab.widths).map(([column, size]) => [Number(column) - 1, { size }])),
    isVisible: !tab.hidden,
    panes: { xSplit: tab.frozenColumns, ySplit: tab.frozenRows },
  };
}

function toStyleText(cell: SnapshotCell | null): string {
  return cell?.s === undefined ? "" : JSON.stringify(toGridStyle(cell.s));
}

function idOrNone(text: string, list: IdList): number {
  return text === "" ? 0 : list.idOf(text);
}

/** Formats and styles go into the data by zones; a column mostly has one, so runs down a column are joined. */
function toZones(
  rows: SnapshotRows,
  tools: DataTools,
  idOf: (cell: SnapshotCell | null) => number,
): Record<string, number> {
  const { toXC } = tools.library.helpers;
  const zones: Record<string, number> = {};
  const width = Math.max(0, ...rows.map((row) => row.length));
  for (let column = 0; column < width; column += 1) {
    let start = 0;
    let current = 0;
    for (let row = 0; row <= rows.length; row += 1) {
      const id = idOf(rows[row]?.[column] ?? null);
      if (id === current) continue;
      if (current !== 0) zones[`${toXC(column, start)}:${toXC(column, row - 1)}`] = current;
      start = row;
      current = id;
    }
  }
  return zones;
}
