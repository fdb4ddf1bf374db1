import type { Field } from "../../domain/schema";
import type { CrmValue } from "../../domain/value";

/** Form in which two values of a key field are the same key; `""`: no key. Case and outer blanks don't matter. */
export function toKeyForm(field: Field | null, value: CrmValue): string {
  const plain = value.trim().normalize("NFC").toLowerCase();
  return field?.name === "domain" ? toHost(plain) : plain;
}

/** Host of a domain or address: no protocol, no `www.`, no port, path or closing dot. */
function toHost(text: string): string {
  return text
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, "")
    .replace(/^[^/@]*@/, "")
    .replace(/[/?#:].*$/, "")
    .replace(/^www\./, "")
    .replace(/\.$/, "");
}
