import type { Effect, LoggedEffect } from "../domain/effect";
import type { CellChange, CrmChange, Finding, Operation } from "../domain/plan";
import type { CrmRecord, RecordId, RecordRead } from "../domain/record";
import type { Row } from "../domain/row";
import type { FieldName, ObjectType } from "../domain/schema";
import type { Snapshot } from "../domain/snapshot";
import { type CrmValue, decodeValue, type EncodedValue, showValue } from "../domain/value";
import type { Zone } from "../domain/zone";
import { appendTo } from "./match-state";
import type { PlanField } from "./plan-field";
import { showCrm } from "./show-crm";
import { UNDO_RULE } from "./undo-rule";

/** What the undo of a run is planned from: what the run did and what both sides hold now. Plain data. */
export interface UndoInput {
  readonly mappingId: string;
  readonly objectType: ObjectType;
  /** Run that is taken back. */
  readonly runId: string;
  readonly madeAtMs: number;
  readonly fields: readonly PlanField[];
  readonly zone: Zone;
  /** In the order in which the run did them. */
  readonly effects: readonly LoggedEffect[];
  /** Ids of the effects to take back; null: all. */
  readonly only: ReadonlySet<string> | null;
  readonly rows: readonly Row[];
  /** Records that the run wrote to or created, read by id. */
  readonly reads: ReadonlyMap<RecordId, RecordRead>;
  readonly snapshot: Snapshot;
  /** Records with a write that nobody knows the fate of: left for now. */
  readonly quarantined: ReadonlySet<RecordId>;
  /** Live records at the last sync, for the counts. */
  readonly records: number;
}

/** Values that go back into one record or row. */
interface Values<T> {
  readonly title: string;
  readonly rowNumber: number;
  readonly changes: T[];
}

/** What is gathered effect by effect. Every effect is either planned to be taken back, or left with a finding. */
export class UndoDraft {
  readonly sent = new Map<RecordId, Values<CrmChange>>();
  readonly written = new Map<RecordId, Values<CellChange>>();
  /** Operations on whole rows and records. */
  readonly whole: Operation[] = [];
  readonly tombstones: RecordId[] = [];
  readonly findings: Finding[] = [];
  private readonly rows = new Map<RecordId, Row[]>();
  private readonly fields: ReadonlyMap<FieldName, PlanField>;

  constructor(readonly input: UndoInput) {
    for (const row of input.rows) appendTo(this.rows, row.recordId, row);
    this.fields = new Map(input.fields.map((planField) => [planField.field.name, planField]));
  }

  /** Rows that carry the id now. */
  rowsOf(id: RecordId): readonly Row[] {
    return this.rows.get(id) ?? [];
  }

  /** The one row that carries the id; null: none or several. */
  rowOf(id: RecordId): Row | null {
    const [row, other] = this.rowsOf(id);
    return row && !other ? row : null;
  }

  planField(field: FieldName): PlanField | null {
    return this.fields.get(field) ?? null;
  }

  /** An effect that stays as it is, and why (I15). */
  leave(effect: Effect, message: string): void {
    this.findings.push({
      severity: "note",
      rule: UNDO_RULE,
      rowNumber: this.rowOf(effect.recordId)?.rowNumber ?? null,
      recordId: effect.recordId,
      field: "field" in effect ? effect.field : null,
      title: effect.title,
      message,
    });
  }

  send(effect: Effect, change: CrmChange): void {
    this.valuesOf(this.sent, effect).changes.push(change);
  }

  write(effect: Effect, change: CellChange): void {
    this.valuesOf(this.written, effect).changes.push(change);
  }

  private valuesOf<T>(map: Map<RecordId, Values<T>>, effect: Effect): Values<T> {
    const { recordId, title } = effect;
    const known = map.get(recordId);
    if (known) return known;
    const values: Values<T> = { title, rowNumber: this.rowOf(recordId)?.rowNumber ?? 0, changes: [] };
    map.set(recordId, values);
    return values;
  }
}

/** What the record holds now, or why it cannot be written to. */
export function findRecord(
  input: UndoInput,
  id: RecordId,
): { readonly record: CrmRecord; readonly problem?: never } | { readonly problem: string } {
  if (input.quarantined.has(id)) return { problem: "a write to it was not confirmed yet. Undo again in a minute." };
  const read = input.reads.get(id);
  switch (read?.kind) {
    case "found":
      return { record: read.record };
    case "gone":
      return { problem: "the record was deleted in the CRM since." };
    case "merged":
      return { problem: `the record was merged into ${read.record.id} in the CRM since.` };
    case "unreadable":
      return { problem: `the record cannot be read in the CRM: ${read.reason}` };
    case undefined:
      return { problem: "the CRM gave no answer for the record." };
  }
}

/** A CRM value as people read it, in quotes. */
export function quoteCrm(planField: PlanField | null, value: CrmValue, zone: Zone): string {
  return quote(planField ? showCrm(planField, value, zone) : value);
}

/** A cell's value as people read it, in quotes. */
export function quoteCell(value: EncodedValue): string {
  return quote(showValue(decodeValue(value)));
}

function quote(text: string): string {
  return text === "" ? "nothing" : `"${text}"`;
}
