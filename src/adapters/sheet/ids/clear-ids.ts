import type { MappedTab } from "../tab/mapped-tab";
import { isUsable, readTableBlock } from "../tab/table-block";

/** Empties the id column below the header, in one write; other cells are not touched. */
export function clearIds(place: MappedTab): void {
  const block = readTableBlock(place, { formulas: false, sureOfRows: false });
  if (!isUsable(block)) return;
  const rows = block.values.length - block.headerRow;
  if (rows <= 0) return;
  const rect = { row: block.headerRow + 1, column: block.binding.idColumn, rows, columns: 1 };
  block.tab.clearValues(rect);
  place.grid.flush();
}
