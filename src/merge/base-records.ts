import type { CrmRecord, RecordId } from "../domain/record";
import { isUnlinked, type Row } from "../domain/row";
import type { FieldName } from "../domain/schema";
import type { PairShadows } from "../domain/snapshot";
import type { CrmValue } from "../domain/value";
import { appendTo, type MatchInput, survivorsByLoser } from "./match-state";
import type { PlanField } from "./plan-field";
import { equalsBase } from "./row-values";

/**
 * Must a linked record be read, or is what the base remembers of it enough? It is enough where the row shows what the base
 * says: then nothing can come of the pair but what a change of the record brings, and that is listed. An edited row, and a
 * field without base that could take part, need the record itself: what leads to a write or conflict is read by id.
 */
export function needsRead(
  rows: readonly Row[],
  shadows: PairShadows | undefined,
  fields: readonly PlanField[],
): boolean {
  if (!shadows) return true;
  const [row, ...copies] = rows;
  if (!row) return false;
  // Of several rows with one id only one that equals the base goes on (R13).
  const isEdited = copies.length === 0 && !equalsBase(row, shadows, fields);
  return isEdited || fields.some((planField) => couldTakePart(row, planField, shadows));
}

/**
 * A field without base, unless it only pushes: a blank cell then leaves both sides whatever the CRM holds (F6), and a filled
 * one is an edit of the row.
 */
function couldTakePart(row: Row, { field, direction }: PlanField, shadows: PairShadows): boolean {
  return direction !== "push" && row.cells[field.name] !== undefined && !shadows[field.name];
}

/**
 * Adds the records that were not read because the base is enough (B := OB), and of pairs without row, whose record counts
 * as unchanged and present. Only for a reading that is not complete; `fromBase` names them.
 */
export function withBaseRecords<T extends MatchInput>(input: T): T {
  if (input.complete) return input;
  const rows = rowsById(input.rows);
  const survivors = survivorsByLoser(input);
  const made = new Map<RecordId, CrmRecord>();
  for (const [id, shadows] of input.snapshot) {
    if (input.records.has(id) || input.reads.has(id) || survivors.has(id)) continue;
    if (!needsRead(rows.get(id) ?? [], shadows, input.fields)) made.set(id, baseRecord(id, shadows));
  }
  return { ...input, records: new Map([...input.records, ...made]), fromBase: new Set(made.keys()) };
}

function baseRecord(id: RecordId, shadows: PairShadows): CrmRecord {
  const values: Record<FieldName, CrmValue> = {};
  for (const [field, { crm }] of Object.entries(shadows)) values[field] = crm;
  return { id, values, modifiedMs: 0, mergedIds: [] };
}

/** Rows by the id that they carry; unlinked ones carry none. */
export function rowsById(rows: readonly Row[]): ReadonlyMap<RecordId, readonly Row[]> {
  const byId = new Map<RecordId, Row[]>();
  for (const row of rows) if (row.recordId !== "" && !isUnlinked(row.recordId)) appendTo(byId, row.recordId, row);
  return byId;
}
