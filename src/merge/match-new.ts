import type { CrmRecord, RecordId } from "../domain/record";
import type { Row } from "../domain/row";
import type { FieldName } from "../domain/schema";
import { baseValues, couldShow, isVague, pairKeys, shownKey } from "./match-removed";
import { appendTo, type MatchState, showOthers, showSome } from "./match-state";
import { type RowKey, readRowKey } from "./row-key";
import { encodeRow, isAllBlank } from "./row-values";

/**
 * R24: a row whose id cell was emptied finds its pair by key, else by all its values; gives the rows that stay new. Only a
 * row and a pair that lead to nobody but each other are linked again; everybody else is asked.
 */
export function relinkEmptied(state: MatchState, idless: readonly Row[]): readonly Row[] {
  const orphans = state.orphans();
  if (orphans.size === 0) return idless;
  const index = orphanIndex(state, orphans);
  const claims = new Map<RecordId, number>();
  const claim = ({ ids }: Candidates) => {
    for (const id of ids) claims.set(id, (claims.get(id) ?? 0) + 1);
  };
  const found = idless.map((row) => ({ row, ...findPairs(state, { row, key: keyOf(state, row) }, index) }));
  for (const one of found) claim(one);
  // The row of a pair may carry a token by now.
  for (const row of state.pendingRows) claim(findPairs(state, { row, key: shownKey(state.input, row) }, index));
  const pairless = found.filter(({ row, ids, sure }) => {
    const [id, ...others] = ids;
    if (id === undefined) return true;
    const isCertain = sure && others.length === 0 && claims.get(id) === 1;
    relink(state, row, { id, open: ids, isCertain });
    return false;
  });
  return pairless.map(({ row }) => row);
}

/** Pairs whose row this one may be; not `sure` where a cell that cannot be read keeps it from being told. */
interface Candidates {
  readonly ids: readonly RecordId[];
  readonly sure: boolean;
}

function findPairs(
  state: MatchState,
  { row, key }: { readonly row: Row; readonly key: RowKey | null },
  { orphans, byKey, byValues }: OrphanIndex,
): Candidates {
  const { input } = state;
  const there = (ids: readonly RecordId[]) => ids.filter((id) => input.reads.get(id)?.kind !== "gone");
  const found = (key ? byKey.get(key) : undefined) ?? byValues.get(encodeRow(row, input.fields));
  if (found || key || !isVague(row, input.fields)) return { ids: there(found ?? []), sure: true };
  const could = [...orphans].filter((id) => couldShow(row, input.snapshot.get(id) ?? {}, input.fields));
  return { ids: there(could), sure: false };
}

/** Links the row with its pair again, or reports why nobody can tell. The pair is spoken for either way. */
function relink(
  state: MatchState,
  row: Row,
  { id, open, isCertain }: { readonly id: RecordId; readonly open: readonly RecordId[]; readonly isCertain: boolean },
): void {
  const record = state.input.records.get(id) ?? state.survivors.get(id);
  const free = record !== undefined && !state.claimed.has(record.id);
  for (const candidate of open) state.claimed.add(candidate);
  if (isCertain && free) {
    state.addPair({ row, record, baseId: id, relink: "R24" });
  } else if (record === undefined) {
    state.note(
      "R12",
      row,
      `The record ID of this row is gone, and its record ${id} could not be read. The row stays as it is.`,
    );
  } else {
    const message = `The record ID of this row is gone and it could be any of ${showSome(open)}, or another row could. Type the right ID into its cell, or correct cells that show an error.`;
    state.error("R24", row, message);
  }
}

interface OrphanIndex {
  readonly orphans: ReadonlySet<RecordId>;
  readonly byKey: ReadonlyMap<RowKey, readonly RecordId[]>;
  readonly byValues: ReadonlyMap<string, readonly RecordId[]>;
}

function orphanIndex(state: MatchState, orphans: ReadonlySet<RecordId>): OrphanIndex {
  const byKey = new Map<RowKey, RecordId[]>();
  const byValues = new Map<string, RecordId[]>();
  for (const id of orphans) {
    const shadows = state.input.snapshot.get(id) ?? {};
    for (const key of pairKeys(shadows, state.input)) appendTo(byKey, key, id);
    appendTo(byValues, baseValues(shadows, state.input), id);
  }
  return { orphans, byKey, byValues };
}

