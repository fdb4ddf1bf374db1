import type { RecordId } from "../../../domain/record";
import type { FieldName } from "../../../domain/schema";
import type { EncodedValue } from "../../../domain/value";
import type { BaseShows, ChunkBefore, TableChunk } from "../../../ports/table";
import { idAt, type TableBlock } from "../tab/table-block";

/** What a journal and the base remember of the tab before a chunk was written. */
export interface ChunkMemory {
  readonly chunk: TableChunk;
  readonly before: ChunkBefore;
  readonly shows: BaseShows;
}

/** A mapped cell as it is remembered. */
export interface PastCell {
  readonly value: EncodedValue;
  /** `""`: none. */
  readonly formula: string;
  /** Row that the formula counts from; null: as it reads. */
  readonly row: number | null;
}

/** A row as it is remembered. */
export interface PastRow {
  /** `""`: none. */
  readonly id: RecordId;
  /** Where it stood; null: nobody noted it. */
  readonly at: number | null;
  /** The cells that anybody knows. */
  readonly cells: ReadonlyMap<FieldName, PastCell>;
}

/**
 * The rows that stood in the table before a chunk: those whose place was noted, those with cells of their own in the
 * journal, those whose id stands in the table now and whose values the base knows, and the rows without id.
 */
export function rememberRows(after: TableBlock, memory: ChunkMemory, fields: readonly FieldName[]): readonly PastRow[] {
  const { before, chunk, shows } = memory;
  const listed = listCells(before);
  const rows: PastRow[] = [];
  const counts = new Map<RecordId, number>();
  const add = (id: RecordId, at: number | null): void => {
    const copy = counts.get(id) ?? 0;
    counts.set(id, copy + 1);
    const own = listed.get(id)?.[copy];
    const cells = new Map<FieldName, PastCell>();
    for (const field of fields) {
      const value = shows(id, field);
      const cell = own?.get(field) ?? (value === undefined ? undefined : { value, formula: "", row: null });
      if (cell !== undefined) cells.set(field, cell);
    }
    rows.push({ id, at, cells });
  };
  for (const { row, ids } of before.places?.runs ?? []) {
    ids.forEach((id, i) => {
      if (id !== "") add(id, row + i);
    });
  }
  for (const [id, copies] of listed) while ((counts.get(id) ?? 0) < copies.length) add(id, null);
  const appended = new Set(chunk.appends.map((append) => append.recordId));
  for (const id of [...after.rowsById.keys(), ...chunk.cells.map((cell) => cell.recordId)]) {
    const isInBase = fields.some((field) => shows(id, field) !== undefined);
    if (isInBase && !counts.has(id) && !appended.has(id)) add(id, null);
  }
  return [...rows, ...rememberIdless(before)];
}

/** Cells of the journal by id; an id that stood in several rows has as many lists of cells, top down. */
function listCells(before: ChunkBefore): ReadonlyMap<RecordId, readonly ReadonlyMap<FieldName, PastCell>[]> {
  const listed = new Map<RecordId, Map<FieldName, PastCell>[]>();
  for (const { recordId, field, value, formula, row = null } of before.cells) {
    const copies = listed.get(recordId) ?? [];
    const open = copies[copies.length - 1];
    const cell = { value, formula: formula ?? "", row };
    if (open === undefined || open.has(field)) copies.push(new Map([[field, cell]]));
    else open.set(field, cell);
    listed.set(recordId, copies);
  }
  return listed;
}

function rememberIdless({ idless, places }: ChunkBefore): readonly PastRow[] {
  const fields = new Set([...Object.keys(places?.columns ?? {}), ...idless.flatMap((shown) => Object.keys(shown))]);
  return idless.map((shown, i) => {
    const noted = places?.idless[i];
    const row = noted?.row ?? null;
    const cells = [...fields].map((field): [FieldName, PastCell] => {
      return [field, { value: shown[field] ?? "", formula: noted?.formulas[field] ?? "", row }];
    });
    return { id: "", at: row, cells: new Map(cells) };
  });
}

/** Gives each row a place of its own: the noted one, else where its id stands now, else below all others. */
export function placeRows(
  rows: readonly PastRow[],
  after: TableBlock,
  headerRow: number,
): ReadonlyMap<number, PastRow> {
  const placed = new Map<number, PastRow>();
  const open: PastRow[] = [];
  for (const row of rows) {
    if (row.at !== null && row.at > headerRow && !placed.has(row.at)) placed.set(row.at, row);
    else open.push(row);
  }
  let next = [...placed.keys()].reduce((low, row) => Math.max(low, row), Math.max(headerRow, after.values.length)) + 1;
  for (const row of open) {
    const [now] = row.id === "" ? [] : (after.rowsById.get(row.id) ?? []);
    const isFree = now !== undefined && now > headerRow && !placed.has(now) && idAt(after, now) === row.id;
    if (isFree) placed.set(now, row);
    else placed.set(next++, row);
  }
  return placed;
}
