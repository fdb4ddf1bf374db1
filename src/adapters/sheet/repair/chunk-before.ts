import type { RecordId } from "../../../domain/record";
import type { FieldName } from "../../../domain/schema";
import type { EncodedValue } from "../../../domain/value";
import type { BaseShows, ChunkBefore, ChunkPlaces, TableChunk } from "../../../ports/table";
import { encodeCell } from "../tab/cell";
import type { MappedTab } from "../tab/mapped-tab";
import { dataRows } from "../tab/row-content";
import { idAt, isUsable, readTableBlock, type TableBlock, valueAt } from "../tab/table-block";
import { lastContentRow } from "../write/plan-chunk";
import { MAX_EXACT_RANGES } from "../write/write-ranges";

/** Rows above the end of the table that appended rows could hit when rows are inserted further up. */
const TAIL_ROWS = 1_000;

type CellBefore = ChunkBefore["cells"][number];

/**
 * What a write of the chunk could destroy, should rows or columns move under it, and the base does not know (section 6.3):
 * two reads. Cells that the base has no value for, and formulas, are listed only in the rows and columns that the chunk
 * writes to.
 */
export function readBefore(place: MappedTab, chunk: TableChunk, shows: BaseShows): ChunkBefore {
  const block = readTableBlock(place);
  if (!isUsable(block)) return { cells: [], idless: [] };
  const written = new Set(chunk.cells.map((cell) => cell.field));
  const isWritten = (field: FieldName): boolean => chunk.appends.length > 0 || written.has(field);
  const targets = new Set(chunk.cells.map((cell) => cell.recordId));
  const cells: CellBefore[] = [];
  const idless: ChunkBefore["idless"][number][] = [];
  const idlessPlaces: ChunkPlaces["idless"][number][] = [];
  for (const row of dataRows(block)) {
    const recordId = idAt(block, row);
    if (recordId !== "") {
      const isDoubled = (block.rowsById.get(recordId)?.length ?? 0) > 1;
      for (const cell of cellsOf(block, row, recordId)) {
        const known = shows(recordId, cell.field);
        const isNear = isWritten(cell.field) || targets.has(recordId);
        const isKnown = known === undefined ? !isNear : known === cell.value;
        if (isDoubled || !isKnown || (isNear && cell.formula !== null)) cells.push(cell);
      }
    } else {
      const shown = Object.fromEntries(idlessCells(block, row));
      if (Object.keys(shown).length === 0) continue;
      idless.push(shown);
      idlessPlaces.push({ row, formulas: formulasOf(block, row) });
    }
  }
  return { cells, idless, places: toPlaces(block, chunk, idlessPlaces) };
}

function cellsOf(block: TableBlock, row: number, recordId: RecordId): readonly CellBefore[] {
  return block.binding.columns.map(({ mapping: { field }, column }) => {
    const formula = block.formulas[row - 1]?.[column - 1] ?? "";
    const value = encodedAt(block, row, column);
    return formula === "" ? { recordId, field, value, formula: null } : { recordId, field, value, formula, row };
  });
}

function idlessCells(block: TableBlock, row: number): readonly (readonly [FieldName, EncodedValue])[] {
  return block.binding.columns.flatMap(({ mapping, column }) => {
    const value = encodedAt(block, row, column);
    return value === "" ? [] : [[mapping.field, value] as const];
  });
}

function formulasOf(block: TableBlock, row: number): Readonly<Record<FieldName, string>> {
  return Object.fromEntries(
    block.binding.columns.flatMap(({ mapping, column }) => {
      const formula = block.formulas[row - 1]?.[column - 1] ?? "";
      return formula === "" ? [] : [[mapping.field, formula] as const];
    }),
  );
}

function encodedAt(block: TableBlock, row: number, column: number): EncodedValue {
  return encodeCell(valueAt(block, row, column), block.formulas[row - 1]?.[column - 1] ?? "");
}

function toPlaces(block: TableBlock, chunk: TableChunk, idless: ChunkPlaces["idless"]): ChunkPlaces {
  const { binding, headerRow } = block;
  const width = block.values[headerRow - 1]?.length ?? 0;
  const freeRow = lastContentRow(block) + 1;
  return {
    headerRow,
    header: Array.from({ length: width }, (_, c) => encodedAt(block, headerRow, c + 1)),
    idColumn: binding.idColumn,
    columns: Object.fromEntries(binding.columns.map((one) => [one.mapping.field, one.column])),
    freeRow,
    runs: toRuns(block, neededRows(block, chunk, freeRow)),
    idless,
  };
}

/**
 * Rows whose ids are remembered with their place: those that the chunk writes into, all between them when so many cells
 * may be written that others are written again, and the last ones when rows are appended.
 */
function neededRows(block: TableBlock, chunk: TableChunk, freeRow: number): readonly number[] {
  const targets = [...chunk.cells, ...chunk.appends].flatMap(({ recordId }) => block.rowsById.get(recordId) ?? []);
  const rows = new Set(targets);
  if (chunk.cells.length > MAX_EXACT_RANGES) {
    const first = targets.reduce((low, row) => Math.min(low, row), Number.POSITIVE_INFINITY);
    const last = targets.reduce((high, row) => Math.max(high, row), 0);
    for (let row = first; row <= last; row++) rows.add(row);
  }
  if (chunk.appends.length > 0) {
    const first = Math.max(block.headerRow + 1, freeRow - TAIL_ROWS - chunk.appends.length);
    for (let row = first; row < freeRow; row++) rows.add(row);
  }
  return [...rows].sort((a, b) => a - b);
}

function toRuns(block: TableBlock, rows: readonly number[]): ChunkPlaces["runs"] {
  const runs: { row: number; ids: RecordId[] }[] = [];
  for (const row of rows) {
    const last = runs[runs.length - 1];
    if (last !== undefined && last.row + last.ids.length === row) last.ids.push(idAt(block, row));
    else runs.push({ row, ids: [idAt(block, row)] });
  }
  return runs;
}
