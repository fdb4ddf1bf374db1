import type { FieldName } from "./schema";
import type { CrmValue } from "./value";

export type RecordId = string;

/** A live record with the fields that were asked for; a field without value is missing or `""`. */
export interface CrmRecord {
  readonly id: RecordId;
  readonly values: Readonly<Record<FieldName, CrmValue>>;
  /** Last change by anybody, epoch ms UTC. */
  readonly modifiedMs: number;
  /** Ids that were merged into this record (rule R11). */
  readonly mergedIds: readonly RecordId[];
}

/** One page of a listing; `next` continues it and is null on the last page. It is opaque and may expire. */
export interface RecordPage {
  readonly records: readonly CrmRecord[];
  readonly next: string | null;
  /** The values were read by id and not from a search index: they need no second look. */
  readonly consistent?: true;
}

/** Answer for one id that was asked for. Gone and merged are values, not absences. */
export type RecordRead =
  | { readonly kind: "found"; readonly askedId: RecordId; readonly record: CrmRecord }
  | { readonly kind: "merged"; readonly askedId: RecordId; readonly record: CrmRecord }
  | { readonly kind: "gone"; readonly askedId: RecordId }
  | { readonly kind: "unreadable"; readonly askedId: RecordId; readonly reason: string };

/** Answer for one key value: every record that holds it. Several hits are reported, never guessed (rule R3). */
export interface KeyRead {
  readonly key: CrmValue;
  readonly records: readonly CrmRecord[];
}
