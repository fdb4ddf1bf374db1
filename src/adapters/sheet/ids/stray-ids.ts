import { ID_TAG } from "../tab/column-tag";
import type { TableBlock } from "../tab/table-block";
import { findMisplaced, type Repair } from "../write/find-misplaced";

/** An id that was written, with the row it was written to. */
export interface WrittenId {
  readonly row: number;
  readonly id: string;
}

/** Ids that went into another column, because columns moved between the read and the write: what stood there before. */
export function findStrayIds(before: TableBlock, after: TableBlock, written: readonly WrittenId[]): readonly Repair[] {
  const column = before.binding.idColumn;
  if (after.binding.idColumn === column) return [];
  const cells = written.map(({ row, id }) => ({ row, column, value: id, recordId: id, field: ID_TAG }));
  const plan = { cells, firstRow: 0, appendedIds: [], appendedCells: [], appendColumns: [], skipped: [] };
  return findMisplaced(before, after, plan).filter((one) => one.column !== after.binding.idColumn);
}
