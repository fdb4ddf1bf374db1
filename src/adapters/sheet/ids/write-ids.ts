import { encodeValue } from "../../../domain/value";
import type { IdOutcome, IdReplacement, IdWrite, RowMatch } from "../../../ports/table";
import { toSheetValue } from "../tab/cell";
import type { MappedTab } from "../tab/mapped-tab";
import { dataRows, isAligned, rowContent } from "../tab/row-content";
import { columnOf, idAt, isUsable, readTableBlock, type TableBlock, valueAt } from "../tab/table-block";
import { putBack } from "../write/put-back";
import { groupCells, type PlacedCell } from "../write/write-ranges";
import { lostId, vanishedIds } from "./lost-id";
import { findStrayIds, type WrittenId } from "./stray-ids";

const VALUES_ONLY = { formulas: false, sureOfRows: false };

/** With formulas, so that one can be put back. */
const BEFORE = { formulas: true, sureOfRows: false };

/** Looks after a write of ids: one, and two more when an id has to be put back. */
const MAX_LOOKS = 3;

/** Ids or tokens into the id cells of rows found by their values (section 6.2). Cells of other rows are never rewritten. */
export function writeIds(place: MappedTab, writes: readonly IdWrite[]): readonly IdOutcome[] {
  const nowhere = writes.map(({ operationId }) => ({ operationId, placed: false }));
  if (writes.length === 0) return nowhere;
  const before = readTableBlock(place, BEFORE);
  if (!isUsable(before)) return nowhere;
  const places = placeIds(before, writes);
  if (places.size === 0) return nowhere;
  const written = [...places].map(([write, row]) => ({ row, id: write.id }));
  writeIdCells(before, written);
  place.grid.flush();
  const placed = settleIds(place, { before, written, writes: [...places.keys()] });
  return writes.map((write) => ({ operationId: write.operationId, placed: placed.has(write) }));
}

function placeIds(block: TableBlock, writes: readonly IdWrite[]): ReadonlyMap<IdWrite, number> {
  const places = new Map<IdWrite, number>();
  const taken = new Set<number>();
  const take = (write: IdWrite, row: number): void => {
    places.set(write, row);
    taken.add(row);
  };
  const moved: IdWrite[] = [];
  for (const write of writes) {
    const { rowNumber } = write;
    if (!taken.has(rowNumber) && isRow(block, rowNumber, write) && idAt(block, rowNumber) === write.expectedId) {
      take(write, rowNumber);
    } else moved.push(write);
  }
  for (const write of moved) {
    const rows = dataRows(block).filter(
      (row) => !taken.has(row) && idAt(block, row) === write.expectedId && isRow(block, row, write),
    );
    const [row] = rows;
    if (row !== undefined && rows.length === 1) take(write, row);
  }
  return places;
}

/** Does the row show these values? */
function isRow(block: TableBlock, row: number, match: RowMatch): boolean {
  if (row <= block.headerRow || row > block.values.length) return false;
  for (const [field, encoded] of Object.entries(match.row)) {
    const bound = columnOf(block, field);
    if (bound === null) return false;
    if (encodeValue(toSheetValue(valueAt(block, row, bound.column), "")) !== encoded) return false;
  }
  return true;
}

function writeIdCells(block: TableBlock, ids: readonly WrittenId[]): void {
  const column = block.binding.idColumn;
  const cells = ids.map(({ row, id }): PlacedCell => ({ row, column, value: id }));
  block.tab.writeBlocks(groupCells(cells));
}

