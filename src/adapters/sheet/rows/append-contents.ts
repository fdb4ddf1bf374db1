import type { GridBlock } from "../../../ports/grid";
import type { MappedTab } from "../tab/mapped-tab";
import { idAt, isUsable, readTableBlock, type TableBlock, valueAt } from "../tab/table-block";
import { rewrittenCells } from "../write/create-bridge";
import type { ChunkPlan, PlannedCell } from "../write/plan-chunk";
import { type SettledWrite, settleWrite } from "../write/settle-write";
import { writePastRules } from "../write/write-past-rules";
import { groupCells } from "../write/write-ranges";
import { carryFormats } from "./carry-formats";
import { findOverwrittenRows } from "./lost-rows";
import { type ContentRow, planContents } from "./plan-contents";
import { contentOf } from "./row-contents";
import { writeFormulas } from "./write-formulas";

/**
 * Puts rows at the end of the table with everything they held: ids first, then values in few rectangles, read back, then
 * the formulas, each on its own, at the row that has the id by then. Gives the last look; null: the table is gone. Reads
 * 2 + 2, and 2 more with formulas; a number asks for the formats of the last rows.
 */
export function appendContents(place: MappedTab, rows: readonly ContentRow[]): SettledWrite | null {
  const before = readTableBlock(place);
  if (!isUsable(before)) return null;
  const { plan, formulas } = planContents(before, rows);
  const cells = [...plan.appendedCells, ...plan.cells];
  if (plan.appendedIds.length === 0 && cells.length === 0 && formulas.length === 0) {
    return { after: before, aligned: true, unknownRows: 0 };
  }
  const lastRow = [...cells, ...formulas].reduce(
    (last, { row }) => Math.max(last, row),
    plan.firstRow + plan.appendedIds.length - 1,
  );
  const { tab } = before;
  if (lastRow > 0) tab.grow(lastRow, 1);
  carryFormats(before, cells, plan.firstRow - 1);
  const isBlank = (row: number, column: number): boolean =>
    row >= plan.firstRow && valueAt(before, row, column) === "" && before.formulaAt(row, column) === "";
  const blocks = groupCells(cells, (row, column) => (isBlank(row, column) ? "" : null));
  enter(place, { tab, ids: idBlocks(before, plan.appendedIds, plan.firstRow), blocks, cells });
  const fillers = rewrittenCells(before, blocks, cells).map((cell): PlannedCell => {
    return { ...cell, recordId: plan.appendedIds[cell.row - plan.firstRow] ?? "" };
  });
  const sent = { before, plan: { ...plan, appendedCells: [...plan.appendedCells, ...fillers] } };
  const look = settleWrite(place, sent);
  if (look === null) return null;
  const done = formulas.length === 0 ? look : writeFormulas(place, { before, formulas, look });
  return done !== null && !done.aligned ? rescueRows(place, { ...sent, look: done }) : done;
}

/**
 * Puts rows back that new rows were written over, whatever these were, when nothing else is left of them. Gives the last
 * look; null: the table is gone.
 */
export function rescueRows(
  place: MappedTab,
  sent: { readonly before: TableBlock; readonly plan: ChunkPlan; readonly look: SettledWrite },
): SettledWrite | null {
  const { before, plan, look } = sent;
  const rows = findOverwrittenRows(before, look, plan);
  if (rows.length === 0) return look;
  const again = appendContents(
    place,
    rows.map((row) => ({ id: idAt(before, row), content: contentOf(before, row) })),
  );
  return again === null ? null : { ...again, aligned: false };
}

function idBlocks(block: TableBlock, ids: readonly string[], firstRow: number): readonly GridBlock[] {
  if (ids.length === 0) return [];
  const rect = { row: firstRow, column: block.binding.idColumn, rows: ids.length, columns: 1 };
  return [{ rect, values: ids.map((id) => [id]) }];
}

interface ContentWrite {
  readonly tab: TableBlock["tab"];
  readonly ids: readonly GridBlock[];
  readonly blocks: readonly GridBlock[];
  readonly cells: readonly PlannedCell[];
}

/** A value that a data validation refuses by now stays out. */
function enter({ grid }: MappedTab, { tab, ids, blocks, cells }: ContentWrite): void {
  try {
    tab.writeBlocks([...ids, ...blocks]);
    grid.flush();
  } catch (thrown) {
    writePastRules({ grid, tab, ids, cells, thrown });
  }
}
