import { SyncError } from "../../../domain/errors";
import type { Grid, GridBlock, GridTab, StrictRule } from "../../../ports/grid";
import type { PlannedCell } from "./plan-chunk";
import { groupCells } from "./write-ranges";

/** Writes that may fail in the search for the cells that are refused; what is open then counts as refused. */
const MAX_TRIES = 40;

/** A write that failed. */
interface FailedWrite {
  readonly grid: Grid;
  readonly tab: GridTab;
  /** Written first, and never refused. */
  readonly ids: readonly GridBlock[];
  readonly cells: readonly PlannedCell[];
  readonly thrown: unknown;
}

/**
 * Writes again what data validations let through, after a write that failed: one refused cell fails a whole call, and the
 * text of the failure is in the user's language, so the validations themselves are looked at. Gives the refused cells.
 * Throws what was thrown when no cell has a validation that refuses anything.
 */
export function writePastRules(failed: FailedWrite): readonly PlannedCell[] {
  if (failed.thrown instanceof SyncError) throw failed.thrown;
  const rules = readRules(failed.tab, failed.cells);
  if (rules.size === 0) throw failed.thrown;
  const refused = failed.cells.filter((cell) => isOffList(rules.get(placeOf(cell)), cell));
  const free = failed.cells.filter((cell) => !rules.has(placeOf(cell)));
  failed.tab.writeBlocks([...failed.ids, ...groupCells(free)]);
  failed.grid.flush();
  const off = new Set(refused);
  const open = failed.cells.filter((cell) => rules.has(placeOf(cell)) && !off.has(cell));
  return [...refused, ...tryCells(failed, open, { left: MAX_TRIES })];
}

const placeOf = (cell: PlannedCell): string => `${cell.row}:${cell.column}`;

/** Validations of the cells that have one that refuses input, by place; one read a column. */
function readRules(tab: GridTab, cells: readonly PlannedCell[]): ReadonlyMap<string, StrictRule> {
  const rules = new Map<string, StrictRule>();
  for (const column of new Set(cells.map((cell) => cell.column))) {
    const rows = cells.filter((cell) => cell.column === column).map((cell) => cell.row);
    const first = rows.reduce((low, row) => Math.min(low, row), Number.POSITIVE_INFINITY);
    const last = rows.reduce((high, row) => Math.max(high, row), first);
    const lines = tab.readStrictRules({ row: first, column, rows: last - first + 1, columns: 1 });
    for (const row of rows) {
      const rule = lines[row - first]?.[0] ?? null;
      if (rule !== null) rules.set(`${row}:${column}`, rule);
    }
  }
  return rules;
}

/** Is the text on no account on the list? How a list compares numbers and dates is left to the sheet. */
function isOffList(rule: StrictRule | undefined, { value }: PlannedCell): boolean {
  if (!rule?.allowed || typeof value !== "string" || value === "") return false;
  const same = (one: string): string => one.trim().toLowerCase();
  return !rule.allowed.some((item) => same(item) === same(value));
}

/** Writes cells, by halves where the sheet refuses; gives those that it refused. */
function tryCells(
  at: { readonly grid: Grid; readonly tab: GridTab },
  cells: readonly PlannedCell[],
  tries: { left: number },
): readonly PlannedCell[] {
  if (cells.length === 0) return [];
  if (tries.left <= 0) return cells;
  try {
    at.tab.writeBlocks(groupCells(cells));
    at.grid.flush();
    return [];
  } catch {
    tries.left -= 1;
    if (cells.length === 1) return cells;
    const half = Math.ceil(cells.length / 2);
    return [...tryCells(at, cells.slice(0, half), tries), ...tryCells(at, cells.slice(half), tries)];
  }
}
