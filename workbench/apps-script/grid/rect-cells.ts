import type { Slot } from "./cell";
import type { GridRect } from "./grid-rect";
import type { Tab } from "./tab";

/** One result per cell of a rectangle, row by row. */
export function mapRect<Result>(
  tab: Tab,
  rect: GridRect,
  map: (slot: Slot, row: number, column: number) => Result,
): Result[][] {
  const rows: Result[][] = [];
  for (let row = rect.row; row < rect.row + rect.rows; row++) {
    const cells: Result[] = [];
    for (let column = rect.column; column < rect.column + rect.columns; column++) {
      cells.push(map(tab.slot(row, column), row, column));
    }
    rows.push(cells);
  }
  return rows;
}

/** Replaces every cell of a rectangle; offsets are 0-based within it. */
export function changeRect(
  tab: Tab,
  rect: GridRect,
  change: (slot: Slot, rowOffset: number, columnOffset: number) => Slot,
): void {
  for (let rowOffset = 0; rowOffset < rect.rows; rowOffset++) {
    for (let columnOffset = 0; columnOffset < rect.columns; columnOffset++) {
      const row = rect.row + rowOffset;
      const column = rect.column + columnOffset;
      tab.setSlot(row, column, change(tab.slot(row, column), rowOffset, columnOffset));
    }
  }
}
