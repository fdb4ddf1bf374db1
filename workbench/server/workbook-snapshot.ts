import type { CellView, StoredValue, TabView, WorkbookView } from "../apps-script/host-api";
import { type CellLook, readColumnWidths, readLook } from "./cell-look";

/** A cell on its way to the page; what is missing is empty. Short names, because there are many of them. */
export interface SnapshotCell {
  /** Value. */
  readonly v: StoredValue;
  /** Formula. */
  readonly f?: string;
  /** Number format; missing: automatic. */
  readonly n?: string;
  /** Note. */
  readonly t?: string;
  /** Look. */
  readonly s?: CellLook;
}

/** Cells of a rectangle, row by row; `null` is an empty cell. */
export type SnapshotRows = readonly (readonly (SnapshotCell | null)[])[];

/** A tab with everything in it. */
export interface TabSnapshot extends TabView {
  /** From row 1 and column 1 to the last cell with content. */
  readonly cells: SnapshotRows;
  /** Widths that were set, pixels by column number. */
  readonly widths: Readonly<Record<number, number>>;
}

/** The whole workbook at one revision. */
export interface WorkbookSnapshot {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly locale: string;
  readonly revision: number;
  readonly activeTabId: number;
  readonly tabs: readonly TabSnapshot[];
}

/** A rectangle of a tab; 1-based. */
export interface Area {
  readonly tabId: number;
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

/** An area with its present content. */
export interface CellPatch extends Area {
  readonly cells: SnapshotRows;
}

/** Reads the whole workbook. */
export function readSnapshot(workbook: WorkbookView): WorkbookSnapshot {
  return {
    id: workbook.id,
    name: workbook.name,
    timeZone: workbook.timeZone,
    locale: workbook.locale,
    revision: workbook.revision,
    activeTabId: workbook.activeTabId(),
    tabs: workbook.tabs().map((tab) => ({ ...tab, cells: readTab(workbook, tab.id), widths: readColumnWidths(tab) })),
  };
}

/** Reads an area; parts of it that lie outside the tab are left out. */
export function readPatch(workbook: WorkbookView, area: Area): CellPatch {
  const tab = workbook.tabs().find((candidate) => candidate.id === area.tabId);
  const rows = Math.min(area.rows, (tab?.rows ?? 0) - area.row + 1);
  const columns = Math.min(area.columns, (tab?.columns ?? 0) - area.column + 1);
  if (rows < 1 || columns < 1) return { ...area, rows: 0, columns: 0, cells: [] };
  return { ...area, rows, columns, cells: toRows(workbook.cells(area.tabId, area.row, area.column, rows, columns)) };
}

function readTab(workbook: WorkbookView, tabId: number): SnapshotRows {
  const { rows, columns } = workbook.used(tabId);
  return rows === 0 || columns === 0 ? [] : toRows(workbook.cells(tabId, 1, 1, rows, columns));
}

function toRows(cells: readonly (readonly CellView[])[]): SnapshotRows {
  return cells.map((row) => row.map(toSnapshotCell));
}

/** Number formats of a cell that nobody gave one. */
const automaticFormats: readonly string[] = ["", "General", "0.###############"];

function toSnapshotCell(cell: CellView): SnapshotCell | null {
  const automatic = automaticFormats.includes(cell.numberFormat);
  const look = readLook(cell);
  const plain = automatic && look === null;
  if (cell.value === null && cell.formula === null && cell.note === null && plain) return null;
  return {
    v: cell.value,
    ...(cell.formula === null ? {} : { f: cell.formula }),
    ...(automatic ? {} : { n: cell.numberFormat }),
    ...(cell.note === null ? {} : { t: cell.note }),
    ...(look === null ? {} : { s: look }),
  };
}
