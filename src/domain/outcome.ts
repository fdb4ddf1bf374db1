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
  /** Refused for a reason in the data: this item only. */
  | {
      readonly kind: "refused";
      readonly operationId: string;
      readonly field: FieldName | null;
      readonly message: string;
    }
  /** Nobody knows whether it happened (time-out, 5xx after sending, no entry in the answer): verify before retry. */
  | { readonly kind: "unknown"; readonly operationId: string; readonly message: string };
