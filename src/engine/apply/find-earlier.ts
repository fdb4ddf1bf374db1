import { canonicalKey } from "../../domain/canonical-key";
import type { CreateOperation } from "../../domain/plan";
import type { CrmRecord, RecordId } from "../../domain/record";
import { isPending, isUnlinked } from "../../domain/row";
import { findField, type ObjectSchema } from "../../domain/schema";
import { loadSnapshot } from "../../state/snapshot-store";
import type { RunDeps } from "../run-deps";
import { agreedShadows, holdsChanges } from "./compare-sent";
import { findLookAlikes } from "./find-look-alikes";
import { showsRow } from "./place-tokens";
import { type Creating, linkExisting, settleCreated, settleUnknown } from "./settle-create";

/**
 * After a cut-off: which records were created already? A unique key tells, and so does an id that reached its row; otherwise
 * nobody can say before another minute has passed, and those rows keep their tokens (section 6.2).
 */
export function findEarlier(creating: Creating, operations: readonly CreateOperation[]): void {
  const schema = creating.schema();
  const at = { schema, zone: creating.deps.zone };
  const records = findByKeys(creating.deps, schema, operations);
  const placed = findByRows(
    creating,
    operations.filter((operation) => operation.key?.unique !== true),
  );
  const missing = operations.filter(({ id, key }) => key?.unique === true && (records.get(id) ?? []).length === 0);
  const sinceMs = creating.intent.startedMs;
  const alike =
    creating.mode === "look" ? null : findLookAlikes(creating.deps, schema, { operations: missing, sinceMs });
  for (const operation of operations) {
    if (operation.key?.unique !== true) {
      const record = placed.get(operation.id);
      if (record && holdsChanges(record, operation.changes, at)) settleCreated(creating, operation, record);
      else settleUnknown(creating, operation);
      continue;
    }
    const found = records.get(operation.id) ?? [];
    const [record] = found;
    if (record === undefined) {
      // Before it is sent once more a record that is like it needs a look by a person, a minute later.
      if (alike === null || alike.has(operation.id)) settleUnknown(creating, operation);
    } else if (found.length > 1) settleUnknown(creating, operation);
    else if (holdsChanges(record, operation.changes, at)) settleCreated(creating, operation, record);
    else {
      linkExisting(creating, operation, { recordId: record.id, message: "The CRM already has this key" });
      // Without a base nothing is archived for a row that went before anybody knew its record (R8).
      const isLinked = creating.settled.get(operation.id) === record.id;
      if (!isLinked || creating.deps.mapping.removedRows === "archive") continue;
      creating.result.shadows(record.id, agreedShadows(record, operation, at));
    }
  }
}

/** Records whose id took the place of the token already, in a row that still shows what was sent; by operation. */
function findByRows(
  { deps, objectType, intent }: Creating,
  operations: readonly CreateOperation[],
): ReadonlyMap<string, CrmRecord> {
  const found = new Map<string, CrmRecord>();
  if (operations.length === 0) return found;
  const { rows } = deps.table.read();
  const base = loadSnapshot(deps.store, deps.mapping.id).pairs;
  const standing = new Set(rows.map((row) => row.recordId));
  const free = rows.filter(({ recordId: id }) => id !== "" && !isPending(id) && !isUnlinked(id) && !base.has(id));
  const idOf = new Map<string, RecordId>();
  for (const { operationId, id: token, row: shown } of intent.tokens) {
    const at = free.findIndex((row) => showsRow(row, { row: shown }));
    const [row] = standing.has(token) || at < 0 ? [] : free.splice(at, 1);
    if (row) idOf.set(operationId, row.recordId);
  }
  if (idOf.size === 0) return found;
  const fields = deps.mapping.columns.map((column) => column.field);
  const records = new Map<RecordId, CrmRecord>();
  for (const read of deps.crm.read(objectType, fields, [...idOf.values()])) {
    if (read.kind === "found") records.set(read.askedId, read.record);
  }
  for (const { id } of operations) {
    const record = records.get(idOf.get(id) ?? "");
    if (record) found.set(id, record);
  }
  return found;
}

/** Records that hold the key that was sent, by operation. */
export function findByKeys(
  deps: RunDeps,
  schema: ObjectSchema,
  operations: readonly CreateOperation[],
): ReadonlyMap<string, readonly CrmRecord[]> {
  const byOperation = new Map<string, readonly CrmRecord[]>();
  const fields = deps.mapping.columns.map((column) => column.field);
  for (const name of new Set(operations.flatMap((operation) => (operation.key ? [operation.key.field] : [])))) {
    const field = findField(schema, name);
    if (!field) continue;
    const keyed = operations.filter((operation) => operation.key?.field === name);
    const keys = [...new Set(keyed.map((operation) => operation.key?.value ?? ""))];
    const hits = new Map<string, readonly CrmRecord[]>();
    for (const read of deps.crm.find(schema.type, name, keys, fields)) {
      hits.set(canonicalKey(field, read.key, deps.zone), read.records);
    }
    for (const operation of keyed) {
      byOperation.set(operation.id, hits.get(canonicalKey(field, operation.key?.value ?? "", deps.zone)) ?? []);
    }
  }
  return byOperation;
}