/** R1-R4 and R16: rows without id and without pair. */
export function matchNewRows(state: MatchState, rows: readonly Row[]): void {
  if (rows.length === 0) return;
  const byKey = new Map<RowKey, Row[]>();
  const held = linkedKeys(state);
  for (const row of rows) {
    if (!isNewRow(state, row)) continue;
    const key = keyOf(state, row);
    if (key === null) continue;
    const holder = held.get(key);
    if (key === "") state.newRows.push(row);
    else if (holder) reportDuplicate(state, row, `row ${holder.rowNumber}`);
    else appendTo(byKey, key, row);
  }
  for (const [key, sharing] of byKey) {
    const [only] = sharing;
    if (sharing.length === 1 && only) matchByKey(state, only, key);
    else reportShared(state, sharing, key);
  }
}

/** Keys that linked rows show now, typed a moment ago included, and rows whose create is on its way (R16). */
function linkedKeys(state: MatchState): ReadonlyMap<RowKey, Row> {
  const keys = new Map<RowKey, Row>();
  for (const row of [...state.pairs.map((pair) => pair.row), ...state.pendingRows]) {
    const key = shownKey(state.input, row);
    if (key) keys.set(key, row);
  }
  return keys;
}

/** R16. */
function reportDuplicate(state: MatchState, row: Row, holder: string): void {
  const message = `This is a duplicate: ${holder} already holds the record with this key. Nothing was sent; delete one of the rows.`;
  state.error("R16", row, message);
}

/**
 * Section 2: new only when the key or, with a blank key, a field that a create needs is filled; else it is no row. Where no
 * such field is mapped, any filled cell makes a row, so that R21 can name what is missing.
 */
function isNewRow(state: MatchState, row: Row): boolean {
  const { keyField, schema, fields } = state.input;
  const filled = (name: FieldName) => (row.cells[name]?.value.kind ?? "blank") !== "blank";
  const needed = schema.requiredForCreate.flat().filter((name) => fields.some(({ field }) => field.name === name));
  if (keyField !== null && filled(keyField.name)) return true;
  if (needed.length > 0 ? needed.some(filled) : !isAllBlank(row, fields)) return true;
  state.ignoredRows += 1;
  return false;
}

/** Key of a row without id; null after a finding for a bad one (F8, F10). */
function keyOf(state: MatchState, row: Row): RowKey | null {
  const { keyField, zone } = state.input;
  const cell = keyField ? row.cells[keyField.name] : undefined;
  if (!keyField || !cell) return "";
  const read = readRowKey(keyField, cell, zone);
  if (read.kind === "key") return read.key;
  const rule = cell.value.kind === "unreadable" ? "F8" : "F10";
  // Asked twice of a row that may have lost its id (R24).
  if (!state.isTold(row)) {
    const message = `The key "${keyField.label}" cannot be used: ${read.reason}. Correct it and sync again.`;
    state.error(rule, row, message, keyField.name);
  }
  return null;
}

function matchByKey(state: MatchState, row: Row, key: RowKey): void {
  const hits = state.input.keyHits.get(key) ?? [];
  const [hit] = hits;
  if (!hit) {
    state.newRows.push(row); // R1
  } else if (hits.length > 1) {
    reportAmbiguous(state, row, hits);
  } else if (state.claimed.has(hit.id)) {
    const holder = state.pairs.find((pair) => pair.record.id === hit.id);
    reportDuplicate(state, row, holder ? `row ${holder.row.rowNumber}` : "another row");
  } else {
    state.addPair({ row, record: hit, baseId: hit.id, relink: "R2" });
  }
}

/** R3. */
function reportAmbiguous(state: MatchState, row: Row, hits: readonly CrmRecord[]): void {
  const list = showSome(hits.map((record) => record.id));
  for (const record of hits) state.claimed.add(record.id);
  const message = `${hits.length} records have this key (${list}). Type the ID of the right one into the record ID cell.`;
  state.error("R3", row, message);
}

/** R4. */
function reportShared(state: MatchState, rows: readonly Row[], key: RowKey): void {
  for (const row of rows) {
    state.error("R4", row, `The same key stands in ${showOthers(rows, row)} too. None of them was sent; keep one.`);
  }
  for (const hit of state.input.keyHits.get(key) ?? []) state.claimed.add(hit.id);
}
