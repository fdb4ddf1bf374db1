import type { RecordId } from "../domain/record";
import type { FieldName } from "../domain/schema";

/** Identifies a field of a record: the two with a line break between them. */
export function fieldKey(recordId: RecordId, field: FieldName): string {
  return `${recordId}\n${field}`;
}
