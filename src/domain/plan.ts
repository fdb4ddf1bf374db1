import type { Direction } from "./mapping";
import type { RecordId } from "./record";
import type { RowContent } from "./row";
import type { FieldName, ObjectType } from "./schema";
import type { CrmValue, EncodedValue } from "./value";

/**
 * A sync is a plan: plain JSON that lists everything a run would change. The preview shows it, the guard judges it,
 * the engine applies it, the history sums it up.
 */

/** Id of a rule in docs/sync-rules.md: "F2", "R5"... */
export type RuleId = string;

/** A field that goes to the CRM. */
export interface CrmChange {
  readonly field: FieldName;
  /** Value that the record is expected to hold now. */
  readonly from: CrmValue;
  readonly to: CrmValue;
  /** What the cell showed when the plan was made. */
  readonly sheet: EncodedValue;
  /** Both values as people read them, where that is not how the CRM writes them: a label, a time of the spreadsheet's zone. */
  readonly shown?: { readonly from: string; readonly to: string };
  readonly rule: RuleId;
  /** A value that somebody changed in the CRM is replaced: the loser of a conflict, kept in the undo log (F5). */
  readonly overwrites?: true;
}

/** A cell that is written in the sheet. */
export interface CellChange {
  readonly field: FieldName;
  /** Value that the cell is expected to hold now. */
  readonly from: EncodedValue;
  readonly to: EncodedValue;
  /** The CRM value behind `to`: the new CRM shadow. */
  readonly crm: CrmValue;
  readonly rule: RuleId;
  /** A value typed by the user is replaced: the loser of a conflict, kept in the undo log (F2, F5). */
  readonly overwrites?: true;
}

/** A base entry that changes without any write (rules F4, F6 equal). */
export interface Adoption {
  readonly recordId: RecordId;
  readonly field: FieldName;
  readonly sheet: EncodedValue;
  readonly crm: CrmValue;
}

interface OperationBase {
  /** Unique in the plan; outcomes are matched by it, never by position. */
  readonly id: string;
  readonly rule: RuleId;
  /** What people call the record: its name or key. */
  readonly title: string;
}

export interface CreateOperation extends OperationBase {
  readonly kind: "create";
  /** Row when the plan was made: a hint, the row is found again by its values. */
  readonly rowNumber: number;
  readonly changes: readonly CrmChange[];
  /** Every mapped cell of the row when the plan was made, to find it again. */
  readonly row: Readonly<Record<FieldName, EncodedValue>>;
  /** Key that is sent; `unique`: the CRM tells the one record that holds it. null: the row has none. */
  readonly key?: { readonly field: FieldName; readonly value: CrmValue; readonly unique: boolean } | null;
}

export interface UpdateOperation extends OperationBase {
  readonly kind: "update";
  readonly recordId: RecordId;
  readonly rowNumber: number;
  readonly changes: readonly CrmChange[];
}

export interface AppendRowOperation extends OperationBase {
  readonly kind: "append-row";
  readonly recordId: RecordId;
  readonly cells: readonly CellChange[];
  /**
   * Fields that the row leaves blank, with the CRM's value: their shadows become (blank, that value) together with those of
   * the cells. Formula columns, which the next run would fill otherwise; and all else that the base remembers of a row that
   * comes back (R8, R9), since those cells would look emptied.
   */
  readonly blanks?: Readonly<Record<FieldName, CrmValue>>;
}

export interface WriteCellsOperation extends OperationBase {
  readonly kind: "write-cells";
  readonly recordId: RecordId;
  readonly rowNumber: number;
  readonly cells: readonly CellChange[];
  /** Every mapped cell of the row, where its id stands in copies too: only the row that shows this is written (R13). */
  readonly row?: Readonly<Record<FieldName, EncodedValue>>;
}

/** Puts a record id into the id cell of a row that has none (R2, R24) or another one (R11). */
export interface LinkOperation extends OperationBase {
  readonly kind: "link";
  readonly recordId: RecordId;
  /** Id under which the base knows the pair: another one than `recordId` after a merge. */
  readonly baseId: RecordId;
  /** Id cell's content now: `""` or the id of the merged record. */
  readonly expectedId: string;
  readonly rowNumber: number;
  readonly row: Readonly<Record<FieldName, EncodedValue>>;
}

/** Archives a record (R8 by choice, undo of a create): only while it still holds what the plan saw. */
export interface ArchiveOperation extends OperationBase {
  readonly kind: "archive";
  readonly recordId: RecordId;
  /** Row that stands for the record; null: none. */
  readonly rowNumber: number | null;
  /** Mapped values that the record is expected to hold now. */
  readonly expected: Readonly<Record<FieldName, CrmValue>>;
}

/** Deletes a row of the sheet (R6 by choice, undo of an appended row): only while its mapped cells still show this. */
export interface RemoveRowOperation extends OperationBase {
  readonly kind: "remove-row";
  readonly recordId: RecordId;
  readonly rowNumber: number;
  readonly row: Readonly<Record<FieldName, EncodedValue>>;
  /** Undo of an appended row: a row whose unmapped cells hold anything stays. */
  readonly onlyIfUnmappedBlank: boolean;
}

