import { canonicalDecimal } from "./decimal";
import type { Field } from "./schema";
import { toCrmValue } from "./to-crm-value";
import type { CrmValue, SheetValue } from "./value";
import { toWall, type Zone } from "./zone";

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
      return value.trim().toLowerCase();
    case "date":
      return value.trim().slice(0, 10);
    case "datetime":
      return canonicalInstant(value, zone);
    case "choice":
      return value;
    case "multi-choice":
      return [...new Set(value.split(";").filter((part) => part !== ""))].sort().join(";");
    case "email":
      return value.trim().toLowerCase();
    case "phone":
      return value.trim();
    default:
      return canonicalText(value, field.trims);
  }
}

/** Wall clock of the spreadsheet's zone, to the second: the two instants of the repeated autumn hour are equal. */
function canonicalInstant(value: CrmValue, zone: Zone): Canonical {
  if (value === "") return "";
  const instant = Date.parse(value);
  return Number.isNaN(instant) ? value.trim() : toWall(instant, zone);
}

function canonicalText(value: CrmValue, trims: boolean): Canonical {
  const text = value.normalize("NFC").replace(/\r\n?/g, "\n");
  return trims ? text.trim() : text;
}

/** Marks canonical forms of cells that cannot become the field's type: they equal nothing but themselves. */
const INVALID = "\u0000invalid:";

/** Canonical form of a cell, comparable with `canonicalCrm` of the same field. */
export function canonicalSheet(field: Field, value: SheetValue, zone: Zone): Canonical {
  const read = toCrmValue(field, value, zone);
  if (read.kind === "value") return canonicalCrm(field, read.value, zone);
  return INVALID + (value.kind === "text" ? value.text : JSON.stringify(value));
}
