import { canonicalDecimal } from "./decimal";
import type { Field } from "./schema";
import { readBoolean, toCrmValue } from "./to-crm-value";
import type { CrmValue, SheetValue } from "./value";
import { parseInstant, toWall, type Zone } from "./zone";

/** Used only to compare (sync-rules section 3): total and idempotent; what is stored and shown stays raw. */
export type Canonical = string;

/** Canonical form of a CRM value; `""` is blank. */
export function canonicalCrm(field: Field, value: CrmValue, zone: Zone): Canonical {
  switch (field.type) {
    case "number":
    case "currency":
    case "percent":
      return canonicalDecimal(value, field.scale) ?? value.trim();
    case "boolean":
      return readBoolean(value) ?? value.trim();
    case "date":
      return value.trim().replace(/^(\d{4}-\d{2}-\d{2})T.*$/, "$1");
    case "datetime":
      return canonicalInstant(value, zone);
    case "choice":
      return value;
    case "multi-choice":
      return canonicalSet(value);
    case "email":
      return value.trim().toLowerCase();
    case "phone":
      return value.trim();
    case "other":
      return field.trims ? value.trim() : value;
    default:
      return canonicalText(value, field.trims);
  }
}

/** Wall clock of the spreadsheet's zone, to the second: the two instants of the repeated autumn hour are equal. */
function canonicalInstant(value: CrmValue, zone: Zone): Canonical {
  const instant = parseInstant(value.trim());
  return instant === null ? value.trim() : toWall(instant, zone);
}

function canonicalSet(value: CrmValue): Canonical {
  const parts = value.split(";").map((part) => part.trim());
  return [...new Set(parts.filter((part) => part !== ""))].sort().join(";");
}

function canonicalText(value: CrmValue, trims: boolean): Canonical {
  const text = value.normalize("NFC").replace(/\r\n?/g, "\n");
  return trims ? text.trim() : text;
}

/** Marks canonical forms of cells that no CRM value equals. */
const INVALID = "\u0000invalid:";

/**
 * Canonical form of a cell, comparable with `canonicalCrm` of the same field. A text that cannot become the field's type
 * stands for itself: it equals a CRM value only where the CRM holds that very text.
 */
export function canonicalSheet(field: Field, value: SheetValue, zone: Zone): Canonical {
  const read = toCrmValue(field, value, zone);
  if (read.kind === "value") return canonicalCrm(field, read.value, zone);
  return value.kind === "text" ? canonicalCrm(field, value.text, zone) : INVALID + JSON.stringify(value);
}
