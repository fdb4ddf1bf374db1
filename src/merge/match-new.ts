import type { CrmRecord, RecordId } from "../domain/record";
import type { Row } from "../domain/row";
import type { FieldName } from "../domain/schema";
import { appendTo, type MatchState } from "./match-state";
import { canonicalKey, type RowKey, readRowKey } from "./row-key";
import { encodeRow, isAllBlank } from "./row-values";

/** R24: a row whose id cell was emptied finds its pair by key, else by all its values; gives the rows that stay new. */
export function relinkEmptied(state: MatchState, idless: readonly Row[]): readonly Row[] {
  const orphans = state.orphans();
  if (orphans.size === 0) return idless;
  const { byKey, byValues } = orphanIndex(state, orphans);
  return idless.filter((row) => {
    const key = keyOf(state, row);
    const candidates = (key ? byKey.get(key) : undefined) ?? byValues.get(encodeRow(row, state.input.fields)) ?? [];
    return !relink(
      state,
      row,
      candidates.filter((id) => !state.claimed.has(id)),
    );
  });
}

/** True when the row is settled: linked again, or reported because several pairs fit. */
function relink(state: MatchState, row: Row, open: readonly RecordId[]): boolean {
  const [id] = open;
  if (id === undefined) return false;
  if (open.length > 1) {
    for (const candidate of open) state.claimed.add(candidate);
    const message = `The record ID of this row is gone and it could be any of ${open.join(", ")}. Type the right ID into its cell.`;
    state.error("R24", row, message);
    return true;
  }
  const record = state.input.records.get(id) ?? state.survivors.get(id);
  if (!record) return false;
  state.addPair({ row, record, baseId: id, relink: "R24" });
  state.claimed.add(id);
  return true;
}

function orphanIndex(
  state: MatchState,
  orphans: ReadonlySet<RecordId>,
): { byKey: Map<RowKey, RecordId[]>; byValues: Map<string, RecordId[]> } {
  const byKey = new Map<RowKey, RecordId[]>();
  const byValues = new Map<string, RecordId[]>();
  const { keyField, fields, snapshot, zone } = state.input;
  for (const id of orphans) {
    const shadows = snapshot.get(id) ?? {};
    const held = keyField ? shadows[keyField.name]?.crm : undefined;
    if (keyField && held) appendTo(byKey, canonicalKey(keyField, held, zone), id);
    const values = fields.map(({ field }) => shadows[field.name]?.sheet ?? "");
    if (values.some((value) => value !== "")) appendTo(byValues, JSON.stringify(values), id);
  }
  return { byKey, byValues };
}

/** R1-R4 and R16: rows without id and without pair. */
export function matchNewRows(state: MatchState, rows: readonly Row[]): void {
  const byKey = new Map<RowKey, Row[]>();
  for (const row of rows) {
    if (!isNewRow(state, row)) continue;
    const key = keyOf(state, row);
    if (key === null) continue;
    if (key === "") state.newRows.push(row);
    else appendTo(byKey, key, row);
  }
  for (const [key, sharing] of byKey) {
    const [only] = sharing;
    if (sharing.length === 1 && only) matchByKey(state, only, key);
    else reportShared(state, sharing, key);
  }
}

/** Section 2: new only when the key or, with a blank key, a field that a create needs is filled; else it is no row. */
function isNewRow(state: MatchState, row: Row): boolean {
  const { keyField, schema, fields } = state.input;
  const filled = (name: FieldName) => (row.cells[name]?.value.kind ?? "blank") !== "blank";
  const needed = schema.requiredForCreate.flat();
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
  const told = state.findings.some((finding) => finding.rowNumber === row.rowNumber && finding.rule === "F10");
  if (!told) {
    const message = `The key "${keyField.label}" cannot be used: ${read.reason}. Correct it and sync again.`;
    state.error("F10", row, message, keyField.name);
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
    const where = holder ? `row ${holder.row.rowNumber}` : "another row";
    const message = `This is a duplicate: ${where} already holds the record with this key. Nothing was sent; delete one of the rows.`;
    state.error("R16", row, message);
  } else {
    state.addPair({ row, record: hit, baseId: hit.id, relink: "R2" });
    if (state.input.tombstones.has(hit.id)) state.revive.push(hit.id);
  }
}

/** R3. */
function reportAmbiguous(state: MatchState, row: Row, hits: readonly CrmRecord[]): void {
  const list = hits.map((record) => record.id).join(", ");
  for (const record of hits) state.claimed.add(record.id);
  const message = `${hits.length} records have this key (${list}). Type the ID of the right one into the record ID cell.`;
  state.error("R3", row, message);
}

/** R4. */
function reportShared(state: MatchState, rows: readonly Row[], key: RowKey): void {
  for (const row of rows) {
    const others = rows.filter((other) => other !== row).map((other) => other.rowNumber);
    state.error("R4", row, `Rows ${others.join(", ")} have the same key. None of them was sent; keep one.`);
  }
  for (const hit of state.input.keyHits.get(key) ?? []) state.claimed.add(hit.id);
}
