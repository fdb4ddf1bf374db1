import type { Field } from "../../src/domain/schema";
import type { CrmValue } from "../../src/domain/value";

/** What the fake CRM makes of a value it is given. */
export type StoredValue =
  | { readonly kind: "stored"; readonly value: CrmValue }
  | { readonly kind: "refused"; readonly message: string };

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const NUMBER = /^-?\d+(\.\d+)?$/;

/** Stores as a CRM does: trims, lower-cases e-mail, rounds currency, refuses what is not of the type. */
export function storeValue(field: Field, given: CrmValue): StoredValue {
  const value = field.trims ? given.trim() : given;
  if (value === "") return { kind: "stored", value: "" };
  switch (field.type) {
    case "email":
      return judge(/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value), value.toLowerCase(), `Email address ${value} is invalid`);
    case "number":
    case "percent":
      return judge(NUMBER.test(value), value, `${value} was not a valid number`);
    case "currency":
      return judge(NUMBER.test(value), roundTo(value, field.scale), `${value} was not a valid number`);
    case "boolean":
      return judge(/^(true|false)$/i.test(value), value.toLowerCase(), `${value} was not one of the allowed options`);
    case "date":
      return judge(DATE.test(value) && !Number.isNaN(Date.parse(value)), value, `${value} is not a valid date`);
    case "datetime":
      return judge(!Number.isNaN(Date.parse(value)), value, `${value} is not a valid date and time`);
    case "choice":
      return judge(isOption(field, value), value, notAnOption(field, value));
    case "multi-choice":
      return storeChoices(field, value);
    default:
      return { kind: "stored", value };
  }
}

function judge(isValid: boolean, value: CrmValue, message: string): StoredValue {
  return isValid ? { kind: "stored", value } : { kind: "refused", message };
}

function roundTo(value: CrmValue, scale: number | null): CrmValue {
  return scale === null ? value : String(Number(Number(value).toFixed(scale)));
}

function isOption(field: Field, value: string): boolean {
  return field.options.some((option) => option.value === value);
}

function notAnOption(field: Field, value: string): string {
  return `${value} was not one of the allowed options: ${field.options.map((option) => option.label).join(", ")}`;
}

/** Multiple choices come back in the order of the options, whatever order they were sent in. */
function storeChoices(field: Field, value: string): StoredValue {
  const parts = value.split(";").filter((part) => part !== "");
  const wrong = parts.find((part) => !isOption(field, part));
  if (wrong !== undefined) return { kind: "refused", message: notAnOption(field, wrong) };
  const stored = field.options.filter((option) => parts.includes(option.value)).map((option) => option.value);
  return { kind: "stored", value: stored.join(";") };
}
