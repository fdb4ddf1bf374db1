import type { GridBlock, GridValue } from "../../../ports/grid";

/** A value for one cell, 1-based. */
export interface PlacedCell {
  readonly row: number;
  readonly column: number;
  readonly value: GridValue;
}

/** Exact rectangles of one chunk; beyond that, gaps are bridged (section 6.3: calls don't grow with rows). */
export const MAX_EXACT_RANGES = 24;

/** What stands in an unchanged cell when it may be written again as it is; null when it may not. */
export type Bridge = (row: number, column: number) => GridValue | null;

/** A vertical run of cells in one column. */
interface Run {
  readonly column: number;
  readonly row: number;
  readonly values: readonly GridValue[];
}

/**
 * Groups cells into rectangles that hold nothing else. When there are more than `max`, the smallest gaps between cells of
 * one column are bridged by writing again what stands there, as far as `bridge` allows.
 */
export function groupCells(
  cells: readonly PlacedCell[],
  bridge: Bridge = () => null,
  max = MAX_EXACT_RANGES,
): readonly GridBlock[] {
  const runs = toRuns(cells);
  const exact = mergeColumns(runs);
  if (exact.length <= max) return exact;
  const gaps = [...new Set(gapsOf(runs))].sort((a, b) => a - b);
  // The count falls as gaps of growing size are bridged: the smallest size that gets below the limit is found by halves.
  let low = 0;
  let high = gaps.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const tried = mergeColumns(bridgeRuns(runs, gaps[middle] ?? 0, bridge));
    if (tried.length <= max) high = middle;
    else low = middle + 1;
  }
  return mergeColumns(bridgeRuns(runs, gaps[low] ?? 0, bridge));
}

function toRuns(cells: readonly PlacedCell[]): readonly Run[] {
  const sorted = [...cells].sort((a, b) => a.column - b.column || a.row - b.row);
  const runs: { column: number; row: number; values: GridValue[] }[] = [];
  for (const cell of sorted) {
    const last = runs[runs.length - 1];
    if (last !== undefined && last.column === cell.column && last.row + last.values.length === cell.row) {
      last.values.push(cell.value);
    } else {
      runs.push({ column: cell.column, row: cell.row, values: [cell.value] });
    }
  }
  return runs;
}

function gapsOf(runs: readonly Run[]): readonly number[] {
  const gaps: number[] = [];
  for (let i = 1; i < runs.length; i++) {
    const gap = gapBetween(runs[i - 1], runs[i]);
    if (gap !== null) gaps.push(gap);
  }
  return gaps;
}

function gapBetween(upper: Run | undefined, lower: Run | undefined): number | null {
  if (upper === undefined || lower === undefined || upper.column !== lower.column) return null;
  return lower.row - upper.row - upper.values.length;
}

function bridgeRuns(runs: readonly Run[], maxGap: number, bridge: Bridge): readonly Run[] {
  const joined: Run[] = [];
  for (const run of runs) {
    const last = joined[joined.length - 1];
    const gap = gapBetween(last, run);
    const filling = last !== undefined && gap !== null && gap <= maxGap ? fillGap(last, gap, bridge) : null;
    if (last === undefined || filling === null) joined.push(run);
    else joined[joined.length - 1] = { ...last, values: [...last.values, ...filling, ...run.values] };
  }
  return joined;
}

function fillGap(upper: Run, gap: number, bridge: Bridge): readonly GridValue[] | null {
  const filling: GridValue[] = [];
  for (let i = 0; i < gap; i++) {
    const value = bridge(upper.row + upper.values.length + i, upper.column);
    if (value === null) return null;
    filling.push(value);
  }
  return filling;
}

/** Joins runs of neighbouring columns that span the same rows. */
function mergeColumns(runs: readonly Run[]): readonly GridBlock[] {
  const byPlace = new Map<string, Run>();
  for (const run of runs) byPlace.set(`${run.column}:${run.row}:${run.values.length}`, run);
  const taken = new Set<Run>();
  const writes: GridBlock[] = [];
  for (const run of runs) {
    if (taken.has(run)) continue;
    const side: Run[] = [];
    let next: Run | undefined = run;
    while (next !== undefined) {
      side.push(next);
      taken.add(next);
      next = byPlace.get(`${next.column + 1}:${run.row}:${run.values.length}`);
    }
    const rect = { row: run.row, column: run.column, rows: run.values.length, columns: side.length };
    writes.push({ rect, values: run.values.map((_, r) => side.map((one) => one.values[r] ?? "")) });
  }
  return writes;
}
