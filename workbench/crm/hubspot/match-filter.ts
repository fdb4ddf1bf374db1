import type { PropertyDefinition } from "./property-definition";
import type { Properties } from "./sandbox-types";
import type { SearchFilter } from "./search-request";
import { parseMoment } from "./validate-values";

/** Looks up a live definition. */
type FindDefinition = (name: string) => PropertyDefinition | undefined;

/** A value that compares: numbers for numbers and times, text else. */
type Comparable = number | string;

function toComparable(definition: PropertyDefinition, text: string): Comparable {
  switch (definition.type) {
    case "number":
      return Number(text);
    case "date":
    case "datetime":
      return toMoment(text);
    case "enumeration":
    case "bool":
      return text;
    default:
      return text.toLowerCase();
  }
}

function toMoment(text: string): number {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return Date.parse(`${text}T00:00:00Z`);
  return parseMoment(text) ?? Number.NaN;
}

/**
 * Whether a record, as the index knows it, meets a filter. Text compares without regard to case, enumerations with it;
 * IN and NOT_IN on text match only lower-case operands. Records without a value meet no comparison, not even NEQ and
 * NOT_IN (assumed).
 */
export function matchesFilter(properties: Properties, filter: SearchFilter, find: FindDefinition): boolean {
  const definition = find(filter.propertyName);
  if (definition === undefined) return false;
  const text = properties[filter.propertyName] ?? "";
  if (filter.operator === "HAS_PROPERTY") return text !== "";
  if (filter.operator === "NOT_HAS_PROPERTY") return text === "";
  if (text === "") return filter.operator === "NOT_CONTAINS_TOKEN";
  if (filter.operator === "CONTAINS_TOKEN") return containsToken(text, filter.value);
  if (filter.operator === "NOT_CONTAINS_TOKEN") return !containsToken(text, filter.value);
  const stored = definition.fieldType === "checkbox" ? text.split(";") : [text];
  const meets = (part: string): boolean => compares(definition, toComparable(definition, part), filter);
  const isNegative = filter.operator === "NEQ" || filter.operator === "NOT_IN";
  return isNegative ? stored.every(meets) : stored.some(meets);
}

function compares(definition: PropertyDefinition, stored: Comparable, filter: SearchFilter): boolean {
  const isText = typeof stored === "string";
  const operands = filter.values.map((value) => (isText ? value : toComparable(definition, value)));
  const value = toComparable(definition, filter.value);
  switch (filter.operator) {
    case "EQ":
      return stored === value;
    case "NEQ":
      return stored !== value;
    case "IN":
      return operands.includes(stored);
    case "NOT_IN":
      return !operands.includes(stored);
    case "LT":
      return stored < value;
    case "LTE":
      return stored <= value;
    case "GT":
      return stored > value;
    case "GTE":
      return stored >= value;
    case "BETWEEN":
      return stored >= value && stored <= toComparable(definition, filter.highValue);
    default:
      return false;
  }
}

/** Tokens are words; `*` stands for any characters of a word. E-mail addresses also match by their parts. */
function containsToken(text: string, wanted: string): boolean {
  const escaped = wanted
    .toLowerCase()
    .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*");
  const pattern = new RegExp(`^${escaped}$`);
  const lower = text.toLowerCase();
  const words = lower.split(/\s+/);
  const parts = lower.split(/[^\p{L}\p{N}]+/u);
  return [lower, ...words, ...parts].some((candidate) => candidate !== "" && pattern.test(candidate));
}

/** Whether every word of a free-text query begins a word of one of the texts. */
export function matchesQuery(texts: readonly string[], query: string): boolean {
  const words = texts.flatMap((text) => [text.toLowerCase(), ...text.toLowerCase().split(/[^\p{L}\p{N}]+/u)]);
  const wanted = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return wanted.every((word) => words.some((candidate) => candidate.startsWith(word)));
}

/** Order of two values of a property; records without a value come last. */
export function compareValues(definition: PropertyDefinition | undefined, a: string, b: string): number {
  if (a === "" || b === "") return a === b ? 0 : a === "" ? 1 : -1;
  const left = definition === undefined ? a : toComparable(definition, a);
  const right = definition === undefined ? b : toComparable(definition, b);
  return left < right ? -1 : left > right ? 1 : 0;
}
