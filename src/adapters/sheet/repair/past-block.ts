import type { RecordId } from "../../../domain/record";
import type { EncodedValue } from "../../../domain/value";
import type { GridValue } from "../../../ports/grid";
import type { BoundColumn, ChunkBefore } from "../../../ports/table";
import { decodeCell } from "../tab/cell";
import type { MappedTab } from "../tab/mapped-tab";
import { shiftFormula } from "../tab/shift-formula";
import type { TableBlock } from "../tab/table-block";
import type { PastBlock } from "../write/write-scan";
import { type ChunkMemory, placeRows, rememberRows } from "./past-rows";

/**
 * The tab as it was before a chunk was written, as far as anybody remembers it: the mapped cells, with the rows and columns
 * where they stood then. `after` lends the rest: columns, and the ids whose values the base knows.
 */
export function createPastBlock(place: MappedTab, after: TableBlock, memory: ChunkMemory): PastBlock {
  const frame = toFrame(place, after, memory.before);
  const { headerRow, idColumn, columns } = frame;
  const fields = columns.map((one) => one.mapping.field);
  const rows = placeRows(rememberRows(after, memory, fields), after, headerRow);
  const last = [...rows.keys()].reduce((low, row) => Math.max(low, row), headerRow);
  const grid = createPastGrid(last, Math.max(frame.header.length, after.values[0]?.length ?? 0));
  frame.header.forEach((value, c) => {
    grid.set(headerRow, c + 1, { value: decodeCell(value), formula: "" });
  });
  const rowsById = new Map<RecordId, number[]>();
  for (const [row, { id, cells }] of [...rows].sort(([a], [b]) => a - b)) {
    grid.set(row, idColumn, { value: id, formula: "" });
    if (id !== "") rowsById.set(id, [...(rowsById.get(id) ?? []), row]);
    for (const { mapping, column } of columns) {
      const cell = cells.get(mapping.field);
      if (cell === undefined) continue;
      const formula = shiftFormula(cell.formula, row - (cell.row ?? row));
      grid.set(row, column, { value: decodeCell(cell.value), formula });
    }
  }
  return {
    tab: after.tab,
    binding: { ...after.binding, idColumn, statusColumn: frame.statusColumn, columns },
    headerRow,
    values: grid.values,
    formulas: grid.formulas,
    rowsById,
    formulaAt: (row, column) => grid.formulas[row - 1]?.[column - 1] ?? "",
    knows: (row, column) => grid.known[row - 1]?.[column - 1] ?? false,
  };
}

interface Frame {
  readonly headerRow: number;
  readonly header: readonly EncodedValue[];
  readonly idColumn: number;
  /** 0: nobody noted it. */
  readonly statusColumn: number;
  readonly columns: readonly BoundColumn[];
}

function toFrame(place: MappedTab, after: TableBlock, { places }: ChunkBefore): Frame {
  const { headerRow, binding } = after;
  if (places === undefined) return { ...binding, headerRow, header: [] };
  const columns = place.mapping.columns.flatMap((mapping) => {
    const column = places.columns[mapping.field];
    return column === undefined ? [] : [{ mapping, column, header: mapping.header }];
  });
  const { header, idColumn } = places;
  return { headerRow: places.headerRow, header, idColumn, statusColumn: 0, columns };
}

interface PastGridCell {
  readonly value: GridValue;
  readonly formula: string;
}

interface PastGrid {
  readonly values: readonly (readonly GridValue[])[];
  readonly formulas: readonly (readonly string[])[];
  readonly known: readonly (readonly boolean[])[];
  set(row: number, column: number, cell: PastGridCell): void;
}

function createPastGrid(height: number, width: number): PastGrid {
  const lines = <T>(blank: T): T[][] =>
    Array.from({ length: height }, () => Array.from({ length: width }, () => blank));
  const values = lines<GridValue>("");
  const formulas = lines("");
  const known = lines(false);
  return {
    values,
    formulas,
    known,
    set(row, column, cell) {
      const [line, formulaLine, knownLine] = [values[row - 1], formulas[row - 1], known[row - 1]];
      if (line === undefined || formulaLine === undefined || knownLine === undefined) return;
      line[column - 1] = cell.value;
      formulaLine[column - 1] = cell.formula;
      knownLine[column - 1] = true;
    },
  };
}
