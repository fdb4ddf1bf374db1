import { assumed } from "../assumptions";
import type { FieldValue } from "../org";
import type { SField } from "../sobject-def";
import type { RowError } from "../write-row";

type Checked =
  | { readonly kind: "value"; readonly value: FieldValue }
  | { readonly kind: "error"; readonly error: RowError };

/** A given value in the form in which it is stored; refused with the org's own code and text. References are not for it. */
export function checkScalar(field: SField, raw: unknown): Checked {
  switch (field.type) {
    case "boolean":
      return checkBoolean(field, raw);
    case "int":
    case "double":
    case "currency":
    case "percent":
      return checkNumber(field, raw);
    case "date":
      return checkDate(field, String(raw));
    case "datetime":
      return checkTime(field, String(raw));
    case "picklist":
    case "multipicklist":
      return checkPicklist(field, String(raw));
    case "email":
      return checkEmail(field, String(raw).trim().toLowerCase());
    default:
      return checkText(field, assumed.trimsText ? String(raw).trimEnd() : String(raw));
  }
}

function value(stored: FieldValue): Checked {
  return { kind: "value", value: stored };
}

function refuse(field: SField, errorCode: string, message: string): Checked {
  return { kind: "error", error: { errorCode, message, fields: [field.name], status: 400 } };
}

function wrongType(field: SField, raw: unknown): Checked {
  const error = { errorCode: "JSON_PARSER_ERROR", message: assumed.wrongType(field.type, String(raw)), status: 400 };
  return { kind: "error", error: { ...error, fields: [field.name] } };
}

function checkBoolean(field: SField, raw: unknown): Checked {
  if (typeof raw === "boolean") return value(raw);
  if (/^(true|false)$/i.test(String(raw))) return value(/^true$/i.test(String(raw)));
  return wrongType(field, raw);
}

/** Numbers may come as texts (recorded for whole ones); those with too many decimals are rounded to the field's scale. */
function checkNumber(field: SField, raw: unknown): Checked {
  const number =
    typeof raw === "number"
      ? raw
      : /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(String(raw))
        ? Number(raw)
        : Number.NaN;
  if (!Number.isFinite(number)) return wrongType(field, raw);
  if (field.type === "int") {
    if (!Number.isInteger(number)) return wrongType(field, raw);
    return Math.abs(number) < 2 ** 31 ? value(number) : refuseRange(field);
  }
  const limit = 10 ** (field.precision - field.scale);
  if (field.precision > 0 && Math.abs(number) >= limit) return refuseRange(field);
  return value(Number(number.toFixed(Math.min(field.scale, 15))));
}

function refuseRange(field: SField): Checked {
  return refuse(field, "NUMBER_OUTSIDE_VALID_RANGE", assumed.outOfRange(field.label));
}

/** Years that a date may lie in (SOQL and SOSL Reference, date formats). */
const YEARS = { first: 1700, last: 4000 } as const;

function checkDate(field: SField, text: string): Checked {
  const [day = ""] = text.split("T");
  const ms = Date.parse(`${day}T00:00:00Z`);
  const year = Number(day.slice(0, 4));
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(day)) {
    return wrongType(field, text);
  }
  return year < YEARS.first || year > YEARS.last ? refuseRange(field) : value(day);
}

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

/** Times are kept to the second: that is what every recorded answer shows. */
function checkTime(field: SField, text: string): Checked {
  const ms = TIME.test(text) ? Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, "$1:$2")) : Number.NaN;
  if (Number.isNaN(ms)) return wrongType(field, text);
  return value(new Date(Math.floor(ms / 1000) * 1000).toISOString());
}

/** Restricted lists refuse what they do not have; others take anything. A label is no value. */
function checkPicklist(field: SField, text: string): Checked {
  const known = field.picklistValues.map((one) => one.value);
  const spelled = (one: string) => known.find((other) => other.toLowerCase() === one.toLowerCase()) ?? one;
  const parts = field.type === "multipicklist" ? text.split(";").filter((part) => part !== "") : [text];
  const values = [...new Set(parts.map((part) => spelled(part.trim())))];
  const bad = values.find((one) => !known.includes(one));
  if (bad !== undefined && field.restrictedPicklist) {
    const message = assumed.badPicklist(field.label, bad);
    return refuse(field, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", message);
  }
  if (field.type === "multipicklist" && assumed.multiPicklistOrder === "definition") {
    values.sort((a, b) => orderOf(known, a) - orderOf(known, b));
  }
  return values.length === 0 ? value(null) : value(values.join(";"));
}

function orderOf(known: readonly string[], one: string): number {
  const at = known.indexOf(one);
  return at < 0 ? known.length : at;
}

function checkEmail(field: SField, text: string): Checked {
  if (!/^[^\s@<>(),;:"\\[\]]+@[^\s@<>(),;:"\\[\]]+$/.test(text) || /\.\.|\.@|^\.|@\.|\.$/.test(text)) {
    return refuse(field, "INVALID_EMAIL_ADDRESS", `${field.label}: invalid email address: ${text}`);
  }
  return checkText(field, text);
}

function checkText(field: SField, text: string): Checked {
  if (field.length > 0 && text.length > field.length) {
    return refuse(field, "STRING_TOO_LONG", assumed.tooLong(field.label, text, field.length));
  }
  return value(text === "" ? null : text);
}
