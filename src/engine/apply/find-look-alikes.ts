import type { CreateOperation } from "../../domain/plan";
import type { CrmRecord, RecordId } from "../../domain/record";
import type { ObjectSchema } from "../../domain/schema";
import { loadSnapshot } from "../../state/snapshot-store";
import type { RunDeps } from "../run-deps";
import { holdsChanges, type SentComparison } from "./compare-sent";

/** Both clocks may be off, and a search index lags. */
const OVERLAP_MS = 10 * 60_000;

/** A look that would take more pages than this has too many candidates to tell anything. */
const MAX_PAGES = 5;

/** Values beside the key that have to be equal: one alone, like a city, is shared by many. */
const MIN_EQUAL = 2;

/**
 * Records that nobody's row stands for, changed since the creates were sent, that hold all that was sent but the key: somebody
 * may have changed the key of a new record before it was looked for, and it would be created once more. By operation.
 */
export function findLookAlikes(
  deps: RunDeps,
  schema: ObjectSchema,
  sent: { readonly operations: readonly CreateOperation[]; readonly sinceMs: number },
): ReadonlyMap<string, readonly CrmRecord[]> {
  const found = new Map<string, readonly CrmRecord[]>();
  if (sent.operations.length === 0) return found;
  const candidates = recordsSince(deps, schema, sent.sinceMs - OVERLAP_MS);
  for (const operation of sent.operations) {
    const alike = candidates.filter((record) => isAlike(record, operation, { schema, zone: deps.zone }));
    if (alike.length > 0) found.set(operation.id, alike);
  }
  return found;
}

function recordsSince(deps: RunDeps, schema: ObjectSchema, sinceMs: number): readonly CrmRecord[] {
  const linked = new Set<RecordId>(loadSnapshot(deps.store, deps.mapping.id).pairs.keys());
  for (const { recordId } of deps.table.read().rows) linked.add(recordId);
  const fields = deps.mapping.columns.map((column) => column.field);
  const records: CrmRecord[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MAX_PAGES; page++) {
    const query = { fields, filter: { kind: "all" as const }, sinceMs, untilMs: deps.crm.now() + OVERLAP_MS, cursor };
    const read = deps.crm.changedSince(schema.type, query);
    for (const record of read.records) if (!linked.has(record.id)) records.push(record);
    cursor = read.next;
    if (cursor === null) break;
  }
  return records;
}

function isAlike(record: CrmRecord, { changes, key }: CreateOperation, at: SentComparison): boolean {
  const others = changes.filter(({ field, to }) => field !== key?.field && to !== "");
  return others.length >= MIN_EQUAL && holdsChanges(record, others, at);
}
