import { ERROR_TEXTS, ServiceError } from "../error-texts";
import type { GridRect } from "./grid-rect";

/** Column number (1-based) as letters. */
export function columnLetters(column: number): string {
  let letters = "";
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

/** Letters as column number (1-based). */
export const columnNumber = (letters: string): number =>
  [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);

export const cellName = (row: number, column: number): string => `${columnLetters(column)}${row}`;

export interface A1Reference {
  /** Name before the "!", unquoted; null: none. */
  readonly tab: string | null;
  readonly rect: GridRect;
  readonly open: OpenEnds;
}

/** "all": the text names no rows at all ("A:C"); "end": it names only the first ("A2:C"); "no": both. */
export type OpenEnd = "no" | "end" | "all";

export interface OpenEnds {
  readonly rows: OpenEnd;
  readonly columns: OpenEnd;
}

interface GridSize {
  readonly rowCount: number;
  readonly columnCount: number;
}

const PATTERN = /^(?:(?:'((?:[^']|'')+)'|([^!']+))!)?\$?([A-Za-z]{1,3})?\$?(\d+)?(?::\$?([A-Za-z]{1,3})?\$?(\d+)?)?$/;

/** Splits "Tab!A1:B2" without looking at the grid: open ends ("A:A", "2:3", "A2:A") take the size of the tab. */
export function parseA1(text: string, sizeOf: (tab: string | null) => GridSize | undefined): A1Reference {
  const match = PATTERN.exec(text.trim());
  const [, quoted, bare, column1, row1, column2, row2] = match ?? [];
  const tab = quoted?.replace(/''/g, "'") ?? bare ?? null;
  const size = match === null || (column1 === undefined && row1 === undefined) ? undefined : sizeOf(tab);
  if (size === undefined) {
    throw new ServiceError(ERROR_TEXTS.rangeNotFound);
  }
  const isRange = text.includes(":");
  const from = {
    row: row1 === undefined ? 1 : Number(row1),
    column: column1 === undefined ? 1 : columnNumber(column1),
  };
  const to = isRange
    ? {
        row: row2 === undefined ? size.rowCount : Number(row2),
        column: column2 === undefined ? size.columnCount : columnNumber(column2),
      }
    : from;
  const row = Math.min(from.row, to.row);
  const column = Math.min(from.column, to.column);
  return {
    tab,
    rect: { row, column, rows: Math.abs(to.row - from.row) + 1, columns: Math.abs(to.column - from.column) + 1 },
    open: { rows: openEnd(isRange, row1, row2), columns: openEnd(isRange, column1, column2) },
  };
}

function openEnd(isRange: boolean, first: string | undefined, last: string | undefined): OpenEnd {
  if (!isRange || last !== undefined) {
    return "no";
  }
  return first === undefined ? "all" : "end";
}

/** A1 text of a rectangle; open ends are written without their number or letter. */
export function toA1(rect: GridRect, open: OpenEnds): string {
  const start = (open.columns === "all" ? "" : columnLetters(rect.column)) + (open.rows === "all" ? "" : rect.row);
  const endColumn = open.columns === "no" ? columnLetters(rect.column + rect.columns - 1) : "";
  const endRow = open.rows === "no" ? rect.row + rect.rows - 1 : "";
  const isCell = open.rows === "no" && open.columns === "no" && rect.rows === 1 && rect.columns === 1;
  return isCell ? start : `${start}:${endColumn}${endRow}`;
}
