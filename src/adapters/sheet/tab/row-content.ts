import { gridKey } from "./cell";
import { idAt, type TableBlock, valueAt } from "./table-block";

/** All cells of the mapped columns of a row as one text, to find a row again by what it says. */
export function rowContent(block: TableBlock, row: number): string {
  return JSON.stringify(block.binding.columns.map(({ column }) => gridKey(valueAt(block, row, column))));
}

/** Row numbers of the data rows of a block. */
export function dataRows(block: TableBlock): readonly number[] {
  const rows: number[] = [];
  for (let row = block.headerRow + 1; row <= block.values.length; row++) rows.push(row);
  return rows;
}

/** Do both reads show the same columns at the same places, and `expectedIds` (or the ids of before) in the same rows? */
export function isAligned(before: TableBlock, after: TableBlock, expectedIds: ReadonlyMap<number, string>): boolean {
  const same =
    before.headerRow === after.headerRow &&
    before.binding.idColumn === after.binding.idColumn &&
    before.binding.columns.length === after.binding.columns.length &&
    before.binding.columns.every((one, i) => one.column === after.binding.columns[i]?.column);
  if (!same) return false;
  const last = Math.max(before.values.length, after.values.length);
  for (let row = before.headerRow + 1; row <= last; row++) {
    if ((expectedIds.get(row) ?? idAt(before, row)) !== idAt(after, row)) return false;
  }
  return true;
}
