import type { RecordId } from "../../../domain/record";
import type { FieldName } from "../../../domain/schema";
import { BLANK, encodeValue } from "../../../domain/value";
import type { BoundColumn, CellOutcome, CellWrite, RowAppend, TableChunk } from "../../../ports/table";
import { encodeCell, looksEqual, toGridValue, toSheetValue } from "../tab/cell";
import { columnOf, idAt, type TableBlock, valueAt } from "../tab/table-block";
import type { PlacedCell } from "./write-ranges";

/** A cell of the chunk with its place at the time of the read. */
export interface PlannedCell extends PlacedCell {
  readonly recordId: RecordId;
  readonly field: FieldName;
  /** Copies of the row stood in the tab: this one was meant (R13). */
  readonly amongCopies?: true;
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

/**
 * Places every cell where its row and column are now, and leaves out what doesn't fit any more (section 6.3). What shows
 * its value already is planned with what stands there, so that a chunk that is repeated after a cut-off comes to the same.
 */
export function planChunk(block: TableBlock, chunk: TableChunk, freeRow = lastContentRow(block) + 1): ChunkPlan {
  const cells: PlannedCell[] = [];
  const skipped: CellOutcome[] = [];
  const values = new Map(chunk.cells.map((write) => [`${write.recordId}\n${write.field}`, write]));
  for (const write of chunk.cells) {
    const place = placeCell(block, write, values);
    if (typeof place === "string") skipped.push(skip(write, place));
    else cells.push(place);
  }
  const append = planAppends(block, chunk.appends, freeRow);
  return { ...append, cells: [...cells, ...append.cells], skipped: [...skipped, ...append.skipped] };
}

function skip(cell: { readonly recordId: RecordId; readonly field: FieldName }, reason: SkipReason): CellOutcome {
  return { kind: "skipped", recordId: cell.recordId, field: cell.field, reason };
}

function placeCell(
  block: TableBlock,
  write: CellWrite,
  writes: ReadonlyMap<string, CellWrite>,
): PlannedCell | SkipReason {
  const { recordId, field } = write;
  const bound = columnOf(block, field);
  if (bound === null) return "column-missing";
  const rows = block.rowsById.get(recordId) ?? [];
  if (rows.length === 0) return "row-missing";
  const isCopied = rows.length > 1;
  // Rows that are equal to the last mapped cell are all as good.
  const row = isCopied ? rows.find((one) => isMeant(block, one, write, writes)) : rows[0];
  if (row === undefined) return "row-doubled";
  const { column } = bound;
  if (block.formulaAt(row, column) !== "") return "formula";
  const now = valueAt(block, row, column);
  const value = toGridValue(write.value);
  const cell = { recordId, field, row, column, ...(isCopied ? { amongCopies: true as const } : {}) };
  if (encodeValue(toSheetValue(now, "")) === write.expected) return { ...cell, value };
  return looksEqual(now, value) ? { ...cell, value: now } : "edited-meanwhile";
}

/** Does a row show what the plan saw in the row it means, or in its place already what is to be written there? */
function isMeant(
  block: TableBlock,
  row: number,
  { recordId, row: seen }: CellWrite,
  writes: ReadonlyMap<string, CellWrite>,
): boolean {
  if (seen === undefined) return false;
  return block.binding.columns.every(({ mapping: { field }, column }) => {
    const now = valueAt(block, row, column);
    const then = seen[field];
    if (then === undefined || encodeCell(now, block.formulaAt(row, column)) === then) return true;
    const write = writes.get(`${recordId}\n${field}`);
    return write !== undefined && looksEqual(now, toGridValue(write.value));
  });
}

function planAppends(block: TableBlock, appends: TableChunk["appends"], firstRow: number): ChunkPlan {
  const ids = new Set(appends.map((append) => append.recordId));
  const blocked = new Set(formulaFields(block, lastContentRow(block, ids)));
  const added: RowAppend[] = [];
  const cells: PlannedCell[] = [];
  const skipped: CellOutcome[] = [];
  const seen = new Set<RecordId>();
  for (const append of appends) {
    const { recordId } = append;
    const rows = block.rowsById.get(recordId) ?? [];
    const [row] = rows;
    if (seen.has(recordId) || rows.length > 1) {
      for (const field of Object.keys(append.cells)) skipped.push(skip({ recordId, field }, "row-doubled"));
    } else if (row === undefined) added.push(append);
    else {
      for (const outcome of fillRow(block, append, { row, blocked })) {
        if ("kind" in outcome) skipped.push(outcome);
        else cells.push(outcome);
      }
    }
    seen.add(recordId);
  }
  const rows = planRows(block, added, { firstRow, blocked });
  return { ...rows, cells, skipped: [...skipped, ...rows.skipped] };
}

/** Rows that stand nowhere yet, below all others. */
function planRows(
  block: TableBlock,
  appends: readonly RowAppend[],
  at: { readonly firstRow: number; readonly blocked: ReadonlySet<FieldName> },
): ChunkPlan {
  const skipped: CellOutcome[] = [];
  const { firstRow } = at;
  const appendColumns = block.binding.columns.filter(({ mapping, column }) => {
    if (at.blocked.has(mapping.field)) return false;
    return appends.every((_, i) => block.formulaAt(firstRow + i, column) === "");
  });
  const columns = new Map(appendColumns.map((one) => [one.mapping.field, one.column]));
  const appendedCells: PlannedCell[] = [];
  appends.forEach(({ recordId, cells }, i) => {
    for (const [field, value] of Object.entries(cells)) {
      const column = columns.get(field);
      if (column !== undefined) {
        appendedCells.push({ recordId, field, row: firstRow + i, column, value: toGridValue(value) });
      } else skipped.push(skip({ recordId, field }, columnOf(block, field) === null ? "column-missing" : "formula"));
    }
  });
  return {
    cells: [],
    firstRow,
    appendedIds: appends.map((append) => append.recordId),
    appendedCells,
    appendColumns,
    skipped,
  };
}

/**
 * A row to append that stands already: what an execution that was cut off left of it, or the work of somebody else. Only
 * its blank cells are filled. An unticked checkbox is blank as long as nothing in the row speaks against a cut-off.
 */
function fillRow(
  block: TableBlock,
  append: RowAppend,
  at: { readonly row: number; readonly blocked: ReadonlySet<FieldName> },
): readonly (PlannedCell | CellOutcome)[] {
  const { recordId } = append;
  const { row } = at;
  const fits = block.binding.columns.every(({ mapping, column }) => {
    const now = valueAt(block, row, column);
    return now === "" || now === false || looksEqual(now, toGridValue(append.cells[mapping.field] ?? BLANK));
  });
  return Object.entries(append.cells).map(([field, cell]) => {
    const bound = columnOf(block, field);
    if (bound === null) return skip({ recordId, field }, "column-missing");
    const { column } = bound;
    if (at.blocked.has(field) || block.formulaAt(row, column) !== "") return skip({ recordId, field }, "formula");
    const now = valueAt(block, row, column);
    const value = toGridValue(cell);
    if (looksEqual(now, value)) return { recordId, field, row, column, value: now };
    const isFree = now === "" || (now === false && fits);
    return isFree ? { recordId, field, row, column, value } : skip({ recordId, field }, "edited-meanwhile");
  });
}

/**
 * Last row that says something, rows with one of these ids left out. Blanks that a formula shows and unticked checkboxes,
 * often filled in down to the end of the tab, are no content; neither are cells of other columns that show nothing.
 */
export function lastContentRow(block: TableBlock, leftOut: ReadonlySet<RecordId> = new Set()): number {
  for (let row = block.values.length; row > block.headerRow; row--) {
    const line = block.values[row - 1] ?? [];
    if (line.some((value) => value !== "" && value !== false) && !leftOut.has(idAt(block, row))) return row;
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