/** Reads back; an id on a row with other values gives way to what stood there before. */
function settleIds(
  place: MappedTab,
  sent: { readonly before: TableBlock; readonly written: readonly WrittenId[]; readonly writes: readonly IdWrite[] },
): ReadonlySet<IdWrite> {
  for (let look = 1; ; look++) {
    const after = readTableBlock(place, VALUES_ONLY);
    if (!isUsable(after)) return new Set();
    const placed = new Set<IdWrite>();
    const wrong: number[] = [];
    for (const write of sent.writes) {
      const rows = after.rowsById.get(write.id) ?? [];
      const right = rows.filter((row) => isRow(after, row, write));
      if (right.length === 1) placed.add(write);
      for (const row of rows) if (right.length !== 1 || row !== right[0]) wrong.push(row);
    }
    const strays = findStrayIds(sent.before, after, sent.written);
    if ((wrong.length === 0 && strays.length === 0) || look === MAX_LOOKS) return placed;
    putBack(after.tab, strays);
    const missing = vanishedIds(sent.before, after);
    writeIdCells(
      after,
      wrong.map((row) => ({ row, id: lostId(sent.before, after, row, missing) })),
    );
    place.grid.flush();
  }
}

/** Replaces id cells by what they hold; tells in how many rows each `from` stood. Only a `from` in one row is replaced. */
export function replaceIds(
  place: MappedTab,
  replacements: readonly IdReplacement[],
): readonly { readonly from: string; readonly rows: number }[] {
  if (replacements.length === 0) return [];
  const first = readTableBlock(place, BEFORE);
  if (!isUsable(first)) return replacements.map(({ from }) => ({ from, rows: 0 }));
  const counts = replacements.map(({ from }) => ({ from, rows: first.rowsById.get(from)?.length ?? 0 }));
  let before = first;
  let open = replacements.filter(({ from }) => first.rowsById.get(from)?.length === 1);
  for (let look = 1; open.length > 0 && look <= MAX_LOOKS; look++) {
    const now = before;
    const written = open.flatMap((one) =>
      (now.rowsById.get(one.from) ?? []).map((row) => ({ ...one, row, id: one.to })),
    );
    writeIdCells(now, written);
    place.grid.flush();
    const after = readTableBlock(place, VALUES_ONLY);
    if (!isUsable(after)) break;
    const missed = findMissed(now, after, written);
    if (missed.length === 0) break;
    putBack(after.tab, findStrayIds(now, after, written));
    putBackIds({ before: now, after, written, missed: new Set(missed) });
    place.grid.flush();
    const again = readTableBlock(place, BEFORE);
    if (!isUsable(again)) break;
    before = again;
    open = missed.filter(({ from, to }) => again.rowsById.get(from)?.length === 1 && !again.rowsById.has(to));
  }
  return counts;
}

/** A replacement with the row that it was written to. */
type Written = IdReplacement & WrittenId;

/**
 * Replacements that are not in the row whose token they were for: the rows moved, and each went into another row's cell,
 * perhaps over another token. The row is told by what it says; what somebody typed into it meanwhile is no other row's.
 */
function findMissed(before: TableBlock, after: TableBlock, written: readonly Written[]): readonly Written[] {
  const isStill = isAligned(before, after, new Map(written.map(({ row, to }) => [row, to])));
  const meant = new Map(written.map((one) => [rowContent(before, one.row), one]));
  return written.filter((one) => {
    if (after.rowsById.has(one.from)) return true;
    const rows = one.to === "" ? [one.row] : (after.rowsById.get(one.to) ?? []);
    return rows.every((row) => {
      const content = rowContent(after, row);
      if (content === rowContent(before, one.row)) return false;
      return !isStill || meant.has(content);
    });
  });
}

/** Gives rows that a replacement hit by mistake what stood there before. */
function putBackIds(sent: {
  readonly before: TableBlock;
  readonly after: TableBlock;
  readonly written: readonly Written[];
  readonly missed: ReadonlySet<Written>;
}): void {
  const { before, after, written, missed } = sent;
  const replaced = new Set(written.filter((one) => !missed.has(one)).map(({ from }) => from));
  const missing = new Set([...vanishedIds(before, after)].filter((id) => !replaced.has(id)));
  const rows = [...missed].flatMap(({ row, to }) => {
    if (to !== "") return after.rowsById.get(to) ?? [];
    return idAt(after, row) === "" && rowContent(after, row) !== rowContent(before, row) ? [row] : [];
  });
  const kept = rows.filter((row) => !before.rowsById.has(idAt(after, row)));
  writeIdCells(
    after,
    kept.map((row) => ({ row, id: lostId(before, after, row, missing) })),
  );
}
