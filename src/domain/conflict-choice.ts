import type { RecordId } from "./record";
import type { FieldName } from "./schema";

/** A person's word on an open conflict (rule F5): whose value both sides get. */
export interface ConflictChoice {
  readonly recordId: RecordId;
  readonly field: FieldName;
  readonly winner: "sheet" | "crm";
}
