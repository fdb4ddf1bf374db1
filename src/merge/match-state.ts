import type { Finding } from "../domain/plan";
import type { CrmRecord, RecordId, RecordRead } from "../domain/record";
import { isPending, isUnlinked, type Row } from "../domain/row";
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
  /** Ids that a listing or a window brought: only they can be new records (R5). */
  readonly listed: ReadonlySet<RecordId>;
  /** Answers for ids that `records` does not hold. */
  readonly reads: ReadonlyMap<RecordId, RecordRead>;
  /** Records by canonical key for the keys that were looked up. */
  readonly keyHits: ReadonlyMap<RowKey, readonly CrmRecord[]>;
  readonly tombstones: ReadonlySet<RecordId>;
  /** Records with an unconfirmed write: nothing is planned for their pairs until it is known what became of it. */
  readonly quarantined: ReadonlySet<RecordId>;
  /** Records of `records` that were made from the base; `withBaseRecords` says so. */
  readonly fromBase?: ReadonlySet<RecordId>;
}

export interface LinkedPair {
  readonly row: Row;
  readonly record: CrmRecord;
  /** Id under which the base knows the pair; differs from the record's after a merge (R11). */
  readonly baseId: RecordId;
  /** The id cell does not hold the record's id yet. */
  readonly relink: "R2" | "R11" | "R24" | null;
}

/** A row that shows what the base says, while the CRM says that its record is gone (R6). */
export interface GoneRow {
  readonly row: Row;
  readonly recordId: RecordId;
}

/** Working state of one match: each step claims rows and records, later steps see only what is left. */
export class MatchState {
  readonly pairs: LinkedPair[] = [];
  /** Rows to create (R1). */
  readonly newRows: Row[] = [];
  readonly goneRows: GoneRow[] = [];
  /** Rows whose create is on its way. */
  readonly pendingRows: Row[] = [];
  readonly revive: RecordId[] = [];
  readonly findings: Finding[] = [];
  readonly claimed = new Set<RecordId>();
  /** Ids that stand in several rows (R13). */
  readonly doubled = new Set<RecordId>();
  /** Records that took over others, by the id that was taken over. */
  readonly survivors: ReadonlyMap<RecordId, CrmRecord>;
  ignoredRows = 0;
  private readonly told = new Set<number>();

  constructor(readonly input: MatchInput) {
    this.survivors = survivorsByLoser(input);
  }

  /** Pairs a row with a record; a tombstone of the record is no longer true. */
  addPair(pair: LinkedPair): void {
    this.pairs.push(pair);
    this.claimed.add(pair.record.id);
    const { quarantined, tombstones } = this.input;
    if (tombstones.has(pair.record.id) && !isQuarantined(pair, quarantined)) this.revive.push(pair.record.id);
  }

  /** Reports an error of a row. */
  error(rule: string, row: Row, message: string, field: FieldName | null = null): void {
    this.told.add(row.rowNumber);
    this.findings.push(rowFinding("error", rule, row, { message, field }));
  }

  /** Reports something about a row that is left as it is on purpose. */
  note(rule: string, row: Row, message: string): void {
    this.told.add(row.rowNumber);
    this.findings.push(rowFinding("note", rule, row, { message, field: null }));
  }

  /** Was anything reported about the row? */
  isTold({ rowNumber }: Row): boolean {
    return this.told.has(rowNumber);
  }

  /** Pairs of the base that nothing has claimed. */
  orphans(): ReadonlySet<RecordId> {
    return new Set([...this.input.snapshot.keys()].filter((id) => !this.claimed.has(id)));
  }
}

/** Is a write to the pair's record unconfirmed, under either of its ids? */
export function isQuarantined(
  pair: Pick<LinkedPair, "record" | "baseId">,
  quarantined: ReadonlySet<RecordId>,
): boolean {
  return quarantined.has(pair.record.id) || quarantined.has(pair.baseId);
}

function rowFinding(
  severity: Finding["severity"],
  rule: string,
  row: Row,
  text: { readonly message: string; readonly field: FieldName | null },
): Finding {
  const isId = row.recordId !== "" && !isPending(row.recordId) && !isUnlinked(row.recordId);
  const recordId = isId ? row.recordId : null;
  return { severity, rule, rowNumber: row.rowNumber, recordId, title: `Row ${row.rowNumber}`, ...text };
}

/** Records that took over others, by the id that was taken over (R11). */
export function survivorsByLoser(input: MatchInput): ReadonlyMap<RecordId, CrmRecord> {
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

/** Places or records that a message names: thousands of rows may share a key, and each has a message. */
const MOST_SHOWN = 5;

/** "row 3", "rows 3, 5": the places of the others in a message about one of `rows`, which all share something. */
export function showOthers(rows: readonly Row[], row: Row): string {
  const others = rows.slice(0, MOST_SHOWN + 1).filter((other) => other !== row);
  const places = others.map((other) => other.rowNumber);
  return `${rows.length === 2 ? "row" : "rows"} ${showSome(places, rows.length - 1)}`;
}

/** "3, 5", "3, 5, 6, 7, 8 and 2 more": the first ones of a list. */
export function showSome(items: readonly (string | number)[], count = items.length): string {
  const shown = items.slice(0, MOST_SHOWN).join(", ");
  return count > MOST_SHOWN ? `${shown} and ${count - MOST_SHOWN} more` : shown;
}
