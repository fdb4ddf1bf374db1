import type { Field, FieldType } from "../../src/domain/schema";
import { buildField } from "./fake-schema";

/** Every type of field. */
export const ALL_TYPES: readonly FieldType[] = [
  "text",
  "long-text",
  "email",
  "phone",
  "url",
  "number",
  "currency",
  "percent",
  "boolean",
  "date",
  "datetime",
  "choice",
  "multi-choice",
  "reference",
  "id",
  "other",
];

const COLOURS = [
  { value: "red", label: "Red" },
  { value: "green", label: "Green" },
  { value: "hot_pink", label: "Pink, hot" },
  { value: "sea", label: "Blue" },
  { value: "sky", label: "Blue" },
  { value: "semi", label: "Half; half" },
  { value: "3", label: "4" },
  { value: "4", label: "3" },
];

/** A field of that type; choices are colours with repeated, crossed and awkward labels. */
export function fieldOfType(type: FieldType, more: Partial<Field> = {}): Field {
  const options = type === "choice" || type === "multi-choice" ? COLOURS : [];
  return buildField({ name: type, type, options, ...more });
}
