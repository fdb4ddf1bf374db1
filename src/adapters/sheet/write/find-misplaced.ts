import type { GridValue } from "../../../ports/grid";
import { gridKey } from "../tab/cell";
import { dataRows } from "../tab/row-content";
import { shiftFormula } from "../tab/shift-formula";
import { idAt, type TableBlock, valueAt } from "../tab/table-block";
import { findOverrunRows } from "./overrun-rows";
import type { ChunkPlan } from "./plan-chunk";
import { traceRows } from "./trace-rows";
import {
  createWriteScan,
  isIdOverwritten,
  isStranded,
  isWritten,
  meantFor,
  type PastBlock,
  type WriteScan,
} from "./write-scan";

/** A cell that holds a value of ours and should not: what to put back. */
export interface Repair {
  readonly row: number;
  readonly column: number;
  readonly value: GridValue;
  /** `""`: the value is put back, else the formula. */
  readonly formula: string;
  /** Nobody knows which row this was: the cell is only emptied. */
  readonly isUnknown?: boolean;
}

interface Place {
  readonly row: number;
  readonly column: number;
  /** Row before; null: unknown, or new. */
  readonly from: number | null;
}

/**
 * Values of the chunk that landed on another row or column, because rows or columns moved between the read and the
 * write: each with what stood there before. Rows are known by their id, rows without id by their content (invariant I6).
 */
export function findMisplaced(before: PastBlock, after: TableBlock, plan: ChunkPlan): readonly Repair[] {
  const scan = createWriteScan(before, after, plan);
  const overrun = findOverrunRows(scan, plan);
  const sources = traceRows(scan);
  const repairs: Repair[] = [];
  const width = after.values[0]?.length ?? 0;
  for (const row of [after.headerRow, ...dataRows(after)]) {
    const from = overrun.get(row) ?? sources.get(row) ?? null;
    for (let column = 1; column <= width; column++) {
      if (column === after.binding.idColumn && !overrun.has(row) && !isIdOverwritten(scan, row)) continue;
      const place = { row, column, from };
      const wrong = overrun.has(row) ? isWritten(scan, row, column) : isMisplaced(scan, place);
      if (wrong) repairs.push(toRepair(scan, place));
    }
  }
  return repairs;
}

function isMisplaced(scan: WriteScan, { row, column, from }: Place): boolean {
  const now = gridKey(valueAt(scan.after, row, column));
  if (now === "" ? !isWritten(scan, row, column) : !scan.ours.has(now)) return false;
  const meant = meantFor(scan, row, column);
  if (row !== scan.after.headerRow && meant !== undefined && gridKey(meant.value) === now) return false;
  const columnBefore = scan.columns.get(column);
  // A row or column that nobody knows: only what stands exactly where we wrote is ours.
  if (from === null || columnBefore === undefined) {
    if (now === "" || scan.appended.has(idAt(scan.after, row))) return now !== "";
    return isWritten(scan, row, column) || isStranded(scan, row);
  }
  if (scan.before.knows?.(from, columnBefore) === false) return false;
  return gridKey(valueAt(scan.before, from, columnBefore)) !== now;
}

function toRepair(scan: WriteScan, { row, column, from }: Place): Repair {
  const columnBefore = scan.columns.get(column);
  if (from === null || columnBefore === undefined) {
    const isUnknown = from === null && !scan.appended.has(idAt(scan.after, row));
    return { row, column, value: meantFor(scan, row, column)?.value ?? "", formula: "", isUnknown };
  }
  const formula = scan.before.formulas[from - 1]?.[columnBefore - 1] ?? "";
  // A spilled value comes back by itself once the cell is empty.
  const spilled = formula === "" && scan.before.formulaAt(from, columnBefore) !== "";
  const value = spilled ? "" : valueAt(scan.before, from, columnBefore);
  return { row, column, value, formula: shiftFormula(formula, row - from) };
}
