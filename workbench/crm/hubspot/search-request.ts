import { ApiError, validationError } from "./api-error";
import { assumed } from "./assumptions";
import { limits } from "./limits";
import type { PropertyCatalog } from "./property-catalog";

/** One condition of a search. */
export interface SearchFilter {
  readonly propertyName: string;
  readonly operator: string;
  readonly value: string;
  readonly highValue: string;
  readonly values: readonly string[];
}

/** A checked search. */
export interface SearchRequest {
  /** OR of ANDs; empty: everything. */
  readonly groups: readonly (readonly SearchFilter[])[];
  readonly query: string;
  readonly sort: { readonly propertyName: string; readonly descending: boolean } | null;
  readonly properties: readonly string[];
  readonly limit: number;
  readonly after: number;
}

const operators = new Set(
  "LT LTE GT GTE EQ NEQ BETWEEN IN NOT_IN HAS_PROPERTY NOT_HAS_PROPERTY CONTAINS_TOKEN NOT_CONTAINS_TOKEN".split(" "),
);

type Json = Readonly<Record<string, unknown>>;

/** Parses a search body with HubSpot's leniency (limits as strings, an empty body) and its caps. Throws ApiError. */
export function parseSearchRequest(body: unknown, characters: number, catalog: PropertyCatalog): SearchRequest {
  if (characters > limits.searchBodyCharacters) throw validationError(assumed.searchBodyMessage(characters));
  const json = toObject(body);
  const limit = toInteger(json.limit, limits.searchDefault);
  if (limit === null || limit < 1 || limit > limits.searchPage) {
    throw validationError(assumed.searchLimitMessage(String(json.limit)));
  }
  const after = toInteger(json.after === "" ? undefined : json.after, 0);
  if (after === null || after < 0) throw validationError(assumed.searchAfterMessage(String(json.after)));
  if (after + limit > limits.searchDepth) throw validationError(assumed.searchDepthMessage);
  return {
    groups: parseGroups(json, catalog),
    query: typeof json.query === "string" ? json.query : "",
    sort: parseSort(json.sorts),
    properties: toArray(json.properties).map(String),
    limit,
    after,
  };
}

function parseGroups(json: Json, catalog: PropertyCatalog): SearchFilter[][] {
  const direct = toArray(json.filters);
  const given = direct.length > 0 ? [{ filters: direct }] : toArray(json.filterGroups);
  const groups = given.map((group) => toArray(toObject(group).filters).map((filter) => parseFilter(filter, catalog)));
  if (groups.length > limits.searchGroups) throw validationError(assumed.searchGroupsMessage);
  const total = groups.reduce((sum, group) => sum + group.length, 0);
  if (groups.some((group) => group.length > limits.searchFiltersPerGroup) || total > limits.searchFilters) {
    throw validationError(assumed.searchFiltersMessage);
  }
  return groups;
}

function parseFilter(filter: unknown, catalog: PropertyCatalog): SearchFilter {
  const json = toObject(filter);
  const propertyName = String(json.propertyName ?? "");
  const operator = String(json.operator ?? "");
  if (!operators.has(operator)) throw validationError(assumed.searchOperatorMessage(operator));
  const isAssociation = propertyName.startsWith("associations.");
  if (!isAssociation && catalog.get(propertyName) === undefined) {
    throw new ApiError(400, { message: "There was a problem with the request." });
  }
  const needsValue = !operator.includes("HAS_PROPERTY");
  const isList = operator === "IN" || operator === "NOT_IN";
  const isMissing = isList ? toArray(json.values).length === 0 : json.value === undefined || json.value === null;
  if (needsValue && isMissing) throw new ApiError(400, { message: "There was a problem with the request." });
  return {
    propertyName,
    operator,
    value: String(json.value ?? ""),
    highValue: String(json.highValue ?? ""),
    values: toArray(json.values).map(String),
  };
}

function parseSort(sorts: unknown): SearchRequest["sort"] {
  const list = toArray(sorts);
  if (list.length > 1) throw validationError(assumed.searchSortsMessage);
  const first = list[0];
  if (first === undefined) return null;
  if (typeof first === "string") return { propertyName: first.replace(/^-/, ""), descending: first.startsWith("-") };
  const json = toObject(first);
  return { propertyName: String(json.propertyName ?? ""), descending: json.direction === "DESCENDING" };
}

function toInteger(value: unknown, fallback: number): number | null {
  if (value === undefined || value === null) return fallback;
  return /^\d+$/.test(String(value)) ? Number(value) : null;
}

function toArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function toObject(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}
