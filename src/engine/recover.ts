import { isPending, type Row } from "../domain/row";
import { findField, type ObjectSchema } from "../domain/schema";
import { canonicalKey, readRowKey } from "../merge/row-key";
import type { IdReplacement, TableRead } from "../ports/table";
import { openIntents, removeIntent } from "../state/journal";
import { removeDelta } from "../state/snapshot-store";
import type { RunDeps } from "./run-deps";

/**
 * Drops what a cut-off execution left open for this mapping and account. Whatever it wrote on one side only is found equal
 * on both sides by the next comparison (F4) or planned again; tokens in id cells are settled with the next plan.
 */
export function recoverIntents(deps: RunDeps): number {
  const { mapping, store } = deps;
  const open = openIntents(store).filter(
    (intent) => intent.mappingId === mapping.id && intent.accountId === mapping.accountId,
  );
  for (const intent of open) {
    removeDelta(store, mapping.id, intent.n);
    removeIntent(store, intent.n);
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
  const keyed = new Map<string, Row>();
  for (const row of pending) {
    const cell = row.cells[keyField.name];
    const read = cell ? readRowKey(keyField, cell, deps.zone) : null;
    if (read?.kind === "key" && read.key !== "") keyed.set(read.key, row);
  }
  if (keyed.size === 0) return table;
  const replacements: IdReplacement[] = [];
  for (const found of deps.crm.find(schema.type, keyField.name, [...keyed.keys()], [keyField.name])) {
    const row = keyed.get(canonicalKey(keyField, found.key, deps.zone));
    const [record] = found.records;
    if (row && found.records.length <= 1) replacements.push({ from: row.recordId, to: record?.id ?? "" });
  }
  if (replacements.length === 0) return table;
  deps.table.replaceIds(replacements);
  return deps.table.read();
}
