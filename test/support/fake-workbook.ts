import type { ColumnTag, GridValue, Rect } from "../../src/ports/grid";

/** One cell of the fake workbook; never changed in place, so that a copy of a row is a copy of its cells. */
export interface FakeCell {
  readonly value: GridValue;
  readonly formula: string;
  readonly format: string;
  readonly note: string;
}

export const EMPTY_CELL: FakeCell = { value: "", formula: "", format: "", note: "" };

/** A tab as it is stored: `cells[0]` is row 1; rows and cells may be missing. */
export interface StoredTab {
  readonly id: number;
  name: string;
  hidden: boolean;
  rows: number;
  columns: number;
  cells: FakeCell[][];
  tags: ColumnTag[];
  frozenRows: number;
  hiddenColumns: number[];
  widths: Record<number, number>;
  protections: { readonly rect: Rect; readonly description: string }[];
  dropdowns: { readonly rect: Rect; readonly options: readonly string[] }[];
  styledHeaders: Rect[];
}

export interface StoredWorkbook {
  tabs: StoredTab[];
  activeId: number;
  selected: { readonly row: number; readonly column: number };
  /** Last known value of a formula text, so that a formula that is put back shows what it showed. */
  formulaValues: Map<string, GridValue>;
}

/** A new tab without content. */
export function newTab(id: number, name: string, size: { rows: number; columns: number; hidden: boolean }): StoredTab {
  return {
    id,
    name,
    ...size,
    cells: [],
    tags: [],
    frozenRows: 0,
    hiddenColumns: [],
    widths: {},
    protections: [],
    dropdowns: [],
    styledHeaders: [],
  };
}

/** Copy that shares nothing that can change. */
export function copyWorkbook(book: StoredWorkbook): StoredWorkbook {
  return {
    ...book,
    formulaValues: new Map(book.formulaValues),
    tabs: book.tabs.map((tab) => ({
      ...tab,
      cells: tab.cells.map((row) => row.slice()),
      tags: tab.tags.slice(),
      hiddenColumns: tab.hiddenColumns.slice(),
      widths: { ...tab.widths },
      protections: tab.protections.slice(),
      dropdowns: tab.dropdowns.slice(),
      styledHeaders: tab.styledHeaders.slice(),
    })),
  };
}

/** Cell at a 1-based place. */
export function cellAt(tab: StoredTab, row: number, column: number): FakeCell {
  return tab.cells[row - 1]?.[column - 1] ?? EMPTY_CELL;
}

/** Changes parts of a cell. */
export function patchCell(tab: StoredTab, place: { row: number; column: number }, patch: Partial<FakeCell>): void {
  const old = cellAt(tab, place.row, place.column);
  for (let r = tab.cells.length; r < place.row; r++) tab.cells.push([]);
  const row = tab.cells[place.row - 1] ?? [];
  for (let c = row.length; c < place.column; c++) row.push(EMPTY_CELL);
  row[place.column - 1] = { ...old, ...patch };
}

/** Last row and column with a value or formula; 0 when empty. */
export function usedSize(tab: StoredTab): { readonly rows: number; readonly columns: number } {
  let rows = 0;
  let columns = 0;
  tab.cells.forEach((row, r) => {
    row.forEach((cell, c) => {
      if (cell.value === "" && cell.formula === "") return;
      rows = r + 1;
      if (c + 1 > columns) columns = c + 1;
    });
  });
  return { rows, columns };
}

/** Calls `visit` for each place of a rectangle with its offsets. */
export function eachPlace(rect: Rect, visit: (row: number, column: number, r: number, c: number) => void): void {
  for (let r = 0; r < rect.rows; r++) {
    for (let c = 0; c < rect.columns; c++) visit(rect.row + r, rect.column + c, r, c);
  }
}

/** Values of a rectangle through `pick`. */
export function readRect<T>(tab: StoredTab, rect: Rect, pick: (cell: FakeCell) => T): T[][] {
  const out: T[][] = [];
  for (let r = 0; r < rect.rows; r++) {
    const line: T[] = [];
    for (let c = 0; c < rect.columns; c++) line.push(pick(cellAt(tab, rect.row + r, rect.column + c)));
    out.push(line);
  }
  return out;
}
