import { SyncError } from "../../domain/errors";
import type { FieldName, ObjectType } from "../../domain/schema";
import type { HubspotDesk } from "./hubspot-desk";
import { SEARCH_DEPTH, SEARCH_SIZE } from "./hubspot-limits";
import { ADDITIONAL_EMAILS_PROPERTY, ID_PROPERTY, MERGED_IDS_PROPERTY } from "./object-facts";
import { parseError, parseWire, type RecordWire, searchWire } from "./wire";

export interface SearchFilter {
  readonly propertyName: FieldName;
  readonly operator: "IN" | "GTE" | "GT" | "LT" | "HAS_PROPERTY";
  readonly value?: string;
  readonly values?: readonly string[];
}

/** Body of a search without paging. */
export interface SearchBody {
  readonly filterGroups: readonly { readonly filters: readonly SearchFilter[] }[];
  readonly properties: readonly FieldName[];
}

/** The one order that no write disturbs. */
export const ID_ORDER = [{ propertyName: ID_PROPERTY, direction: "ASCENDING" }] as const;

/**
 * All hits of a search, each record once. They come from an index that lags behind writes, and show the values of now:
 * a hit may not meet the filter any more, so the caller looks at the values again.
 *
 * @throws SyncError config `too-many-hits` beyond 10,000, where HubSpot's paging ends
 */
export function searchAll(desk: HubspotDesk, type: ObjectType, body: SearchBody): readonly RecordWire[] {
  const hits = new Map<string, RecordWire>();
  for (let after = 0; ; ) {
    if (after + SEARCH_SIZE > SEARCH_DEPTH) throw tooManyHits();
    const page = searchPage(desk, type, body, after);
    if (page === null) return [];
    for (const wire of page.results) hits.set(String(wire.id), wire);
    const next = Number(page.paging?.next?.after ?? Number.NaN);
    if (Number.isNaN(next) || next <= after) return [...hits.values()];
    after = next;
  }
}

/** Number of hits of a search, with its first page; null where HubSpot does not know the property. */
export function searchFirst(
  desk: HubspotDesk,
  type: ObjectType,
  body: SearchBody,
): { readonly total: number; readonly wires: readonly RecordWire[] } | null {
  const page = searchPage(desk, type, body, 0);
  return page === null ? null : { total: page.total, wires: page.results };
}

/** One page of hits; null where HubSpot does not know the property. */
function searchPage(desk: HubspotDesk, type: ObjectType, body: SearchBody, after: number) {
  const asked = { ...body, sorts: ID_ORDER, limit: SEARCH_SIZE, after: String(after) };
  const json = desk.client.tryRead({ url: desk.endpoints.search(type), body: asked }, isUnknownProperty(body));
  return json === null ? null : parseWire(searchWire, json);
}

/** List properties whose absence means that nothing is listed. */
const OPTIONAL_LIST_PROPERTIES: readonly FieldName[] = [MERGED_IDS_PROPERTY, ADDITIONAL_EMAILS_PROPERTY];

/**
 * A filter on a list property that this portal does not have: HubSpot answers a plain 400 without category. Only a search of
 * such a property may take that for "nothing found"; for any other key everything would look new and be created again.
 */
function isUnknownProperty(body: SearchBody): (status: number, json: unknown) => boolean {
  const named = body.filterGroups.flatMap((group) => group.filters.map((filter) => filter.propertyName));
  const optional = named.every((name) => OPTIONAL_LIST_PROPERTIES.includes(name));
  return (status, json) => {
    const error = parseError(json);
    return optional && status === 400 && !error.category && Boolean(error.message);
  };
}

function tooManyHits(): SyncError {
  return new SyncError("config", "too-many-hits", "More than 10,000 records in HubSpot share these keys.", {
    hint: "Choose a key that tells records apart.",
  });
}
