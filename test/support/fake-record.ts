import type { RecordId } from "../../src/domain/record";
import type { FieldName, ObjectType } from "../../src/domain/schema";
import type { CrmValue } from "../../src/domain/value";

/** Values by field, as they are given and kept. */
export type FakeValues = Readonly<Record<FieldName, CrmValue>>;

/** A record as the fake CRM keeps it. */
export interface FakeRecord {
  readonly id: RecordId;
  values: Record<FieldName, CrmValue>;
  modifiedMs: number;
  state: "live" | "archived" | "merged";
  /** Survivor, when merged. */
  mergedInto: RecordId | null;
  mergedIds: RecordId[];
  /** Why the caller may not read it; null: it may. */
  unreadable: string | null;
}

/** Who changed a record: the add-on through the port, or anybody else. */
export type FakeActor = "sync" | "other";

/** One effect on a record. */
export interface FakeChange {
  readonly by: FakeActor;
  readonly kind: "create" | "update" | "archive" | "restore" | "merge";
  readonly type: ObjectType;
  readonly id: RecordId;
  readonly before: FakeValues;
  readonly after: FakeValues;
}

/** What came of a change; refusals are values because the port turns them into outcomes. */
export type FakeEffect =
  | { readonly kind: "done"; readonly id: RecordId; readonly values: FakeValues }
  | { readonly kind: "exists"; readonly id: RecordId; readonly field: FieldName }
  | { readonly kind: "missing"; readonly id: RecordId }
  | { readonly kind: "refused"; readonly field: FieldName | null; readonly message: string };
