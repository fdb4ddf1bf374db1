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
  };
}
