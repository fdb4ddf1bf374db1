import { encodeValue } from "../../../domain/value";
import type { GridBlock, GridValue } from "../../../ports/grid";
import type { CellOutcome, TableChunk } from "../../../ports/table";
import { rescueRows } from "../rows/append-contents";
import { gridKey, looksEqual, toSheetValue } from "../tab/cell";
import type { MappedTab } from "../tab/mapped-tab";
import { columnOf, isUsable, readTableBlock, type TableBlock, valueAt } from "../tab/table-block";
import { createBridge, rewrittenCells } from "./create-bridge";
import { type ChunkPlan, type PlannedCell, planChunk } from "./plan-chunk";
import { settleWrite } from "./settle-write";
import { writePastRules } from "./write-past-rules";
import { groupCells, type PlacedCell } from "./write-ranges";

/**
 * One sheet chunk (section 6.3): reads the tab again, writes what still fits in few rectangles, reads back, and puts back
 * what landed on another row or column. Reads 2 + 2 a chunk and 200,000 cells, and the id column; writes at most one
 * rectangle of ids, one for each run of columns of the appended rows, and about 24.
 */
export function writeChunk(place: MappedTab, chunk: TableChunk): readonly CellOutcome[] {
  if (chunk.cells.length === 0 && chunk.appends.length === 0) return [];
  const before = readTableBlock(place, { formulas: true, sureOfRows: true });
  if (!isUsable(before)) return allSkipped(chunk, before.tab === null ? "row-missing" : "column-missing");
  const plan = planChunk(before, chunk);
  if (plan.cells.length === 0 && plan.appendedIds.length === 0) return plan.skipped;
  const changed = plan.cells.filter((cell) => gridKey(oldValue(before, cell)) !== gridKey(cell.value));
  const cellBlocks = groupCells(changed, createBridge(before, changed));
  const rows = plan.appendedIds.length;
  if (rows > 0) before.tab.grow(plan.firstRow + rows - 1, 1);
  const refused = enter(place, before, { plan, changed, cellBlocks });
  const rewritten = rewrittenCells(before, cellBlocks, changed);
  return [...plan.skipped, ...settle(place, { before, plan, rewritten, refused })];
}

interface Entry {
  readonly plan: ChunkPlan;
  readonly changed: readonly PlannedCell[];
  readonly cellBlocks: readonly GridBlock[];
}

/** Writes the chunk; gives the cells whose data validation refuses their value. */
function enter(place: MappedTab, before: TableBlock, entry: Entry): ReadonlySet<PlannedCell> {
  const { grid } = place;
  const { tab } = before;
  const [ids, ...appended] = appendBlocks(before, entry.plan);
  const first = ids === undefined ? [] : [ids];
  try {
    tab.writeBlocks([...first, ...appended, ...entry.cellBlocks]);
    grid.flush();
    return new Set();
  } catch (thrown) {
    const cells = [...entry.plan.appendedCells, ...entry.changed];
    return new Set(writePastRules({ grid, tab, ids: first, cells, thrown }));
  }
}

function allSkipped(chunk: TableChunk, reason: "row-missing" | "column-missing"): readonly CellOutcome[] {
  const places = [
    ...chunk.cells,
    ...chunk.appends.flatMap(({ recordId, cells }) => Object.keys(cells).map((field) => ({ recordId, field }))),
  ];
  return places.map(({ recordId, field }) => ({ kind: "skipped", recordId, field, reason }));
}

/** Ids first, in a rectangle of their own: a kept prefix leaves an id with blanks, never values without an id. */
function appendBlocks(block: TableBlock, plan: ChunkPlan): readonly GridBlock[] {
  const rows = plan.appendedIds.length;
  if (rows === 0) return [];
  const { firstRow } = plan;
  const ids = {
    rect: { row: firstRow, column: block.binding.idColumn, rows, columns: 1 },
    values: plan.appendedIds.map((id) => [id]),
  };
  const filled = new Map(plan.appendedCells.map((cell) => [`${cell.row}:${cell.column}`, cell.value]));
  const used = new Set(plan.appendedCells.map((cell) => cell.column));
  const cells: PlacedCell[] = [];
  for (const { column } of plan.appendColumns) {
    if (!used.has(column)) continue;
    for (let row = firstRow; row < firstRow + rows; row++) {
      cells.push({ row, column, value: filled.get(`${row}:${column}`) ?? "" });
    }
  }
  return [ids, ...groupCells(cells)];
}

interface Sent {
  readonly before: TableBlock;
  readonly plan: ChunkPlan;
  /** Unchanged cells that were written again: on another row they do the same harm. */
  readonly rewritten: readonly PlannedCell[];
  /** Cells that a data validation kept from being written. */
  readonly refused: ReadonlySet<PlannedCell>;
}

function settle(place: MappedTab, { before, plan, rewritten, refused }: Sent): readonly CellOutcome[] {
  const planned = [...plan.cells, ...plan.appendedCells];
  const sent = { before, plan: { ...plan, cells: [...plan.cells, ...rewritten] } };
  const look = settleWrite(place, sent);
  const settled = look === null || look.aligned ? look : rescueRows(place, { ...sent, look });
  if (settled === null) return planned.map((cell) => skipped(cell, "misplaced"));
  return planned.map((cell) => judge(cell, { ...settled, before, isRefused: refused.has(cell) }));
}

function judge(
  cell: PlannedCell,
  reads: {
    readonly before: TableBlock;
    readonly after: TableBlock;
    readonly aligned: boolean;
    readonly isRefused: boolean;
  },
): CellOutcome {
  const { after, before } = reads;
  const rows = after.rowsById.get(cell.recordId) ?? [];
  // Which of several copies moved where nobody can tell.
  const isTold = cell.amongCopies === true && reads.aligned;
  const row = isTold ? cell.row : rows[0];
  const bound = columnOf(after, cell.field);
  if (row === undefined) return skipped(cell, reads.aligned ? "row-missing" : "misplaced");
  if (rows.length > 1 && !isTold) return skipped(cell, "row-doubled");
  if (bound === null) return skipped(cell, "column-missing");
  const value = valueAt(after, row, bound.column);
  const formula = after.formulaAt(row, bound.column);
  if (formula === "" && looksEqual(value, cell.value)) {
    const readBack = encodeValue(toSheetValue(value, formula));
    return { kind: "written", recordId: cell.recordId, field: cell.field, readBack };
  }
  if (reads.isRefused) return skipped(cell, "validation");
  // What stands there is neither old nor ours: somebody typed after us, and the next run will see it as an edit.
  const missed = !reads.aligned && formula === "" && gridKey(value) === gridKey(oldValue(before, cell));
  return skipped(cell, missed ? "misplaced" : "edited-meanwhile");
}

function oldValue(before: TableBlock, cell: PlannedCell): GridValue {
  return valueAt(before, cell.row, cell.column);
}

function skipped(cell: PlannedCell, reason: Extract<CellOutcome, { kind: "skipped" }>["reason"]): CellOutcome {
  return { kind: "skipped", recordId: cell.recordId, field: cell.field, reason };
}
