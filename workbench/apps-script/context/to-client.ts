import type { Json } from "../json";

/** A value that google.script.run cannot carry. */
export class ClientValueError extends Error {}

/**
 * The value a client function receives: numbers, booleans, strings, null, arrays and objects of those;
 * undefined in arrays becomes null. Throws ClientValueError for dates, functions and circular structures.
 */
export function toClient(value: unknown, seen: readonly object[] = []): Json {
  switch (typeof value) {
    case "undefined":
      return null;
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? value : null;
    case "object":
      return value === null ? null : objectToClient(value, seen);
    default:
      throw new ClientValueError(typeof value);
  }
}

function objectToClient(value: object, seen: readonly object[]): Json {
  if (value instanceof Date || seen.includes(value)) {
    throw new ClientValueError(value instanceof Date ? "Date" : "circular structure");
  }
  const path = [...seen, value];
  if (Array.isArray(value)) {
    return Array.from(value as readonly unknown[], (item) => toClient(item, path));
  }
  const plain: Record<string, Json> = {};
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined) {
      plain[key] = toClient(item, path);
    }
  }
  return plain;
}

/** The value of a function that nobody in a browser waits for: whatever of it is JSON. */
export function toLoggedValue(value: unknown): Json {
  try {
    const text = JSON.stringify(value);
    return text === undefined ? null : (JSON.parse(text) as Json);
  } catch {
    return null;
  }
}
