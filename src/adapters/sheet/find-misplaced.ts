import type { GridValue } from "../../ports/grid";
import { gridKey } from "./cell";
import { columnMap } from "./column-map";
import { vanishedIds } from "./lost-id";
import type { ChunkPlan, PlannedCell } from "./plan-chunk";
import { dataRows, rowContent } from "./row-content";
import { shiftFormula } from "./shift-formula";
import { idAt, type TableBlock, valueAt } from "./table-block";

/** A cell that holds a value of ours and should not: what to put back. */
export interface Repair {
  readonly row: number;
  readonly column: number;
  readonly value: GridValue;
  /** `""`: the value is put back, else the formula. */
  readonly formula: string;
}

interface Scan {
  readonly before: TableBlock;
  readonly after: TableBlock;
  /** Values that the chunk wrote, as keys, blanks left out. */
  readonly ours: ReadonlySet<string>;
  /** Key of what the chunk wrote at a place, by `row:column`. */
  readonly atPlace: ReadonlyMap<string, string>;
  /** Key of what the chunk meant for a record's field. */
  readonly meant: ReadonlyMap<string, PlannedCell>;
  readonly appended: ReadonlySet<string>;
  /** Ids that stood in the tab before and are nowhere now. */
  readonly vanished: ReadonlySet<string>;
  /** Column before by column after. */
  readonly columns: ReadonlyMap<number, number>;
}

/**
 * Values of the chunk that landed on another row or column, because rows or columns moved between the read and the
 * write: each with what stood there before. Rows are known by their id, rows without id by their content (invariant I6).
 */
export function findMisplaced(before: TableBlock, after: TableBlock, plan: ChunkPlan): readonly Repair[] {
  const scan = toScan(before, after, plan);
  const overrun = findOverrunRows(scan, plan);
  const repairs: Repair[] = [];
  for (const row of [after.headerRow, ...dataRows(after)]) {
    const from = overrun.get(row) ?? sourceRow(scan, row);
    for (const [column, columnBefore] of scan.columns) {
      if (column === after.binding.idColumn && !overrun.has(row) && !isIdOverwritten(scan, row)) continue;
      const wrong = overrun.has(row) ? isWritten(scan, row, column) : isMisplaced(scan, { row, column, from });
      if (wrong) repairs.push(toRepair(scan, { row, column, from, columnBefore }));
    }
  }
  return repairs;
}

function toScan(before: TableBlock, after: TableBlock, plan: ChunkPlan): Scan {
  const written = [...plan.cells, ...plan.appendedCells];
  const atPlace = new Map(written.map((cell) => [`${cell.row}:${cell.column}`, gridKey(cell.value)]));
  plan.appendedIds.forEach((id, i) => {
    atPlace.set(`${plan.firstRow + i}:${before.binding.idColumn}`, `t${id}`);
    for (const { column } of plan.appendColumns) {
      const place = `${plan.firstRow + i}:${column}`;
      if (!atPlace.has(place)) atPlace.set(place, "");
    }
  });
  return {
    before,
    after,
    ours: new Set(written.map((cell) => gridKey(cell.value)).filter((key) => key !== "")),
    atPlace,
    meant: new Map(written.map((cell) => [`${cell.field}\n${cell.recordId}`, cell])),
    appended: new Set(plan.appendedIds),
    vanished: vanishedIds(before, after),
    columns: columnMap(before, after),
  };
}

/** Row before of a row after; null: unknown, or new. */
function sourceRow(scan: Scan, row: number): number | null {
  const { before, after } = scan;
  if (row === after.headerRow) return before.headerRow;
  const id = idAt(after, row);
  if (scan.appended.has(id)) return null;
  const known = id === "" ? [] : (before.rowsById.get(id) ?? []);
  if (known.length === 1 && after.rowsById.get(id)?.length === 1) return known[0] ?? null;
  const couldBe = isIdOverwritten(scan, row)
    ? (one: number) => scan.vanished.has(idAt(before, one))
    : (one: number) => idAt(before, one) === id;
  const alike = dataRows(before).filter((one) => couldBe(one) && isAlike(scan, one, row));
  return alike.length === 1 ? (alike[0] ?? null) : null;
}

