import type { GridBlock, GridValue, Rect } from "../../../ports/grid";
import { isErrorText } from "../tab/cell";
import { MAX_BLOCK_CELLS } from "../tab/read-block";
import { idAt, type TableBlock, valueAt } from "../tab/table-block";
import type { PlannedCell } from "./plan-chunk";
import type { Bridge, PlacedCell } from "./write-ranges";

/** Number format of cells that hold nothing but text. */
const TEXT_FORMAT = "@";

/**
 * Tells which unchanged cells between `changed` ones may be written again as they are: only what cannot turn into
 * something else, and only in rows that are found again by their id, should rows move meanwhile. Reads number formats
 * once, and only when a text asks for them.
 */
export function createBridge(block: TableBlock, changed: readonly PlacedCell[]): Bridge {
  let formats: FormatAt | null = null;
  return (row, column) => {
    if (block.rowsById.get(idAt(block, row))?.length !== 1 || block.formulaAt(row, column) !== "") return null;
    const value = valueAt(block, row, column);
    if (typeof value === "object") return null;
    if (typeof value !== "string" || value === "" || isPlainText(value)) return value;
    formats ??= readFormats(block, changed);
    return formats(row, column) === TEXT_FORMAT && !isErrorText(value) ? value : null;
  };
}

/** Cells of the blocks that are none of `changed`: what is written again as it was. */
export function rewrittenCells(
  block: TableBlock,
  blocks: readonly GridBlock[],
  changed: readonly PlacedCell[],
): readonly PlannedCell[] {
  const places = new Set(changed.map(({ row, column }) => `${row}:${column}`));
  const fields = new Map(block.binding.columns.map((one) => [one.column, one.mapping.field]));
  const cells: PlannedCell[] = [];
  for (const { rect, values } of blocks) {
    values.forEach((line, r) => {
      line.forEach((value: GridValue, c) => {
        const row = rect.row + r;
        const column = rect.column + c;
        if (places.has(`${row}:${column}`)) return;
        cells.push({ row, column, value, recordId: idAt(block, row), field: fields.get(column) ?? "" });
      });
    });
  }
  return cells;
}

type FormatAt = (row: number, column: number) => string;

/** Formats around the changed cells; none when they lie too far apart for one read, or outside of the tab by now. */
function readFormats(block: TableBlock, changed: readonly PlacedCell[]): FormatAt {
  const rect = boundsOf(changed);
  const { rows, columns } = block.tab.size();
  const isInside = rect.row + rect.rows - 1 <= rows && rect.column + rect.columns - 1 <= columns;
  if (!isInside || rect.rows * rect.columns > MAX_BLOCK_CELLS) return () => "";
  const formats = block.tab.readFormats(rect);
  return (row, column) => formats[row - rect.row]?.[column - rect.column] ?? "";
}

function boundsOf(cells: readonly PlacedCell[]): Rect {
  let [top, left, bottom, right] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0, 0];
  for (const { row, column } of cells) {
    top = Math.min(top, row);
    bottom = Math.max(bottom, row);
    left = Math.min(left, column);
    right = Math.max(right, column);
  }
  return { row: top, column: left, rows: bottom - top + 1, columns: right - left + 1 };
}

/** Words or an e-mail address: no spreadsheet reads them as a number, date, boolean or formula. */
function isPlainText(text: string): boolean {
  if (!/^\p{L}/u.test(text) || /^(true|false|loading\b.*)$/i.test(text)) return false;
  return !/\d/.test(text) || text.includes("@");
}
