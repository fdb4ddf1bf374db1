import { gridKey } from "../tab/cell";
import { dataRows, rowContent } from "../tab/row-content";
import { idAt, type TableBlock, valueAt } from "../tab/table-block";
import type { ChunkPlan } from "./plan-chunk";
import { movedAlong } from "./trace-rows";
import { isWritten, type WriteScan } from "./write-scan";

/**
 * Rows of before that the appended rows were written over: somebody inserted rows above, the last rows moved down into
 * the place that was free when it was read. Gives the row before by the row after. What is left of a row tells which it
 * was, else its place; where a journal is all that is known, a row that nothing is left of was rather deleted.
 */
export function findOverrunRows(scan: WriteScan, plan: ChunkPlan): ReadonlyMap<number, number> {
  const overrun = new Map<number, number>();
  const { after } = scan;
  const places = new Set<number>();
  plan.appendedIds.forEach((id, i) => {
    if (idAt(after, plan.firstRow + i) === id) places.add(plan.firstRow + i);
  });
  const lost = places.size === 0 ? new Set<number>() : new Set(lostRows(scan));
  if (lost.size === 0) return overrun;
  for (const place of places) {
    const remains = remainsOf(scan, place);
    const scores = [...lost].map((row) => [row, likeness(scan, row, { row: place, columns: remains })] as const);
    const best = scores.reduce((most, [, score]) => Math.max(most, score), 0);
    const [row, ...others] = scores.filter(([, score]) => score === best && best > 0);
    if (row !== undefined && others.length === 0) overrun.set(place, row[0]);
    else if (remains.length === 0 && scan.before.knows !== undefined) places.delete(place);
  }
  for (const [row, place] of movedAlong(scan)) {
    const isFree = places.has(place) && !overrun.has(place) && ![...overrun.values()].includes(row);
    if (place > row && lost.has(row) && isFree) overrun.set(place, row);
  }
  return overrun;
}

/** Columns whose cell in an appended row says something that we did not write. */
function remainsOf(scan: WriteScan, row: number): readonly number[] {
  const { binding } = scan.after;
  return (scan.after.values[row - 1] ?? []).flatMap((value, c) => {
    const column = c + 1;
    const isOwn = column === binding.idColumn || column === binding.statusColumn || isWritten(scan, row, column);
    const says = value !== "" && value !== false && scan.after.formulaAt(row, column) === "";
    return says && !isOwn ? [column] : [];
  });
}

/** Equal cells less different ones among these columns. */
function likeness(
  scan: WriteScan,
  rowBefore: number,
  at: { readonly row: number; readonly columns: readonly number[] },
): number {
  return at.columns.reduce((score, column) => {
    const old = scan.columns.get(column);
    if (old === undefined || scan.before.knows?.(rowBefore, old) === false) return score;
    const isSame = gridKey(valueAt(scan.before, rowBefore, old)) === gridKey(valueAt(scan.after, at.row, column));
    return score + (isSame ? 1 : -1);
  }, 0);
}

/** Rows before whose id, or whose content, stands nowhere any more. */
function lostRows(scan: WriteScan): readonly number[] {
  const { before, after } = scan;
  const others = dataRows(after).filter((row) => !scan.appended.has(idAt(after, row)));
  const contents = new Set(others.map((row) => rowContent(after, row)));
  return dataRows(before).filter((row) => {
    const id = idAt(before, row);
    if (id !== "") return scan.vanished.has(id);
    return !contents.has(rowContent(before, row)) && hasContent(before, row);
  });
}

function hasContent(block: TableBlock, row: number): boolean {
  return block.binding.columns.some(({ column }) => valueAt(block, row, column) !== "");
}
