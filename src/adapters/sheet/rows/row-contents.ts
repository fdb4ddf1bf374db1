import { columnLetter } from "../../../domain/column-letter";
import type { RecordId } from "../../../domain/record";
import type { RowContent } from "../../../domain/row";
import { encodeCell, toCellText } from "../tab/cell";
import type { MappedTab } from "../tab/mapped-tab";
import { isSameFormula } from "../tab/shift-formula";
import { isUsable, readTableBlock, type TableBlock, valueAt } from "../tab/table-block";

type ContentCell = RowContent["cells"][number];

/** A cell of a row's content with the column that it belongs to now. */
export interface PlacedContent {
  readonly column: number;
  readonly cell: ContentCell;
}

/** Everything that the rows of these ids hold, mapped or not; three reads. Missing rows and doubled ids are left out. */
export function readContents(place: MappedTab, ids: readonly RecordId[]): ReadonlyMap<RecordId, RowContent> {
  const contents = new Map<RecordId, RowContent>();
  const block = ids.length === 0 ? null : readTableBlock(place, { formulas: true, sureOfRows: true });
  if (block === null || !isUsable(block)) return contents;
  for (const id of ids) {
    const [row, ...others] = block.rowsById.get(id) ?? [];
    if (row !== undefined && others.length === 0) contents.set(id, contentOf(block, row));
  }
  return contents;
}

/** All cells of a row up to the last used column. */
export function contentOf(block: TableBlock, row: number): RowContent {
  const cells = headerNames(block).map((header, c): ContentCell => {
    const formula = block.formulas[row - 1]?.[c] ?? "";
    return { header, value: encodeCell(valueAt(block, row, c + 1), formula), formula: formula === "" ? null : formula };
  });
  return { cells, rowNumber: row };
}

/** Names of the columns: the header text, or the column letter in brackets. */
export function headerNames(block: TableBlock): readonly string[] {
  return (block.values[block.headerRow - 1] ?? []).map((value, c) => {
    const text = toCellText(value);
    return text === "" ? `(${columnLetter(c + 1)})` : text;
  });
}

/** The cells of a content whose column is still there; of columns with one name the first is the first. */
export function placeContent(block: TableBlock, content: RowContent): readonly PlacedContent[] {
  const columns = new Map<string, number[]>();
  headerNames(block).forEach((name, c) => {
    columns.set(name, [...(columns.get(name) ?? []), c + 1]);
  });
  const used = new Map<string, number>();
  return content.cells.flatMap((cell) => {
    const nth = used.get(cell.header) ?? 0;
    used.set(cell.header, nth + 1);
    const column = columns.get(cell.header)?.[nth];
    return column === undefined ? [] : [{ column, cell }];
  });
}

/**
 * Does a row still hold what it held? Left out are the add-on's own columns, what formulas show, and the row numbers in
 * them: rows move.
 */
export function holdsContent(block: TableBlock, row: number, content: RowContent): boolean {
  const placed = placeContent(block, content);
  const byColumn = new Map(placed.map(({ column, cell }) => [column, cell]));
  const gone = content.cells.filter((cell) => !placed.some((one) => one.cell === cell));
  if (gone.some((cell) => cell.value !== "" || cell.formula !== null)) return false;
  const { idColumn, statusColumn } = block.binding;
  return (block.values[row - 1] ?? []).every((value, c) => {
    const column = c + 1;
    if (column === idColumn || column === statusColumn) return true;
    const { value: held, formula: heldFormula } = byColumn.get(column) ?? { value: "", formula: null };
    const formula = block.formulas[row - 1]?.[c] ?? "";
    if (formula !== "" || heldFormula !== null) return isSameFormula(formula, heldFormula ?? "");
    return block.formulaAt(row, column) !== "" || encodeCell(value, "") === held;
  });
}
