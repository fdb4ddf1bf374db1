import { type TableBlock, valueAt } from "../tab/table-block";
import type { PlannedCell } from "../write/plan-chunk";
import { groupCells } from "../write/write-ranges";

/** What Google Sheets calls the format of a cell that nobody formatted. */
const AUTOMATIC: ReadonlySet<string> = new Set(["", "General", "0.###############"]);

/**
 * Gives numbers in new rows the number format of the row above them, where that holds a number too and theirs has none: a
 * percentage stays one. One read where there are numbers, one write for each run of cells that lacks a format.
 */
export function carryFormats(block: TableBlock, cells: readonly PlannedCell[], rowAbove: number): void {
  const numbers = cells.filter(
    ({ row, column, value }) =>
      row > rowAbove && typeof value === "number" && typeof valueAt(block, rowAbove, column) === "number",
  );
  if (numbers.length === 0) return;
  const columns = numbers.map((cell) => cell.column);
  const [left, right] = [Math.min(...columns), Math.max(...columns)];
  const bottom = numbers.reduce((last, { row }) => Math.max(last, row), rowAbove);
  const rect = { row: rowAbove, column: left, rows: bottom - rowAbove + 1, columns: right - left + 1 };
  const formats = block.tab.readFormats(rect);
  const formatAt = (row: number, column: number): string => formats[row - rowAbove]?.[column - left] ?? "";
  const lacking = numbers.flatMap(({ row, column }) => {
    const wanted = formatAt(rowAbove, column);
    return !AUTOMATIC.has(wanted) && AUTOMATIC.has(formatAt(row, column)) ? [{ row, column, value: wanted }] : [];
  });
  for (const format of new Set(lacking.map((cell) => cell.value))) {
    const same = lacking.filter((cell) => cell.value === format);
    for (const { rect: part } of groupCells(same)) block.tab.writeFormat(part, format);
  }
}