/** Marks a row as no longer linked (R6 by choice, undo of a create): its id cell says `unlinked:<id>`. */
export interface UnlinkOperation extends OperationBase {
  readonly kind: "unlink";
  readonly recordId: RecordId;
  readonly rowNumber: number;
  readonly row: Readonly<Record<FieldName, EncodedValue>>;
}

/** Puts a deleted row back at the end of the table with all its cells (undo of a removal). */
export interface RestoreRowOperation extends OperationBase {
  readonly kind: "restore-row";
  readonly recordId: RecordId;
  readonly content: RowContent;
}

export type Operation =
  | CreateOperation
  | UpdateOperation
  | ArchiveOperation
  | AppendRowOperation
  | WriteCellsOperation
  | LinkOperation
  | UnlinkOperation
  | RemoveRowOperation
  | RestoreRowOperation;

/** A rule that keeps a side of a conflict from winning, with the way out. */
export interface Barred {
  readonly rule: RuleId;
  readonly message: string;
}

/** Both sides changed a field (rule F5): kept open, blocks only its own field. */
export interface Conflict {
  readonly recordId: RecordId;
  readonly title: string;
  readonly rowNumber: number;
  readonly field: FieldName;
  readonly sheet: EncodedValue;
  readonly crm: CrmValue;
  /** The CRM's value as people read it, where that is not how the CRM writes it. */
  readonly crmShown?: string;
  /** Why a side cannot win whatever people choose: a formula is never overwritten (F7), a key belongs to another record (R15). */
  readonly barred?: Readonly<Partial<Record<"sheet" | "crm", Barred>>>;
  /** Base; null: there is none (first sync). */
  readonly base: { readonly sheet: EncodedValue; readonly crm: CrmValue } | null;
  readonly rule: RuleId;
  /** When each side got its value, epoch ms: after `from`, at `to` at the latest. Missing in plans of older versions. */
  readonly times?: ConflictTimes;
}

/** An interval that holds the moment of a change: after `fromMs`, at `toMs` at the latest. */
export interface ChangeTime {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface ConflictTimes {
  readonly sheet: ChangeTime;
  readonly crm: ChangeTime;
}

/** Something a row, record or field could not take part in, with the way out. */
export interface Finding {
  /** `error`: the user has to act. `note`: left as it is on purpose. */
  readonly severity: "error" | "note";
  readonly rule: RuleId;
  readonly rowNumber: number | null;
  readonly recordId: RecordId | null;
  readonly field: FieldName | null;
  readonly title: string;
  /** Sentence for people: what, and how to get out. */
  readonly message: string;
}

export interface PlanCounts {
  readonly rows: number;
  readonly records: number;
  readonly linked: number;
  readonly creates: number;
  readonly updates: number;
  /** Fields cleared in the CRM. */
  readonly clears: number;
  readonly appends: number;
  readonly rowWrites: number;
  readonly cellWrites: number;
  readonly links: number;
  readonly archives: number;
  readonly removedRows: number;
  readonly unlinks: number;
  readonly restoredRows: number;
  readonly conflicts: number;
  readonly errors: number;
  readonly notes: number;
  /** Rows without id, key and required fields: no rows (section 2). */
  readonly ignoredRows: number;
  /** Linked pairs where both sides agree. */
  readonly unchanged: number;
}

export type GuardKind =
  | "many-deletes"
  | "many-clears"
  | "many-changes"
  | "many-creates"
  | "side-shrank"
  | "first-sync-creates"
  | "first-sync"
  | "undo"
  | "zone-changed"
  | "base-damaged";

/** A limit that the plan passes: it waits for approval. */
export interface GuardFinding {
  readonly kind: GuardKind;
  readonly count: number;
  readonly limit: number;
  readonly message: string;
}

export interface Plan {
  readonly version: 1;
  readonly mappingId: string;
  readonly objectType: ObjectType;
  readonly direction: Direction;
  readonly madeAtMs: number;
  /** Run that this plan takes back; null: an ordinary sync. */
  readonly undoOf: string | null;
  /** No pair had a base: creates need a tick, fills only blanks. */
  readonly firstSync: boolean;
  readonly operations: readonly Operation[];
  readonly adoptions: readonly Adoption[];
  /** Pairs whose base entry goes away (R10, unlinked). */
  readonly forget: readonly RecordId[];
  /** Records whose row the user removed: remembered, not brought back (R8). */
  readonly tombstones: readonly RecordId[];
  /** Tombstones that are dropped again (R2, R5 by choice). */
  readonly revive: readonly RecordId[];
  readonly conflicts: readonly Conflict[];
  /** Fields that rule F12 held back, as `fieldKey`s. Missing in plans of older versions: none. */
  readonly stopped?: readonly string[];
  readonly findings: readonly Finding[];
  readonly guard: readonly GuardFinding[];
  readonly counts: PlanCounts;
}
