import { asciiHost } from "../domain/ascii-host";
import { canonicalCrm } from "../domain/canonical-value";
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

/**
 * Canonical key (section 4): e-mail case-folded; domain as bare host, lower case, without `www.`; names case-folded and
 * trimmed; anything else as its field compares.
 */
export function canonicalKey(keyField: Field, value: string, zone: Zone): RowKey {
  if (isDomainField(keyField)) return bareHost(value);
  const canonical = canonicalCrm(keyField, value, zone);
  return keyField.type === "text" && !keyField.unique ? canonical.trim().toLowerCase() : canonical;
}

function isDomainField(field: Field): boolean {
  return field.type === "url" || /^(domain|website)$/i.test(field.name);
}

function bareHost(value: string): string {
  const host = value
    .trim()
    .toLowerCase()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, "")
    .replace(/[/?#].*$/, "")
    .replace(/:\d+$/, "");
  return asciiHost(host.replace(/^www\./, "").replace(/\.$/, ""));
}
