import type { RecordId } from "../../../domain/record";
import type { RowContent } from "../../../domain/row";
import { decodeCell, looksEqual } from "../tab/cell";
import { isSameFormula, shiftFormula } from "../tab/shift-formula";
import { spreadFormulas } from "../tab/spilled-formula";
import { type TableBlock, valueAt } from "../tab/table-block";
import { type ChunkPlan, lastContentRow, type PlannedCell } from "../write/plan-chunk";
import { placeContent } from "./row-contents";

/** A row to put at the end of the table with everything it held. */
export interface ContentRow {
  /** What its id cell gets; `""`: it stays blank. */
  readonly id: RecordId;
  readonly content: RowContent;
}

/** A formula for the row of an id. */
export interface PlannedFormula {
  readonly id: RecordId;
  readonly row: number;
  readonly column: number;
  /** As it reads in `row`. */
  readonly formula: string;
}

/** Rows to put back on the tab as it was read. */
export interface ContentPlan {
  readonly plan: ChunkPlan;
  readonly formulas: readonly PlannedFormula[];
}

/**
 * Places rows below all content, rows with an id first. A row whose id stands already gets what it lacks, as long as nothing
 * in it contradicts: an execution that was cut off left it so. Cells that a formula fills are left to it.
 */
export function planContents(block: TableBlock, rows: readonly ContentRow[]): ContentPlan {
  const firstRow = lastContentRow(block) + 1;
  const seen = new Set<RecordId>();
  const added: ContentRow[] = [];
  const standing: ContentRow[] = [];
  const idless: ContentRow[] = [];
  for (const one of rows) {
    if (one.id === "") idless.push(one);
    else if (!seen.has(one.id)) (block.rowsById.has(one.id) ? standing : added).push(one);
    seen.add(one.id);
  }
  const spilled = spilledColumns(block, firstRow);
  const appended = added.map((one, i) => placeRow(block, one, { row: firstRow + i, spilled }));
  const others = [
    ...idless.map((one, i) => placeRow(block, one, { row: firstRow + added.length + i, spilled })),
    ...standing.map((one) => fillRow(block, one)),
  ];
  const plan = {
    cells: others.flatMap((one) => one.cells),
    firstRow,
    appendedIds: added.map((one) => one.id),
    appendedCells: appended.flatMap((one) => one.cells),
    appendColumns: [],
    skipped: [],
  };
  return { plan, formulas: [...appended, ...others].flatMap((one) => one.formulas) };
}

interface PlacedRow {
  readonly cells: readonly PlannedCell[];
  readonly formulas: readonly PlannedFormula[];
}

const NOTHING: PlacedRow = { cells: [], formulas: [] };

function placeRow(
  block: TableBlock,
  { id, content }: ContentRow,
  { row, spilled }: { readonly row: number; readonly spilled: ReadonlySet<number> },
): PlacedRow {
  const { idColumn, statusColumn } = block.binding;
  const cells: PlannedCell[] = [];
  const formulas: PlannedFormula[] = [];
  for (const { column, cell } of placeContent(block, content)) {
    if (column === idColumn || column === statusColumn) continue;
    if (cell.formula !== null) {
      formulas.push({ id, row, column, formula: shiftFormula(cell.formula, row - (content.rowNumber ?? row)) });
    } else if (cell.value !== "" && !spilled.has(column)) {
      cells.push({ recordId: id, field: "", row, column, value: decodeCell(cell.value) });
    }
  }
  return { cells, formulas };
}

/** Columns whose cell in a row a formula further up fills. */
function spilledColumns(block: TableBlock, row: number): ReadonlySet<number> {
  const { formulas, values, headerRow } = block;
  const lines = [...formulas, ...(row > formulas.length ? [formulas[0]?.map(() => "") ?? []] : [])];
  const mapped = new Set(block.binding.columns.map((one) => one.column));
  const spread = spreadFormulas(lines, values, { headerRow, mapped });
  return new Set([...spread].flatMap(([column, filled]) => ((filled[row - 1] ?? "") === "" ? [] : [column])));
}

function fillRow(block: TableBlock, one: ContentRow): PlacedRow {
  const [row, ...copies] = block.rowsById.get(one.id) ?? [];
  if (row === undefined || copies.length > 0) return NOTHING;
  const { cells, formulas } = placeRow(block, one, { row, spilled: spilledColumns(block, row) });
  const shown = ({ column }: { readonly column: number }) => valueAt(block, row, column);
  const formulaOf = ({ column }: { readonly column: number }) => block.formulas[row - 1]?.[column - 1] ?? "";
  const isFree = (at: { readonly column: number }): boolean =>
    formulaOf(at) === "" && (shown(at) === "" || shown(at) === false);
  const isThere = (cell: PlannedCell): boolean => formulaOf(cell) === "" && looksEqual(shown(cell), cell.value);
  const fits =
    cells.every((cell) => isFree(cell) || isThere(cell)) &&
    formulas.every((one) => isFree(one) || isSameFormula(formulaOf(one), one.formula)) &&
    holdsNothingElse(block, row, [...cells, ...formulas]);
  if (!fits) return NOTHING;
  return {
    cells: cells.filter((cell) => !isThere(cell)),
    formulas: formulas.filter((one) => formulaOf(one) === ""),
  };
}

function holdsNothingElse(block: TableBlock, row: number, meant: readonly { readonly column: number }[]): boolean {
  const columns = new Set(meant.map((one) => one.column));
  const { idColumn, statusColumn } = block.binding;
  return (block.values[row - 1] ?? []).every((value, c) => {
    const column = c + 1;
    if (column === idColumn || column === statusColumn || columns.has(column)) return true;
    return value === "" || value === false || block.formulaAt(row, column) !== "";
  });
}
