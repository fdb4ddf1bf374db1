import { vanishedIds } from "../ids/lost-id";
import { gridKey } from "../tab/cell";
import { columnMap } from "../tab/column-map";
import { idAt, type TableBlock, valueAt } from "../tab/table-block";
import type { ChunkPlan, PlannedCell } from "./plan-chunk";

/** The tab before a write: as it was read, or as far as a journal remembers it. */
export interface PastBlock extends TableBlock {
  /** Missing: every cell is known. */
  readonly knows?: (row: number, column: number) => boolean;
}

/** Both sides of a write and what it wrote, ready to be looked up. */
export interface WriteScan {
  readonly before: PastBlock;
  readonly after: TableBlock;
  /** Values and ids that were written, as keys, blanks left out. */
  readonly ours: ReadonlySet<string>;
  /** Key of what was written at a place, by `row:column`. */
  readonly atPlace: ReadonlyMap<string, string>;
  /** What was meant for a record, by `column before, id`. */
  readonly meant: ReadonlyMap<string, PlannedCell>;
  readonly appended: ReadonlySet<string>;
  /** Appended ids by the row that they were written to. */
  readonly appendedRows: ReadonlyMap<number, string>;
  /** Ids that stood in the tab before and are nowhere now. */
  readonly vanished: ReadonlySet<string>;
  /** Column before by column after. */
  readonly columns: ReadonlyMap<number, number>;
}

/** Makes a scan of a write that happened between two reads. */
export function createWriteScan(before: PastBlock, after: TableBlock, plan: ChunkPlan): WriteScan {
  const written = [...plan.cells, ...plan.appendedCells];
  const atPlace = new Map(written.map((cell) => [placeKey(cell.row, cell.column), gridKey(cell.value)]));
  plan.appendedIds.forEach((id, i) => {
    atPlace.set(placeKey(plan.firstRow + i, before.binding.idColumn), `t${id}`);
    for (const { column } of plan.appendColumns) {
      const place = placeKey(plan.firstRow + i, column);
      if (!atPlace.has(place)) atPlace.set(place, "");
    }
  });
  return {
    before,
    after,
    ours: new Set([...written.map((cell) => cell.value), ...plan.appendedIds].map(gridKey).filter((key) => key !== "")),
    atPlace,
    meant: new Map(written.map((cell) => [`${cell.column}\n${cell.recordId}`, cell])),
    appended: new Set(plan.appendedIds),
    appendedRows: new Map(plan.appendedIds.map((id, i) => [plan.firstRow + i, id])),
    vanished: vanishedIds(before, after),
    columns: columnMap(before, after),
  };
}

function placeKey(row: number, column: number): string {
  return `${row}:${column}`;
}

/** What the write meant for the record that a row belongs to now; undefined: nothing. */
export function meantFor(scan: WriteScan, row: number, column: number): PlannedCell | undefined {
  return scan.meant.get(`${scan.columns.get(column) ?? 0}\n${idAt(scan.after, row)}`);
}

/** Does a cell hold what was written at its place, blanks too? */
export function isWritten(scan: WriteScan, row: number, column: number): boolean {
  return scan.atPlace.get(placeKey(row, column)) === gridKey(valueAt(scan.after, row, column));
}

/** Does a row stand where a new row was written whose id is nowhere now? What of ours is in it is left of that row. */
export function isStranded(scan: WriteScan, row: number): boolean {
  const id = scan.appendedRows.get(row);
  return id !== undefined && !scan.after.rowsById.has(id);
}

/** Did a value of ours land in the id cell, because a column went and the id column moved to its place? */
export function isIdOverwritten(scan: WriteScan, row: number): boolean {
  const { after, before } = scan;
  const now = gridKey(valueAt(after, row, after.binding.idColumn));
  if (now === "") return isWritten(scan, row, after.binding.idColumn);
  const id = idAt(after, row);
  return scan.ours.has(now) && !scan.appended.has(id) && !before.rowsById.has(id);
}
