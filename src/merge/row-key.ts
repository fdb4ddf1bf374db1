import { canonicalKey } from "../domain/canonical-key";
import type { Field } from "../domain/schema";
import { toCrmValue } from "../domain/to-crm-value";
import type { Cell } from "../domain/value";
import type { Zone } from "../domain/zone";

/** Key of a row or record, comparable across both sides; `""` is a blank key, which matches nothing (section 2). */
export type RowKey = string;

export type RowKeyRead =
  | { readonly kind: "key"; readonly key: RowKey }
  /** Unreadable (F8) or not of the field's type (F10): the row is neither linked nor created. */
  | { readonly kind: "bad"; readonly reason: string };

/** Key of a row. */
export function readRowKey(keyField: Field, cell: Cell, zone: Zone): RowKeyRead {
  const read = toCrmValue(keyField, cell.value, zone);
  return read.kind === "value"
    ? { kind: "key", key: canonicalKey(keyField, read.value, zone) }
    : { kind: "bad", reason: read.reason };
}
