import type { RecordId } from "../../domain/record";
import type { FieldName } from "../../domain/schema";
import { encodeValue } from "../../domain/value";
import type { BoundColumn, CellOutcome, CellWrite, TableChunk } from "../../ports/table";
import { toGridValue, toSheetValue } from "./cell";
import { columnOf, type TableBlock, valueAt } from "./table-block";
import type { PlacedCell } from "./write-ranges";

/** A cell of the chunk with its place at the time of the read. */
export interface PlannedCell extends PlacedCell {
  readonly recordId: RecordId;
  readonly field: FieldName;
}

/** What a chunk comes to on the tab as it was read. */
export interface ChunkPlan {
  readonly cells: readonly PlannedCell[];
  /** First row of the appended rows. */
  readonly firstRow: number;
  /** Ids of the appended rows, top down. */
  readonly appendedIds: readonly RecordId[];
  /** Values of the appended rows. */
  readonly appendedCells: readonly PlannedCell[];
  /** Columns that appended rows fill. */
  readonly appendColumns: readonly BoundColumn[];
  readonly skipped: readonly CellOutcome[];
}

type SkipReason = Extract<CellOutcome, { kind: "skipped" }>["reason"];

/** Places every cell where its row and column are now, and leaves out what doesn't fit any more (section 6.3). */
export function planChunk(block: TableBlock, chunk: TableChunk): ChunkPlan {
  const cells: PlannedCell[] = [];
  const skipped: CellOutcome[] = [];
  for (const write of chunk.cells) {
    const place = placeCell(block, write);
    if (typeof place === "string") skipped.push(skip(write, place));
    else cells.push(place);
  }
  const append = planAppends(block, chunk);
  return { cells, ...append, skipped: [...skipped, ...append.skipped] };
}

function skip(cell: { readonly recordId: RecordId; readonly field: FieldName }, reason: SkipReason): CellOutcome {
  return { kind: "skipped", recordId: cell.recordId, field: cell.field, reason };
}

function placeCell(block: TableBlock, write: CellWrite): PlannedCell | SkipReason {
  const { recordId, field } = write;
  const bound = columnOf(block, field);
  if (bound === null) return "column-missing";
  const rows = block.rowsById.get(recordId) ?? [];
  const [row] = rows;
  if (row === undefined) return "row-missing";
  if (rows.length > 1) return "row-doubled";
  const { column } = bound;
  const formula = block.formulaAt(row, column);
  if (formula !== "") return "formula";
  const now = encodeValue(toSheetValue(valueAt(block, row, column), formula));
  if (now !== write.expected) return "edited-meanwhile";
  return { recordId, field, row, column, value: toGridValue(write.value) };
}

function planAppends(block: TableBlock, chunk: TableChunk): Omit<ChunkPlan, "cells"> {
  const skipped: CellOutcome[] = [];
  const firstRow = lastContentRow(block) + 1;
  const appendColumns = fillableColumns(block, firstRow, chunk.appends.length);
  const fields = new Map(appendColumns.map((one) => [one.mapping.field, one.column]));
  const ids: RecordId[] = [];
  const cells: PlannedCell[] = [];
  const seen = new Set<RecordId>();
  for (const append of chunk.appends) {
    const { recordId } = append;
    const doubled = block.rowsById.has(recordId) || seen.has(recordId);
    if (!doubled) {
      seen.add(recordId);
      ids.push(recordId);
    }
    for (const [field, value] of Object.entries(append.cells)) {
      const column = fields.get(field);
      if (doubled) skipped.push(skip({ recordId, field }, "row-doubled"));
      else if (column === undefined) {
        skipped.push(skip({ recordId, field }, columnOf(block, field) === null ? "column-missing" : "formula"));
      } else cells.push({ recordId, field, row: firstRow + ids.length - 1, column, value: toGridValue(value) });
    }
  }
  return { firstRow, appendedIds: ids, appendedCells: cells, appendColumns, skipped };
}

/**
 * Last row that says something. Blanks that a formula shows and unticked checkboxes, often filled in down to the end of
 * the tab, are no content; neither are cells of other columns that show nothing.
 */
function lastContentRow(block: TableBlock): number {
  for (let row = block.values.length; row > block.headerRow; row--) {
    const line = block.values[row - 1] ?? [];
    if (line.some((value) => value !== "" && value !== false)) return row;
  }
  return block.headerRow;
}

/** Fields whose header cell or last data row holds a formula, or gets it from a spill: never written in new rows. */
export function formulaFields(block: TableBlock, lastDataRow: number): readonly FieldName[] {
  return block.binding.columns
    .filter(
      ({ column }) =>
        block.formulaAt(block.headerRow, column) !== "" ||
        (lastDataRow > block.headerRow && block.formulaAt(lastDataRow, column) !== ""),
    )
    .map((one) => one.mapping.field);
}

/** Bound columns that new rows may fill: no formula in the header, the last data row or the rows to be filled. */
function fillableColumns(block: TableBlock, firstRow: number, rows: number): readonly BoundColumn[] {
  const blocked = new Set(formulaFields(block, firstRow - 1));
  return block.binding.columns.filter(({ mapping, column }) => {
    if (blocked.has(mapping.field)) return false;
    for (let row = firstRow; row < firstRow + rows; row++) if (block.formulaAt(row, column) !== "") return false;
    return true;
  });
}
