import { gridKey } from "../tab/cell";
import type { MappedTab } from "../tab/mapped-tab";
import { spreadFormulas } from "../tab/spilled-formula";
import { isUsable, readTableBlock, type TableBlock, valueAt } from "../tab/table-block";
import { createBridge, rewrittenCells } from "../write/create-bridge";
import { findMisplaced, type Repair } from "../write/find-misplaced";
import { type ChunkPlan, planChunk } from "../write/plan-chunk";
import { putBack } from "../write/put-back";
import { findMissedRepairs, MAX_LOOKS, type MendedCells } from "../write/settle-write";
import { groupCells, MAX_EXACT_RANGES } from "../write/write-ranges";
import { createPastBlock } from "./past-block";
import type { ChunkMemory } from "./past-rows";
import { provenStrays } from "./proven-strays";

/**
 * After a chunk that was cut off: puts back what its values replaced in cells that they were not meant for, because rows or
 * columns moved right before the write. Gives the number of cells. Two reads where nothing has to be put back; else three
 * more each time, as the cells are looked at again before and after.
 */
export function repairChunk(place: MappedTab, memory: ChunkMemory): number {
  if (memory.chunk.cells.length === 0 && memory.chunk.appends.length === 0) return 0;
  const first = readTableBlock(place);
  if (!isUsable(first) || findStrays(place, first, memory).length === 0) return 0;
  let count = 0;
  let mended: MendedCells | null = null;
  for (let look = 1; look <= MAX_LOOKS; look++) {
    const now = readTableBlock(place, { formulas: true, sureOfRows: true });
    if (!isUsable(now)) break;
    const strays = findStrays(place, now, memory);
    const repairs: readonly Repair[] = [...findMissedRepairs(mended, now), ...strays];
    if (repairs.length === 0) break;
    putBack(now.tab, repairs);
    place.grid.flush();
    count += strays.length;
    mended = { block: now, repairs };
  }
  return count;
}

function findStrays(place: MappedTab, now: TableBlock, memory: ChunkMemory): readonly Repair[] {
  const { chunk, before } = memory;
  const past = createPastBlock(place, now, memory);
  const whole = planChunk(past, chunk, before.places?.freeRow);
  const cells = whole.cells.filter((cell) => gridKey(valueAt(past, cell.row, cell.column)) !== gridKey(cell.value));
  const { idColumn } = past.binding;
  const look = (plan: ChunkPlan) => provenStrays({ after: now, plan, idColumn }, findMisplaced(past, now, plan));
  const plan = { ...whole, cells };
  const strays = look(plan);
  if (strays.length === 0) return [];
  // Values that were written again to save calls do the same harm in other rows.
  const blocks = cells.length > MAX_EXACT_RANGES ? groupCells(cells, createBridge(past, cells)) : [];
  const rewritten = rewrittenCells(past, blocks, cells);
  const all = rewritten.length === 0 ? strays : look({ ...plan, cells: [...cells, ...rewritten] });
  return withoutSpills(now, all);
}

/** A cell that a formula further up fills comes back by itself once it is empty, also when that formula fails now. */
function withoutSpills(now: TableBlock, repairs: readonly Repair[]): readonly Repair[] {
  const mapped = new Set(now.binding.columns.map((one) => one.column));
  const spread = spreadFormulas(now.formulas, [], { headerRow: now.headerRow, mapped });
  return repairs.map((one) => {
    const isSpilled = one.formula === "" && (spread.get(one.column)?.[one.row - 1] ?? "") !== "";
    return isSpilled ? { ...one, value: "" } : one;
  });
}
