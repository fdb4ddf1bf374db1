import { canonicalKey } from "../domain/canonical-key";
import { isPending, type Row } from "../domain/row";
import { findField, type ObjectSchema } from "../domain/schema";
import { toCrmValue } from "../domain/to-crm-value";
import type { CrmValue } from "../domain/value";
import type { RowKey } from "../merge/row-key";
import type { IdReplacement, TableRead } from "../ports/table";
import { openIntents, removeIntent } from "../state/journal";
import { removeDelta } from "../state/snapshot-store";
import type { RunDeps } from "./run-deps";

/**
 * Drops what cut-off executions left open, of whichever mapping: one run works at a time, so nobody is still at it. Whatever
 * they wrote on one side only is found equal on both sides by the next comparison (F4) or planned again; tokens in id cells
 * are settled with the next plan of their mapping.
 */
export function recoverIntents(deps: RunDeps): number {
  const open = openIntents(deps.store);
  for (const intent of open) {
    removeDelta(deps.store, intent.mappingId, intent.n);
    removeIntent(deps.store, intent.n);
  }
  return open.length;
}

/**
 * Rows that still carry a token: their create was cut off or not confirmed. By a consistent key one hit is that record (R2),
 * none frees the row (R1); without such a key the row is left and reported (section 6.2).
 */
export function settlePending(deps: RunDeps, table: TableRead, schema: ObjectSchema): TableRead {
  const pending = table.rows.filter((row) => isPending(row.recordId));
  const keyField = deps.mapping.keyField === null ? null : findField(schema, deps.mapping.keyField);
  if (pending.length === 0 || !keyField?.unique) return table;
  const keyed = new Map<RowKey, { readonly row: Row; readonly wire: CrmValue }>();
  for (const row of pending) {
    const cell = row.cells[keyField.name];
    const wire = cell ? toCrmValue(keyField, cell.value, deps.zone) : null;
    const key = wire?.kind === "value" ? canonicalKey(keyField, wire.value, deps.zone) : "";
    if (wire?.kind === "value" && key !== "") keyed.set(key, { row, wire: wire.value });
  }
  if (keyed.size === 0) return table;
  const replacements: IdReplacement[] = [];
  const asked = [...keyed.values()].map(({ wire }) => wire);
  for (const found of deps.crm.find(schema.type, keyField.name, asked, [keyField.name])) {
    const row = keyed.get(canonicalKey(keyField, found.key, deps.zone))?.row;
    const [record] = found.records;
    if (row && found.records.length <= 1) replacements.push({ from: row.recordId, to: record?.id ?? "" });
  }
  if (replacements.length === 0) return table;
  deps.table.replaceIds(replacements);
  return deps.table.read();
}
