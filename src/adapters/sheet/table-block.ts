import type { Mapping } from "../../domain/mapping";
import type { ColumnTag, Grid, GridTab, GridValue } from "../../ports/grid";
import type { BoundColumn } from "../../ports/table";
import { type Binding, bindColumns, unbound } from "./bind-columns";
import { toCellText } from "./cell";
import { ID_TAG, tagKey } from "./column-tag";
import { findHeaderRow, headerKey } from "./header";
import { readFormulaBlock, readValueBlock } from "./read-block";
import { spreadFormulas } from "./spilled-formula";

/** The mapped tab as it was at one moment: the used rectangle from row 1, and where the columns are. */
export interface TableBlock {
  readonly tab: GridTab;
  readonly binding: Binding;
  /** Header row where it is now. */
  readonly headerRow: number;
  /** `values[0]` is row 1. */
  readonly values: readonly (readonly GridValue[])[];
  /** A cell's own formula. */
  readonly formulas: readonly (readonly string[])[];
  /** Row numbers by record id, top down. */
  readonly rowsById: ReadonlyMap<string, readonly number[]>;
  /** A cell's own formula, or the formula that spills into it; `""` where there is none. 1-based. */
  formulaAt(row: number, column: number): string;
}

/** A block that cannot be used, with the problem in its binding. */
export interface BrokenBlock {
  readonly tab: GridTab | null;
  readonly binding: Binding;
}

/** Reads the whole tab again: two reads per 100,000 cells. With `formulas` false it is one, and there are no formulas. */
export function readTableBlock(grid: Grid, mapping: Mapping, formulas = true): TableBlock | BrokenBlock {
  const tab = grid.tab(mapping.tabId);
  if (tab === null) return { tab, binding: unbound({ kind: "tab-missing" }) };
  const { usedRows, usedColumns, columns } = tab.size();
  const tags = tab.tags();
  const width = Math.min(columns, Math.max(usedColumns, ...ownTagColumns(tags, mapping)));
  const headerMissing = unbound({ kind: "header-missing", headerRow: mapping.headerRow });
  if (usedRows === 0 || width === 0) return { tab, binding: headerMissing };
  const rect = { row: 1, column: 1, rows: usedRows, columns: width };
  const values = readValueBlock(tab, rect);
  const headerRow = locateHeader(values, tags, mapping);
  if (headerRow === null) return { tab, binding: headerMissing };
  const binding = bindColumns(mapping, tags, (values[headerRow - 1] ?? []).map(toCellText));
  if (binding.problem !== null) return { tab, binding };
  const own = formulas ? readFormulaBlock(tab, rect) : [];
  const spread = spreadFormulas(own, values, { headerRow, columns: binding.columns.map((one) => one.column) });
  return {
    tab,
    binding,
    headerRow,
    values,
    formulas: own,
    rowsById: indexRows(values, headerRow, binding.idColumn),
    formulaAt: (row, column) => own[row - 1]?.[column - 1] || (spread.get(column)?.[row - 1] ?? ""),
  };
}

/** Can the block be used? */
export function isUsable(block: TableBlock | BrokenBlock): block is TableBlock {
  return block.binding.problem === null;
}

/** Value at a 1-based place; `""` outside. */
export function valueAt(block: TableBlock, row: number, column: number): GridValue {
  return block.values[row - 1]?.[column - 1] ?? "";
}

/** Text of the id cell of a row. */
export function idAt(block: TableBlock, row: number): string {
  return toCellText(valueAt(block, row, block.binding.idColumn));
}

/** The bound column of a field, or null. */
export function columnOf(block: TableBlock, field: string): BoundColumn | null {
  return block.binding.columns.find((one) => one.mapping.field === field) ?? null;
}

function ownTagColumns(tags: readonly ColumnTag[], mapping: Mapping): readonly number[] {
  const key = tagKey(mapping.id);
  return tags.filter((tag) => tag.key === key).map((tag) => tag.column);
}

/**
 * The header row: where the mapping says, unless no header is there and exactly one other row holds all of them
 * (somebody put rows above it). A row whose headers were all renamed still counts while its tags stand and its id cell
 * holds words, not an id.
 */
function locateHeader(values: TableBlock["values"], tags: readonly ColumnTag[], mapping: Mapping): number | null {
  const headers = mapping.columns.map((one) => one.header);
  const texts = (values[mapping.headerRow - 1] ?? []).map(toCellText);
  const keys = new Set(texts.map(headerKey));
  if (headers.some((header) => keys.has(headerKey(header)))) return mapping.headerRow;
  const idTag = tags.find((tag) => tag.key === tagKey(mapping.id) && tag.value === ID_TAG);
  const moved = headers.length > 0 ? findHeaderRow(values, headers) : null;
  if (moved !== null) {
    // Ids above the headers: the header row was sorted into the data, and half of the rows would look removed.
    const above = values.slice(0, moved - 1);
    const sortedIn = idTag !== undefined && above.some((line) => toCellText(line[idTag.column - 1] ?? "") !== "");
    return sortedIn ? null : moved;
  }
  const idHeader = idTag === undefined ? "" : (texts[idTag.column - 1] ?? "");
  return idHeader === "" || looksLikeId(idHeader) ? null : mapping.headerRow;
}

function looksLikeId(text: string): boolean {
  return /^(\d+|[a-zA-Z0-9]{15}|[a-zA-Z0-9]{18}|pending:.*)$/.test(text);
}

function indexRows(values: TableBlock["values"], headerRow: number, idColumn: number): Map<string, number[]> {
  const rowsById = new Map<string, number[]>();
  for (let r = headerRow; r < values.length; r++) {
    const id = toCellText(values[r]?.[idColumn - 1] ?? "");
    if (id === "") continue;
    const rows = rowsById.get(id);
    if (rows === undefined) rowsById.set(id, [r + 1]);
    else rows.push(r + 1);
  }
  return rowsById;
}
