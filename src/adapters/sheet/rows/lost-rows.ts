import { gridKey } from "../tab/cell";
import { columnMap } from "../tab/column-map";
import { dataRows } from "../tab/row-content";
import { idAt, type TableBlock, valueAt } from "../tab/table-block";
import type { ChunkPlan } from "../write/plan-chunk";

/**
 * Rows before that stand nowhere after: by their id, else by what they say. A row that shows at least half of what it
 * showed is still there, edited. Blank rows are no loss.
 */
export function findLostRows(before: TableBlock, after: TableBlock): readonly number[] {
  const lines = createLines(before, after);
  const unclaimed = new Set(
    dataRows(after).filter((row) => (after.values[row - 1] ?? []).some((value) => value !== "")),
  );
  const open: number[] = [];
  for (const row of dataRows(before)) {
    const id = idAt(before, row);
    const [now, ...copies] = id === "" ? [] : (after.rowsById.get(id) ?? []);
    const isOwn = before.rowsById.get(id)?.length === 1 && now !== undefined && copies.length === 0;
    if (isOwn) unclaimed.delete(now);
    else if (id !== "" || lines.total(row) > 0) open.push(row);
  }
  const byLine = new Map<string, number[]>();
  for (const row of unclaimed) byLine.set(lines.after(row), [...(byLine.get(lines.after(row)) ?? []), row]);
  const changed = open.filter((row) => {
    const same = byLine.get(lines.before(row))?.pop();
    if (same !== undefined) unclaimed.delete(same);
    return same === undefined;
  });
  return changed.filter((row) => {
    const total = lines.total(row);
    const similar = total === 0 ? undefined : [...unclaimed].find((one) => lines.equal(row, one) * 2 >= total);
    if (similar !== undefined) unclaimed.delete(similar);
    return similar === undefined;
  });
}

/**
 * Rows that are lost since new rows were written: rows without id, as many as values fell on rows that nobody knows any
 * more; and the last rows of the table, as many as new ids stand where they were written: they move there when rows are
 * inserted right above them. The last rows could also have been deleted at that moment, which nobody can tell; a row too
 * many is better than one that is lost.
 */
export function findOverwrittenRows(
  before: TableBlock,
  look: { readonly after: TableBlock; readonly unknownRows: number },
  plan: ChunkPlan,
): readonly number[] {
  const { after, unknownRows } = look;
  const newIds = plan.appendedIds.filter((id, i) => idAt(after, plan.firstRow + i) === id).length;
  if (newIds === 0 && unknownRows === 0) return [];
  const lost = findLostRows(before, after);
  // The new rows moved up by as many rows as are lost: those were deleted above them.
  const isDeletion =
    plan.appendedIds.length > 0 &&
    plan.appendedIds.every((id, i) => after.rowsById.get(id)?.[0] === plan.firstRow + i - lost.length);
  if (lost.length === 0 || isDeletion) return [];
  const idless = lost.filter((row) => idAt(before, row) === "");
  const last = lastStandingRow(before, after, { lost: new Set(lost), below: plan.firstRow });
  const tail = lost.filter((row) => row > last);
  if (tail.length <= newIds) return [...new Set([...tail, ...(idless.length <= unknownRows ? idless : [])])];
  return idless.length <= unknownRows ? idless : [];
}

/** Last row of before that is still there, above the new rows; the header row when there is none. */
function lastStandingRow(
  before: TableBlock,
  after: TableBlock,
  at: { readonly lost: ReadonlySet<number>; readonly below: number },
): number {
  return dataRows(before).reduce((last, row) => {
    const isBlank = (before.values[row - 1] ?? []).every((value) => value === "");
    if (isBlank || at.lost.has(row)) return last;
    const [now = 0] = after.rowsById.get(idAt(before, row)) ?? [];
    return now < at.below ? row : last;
  }, before.headerRow);
}

interface Lines {
  /** Everything that a row shows, as one text. */
  before(row: number): string;
  after(row: number): string;
  /** Filled cells of a row that hold no formula. */
  total(row: number): number;
  /** How many of those a row after shows as well. */
  equal(rowBefore: number, rowAfter: number): number;
}

function createLines(before: TableBlock, after: TableBlock): Lines {
  const own = new Set([before.binding.idColumn, before.binding.statusColumn]);
  const pairs = [...columnMap(before, after)].filter(([, old]) => !own.has(old));
  const filled = (row: number) =>
    pairs.filter(([, old]) => before.formulaAt(row, old) === "" && valueAt(before, row, old) !== "");
  return {
    before: (row) => JSON.stringify(pairs.map(([, old]) => gridKey(valueAt(before, row, old)))),
    after: (row) => JSON.stringify(pairs.map(([column]) => gridKey(valueAt(after, row, column)))),
    total: (row) => filled(row).length,
    equal: (rowBefore, rowAfter) =>
      filled(rowBefore).filter(
        ([column, old]) => gridKey(valueAt(after, rowAfter, column)) === gridKey(valueAt(before, rowBefore, old)),
      ).length,
  };
}
