import { showChoice } from "./choice";
import { canonicalDecimal, numberToDecimal } from "./decimal";
import type { Field } from "./schema";
import { BLANK, type CrmValue, type SheetValue, textValue } from "./value";
import { toWall, type Zone } from "./zone";

/** What a cell shall hold for a CRM value; a value that does not fit its type is shown as the text it is. Never throws. */
export function toSheetValue(field: Field, value: CrmValue, zone: Zone): SheetValue {
  if (value === "") return BLANK;
  switch (field.type) {
    case "number":
    case "currency":
      return toNumber(value, 1);
    case "percent":
      return toNumber(value, 100);
    case "boolean":
      return value === "true" || value === "false" ? { kind: "boolean", boolean: value === "true" } : textValue(value);
    case "date":
      return /^\d{4}-\d{2}-\d{2}$/.test(value) ? { kind: "wall", text: value } : textValue(value);
    case "datetime": {
      const instant = Date.parse(value);
      return Number.isNaN(instant) ? textValue(value) : { kind: "wall", text: toWall(instant, zone) };
    }
    case "choice":
      return textValue(showChoice(field, value));
    case "multi-choice":
      return textValue(
        value
          .split(";")
          .filter((part) => part !== "")
          .map((part) => showListedChoice(field, part))
          .join("; "),
      );
    default:
      return textValue(value);
  }
}

/** A label that holds a separator would be read back as two options: the internal value stands for it. */
function showListedChoice(field: Field, value: string): string {
  const label = showChoice(field, value);
  return /[;\n]/.test(label) ? value : label;
}

/** A number cell where the number is exact there, else text: no digit is lost. */
function toNumber(value: CrmValue, divisor: 1 | 100): SheetValue {
  const exact = canonicalDecimal(value, null);
  const number = exact === null ? Number.NaN : Number(exact);
  if (exact === null || !Number.isFinite(number) || numberToDecimal(number) !== exact) return textValue(value);
  return divisor === 1 ? { kind: "number", number } : { kind: "number", number: number / divisor, percent: true };
}