/** Did a value of ours land in the id cell, because a column went and the id column moved to its place? */
function isIdOverwritten(scan: Scan, row: number): boolean {
  const { after, before } = scan;
  const now = gridKey(valueAt(after, row, after.binding.idColumn));
  if (now === "") return isWritten(scan, row, after.binding.idColumn);
  return scan.ours.has(now) && !before.rowsById.has(idAt(after, row));
}

/** Are all cells equal but those that hold a value of ours now? Blank rows are like nothing. */
function isAlike(scan: Scan, rowBefore: number, rowAfter: number): boolean {
  let same = 0;
  for (const [column, columnBefore] of scan.columns) {
    const now = gridKey(valueAt(scan.after, rowAfter, column));
    if (now === gridKey(valueAt(scan.before, rowBefore, columnBefore))) same += now === "" ? 0 : 1;
    else if (!scan.ours.has(now) && !isWritten(scan, rowAfter, column)) return false;
  }
  return same > 0;
}

function isWritten(scan: Scan, row: number, column: number): boolean {
  return scan.atPlace.get(`${row}:${column}`) === gridKey(valueAt(scan.after, row, column));
}

function isMisplaced(scan: Scan, place: { row: number; column: number; from: number | null }): boolean {
  const { row, column, from } = place;
  const now = gridKey(valueAt(scan.after, row, column));
  if (now === "" ? !isWritten(scan, row, column) : !scan.ours.has(now)) return false;
  const id = idAt(scan.after, row);
  const bound = scan.after.binding.columns.find((one) => one.column === column);
  const meant = bound === undefined ? undefined : scan.meant.get(`${bound.mapping.field}\n${id}`);
  if (row !== scan.after.headerRow && meant !== undefined && gridKey(meant.value) === now) return false;
  // A row that nobody knows: only what stands exactly where we wrote is ours.
  if (from === null) return now !== "" && (scan.appended.has(id) || isWritten(scan, row, column));
  const columnBefore = scan.columns.get(column) ?? column;
  return gridKey(valueAt(scan.before, from, columnBefore)) !== now;
}

function toRepair(
  scan: Scan,
  place: { row: number; column: number; from: number | null; columnBefore: number },
): Repair {
  const { row, column, from, columnBefore } = place;
  if (from === null) {
    const bound = scan.after.binding.columns.find((one) => one.column === column);
    const meant = scan.meant.get(`${bound?.mapping.field ?? ""}\n${idAt(scan.after, row)}`);
    return { row, column, value: meant?.value ?? "", formula: "" };
  }
  const formula = scan.before.formulas[from - 1]?.[columnBefore - 1] ?? "";
  // A spilled value comes back by itself once the cell is empty.
  const spilled = formula === "" && scan.before.formulaAt(from, columnBefore) !== "";
  const value = spilled ? "" : valueAt(scan.before, from, columnBefore);
  return { row, column, value, formula: shiftFormula(formula, row - from) };
}

/**
 * Rows of before that the appended rows were written over: somebody inserted rows above, the last rows moved down into
 * the place that was free when it was read. Gives the row before by the row after.
 */
function findOverrunRows(scan: Scan, plan: ChunkPlan): ReadonlyMap<number, number> {
  const overrun = new Map<number, number>();
  if (plan.appendedIds.length === 0) return overrun;
  const { before, after } = scan;
  const contents = new Set(dataRows(after).map((row) => rowContent(after, row)));
  let shift = after.headerRow - before.headerRow;
  for (const row of dataRows(before)) {
    const id = idAt(before, row);
    const now = id === "" ? undefined : after.rowsById.get(id)?.[0];
    if (now !== undefined) {
      shift = now - row;
      continue;
    }
    const place = row + shift;
    if (shift <= 0 || place < plan.firstRow || !scan.appended.has(idAt(after, place))) continue;
    if (id !== "" || !contents.has(rowContent(before, row))) overrun.set(place, row);
  }
  return overrun;
}
