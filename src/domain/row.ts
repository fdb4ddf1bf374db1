import type { RecordId } from "./record";
import type { FieldName } from "./schema";
import type { Cell, EncodedValue } from "./value";

/** A row as it was read. `rowNumber` (1-based) is good only for the read it came from: rows move. */
export interface Row {
  readonly rowNumber: number;
  /** Text of the record id cell, trimmed; `""`: no id; `pending:<token>`: a create on its way. */
  readonly recordId: RecordId;
  /** The id column's cell was emptied or holds something else than text or a number. */
  readonly cells: Readonly<Record<FieldName, Cell>>;
  readonly status: string;
}

/** Everything a row held, mapped or not, by header text: `formula` with `=`, or null. */
export interface RowContent {
  readonly cells: readonly { readonly header: string; readonly value: EncodedValue; readonly formula: string | null }[];
  /** Row that the references of the formulas are counted from; missing: they are taken as they read. */
  readonly rowNumber?: number;
}

/** Id cells of rows whose create is on its way start with this. */
export const PENDING_PREFIX = "pending:";

/** Is the id cell a token of a create on its way? */
export function isPending(recordId: RecordId): boolean {
  return recordId.startsWith(PENDING_PREFIX);
}

/** Id cells of rows that are kept but belong to no record any more start with this; the id that they had follows. */
export const UNLINKED_PREFIX = "unlinked:";

/** Does the row take no part because it was unlinked (R6, undo of a create)? Clearing the cell makes it a new row. */
export function isUnlinked(recordId: RecordId): boolean {
  return recordId.startsWith(UNLINKED_PREFIX);
}
