import type { Outcome, RefusedField } from "../../domain/outcome";
import type { Field, FieldName } from "../../domain/schema";
import { ASSUMED } from "./assumed";
import { shorten } from "./error-of-answer";
import { contextTexts, type ErrorWire } from "./wire";

/** One value that HubSpot refused. */
export interface RefusedValue {
  readonly field: FieldName | null;
  readonly code: string;
  readonly message: string;
}

/** What explaining a refusal needs: the fields, and the values that were sent. */
export interface RefusalContext {
  readonly findField: (name: FieldName) => Field | null;
  readonly values: Readonly<Record<FieldName, string>>;
}

/** Allowed options that a message lists before it only counts the rest. */
const LISTED_OPTIONS = 20;

/** Longest part of HubSpot's own words in a sentence, characters: what to do has to fit behind it. */
const MAX_QUOTE = 180;

/**
 * The refused values of an error: the list is JSON inside the message; where it cannot be read, the entries of
 * `errors`; where there are none, the message itself.
 */
export function toRefusedValues(error: ErrorWire): readonly RefusedValue[] {
  const message = error.message ?? "";
  const inside = parseList(message);
  if (inside.length > 0) return inside;
  const details = (error.errors ?? []).map((detail) => ({
    field: contextTexts(detail.context, "propertyName")[0] ?? null,
    code: detail.code ?? "",
    message: detail.message ?? "",
  }));
  if (details.length > 0) return details;
  // "Email address x is invalid" comes alone from some calls.
  const isEmail = /^Email address .* is invalid/.test(message);
  return [{ field: isEmail ? "email" : null, code: isEmail ? "INVALID_EMAIL" : "", message }];
}

function parseList(message: string): readonly RefusedValue[] {
  const from = message.indexOf("[{");
  if (from < 0) return [];
  try {
    const list = JSON.parse(message.slice(from)) as unknown;
    if (!Array.isArray(list)) return [];
    return list.map((item: Readonly<Record<string, unknown>>) => ({
      field: typeof item.name === "string" ? item.name : null,
      code: typeof item.error === "string" ? item.error : "",
      message: typeof item.message === "string" ? item.message : "",
    }));
  } catch {
    return [];
  }
}

/** Id of the record that stands in the way of a write; undefined: this is no conflict; null: a conflict without id. */
export function toExistingId(error: ErrorWire): string | null | undefined {
  const named = contextTexts(error.context, "existingId")[0] ?? /Existing ID: (\d+)/.exec(error.message ?? "")?.[1];
  if (named !== undefined) return named;
  return error.category === "CONFLICT" || isUniqueConflict(error) ? null : undefined;
}

function isUniqueConflict(error: ErrorWire): boolean {
  return toRefusedValues(error).some((value) => value.code === ASSUMED.uniqueValueCode);
}

/** Outcome of one operation that HubSpot refused for this reason. */
export function toRefusal(operationId: string, error: ErrorWire, context: RefusalContext): Outcome {
  const existingId = toExistingId(error);
  if (existingId !== undefined) {
    const which = existingId === null ? "" : ` (record ${existingId})`;
    const message = `HubSpot already has a record with this key${which}.`;
    return { kind: "exists", operationId, recordId: existingId, message };
  }
  if (error.category === "OBJECT_NOT_FOUND") return { kind: "gone", operationId };
  const values = toRefusedValues(error);
  const message = shorten(values.map((value) => toSentence(value, context)).join(" "));
  const refused = { kind: "refused" as const, operationId, field: values[0]?.field ?? null, message };
  const fields = toRefusedFields(values, context);
  return fields.length > 1 ? { ...refused, fields } : refused;
}

/** The fields that are blamed, each once with all that is said about it. */
function toRefusedFields(values: readonly RefusedValue[], context: RefusalContext): readonly RefusedField[] {
  const sentences = new Map<FieldName, ReadonlySet<string>>();
  for (const value of values) {
    if (value.field === null) continue;
    sentences.set(value.field, new Set([...(sentences.get(value.field) ?? []), toSentence(value, context)]));
  }
  return [...sentences].map(([field, said]) => ({ field, message: shorten([...said].join(" ")) }));
}

/** A sentence for people about a refused value. */
function toSentence(refused: RefusedValue, context: RefusalContext): string {
  const field = refused.field === null ? null : context.findField(refused.field);
  const label = field?.label ?? refused.field ?? "";
  const sent = refused.field === null ? "" : shorten(context.values[refused.field] ?? "");
  switch (refused.code) {
    case "PROPERTY_DOESNT_EXIST":
      return `HubSpot has no property “${refused.field}” any more.`;
    case "READ_ONLY_VALUE":
      return `${label} is read-only in HubSpot.`;
    case "INVALID_EMAIL":
      return `HubSpot does not accept “${sent}” as an e-mail address.`;
    case "INVALID_OPTION":
      return `${label}: “${sent}” is not one of the options.${toAllowed(field)}`;
    case "INVALID_DATE":
      return `${label}: HubSpot does not accept “${sent}” as a date.`;
    case "INVALID_INTEGER":
    case "INVALID_LONG":
      return `${label}: “${sent}” is not a number.`;
    case "LEADING_TRAILING_WHITESPACE":
      return `${label}: “${sent}” begins or ends with blanks.`;
    default:
      return toUnknownRefusal(label, shorten(refused.message, MAX_QUOTE) || "no reason given");
  }
}

/** A refusal for a reason that is not known here: what HubSpot said, and what to do. */
function toUnknownRefusal(label: string, said: string): string {
  if (label === "") return `HubSpot refused this row: “${said}”. Correct the row and sync again.`;
  return `${label}: HubSpot refused the value: “${said}”. Correct the cell and sync again.`;
}

function toAllowed(field: Field | null): string {
  const labels = (field?.options ?? []).filter((option) => !option.hidden).map((option) => option.label);
  if (labels.length === 0) return "";
  const rest = labels.length - LISTED_OPTIONS;
  return ` Allowed: ${labels.slice(0, LISTED_OPTIONS).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}.`;
}
