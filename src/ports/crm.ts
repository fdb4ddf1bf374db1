import type { Account } from "../domain/account";
import type { CrmName } from "../domain/mapping";
import type { Outcome, WriteOperation } from "../domain/outcome";
import type { KeyRead, RecordId, RecordPage, RecordRead } from "../domain/record";
import type { FieldName, ObjectInfo, ObjectSchema, ObjectType } from "../domain/schema";
import type { CrmValue } from "../domain/value";

/** Which records a mapping is about. */
export type RecordFilter = { readonly kind: "all" };

/** Limits of a CRM as data, each with its source beside the constant in the adapter. */
export interface CrmLimits {
  /** Inputs of one write or read by id. */
  readonly batchSize: number;
  /** Records of one listing page. */
  readonly pageSize: number;
  /** How long a search may lag behind a write, ms. */
  readonly searchLagMs: number;
}

export interface ListQuery {
  readonly fields: readonly FieldName[];
  readonly filter: RecordFilter;
  /** `next` of the page before; null for the first page. */
  readonly cursor: string | null;
}

/** Records that changed in a window, seen through the CRM's search, which may lag and repeat (section 7). */
export interface WindowQuery {
  readonly fields: readonly FieldName[];
  readonly filter: RecordFilter;
  /** Changed at or after this, epoch ms of the CRM's clock. */
  readonly sinceMs: number;
  /** Changed before this. */
  readonly untilMs: number;
  /** `next` of the page before; null for the first page. It stays good when a later execution goes on. */
  readonly cursor: string | null;
}

/**
 * The port every CRM implements. All calls block. Errors are `SyncError`s: `auth` (dead token, missing scope, other
 * account), `retryable` (limits and server faults that outlasted the adapter's own patience), `fatal`, `bug`.
 * Retries with waiting happen inside the adapter while `deadline` allows; a write whose fate is unknown is an
 * outcome, never a retry.
 */
export interface Crm {
  readonly name: CrmName;
  readonly limits: CrmLimits;
  /** Who am I. Throws `auth` when the connection is dead. */
  check(): Account;
  objects(): readonly ObjectInfo[];
  describe(type: ObjectType): ObjectSchema;
  /** Live records that the filter matches. */
  count(type: ObjectType, filter: RecordFilter): number;
  /** One page of all live records, consistent with writes (not a search index). */
  list(type: ObjectType, query: ListQuery): RecordPage;
  /**
   * One page of the records that changed in a window, in an order that neither skips nor loops whatever number of records
   * share a time. Hits are hints: what leads to a write is read again by id.
   */
  changedSince(type: ObjectType, query: WindowQuery): RecordPage;
  /** The CRM's clock as its last answer showed it, epoch ms; the own clock before the first answer. */
  now(): number;
  /** One answer per id, in the order asked; batches inside. Duplicate ids are asked once. */
  read(type: ObjectType, fields: readonly FieldName[], ids: readonly RecordId[]): readonly RecordRead[];
  /** One answer per key value, in the order asked; consistent where the key is unique. Case and outer blanks don't matter. */
  find(
    type: ObjectType,
    keyField: FieldName,
    keys: readonly CrmValue[],
    fields: readonly FieldName[],
  ): readonly KeyRead[];
  /** At most `limits.batchSize` operations of one kind; one outcome per operation, matched by operation id. */
  write(type: ObjectType, operations: readonly WriteOperation[]): readonly Outcome[];
  /** Address of the record's page in the CRM, for people. */
  recordUrl(account: Account, type: ObjectType, id: RecordId): string;
}
