import { canonicalCrm } from "../../domain/canonical-value";
import type { CreateOperation, CrmChange } from "../../domain/plan";
import type { CrmRecord } from "../../domain/record";
import { type FieldName, findField, type ObjectSchema } from "../../domain/schema";
import type { PairShadows, Shadow } from "../../domain/snapshot";
import type { CrmValue } from "../../domain/value";
import type { Zone } from "../../domain/zone";

/** What values that were sent are compared by. */
export interface SentComparison {
  readonly schema: ObjectSchema;
  readonly zone: Zone;
}

/** Is what the CRM holds what was sent, in the CRM's own form? A field that is gone holds nothing of it. */
export function isAsSent(name: FieldName, held: CrmValue, sent: CrmValue, { schema, zone }: SentComparison): boolean {
  const field = findField(schema, name);
  return field !== null && canonicalCrm(field, held, zone) === canonicalCrm(field, sent, zone);
}

/** Does the record hold all of these changes? */
export function holdsChanges(record: CrmRecord, changes: readonly CrmChange[], at: SentComparison): boolean {
  return changes.every(({ field, to }) => isAsSent(field, record.values[field] ?? "", to, at));
}

/**
 * Base of the fields that hold what a create sent: whoever made the record, both sides were in step there, and an edit made
 * since is no conflict with it. The others have none (F6).
 */
export function agreedShadows(record: CrmRecord, operation: CreateOperation, at: SentComparison): PairShadows {
  const shadows: Record<FieldName, Shadow> = {};
  for (const change of operation.changes) {
    const sheet = operation.row[change.field];
    if (sheet === undefined || !holdsChanges(record, [change], at)) continue;
    shadows[change.field] = { sheet, crm: record.values[change.field] ?? "" };
  }
  return shadows;
}
