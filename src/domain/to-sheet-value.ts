import { showChoice } from "./choice";
import { canonicalDecimal, numberToDecimal, shiftDecimal } from "./decimal";
import type { Field } from "./schema";
import { BLANK, type CrmValue, type SheetValue, textValue } from "./value";
import { isCalendarDay, parseInstant, toWall, type Zone } from "./zone";

/** What a cell shall hold for a CRM value; a value that does not fit its type is shown as the text it is. Never throws. */
export function toSheetValue(field: Field, value: CrmValue, zone: Zone): SheetValue {
  if (value === "") return BLANK;
  switch (field.type) {
    case "number":
    case "currency":
      return toNumber(value);
    case "percent":
      return toPercent(value);
    case "boolean":
      return value === "true" || value === "false" ? { kind: "boolean", boolean: value === "true" } : textValue(value);
    case "date":
      return isCalendarDay(value) ? { kind: "wall", text: value } : textValue(value);
    case "datetime": {
      const instant = parseInstant(value);
      return instant === null ? textValue(value) : { kind: "wall", text: toWall(instant, zone) };
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
function toNumber(value: CrmValue): SheetValue {
  const number = exactNumber(canonicalDecimal(value, null));
  return number === null ? textValue(value) : { kind: "number", number };
}

/** A percent cell, else text with a percent sign. */
function toPercent(value: CrmValue): SheetValue {
  const percent = canonicalDecimal(value, null);
  if (percent === null) return textValue(value);
  const number = exactNumber(shiftDecimal(percent, -2));
  return number === null ? textValue(`${percent} %`) : { kind: "number", number, percent: true };
}

function exactNumber(decimal: string | null): number | null {
  const number = Number(decimal);
  const exact = Math.abs(number) <= Number.MAX_SAFE_INTEGER && numberToDecimal(number) === decimal;
  return exact ? number : null;
}
