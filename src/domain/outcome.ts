import type { CrmRecord, RecordId } from "./record";
import type { FieldName } from "./schema";
import type { CrmValue } from "./value";

/** What is sent to a CRM. `operationId` comes back in the outcome. */
export type WriteOperation =
  | { readonly kind: "create"; readonly operationId: string; readonly values: Readonly<Record<FieldName, CrmValue>> }
  | {
      readonly kind: "update";
      readonly operationId: string;
      readonly recordId: RecordId;
      readonly values: Readonly<Record<FieldName, CrmValue>>;
    }
  | { readonly kind: "archive"; readonly operationId: string; readonly recordId: RecordId };

/** A field that a CRM blames for a refusal; null: it names none. */
export interface RefusedField {
  readonly field: FieldName | null;
  readonly message: string;
}

/** Refused for a reason in the data: this item only. */
export interface RefusedOutcome extends RefusedField {
  readonly kind: "refused";
  readonly operationId: string;
  /** Every field that is blamed, each with its own reason, where the answer names several; `message` says it all. */
  readonly fields?: readonly RefusedField[];
}

/** What became of one write operation; matched by operation id, never by position. */
export type Outcome =
  | {
      readonly kind: "written";
      readonly operationId: string;
      /** The record as the CRM answered: only the fields that the answer held. */
      readonly record: CrmRecord;
    }
  | { readonly kind: "archived"; readonly operationId: string; readonly recordId: RecordId }
  /** The CRM already has a record with this key (HubSpot 409 / existingId). */
  | {
      readonly kind: "exists";
      readonly operationId: string;
      readonly recordId: RecordId | null;
      readonly message: string;
    }
  | { readonly kind: "gone"; readonly operationId: string }
  | RefusedOutcome
  /** Nobody knows whether it happened (time-out, 5xx after sending, no entry in the answer): verify before retry. */
  | { readonly kind: "unknown"; readonly operationId: string; readonly message: string };
