import type { RowRestore, Table } from "../../../ports/table";
import type { MappedTab } from "../tab/mapped-tab";
import { isUsable, readTableBlock } from "../tab/table-block";
import { MAX_LOOKS } from "../write/settle-write";
import { appendContents } from "./append-contents";

/**
 * Puts rows back at the end of the table with all their cells; answers which ids stand in exactly one row then. Where rows
 * moved under the write, what is lacking is put there again.
 */
export function restoreRows(place: MappedTab, rows: readonly RowRestore[]): ReturnType<Table["restoreRows"]> {
  if (rows.length === 0) return [];
  for (let tries = 1; tries <= MAX_LOOKS; tries++) {
    const settled = appendContents(place, rows);
    if (settled === null) break;
    const { rowsById } = settled.after;
    if (!settled.aligned || !rows.every(({ id }) => rowsById.has(id))) continue;
    return rows.map(({ id }) => ({ id, placed: rowsById.get(id)?.length === 1 }));
  }
  const last = readTableBlock(place, { formulas: false, sureOfRows: false });
  const standing = isUsable(last) ? last.rowsById : new Map<string, readonly number[]>();
  return rows.map(({ id }) => ({ id, placed: standing.get(id)?.length === 1 }));
}
