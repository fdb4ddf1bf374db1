import type { Field } from "../../domain/schema";
import type { CrmValue } from "../../domain/value";
import { ASSUMED } from "./assumed";

/**
 * A value of HubSpot in wire form (domain/value.ts). HubSpot answers text or null; null and `""` are the same. A value
 * that does not look like its type passes as it is: nothing is lost, and nothing is guessed.
 */
export function normaliseValue(field: Field | null, raw: unknown): CrmValue {
  if (raw === null || raw === undefined) return "";
  const text = typeof raw === "string" ? raw : typeof raw === "object" ? JSON.stringify(raw) : String(raw);
  switch (field?.type) {
    case "date":
      return toDate(text);
    case "datetime":
      return toDatetime(text);
    case "boolean":
      return toBoolean(text);
    case "multi-choice":
      return text
        .split(";")
        .filter((part) => part !== "")
        .join(";");
    case "email":
      return text.trim().toLowerCase();
    default:
      return text;
  }
}

const EPOCH_MS = /^-?\d{9,14}$/;

/** Dates are `YYYY-MM-DD`; a few system ones are epoch ms of midnight UTC. */
function toDate(text: string): CrmValue {
  if (EPOCH_MS.test(text)) return new Date(Number(text)).toISOString().slice(0, 10);
  return /^\d{4}-\d{2}-\d{2}T/.test(text) ? text.slice(0, 10) : text;
}

/** Times come with and without fraction, and now and then as epoch ms. */
function toDatetime(text: string): CrmValue {
  const ms = EPOCH_MS.test(text) ? Number(text) : Date.parse(text);
  return Number.isNaN(ms) ? text : new Date(ms).toISOString();
}

function toBoolean(text: string): CrmValue {
  const lower = text.trim().toLowerCase();
  return lower === "true" || lower === "false" ? lower : text;
}

const cut = (text: string): string => text.replace(ASSUMED.outerBlanks, "");

/**
 * A value as HubSpot takes it: outer blanks cut where it refuses them (400 LEADING_TRAILING_WHITESPACE), booleans in
 * lower case, and no leading `;`, which would append to a list instead of replacing it.
 */
export function toHubspotValue(field: Field | null, value: CrmValue): string {
  if (!field) return value;
  const text = field.trims ? cut(value) : value;
  if (field.type === "multi-choice")
    return text
      .split(";")
      .map(cut)
      .filter((part) => part !== "")
      .join(";");
  return field.type === "boolean" ? text.toLowerCase() : text;
}
