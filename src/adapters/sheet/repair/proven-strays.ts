import type { GridValue } from "../../../ports/grid";
import { gridKey, looksEqual, toCellText } from "../tab/cell";
import { ID_TAG } from "../tab/column-tag";
import { columnOf, idAt, type TableBlock, valueAt } from "../tab/table-block";
import type { Repair } from "../write/find-misplaced";
import type { ChunkPlan, PlannedCell } from "../write/plan-chunk";

/** A value that is longer than this, characters, is hardly typed by chance. */
const MAX_CHANCE = 4;

/** A chunk as it was meant to be written, and the tab some time after. */
export interface ChunkTrace {
  readonly after: TableBlock;
  readonly plan: ChunkPlan;
  /** Where the id column stood then. */
  readonly idColumn: number;
}

/**
 * Those of the misplaced values that the chunk must have written. A cut-off chunk may never have been written, and whoever
 * works in the sheet since may have typed what it meant for somebody else: so the cell that a value was meant for must lack
 * it, and the value must stand exactly where the chunk would have written it, or be like no other, or share a row with one
 * that does.
 */
export function provenStrays(trace: ChunkTrace, repairs: readonly Repair[]): readonly Repair[] {
  const { after, plan } = trace;
  const cells = [...plan.cells, ...plan.appendedCells, ...idCells(trace)];
  const places = new Map(cells.map((cell) => [`${cell.row}:${cell.column}`, cell]));
  const targets = groupBy(cells, (cell) => gridKey(cell.value));
  const found = groupBy(repairs, (one) => keyAt(after, one));
  const proven = new Set<Repair>();
  const likely: [Repair, PlannedCell][] = [];
  const sources = new Map<number, Set<string>>();
  const prove = (repair: Repair, target: PlannedCell | undefined): void => {
    proven.add(repair);
    if (target === undefined) return;
    sources.set(repair.row, (sources.get(repair.row) ?? new Set()).add(target.recordId));
  };
  for (const repair of repairs) {
    const key = keyAt(after, repair);
    const planned = places.get(`${repair.row}:${repair.column}`);
    const [target, ...others] = targets.get(key) ?? [];
    if (isOverrun(trace, repair, planned)) prove(repair, undefined);
    else if (planned !== undefined && gridKey(planned.value) === key) {
      if (isMissing(after, planned)) prove(repair, planned);
      else likely.push([repair, planned]);
    } else if (target !== undefined && others.length === 0 && found.get(key)?.length === 1) {
      if (isUnlikeOthers(target.value) && isMissing(after, target)) prove(repair, target);
    }
  }
  // Rows that took each other's place: what one lacked another may have brought, so one proof is enough for all.
  if (sources.size > 0) for (const [repair, planned] of likely) prove(repair, planned);
  const byRecord = groupBy(cells, (cell) => cell.recordId);
  const isFiller = ({ row, column }: Repair, id: string): boolean =>
    plan.appendedIds[row - plan.firstRow] === id && !places.has(`${row}:${column}`);
  const isWithProven = (repair: Repair): boolean => {
    const key = keyAt(after, repair);
    return [...(sources.get(repair.row) ?? [])].some((id) => {
      if (key === "" && isFiller(repair, id)) return true;
      return byRecord.get(id)?.some((cell) => gridKey(cell.value) === key && isMissing(after, cell));
    });
  };
  return repairs.filter((repair) => proven.has(repair) || isWithProven(repair));
}

function keyAt(block: TableBlock, { row, column }: Repair): string {
  return gridKey(valueAt(block, row, column));
}

function groupBy<T>(list: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
}

/** A cell of an appended row that is said to be wrong at its own place: the row fell on another. */
function isOverrun({ after, plan }: ChunkTrace, repair: Repair, planned: PlannedCell | undefined): boolean {
  const id = plan.appendedIds[repair.row - plan.firstRow];
  const key = keyAt(after, repair);
  if (id === undefined || idAt(after, repair.row) !== id) return false;
  return planned === undefined ? key === "" : planned.recordId === id && gridKey(planned.value) === key;
}

function idCells({ idColumn, plan }: ChunkTrace): readonly PlannedCell[] {
  return plan.appendedIds.map((id, i) => {
    return { row: plan.firstRow + i, column: idColumn, value: id, recordId: id, field: ID_TAG };
  });
}

function isMissing(after: TableBlock, cell: PlannedCell): boolean {
  const [row, ...others] = after.rowsById.get(cell.recordId) ?? [];
  if (cell.field === ID_TAG) return row === undefined;
  const bound = columnOf(after, cell.field);
  if (row === undefined || others.length > 0 || bound === null) return true;
  return !looksEqual(valueAt(after, row, bound.column), cell.value);
}

function isUnlikeOthers(value: GridValue): boolean {
  return typeof value !== "boolean" && toCellText(value).length > MAX_CHANCE;
}
