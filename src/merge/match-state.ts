import type { Finding } from "../domain/plan";
import type { CrmRecord, RecordId, RecordRead } from "../domain/record";
import { isPending, type Row } from "../domain/row";
import type { Field, FieldName, ObjectSchema } from "../domain/schema";
import type { Snapshot } from "../domain/snapshot";
import type { Zone } from "../domain/zone";
import type { PlanField } from "./plan-field";
import type { RowKey } from "./row-key";

/** What is known about both sides when rows are matched with records. */
export interface MatchInput {
  readonly schema: ObjectSchema;
  readonly fields: readonly PlanField[];
  readonly keyField: Field | null;
  readonly zone: Zone;
  readonly rows: readonly Row[];
  readonly snapshot: Snapshot;
  /** Live records by id, as far as they were read. */
  readonly records: ReadonlyMap<RecordId, CrmRecord>;
  /** `records` holds every live record that the mapping is about. */
  readonly complete: boolean;
  /** Answers for ids that `records` does not hold. */
  readonly reads: ReadonlyMap<RecordId, RecordRead>;
  /** Records by canonical key for the keys that were looked up. */
  readonly keyHits: ReadonlyMap<RowKey, readonly CrmRecord[]>;
  readonly tombstones: ReadonlySet<RecordId>;
}

export interface LinkedPair {
  readonly row: Row;
  readonly record: CrmRecord;
  /** Id under which the base knows the pair; differs from the record's after a merge (R11). */
  readonly baseId: RecordId;
  /** The id cell does not hold the record's id yet. */
  readonly relink: "R2" | "R11" | "R24" | null;
}

/** Working state of one match: each step claims rows and records, later steps see only what is left. */
export class MatchState {
  readonly pairs: LinkedPair[] = [];
  /** Rows to create (R1). */
  readonly newRows: Row[] = [];
  readonly revive: RecordId[] = [];
  readonly findings: Finding[] = [];
  readonly claimed = new Set<RecordId>();
  /** Records that took over others, by the id that was taken over. */
  readonly survivors: ReadonlyMap<RecordId, CrmRecord>;
  ignoredRows = 0;

  constructor(readonly input: MatchInput) {
    this.survivors = survivorsByLoser(input);
  }

  addPair(pair: LinkedPair): void {
    this.pairs.push(pair);
    this.claimed.add(pair.record.id);
  }

  /** Reports an error of a row. */
  error(rule: string, row: Row, message: string, field: FieldName | null = null): void {
    this.findings.push(rowFinding("error", rule, row, { message, field }));
  }

  /** Reports something about a row that is left as it is on purpose. */
  note(rule: string, row: Row, message: string): void {
    this.findings.push(rowFinding("note", rule, row, { message, field: null }));
  }

  /** Pairs of the base that nothing has claimed. */
  orphans(): ReadonlySet<RecordId> {
    return new Set([...this.input.snapshot.keys()].filter((id) => !this.claimed.has(id)));
  }
}

function rowFinding(
  severity: Finding["severity"],
  rule: string,
  row: Row,
  text: { readonly message: string; readonly field: FieldName | null },
): Finding {
  const recordId = row.recordId === "" || isPending(row.recordId) ? null : row.recordId;
  return { severity, rule, rowNumber: row.rowNumber, recordId, title: `Row ${row.rowNumber}`, ...text };
}

function survivorsByLoser(input: MatchInput): ReadonlyMap<RecordId, CrmRecord> {
  const survivors = new Map<RecordId, CrmRecord>();
  for (const record of input.records.values()) for (const loser of record.mergedIds) survivors.set(loser, record);
  for (const read of input.reads.values()) if (read.kind === "merged") survivors.set(read.askedId, read.record);
  return survivors;
}

/** Adds a value to the list under a key. */
export function appendTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** "row 3", "rows 3, 5": places of other rows in a message. */
export function showRows(rowNumbers: readonly number[]): string {
  return `${rowNumbers.length === 1 ? "row" : "rows"} ${rowNumbers.join(", ")}`;
}
