import type { RemovalOutcome, RowRemoval } from "../../../ports/table";
import type { MappedTab } from "../tab/mapped-tab";
import { idAt, isUsable, readTableBlock, type TableBlock } from "../tab/table-block";
import { MAX_LOOKS } from "../write/settle-write";
import { appendContents } from "./append-contents";
import { blameDeletions, type RowStretch } from "./blame-deletions";
import { findLostRows } from "./lost-rows";
import { restoreFrame } from "./restore-frame";
import { contentOf, holdsContent } from "./row-contents";

const SURE = { formulas: true, sureOfRows: true, sureOfCells: true };
const VALUES_ONLY = { formulas: false, sureOfRows: false };

type SkipReason = Extract<RemovalOutcome, { kind: "skipped" }>["reason"];

/**
 * Deletes rows that still hold what they held, bottom up in stretches, and looks again: a row that fell for another, because
 * rows moved right before, is put back at the end of the table, and the right one is deleted in a second round. Reads 3 + 1
 * and deletes once for each stretch; 3 reads more for each further round.
 */
export function removeRows(place: MappedTab, removals: readonly RowRemoval[]): readonly RemovalOutcome[] {
  const outcomes = new Map<RowRemoval, SkipReason | "removed">();
  let open = removals;
  for (let round = 1; open.length > 0 && round <= MAX_LOOKS; round++) {
    const block = readTableBlock(place, SURE);
    if (!isUsable(block)) break;
    const judged = open.map((removal) => ({ removal, ...judge(block, removal) }));
    for (const { removal, reason } of judged) {
      // After a first round a row that is gone was deleted, by whomever.
      if (reason !== null) outcomes.set(removal, round > 1 && reason === "row-missing" ? "removed" : reason);
    }
    const meant = judged.filter((one) => one.reason === null);
    const after = meant.length === 0 ? null : deleteRows(place, block, new Set(meant.map((one) => one.row)));
    open = [];
    if (after === null) break;
    for (const { removal } of meant) if (!after.rowsById.has(removal.recordId)) outcomes.set(removal, "removed");
    open = meant.map((one) => one.removal).filter((removal) => !outcomes.has(removal));
  }
  return removals.map((removal): RemovalOutcome => {
    const { recordId } = removal;
    const outcome = outcomes.get(removal) ?? "edited-meanwhile";
    return outcome === "removed" ? { kind: "removed", recordId } : { kind: "skipped", recordId, reason: outcome };
  });
}

function judge(block: TableBlock, removal: RowRemoval): { readonly row: number; readonly reason: SkipReason | null } {
  const [row, ...copies] = block.rowsById.get(removal.recordId) ?? [];
  if (row === undefined) return { row: 0, reason: "row-missing" };
  if (copies.length > 0) return { row, reason: "row-doubled" };
  return { row, reason: holdsContent(block, row, removal.content) ? null : "edited-meanwhile" };
}

/** Deletes rows and puts back what fell with them by mistake; null: the table is gone. */
function deleteRows(place: MappedTab, block: TableBlock, meant: ReadonlySet<number>): TableBlock | null {
  const stretches = toStretches(meant);
  const { tab } = block;
  const last = stretches[0];
  // A tab keeps at least one row below the frozen ones.
  if (last !== undefined && last.row + last.count > tab.size().rows) tab.grow(last.row + last.count, 1);
  for (const { row, count } of stretches) tab.deleteRows(row, count);
  place.grid.flush();
  let first = readTableBlock(place, VALUES_ONLY);
  const isHeadless = !isUsable(first) && first.binding.problem?.kind === "header-missing";
  if (isHeadless && restoreFrame(place, block)) first = readTableBlock(place, VALUES_ONLY);
  let after = first;
  for (let look = 1; isUsable(after); look++) {
    const lost = findLostRows(block, after).filter((row) => !meant.has(row));
    // What somebody else deleted meanwhile is told apart by what stood there right after our deletions.
    const blamed = isUsable(first) && !isHeadless ? blame(block, first, { meant, stretches }) : new Set(lost);
    const rows = lost.filter((row) => blamed.has(row));
    if (rows.length === 0 || look > MAX_LOOKS) return after;
    const content = rows.map((row) => ({ id: idAt(block, row), content: contentOf(block, row) }));
    if (appendContents(place, content) === null) return null;
    after = readTableBlock(place, VALUES_ONLY);
  }
  return null;
}

function blame(
  before: TableBlock,
  after: TableBlock,
  did: { readonly meant: ReadonlySet<number>; readonly stretches: readonly RowStretch[] },
): ReadonlySet<number> {
  const gone = new Set(findLostRows(before, after));
  if ([...gone].every((row) => did.meant.has(row))) return new Set();
  return blameDeletions({ height: before.values.length, stretches: did.stretches, gone });
}

/** Neighbouring rows in one, from the bottom up. */
function toStretches(rows: ReadonlySet<number>): readonly RowStretch[] {
  const stretches: { row: number; count: number }[] = [];
  for (const row of [...rows].sort((a, b) => b - a)) {
    const last = stretches[stretches.length - 1];
    if (last !== undefined && last.row === row + 1) {
      last.row = row;
      last.count += 1;
    } else stretches.push({ row, count: 1 });
  }
  return stretches;
}
