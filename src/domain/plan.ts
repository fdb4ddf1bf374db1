import type { Direction } from "./mapping";
import type { RecordId } from "./record";
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
  readonly rule: RuleId;
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
  /** A value typed by the user is replaced and goes to the history. */
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
}

export interface WriteCellsOperation extends OperationBase {
  readonly kind: "write-cells";
  readonly recordId: RecordId;
  readonly rowNumber: number;
  readonly cells: readonly CellChange[];
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

export type Operation = CreateOperation | UpdateOperation | AppendRowOperation | WriteCellsOperation | LinkOperation;

/** Both sides changed a field (rule F5): kept open, blocks only its own field. */
export interface Conflict {
  readonly recordId: RecordId;
  readonly title: string;
  readonly rowNumber: number;
  readonly field: FieldName;
  readonly sheet: EncodedValue;
  readonly crm: CrmValue;
  /** Base; null: there is none (first sync). */
  readonly base: { readonly sheet: EncodedValue; readonly crm: CrmValue } | null;
  readonly rule: RuleId;
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
  readonly findings: readonly Finding[];
  readonly guard: readonly GuardFinding[];
  readonly counts: PlanCounts;
}
