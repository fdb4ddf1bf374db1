import { bareHost, canonicalKey, isHostField } from "../../domain/canonical-key";
import type { Field } from "../../domain/schema";
import type { CrmValue } from "../../domain/value";
import { UTC } from "../../domain/zone";

/** Form in which two values of a key field are the same key, as the planner compares them; `""`: no key. */
export function toKeyForm(field: Field, value: CrmValue): string {
  return canonicalKey(field, value, UTC);
}

/** Ways in which the CRM may hold a key: a search compares letter by letter. Domains also with `www.` and as they are typed. */
export function toSearchForms(field: Field, value: CrmValue): readonly string[] {
  if (!isHostField(field)) return [value.trim().normalize("NFC").toLowerCase()];
  const hosts = new Set([toKeyForm(field, value), bareHost(value)]);
  return [...hosts].flatMap((host) => [host, `www.${host}`]);
}
