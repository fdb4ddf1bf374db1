import { gridKey } from "../tab/cell";
import { columnMap } from "../tab/column-map";
import type { MappedTab } from "../tab/mapped-tab";
import { dataRows } from "../tab/row-content";
import { isSameFormula, shiftFormula } from "../tab/shift-formula";
import { idAt, isUsable, readTableBlock, type TableBlock, valueAt } from "../tab/table-block";
import type { Repair } from "../write/find-misplaced";
import { putBack } from "../write/put-back";
import type { SettledWrite } from "../write/settle-write";
import type { PlannedFormula } from "./plan-contents";

/** Formulas for rows that were put at the end of the table. */
export interface FormulaWrite {
  /** The read that the formulas were planned on. */
  readonly before: TableBlock;
  readonly formulas: readonly PlannedFormula[];
  /** What the table showed last. */
  readonly look: SettledWrite;
}

/**
 * Writes formulas into the rows that have their ids now, as far as the cell is free; looks again, and takes back what fell
 * on another row. Rows without id are only found while nothing moved. Gives the last look; null: the table is gone.
 */
export function writeFormulas(place: MappedTab, { before, formulas, look }: FormulaWrite): SettledWrite | null {
  const { after: block } = look;
  const open = placeFormulas(before, block, formulas).filter((one) => one.id !== "" || look.aligned);
  if (open.length === 0) return look;
  for (const { row, column, formula } of open) block.tab.writeFormula(row, column, formula);
  place.grid.flush();
  const after = readTableBlock(place);
  if (!isUsable(after)) return null;
  const strays = findStrays(block, after, open);
  if (strays.length === 0) return { ...look, after };
  putBack(after.tab, strays);
  place.grid.flush();
  return { ...look, after, aligned: false };
}

/** The formulas that are not there yet, at their places now. */
function placeFormulas(
  before: TableBlock,
  now: TableBlock,
  formulas: readonly PlannedFormula[],
): readonly PlannedFormula[] {
  const columns = new Map([...columnMap(before, now)].map(([column, old]) => [old, column]));
  return formulas.flatMap((one) => {
    const rows = one.id === "" ? [one.row] : (now.rowsById.get(one.id) ?? []);
    const [row] = rows;
    const column = columns.get(one.column);
    if (row === undefined || rows.length > 1 || column === undefined) return [];
    if (now.formulaAt(row, column) !== "" || !isFree(now, row, column)) return [];
    return [{ id: one.id, row, column, formula: shiftFormula(one.formula, row - one.row) }];
  });
}

function isFree(block: TableBlock, row: number, column: number): boolean {
  const value = valueAt(block, row, column);
  return value === "" || value === false;
}

/** Formulas that stand where they were written, in a row of another id: with what stood there before. */
function findStrays(before: TableBlock, after: TableBlock, written: readonly PlannedFormula[]): readonly Repair[] {
  const columns = columnMap(before, after);
  return written.flatMap(({ id, row, column, formula }) => {
    const idNow = idAt(after, row);
    const columnBefore = columns.get(column);
    const own = after.formulas[row - 1]?.[column - 1] ?? "";
    if ((idNow === id && columnBefore === column) || !isSameFormula(own, formula)) return [];
    const [from, ...copies] =
      idNow === "" ? twinsOf(before, after, { row, column }) : (before.rowsById.get(idNow) ?? []);
    if (from === undefined || copies.length > 0 || columnBefore === undefined) {
      return [{ row, column, value: "", formula: "" }];
    }
    const old = before.formulas[from - 1]?.[columnBefore - 1] ?? "";
    const value = valueAt(before, from, columnBefore);
    return [{ row, column, value, formula: shiftFormula(old, row - from) }];
  });
}

/** Rows before without id that say the same as a row now, one cell aside. */
function twinsOf(
  before: TableBlock,
  after: TableBlock,
  at: { readonly row: number; readonly column: number },
): readonly number[] {
  const pairs = [...columnMap(before, after)].filter(([column]) => column !== at.column);
  return dataRows(before).filter(
    (old) =>
      idAt(before, old) === "" &&
      pairs.every(([now, then]) => gridKey(valueAt(after, at.row, now)) === gridKey(valueAt(before, old, then))),
  );
}
