import { gridKey } from "../tab/cell";
import type { MappedTab } from "../tab/mapped-tab";
import { isAligned, rowContent } from "../tab/row-content";
import { idAt, isUsable, readTableBlock, type TableBlock, valueAt } from "../tab/table-block";
import { findMisplaced, type Repair } from "./find-misplaced";
import type { ChunkPlan } from "./plan-chunk";
import { putBack } from "./put-back";

/** Looks after a write: one, and two more when something has to be put back. */
export const MAX_LOOKS = 3;

/** A write that was flushed. */
export interface SentWrite {
  readonly before: TableBlock;
  /** All that was written, with what was written again as it was. */
  readonly plan: ChunkPlan;
}

/** What the last look after a write showed. */
export interface SettledWrite {
  readonly after: TableBlock;
  /** Rows and columns stayed where they were, as far as the looks tell. */
  readonly aligned: boolean;
  /** Rows that values fell on and that nobody knows any more: they were emptied. */
  readonly unknownRows: number;
}

/**
 * Looks at what a write did, and puts back what it did to rows and columns that moved meanwhile; null when the table is no
 * longer there. Two reads, and up to two more rounds when something was put back.
 */
export function settleWrite(place: MappedTab, { before, plan }: SentWrite): SettledWrite | null {
  const expectedIds = new Map(plan.appendedIds.map((id, i) => [plan.firstRow + i, id]));
  let aligned = true;
  let mended: MendedCells | null = null;
  let unknownRows = 0;
  for (let look = 1; ; look++) {
    const after = readTableBlock(place);
    if (!isUsable(after)) return null;
    const inPlace =
      isAligned(before, after, expectedIds) && isBelow(before, after, plan) && isAlone(before, after, plan);
    aligned = aligned && inPlace;
    const repairs = inPlace || look === MAX_LOOKS ? [] : findMisplaced(before, after, plan);
    const missed: readonly Repair[] = look === MAX_LOOKS ? [] : findMissedRepairs(mended, after);
    if (repairs.length === 0 && missed.length === 0) return { after, aligned, unknownRows };
    unknownRows += new Set(repairs.flatMap((one) => (one.isUnknown ? [one.row] : []))).size;
    putBack(after.tab, [...missed, ...repairs]);
    place.grid.flush();
    mended = { block: after, repairs: [...missed, ...repairs] };
  }
}

/** Does the row above the appended rows still say what it said? Rows without id that moved are not seen otherwise. */
function isBelow(before: TableBlock, after: TableBlock, plan: ChunkPlan): boolean {
  const row = plan.firstRow - 1;
  if (plan.appendedIds.length === 0 || row <= before.headerRow || idAt(before, row) !== "") return true;
  const isFilled = (after.values[row - 1] ?? []).some((value) => value !== "");
  return isFilled && rowContent(before, row) === rowContent(after, row);
}

/**
 * Do the appended rows show nothing else than what was written, stood there before or comes from formulas? A row could have
 * been moved there.
 */
function isAlone(before: TableBlock, after: TableBlock, plan: ChunkPlan): boolean {
  const written = new Set(plan.appendedCells.map((cell) => `${cell.row}:${cell.column}`));
  const { idColumn } = before.binding;
  return plan.appendedIds.every((_, i) => {
    const row = plan.firstRow + i;
    return (after.values[row - 1] ?? []).every((value, c) => {
      const column = c + 1;
      const isOurs = column === idColumn || written.has(`${row}:${column}`) || after.formulaAt(row, column) !== "";
      return isOurs || value === "" || gridKey(value) === gridKey(valueAt(before, row, column));
    });
  });
}

/** Cells that were put back, with the look that showed them. */
export interface MendedCells {
  readonly block: TableBlock;
  readonly repairs: readonly Repair[];
}

/** Cells that values were put back into by mistake, because rows or columns moved once more. */
export function findMissedRepairs(mended: MendedCells | null, after: TableBlock): readonly Repair[] {
  if (mended === null) return [];
  const { block, repairs } = mended;
  const idColumn = block.binding.idColumn;
  const ids = new Map(repairs.filter((one) => one.column === idColumn).map((one) => [one.row, String(one.value)]));
  if (isAligned(block, after, ids)) return [];
  const cells = repairs.flatMap(({ row, column, value, formula }) =>
    formula === "" ? [{ row, column, value, recordId: ids.get(row) ?? idAt(block, row), field: "" }] : [],
  );
  const plan = { cells, firstRow: 0, appendedIds: [], appendedCells: [], appendColumns: [], skipped: [] };
  return findMisplaced(block, after, plan);
}
