import { asciiHost } from "./ascii-host";
import { canonicalCrm } from "./canonical-value";
import type { Field } from "./schema";
import type { CrmValue } from "./value";
import type { Zone } from "./zone";

/**
 * Canonical key (sync-rules section 4): e-mail case-folded; domain as bare host; names case-folded and trimmed; anything
 * else as its field compares. `""` is no key.
 */
export function canonicalKey(keyField: Field, value: CrmValue, zone: Zone): string {
  if (isHostField(keyField)) return asciiHost(bareHost(value));
  const canonical = canonicalCrm(keyField, value, zone);
  return keyField.type === "text" && !keyField.unique ? canonical.trim().toLowerCase() : canonical;
}

/** Does the field hold an internet domain or address? */
export function isHostField(field: Field): boolean {
  return field.type === "url" || /^(domain|website)$/i.test(field.name);
}

/** Host of a domain or address, lower case: no protocol, user, `www.`, port, path or closing dot. */
export function bareHost(value: string): string {
  return value
    .trim()
    .normalize("NFC")
    .toLowerCase()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, "")
    .replace(/[/?#].*/s, "")
    .replace(/.*@/, "")
    .replace(/:.*/, "")
    .replace(/^www\./, "")
    .replace(/\.$/, "");
}
