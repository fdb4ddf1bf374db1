import type { Mapping } from "../../domain/mapping";
import { isPending } from "../../domain/row";
import type { GridTab, GridValue } from "../../ports/grid";
import type { StatusWrite } from "../../ports/table";
import { toCellText } from "./tab/cell";
import { ID_TAG, ownHeaders, STATUS_TAG, tagKey } from "./tab/column-tag";
import { headerKey } from "./tab/header";
import type { MappedTab } from "./tab/mapped-tab";
import { readValueBlock } from "./tab/read-block";
import { isUsable, readTableBlock } from "./tab/table-block";

/** Columns between id and status column that are read along rather than with a call of their own. */
const MAX_DISTANCE = 3;

interface OwnColumns {
  readonly tab: GridTab;
  readonly headerRow: number;
  /** Index 0 is row 1. */
  readonly ids: readonly string[];
  readonly statuses: readonly string[];
  readonly statusColumn: number;
}

/**
 * Shows a status in each named row; others are emptied, or left with `keepOthers`. Writes nothing when nothing changes.
 * Without a status column nothing is shown: the user may take it out.
 */
export function writeStatuses(
  place: MappedTab,
  request: { readonly statuses: readonly StatusWrite[]; readonly keepOthers: boolean },
): void {
  const own = readOwnColumns(place);
  if (own === null) return;
  const named = rowsOf(own, request.statuses);
  const first = own.headerRow + 1;
  const last = Math.max(own.statuses.length, ...named.keys());
  const anyNow = own.statuses.some((status, i) => i >= own.headerRow && status !== "");
  if (last < first || (named.size === 0 && (request.keepOthers || !anyNow))) return;
  const column = { row: first, column: own.statusColumn, rows: last - first + 1, columns: 1 };
  const notes = own.tab.readNotes(column).map(([note = ""]) => note.replace(/\r\n?/g, "\n").trim());
  const target = Array.from({ length: column.rows }, (_, i) => {
    const status = own.statuses[first + i - 1] ?? "";
    const wish = named.get(first + i);
    if (wish !== undefined) return { status: wish.status, note: wish.note };
    return request.keepOthers ? { status, note: notes[i] ?? "" } : { status: "", note: "" };
  });
  const statusSpan = spanOf(target.map(({ status }, i) => status !== (own.statuses[first + i - 1] ?? "")));
  const noteSpan = spanOf(target.map(({ note }, i) => note !== (notes[i] ?? "")));
  if (statusSpan !== null) {
    const rect = { ...column, row: first + statusSpan.start, rows: statusSpan.length };
    own.tab.writeValues(rect, cut(target, statusSpan).map(toStatusLine));
  }
  if (noteSpan !== null) {
    const rect = { ...column, row: first + noteSpan.start, rows: noteSpan.length };
    own.tab.writeNotes(
      rect,
      cut(target, noteSpan).map(({ note }) => [note]),
    );
  }
}

interface Span {
  readonly start: number;
  readonly length: number;
}

function spanOf(changed: readonly boolean[]): Span | null {
  const start = changed.indexOf(true);
  return start < 0 ? null : { start, length: changed.lastIndexOf(true) - start + 1 };
}

function cut<T>(lines: readonly T[], span: Span): readonly T[] {
  return lines.slice(span.start, span.start + span.length);
}

function toStatusLine({ status }: { readonly status: string }): readonly GridValue[] {
  return [status];
}

function rowsOf(own: OwnColumns, statuses: readonly StatusWrite[]): ReadonlyMap<number, StatusWrite> {
  const rowsById = new Map<string, number[]>();
  own.ids.forEach((id, i) => {
    if (i >= own.headerRow && id !== "") rowsById.set(id, [...(rowsById.get(id) ?? []), i + 1]);
  });
  const named = new Map<number, StatusWrite>();
  for (const one of statuses) {
    const { rowNumber, recordId } = one;
    const rows = recordId === "" ? [rowNumber] : (rowsById.get(recordId) ?? []);
    const places = rows.includes(rowNumber) ? [rowNumber] : rows;
    for (const row of places) {
      const id = own.ids[row - 1] ?? "";
      // A row whose create waits carries a token.
      const fits = id === recordId || (recordId === "" && isPending(id));
      if (row > own.headerRow && fits) named.set(row, asShown(one));
    }
  }
  return named;
}

/** As a cell and its note give it back: what differs only in outer blanks or line ends is not written again and again. */
function asShown(wish: StatusWrite): StatusWrite {
  return { ...wish, status: wish.status.trim(), note: wish.note.replace(/\r\n?/g, "\n").trim() };
}

/** Ids and statuses as they stand; one read where the two columns are near each other, else two. */
function readOwnColumns(place: MappedTab): OwnColumns | null {
  const { grid, mapping } = place;
  const tab = grid.tab(mapping.tabId);
  if (tab === null) return null;
  const columns = taggedColumns(tab, mapping) ?? boundColumns(place);
  if (columns === null || columns.statusColumn === 0) return null;
  const { idColumn, statusColumn } = columns;
  const rows = tab.size().usedRows;
  if (rows === 0) return null;
  const left = Math.min(idColumn, statusColumn);
  const width = Math.abs(idColumn - statusColumn) + 1;
  const pick = (values: readonly (readonly GridValue[])[], column: number, from: number): readonly string[] =>
    values.map((line) => toCellText(line[column - from] ?? ""));
  let ids: readonly string[];
  let statuses: readonly string[];
  if (width <= MAX_DISTANCE + 1) {
    const values = readValueBlock(tab, { row: 1, column: left, rows, columns: width });
    ids = pick(values, idColumn, left);
    statuses = pick(values, statusColumn, left);
  } else {
    ids = pick(readValueBlock(tab, { row: 1, column: idColumn, rows, columns: 1 }), idColumn, idColumn);
    statuses = pick(
      readValueBlock(tab, { row: 1, column: statusColumn, rows, columns: 1 }),
      statusColumn,
      statusColumn,
    );
  }
  return { tab, headerRow: headerOf(mapping, ids, statuses), ids, statuses, statusColumn };
}

function headerOf(mapping: Mapping, ids: readonly string[], statuses: readonly string[]): number {
  const own = ownHeaders(mapping.crm);
  const idHeaders = own.id.map(headerKey);
  const statusHeaders = own.status.map(headerKey);
  const row = ids.findIndex(
    (id, i) => idHeaders.includes(headerKey(id)) || statusHeaders.includes(headerKey(statuses[i] ?? "")),
  );
  return row >= 0 ? row + 1 : mapping.headerRow;
}

interface OwnPlaces {
  readonly idColumn: number;
  readonly statusColumn: number;
}

function taggedColumns(tab: GridTab, mapping: Mapping): OwnPlaces | null {
  const tags = tab.tags().filter((tag) => tag.key === tagKey(mapping.id));
  const ids = tags.filter((tag) => tag.value === ID_TAG);
  const statuses = tags.filter((tag) => tag.value === STATUS_TAG);
  const [id] = ids;
  const [status] = statuses;
  if (id === undefined || status === undefined || ids.length > 1 || statuses.length > 1) return null;
  return { idColumn: id.column, statusColumn: status.column };
}

function boundColumns(place: MappedTab): OwnPlaces | null {
  const block = readTableBlock(place, { formulas: false, sureOfRows: false });
  return isUsable(block) ? block.binding : null;
}
