import type { Adoption, CreateOperation, RuleId, UpdateOperation } from "../domain/plan";
import type { CrmRecord, RecordId } from "../domain/record";
import type { FieldName } from "../domain/schema";
import type { PairShadows, Shadow } from "../domain/snapshot";
import { decodeValue, showValue } from "../domain/value";
import { UNDO_RULE } from "./undo-rule";

/** Base after an update: what the sheet showed and what the CRM answered (section 3); what was sent where it gave no answer. */
export function shadowsAfterUpdate(operation: UpdateOperation, answer: CrmRecord | null): PairShadows {
  const shadows: Record<FieldName, Shadow> = {};
  for (const change of operation.changes) {
    const crm = answer?.values[change.field] ?? change.to;
    shadows[change.field] = shadowAfter(change.rule, { sheet: change.sheet, crm });
  }
  return shadows;
}

/** Shadow of a field that was written on either side: what an undo puts back is apart from the other side on purpose. */
export function shadowAfter(rule: RuleId, shadow: Shadow): Shadow {
  return rule === UNDO_RULE ? { ...shadow, apart: true } : shadow;
}

/**
 * Base after a create. A field that was not sent counts as blank on both sides, so that a default the CRM set by itself is
 * seen as its change and comes into the sheet with the next run.
 */
export function shadowsAfterCreate(operation: CreateOperation, answer: CrmRecord): PairShadows {
  const shadows: Record<FieldName, Shadow> = {};
  for (const [field, sheet] of Object.entries(operation.row)) {
    const sent = operation.changes.find((change) => change.field === field);
    if (sent) shadows[field] = { sheet, crm: answer.values[field] ?? sent.to };
    else if (showValue(decodeValue(sheet)).trim() === "") shadows[field] = { sheet, crm: "" };
  }
  return shadows;
}

/** Adoptions grouped by record. */
export function shadowsOfAdoptions(adoptions: readonly Adoption[]): Map<RecordId, PairShadows> {
  const byRecord = new Map<RecordId, Record<FieldName, Shadow>>();
  for (const adoption of adoptions) {
    const shadows = byRecord.get(adoption.recordId) ?? {};
    shadows[adoption.field] = { sheet: adoption.sheet, crm: adoption.crm };
    byRecord.set(adoption.recordId, shadows);
  }
  return byRecord;
}
