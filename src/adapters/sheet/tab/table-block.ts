import { SyncError } from "../../../domain/errors";
import type { Mapping } from "../../../domain/mapping";
import type { ColumnTag, GridTab, GridValue } from "../../../ports/grid";
import type { BoundColumn } from "../../../ports/table";
import { type Binding, bindColumns, unbound } from "./bind-columns";
import { gridKey, toCellText } from "./cell";
import { ID_TAG, ownHeaders, STATUS_TAG, tagKey } from "./column-tag";
import { findHeaderRow, headerKey } from "./header";
import type { MappedTab } from "./mapped-tab";
import { MAX_BLOCK_CELLS, readFormulaBlock, readValueBlock } from "./read-block";
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

/** What a read of the tab has to hold. */
export interface BlockReading {
  /** Off: one read per block of cells instead of two, and no formulas. */
  readonly formulas: boolean;
  /** On: one more read of the id column makes sure that values and formulas show the same rows. */
  readonly sureOfRows: boolean;
  /** On, with `sureOfRows`: that read is of all cells, so that what was typed since the first one is seen. */
  readonly sureOfCells?: boolean;
}

const WHOLE: BlockReading = { formulas: true, sureOfRows: false };

/** How often a tab that changes while it is read is read again. */
const MAX_READS = 4;

/**
 * Reads the whole tab again: two reads per 200,000 cells. Columns or rows that move between two reads would give values
 * of one column under the name of another, so size and tags are looked at before and after, and a torn read is repeated.
 * Tags of an earlier read stand for the look before as long as the look after and the header row agree with them.
 * Throws `retryable` `sheet-busy`.
 */
export function readTableBlock(place: MappedTab, reading = WHOLE): TableBlock | BrokenBlock {
  const { grid, mapping } = place;
  for (let read = place.seen === null ? 1 : 0; read <= MAX_READS; read++) {
    const tab = grid.tab(mapping.tabId);
    if (tab === null) return { tab, binding: unbound({ kind: "tab-missing" }) };
    const { seen } = place;
    place.seen = null;
    const frame = readFrame(tab, seen?.tags ?? tab.tags());
    const block = readOnce(tab, mapping, { frame, reading });
    if (!isSameFrame(frame, readFrame(tab, tab.tags()))) continue;
    if (!isUsable(block)) {
      if (seen === null) return block;
      continue;
    }
    const header = JSON.stringify(block.values[block.headerRow - 1]);
    if ((seen !== null && seen.header !== header) || !areRowsSame(block, reading)) continue;
    place.seen = { tags: frame.tags, header };
    return block;
  }
  throw new SyncError("retryable", "sheet-busy", "The sheet kept changing while it was read.", {
    hint: "Try again when nobody sorts or moves rows and columns.",
    retryAfterMs: 10_000,
  });
}

interface Frame {
  readonly usedRows: number;
  readonly usedColumns: number;
  readonly columns: number;
  readonly tags: readonly ColumnTag[];
}

function readFrame(tab: GridTab, tags: readonly ColumnTag[]): Frame {
  const { usedRows, usedColumns, columns } = tab.size();
  return { usedRows, usedColumns, columns, tags };
}

function isSameFrame(one: Frame, other: Frame): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function readOnce(
  tab: GridTab,
  mapping: Mapping,
  how: { readonly frame: Frame; readonly reading: BlockReading },
): TableBlock | BrokenBlock {
  const { usedRows, usedColumns, columns, tags } = how.frame;
  const width = Math.min(columns, Math.max(usedColumns, ...ownTagColumns(tags, mapping)));
  const headerMissing = unbound({ kind: "header-missing", headerRow: mapping.headerRow });
  if (usedRows === 0 || width === 0) return { tab, binding: headerMissing };
  const rect = { row: 1, column: 1, rows: usedRows, columns: width };
  const values = readValueBlock(tab, rect);
  const headerRow = locateHeader(values, tags, mapping);
  if (headerRow === null) return { tab, binding: headerMissing };
  const binding = bindColumns(mapping, tags, (values[headerRow - 1] ?? []).map(toCellText));
  if (binding.problem !== null) return { tab, binding };
  const own = how.reading.formulas ? readFormulaBlock(tab, rect) : [];
  const mapped = new Set(binding.columns.map((one) => one.column));
  const spread = spreadFormulas(own, values, { headerRow, mapped });
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

/**
 * Do the id column, or all cells, still read as in the block? Asked when several reads make the block up and a tear would do
 * harm.
 */
function areRowsSame(block: TableBlock, reading: BlockReading): boolean {
  const rows = block.values.length;
  const width = block.values[0]?.length ?? 0;
  if (!(reading.sureOfRows && reading.formulas) && rows * width <= MAX_BLOCK_CELLS) return true;
  const column = reading.sureOfCells ? 1 : block.binding.idColumn;
  const again = readValueBlock(block.tab, { row: 1, column, rows, columns: reading.sureOfCells ? width : 1 });
  return again.every((line, r) => line.every((value, c) => isSame(value, valueAt(block, r + 1, column + c))));
}

function isSame(one: GridValue, other: GridValue): boolean {
  return gridKey(one) === gridKey(other);
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
 * (somebody put rows above it) or the name of an own column. A row whose headers were all renamed still counts while its
 * tags stand and its id cell holds words, not an id.
 */
function locateHeader(values: TableBlock["values"], tags: readonly ColumnTag[], mapping: Mapping): number | null {
  const headers = mapping.columns.map((one) => one.header);
  const texts = (values[mapping.headerRow - 1] ?? []).map(toCellText);
  const keys = new Set(texts.map(headerKey));
  if (headers.some((header) => keys.has(headerKey(header)))) return mapping.headerRow;
  const idTag = tags.find((tag) => tag.key === tagKey(mapping.id) && tag.value === ID_TAG);
  const moved = (headers.length > 0 ? findHeaderRow(values, headers) : null) ?? findOwnHeader(values, tags, mapping);
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
  return /^(\d+|[a-zA-Z0-9]{15}|[a-zA-Z0-9]{18}|(pending|unlinked):.*)$/.test(text);
}

/** The one row whose cell in the tagged id or status column says what that column is called; null: none, or several. */
function findOwnHeader(values: TableBlock["values"], tags: readonly ColumnTag[], mapping: Mapping): number | null {
  const own = ownHeaders(mapping.crm);
  const names = new Map([
    [ID_TAG, own.id.map(headerKey)],
    [STATUS_TAG, own.status.map(headerKey)],
  ]);
  const mine = tags.filter((tag) => tag.key === tagKey(mapping.id) && names.has(tag.value));
  const rows = values.flatMap((line, r) =>
    mine.some(({ column, value }) => names.get(value)?.includes(headerKey(toCellText(line[column - 1] ?? ""))))
      ? [r + 1]
      : [],
  );
  return rows.length === 1 ? (rows[0] ?? null) : null;
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
