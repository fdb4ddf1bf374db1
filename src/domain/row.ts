import type { RecordId } from "./record";
import type { FieldName } from "./schema";
import type { Cell } from "./value";

/** A row as it was read. `rowNumber` (1-based) is good only for the read it came from: rows move. */
export interface Row {
  readonly rowNumber: number;
  /** Text of the record id cell, trimmed; `""`: no id; `pending:<token>`: a create on its way. */
  readonly recordId: RecordId;
  /** The id column's cell was emptied or holds something else than text or a number. */
  readonly cells: Readonly<Record<FieldName, Cell>>;
  readonly status: string;
}

/** Id cells of rows whose create is on its way start with this. */
export const PENDING_PREFIX = "pending:";

/** Is the id cell a token of a create on its way? */
export function isPending(recordId: RecordId): boolean {
  return recordId.startsWith(PENDING_PREFIX);
}
