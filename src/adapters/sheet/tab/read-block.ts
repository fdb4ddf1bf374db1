import type { GridTab, GridValue, Rect } from "../../../ports/grid";

/** Cells of one read: 2 to 3 MB of ordinary cells, and well inside what one call of the service takes. */
export const MAX_BLOCK_CELLS = 200_000;

/** Values of a rectangle of any size, in as few calls as the block size allows. */
export function readValueBlock(tab: GridTab, rect: Rect): GridValue[][] {
  return readInParts(rect, (part) => tab.readValues(part));
}

/** Formulas of a rectangle of any size, `""` where there is none. */
export function readFormulaBlock(tab: GridTab, rect: Rect): string[][] {
  return readInParts(rect, (part) => tab.readFormulas(part));
}

function readInParts<T>(rect: Rect, read: (part: Rect) => T[][]): T[][] {
  if (rect.rows < 1 || rect.columns < 1) return [];
  const rowsOfPart = Math.max(1, Math.floor(MAX_BLOCK_CELLS / rect.columns));
  if (rect.rows <= rowsOfPart) return read(rect);
  const all: T[][] = [];
  for (let done = 0; done < rect.rows; done += rowsOfPart) {
    const rows = Math.min(rowsOfPart, rect.rows - done);
    const part = read({ ...rect, row: rect.row + done, rows });
    for (const line of part) all.push(line);
  }
  return all;
}
