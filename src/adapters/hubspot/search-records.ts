import { SyncError } from "../../domain/errors";
import type { FieldName, ObjectType } from "../../domain/schema";
import type { HubspotDesk } from "./hubspot-desk";
import { SEARCH_DEPTH, SEARCH_SIZE } from "./hubspot-limits";
import { parseError, parseWire, type RecordWire, searchWire } from "./wire";

export interface SearchFilter {
  readonly propertyName: FieldName;
  readonly operator: "IN" | "EQ";
  readonly value?: string;
  readonly values?: readonly string[];
}

/** Body of a search without paging. */
export interface SearchBody {
  readonly filterGroups: readonly { readonly filters: readonly SearchFilter[] }[];
  readonly properties: readonly FieldName[];
}

/**
 * All hits of a search, each record once. They come from an index that lags behind writes, and show the values of now:
 * a hit may not meet the filter any more, so the caller looks at the values again.
 *
 * @throws SyncError config `too-many-hits` beyond 10,000, where HubSpot's paging ends
 */
export function searchAll(desk: HubspotDesk, type: ObjectType, body: SearchBody): readonly RecordWire[] {
  const hits = new Map<string, RecordWire>();
  const sorts = [{ propertyName: "hs_object_id", direction: "ASCENDING" }];
  for (let after = 0; ; ) {
    if (after + SEARCH_SIZE > SEARCH_DEPTH) throw tooManyHits();
    const json = desk.client.tryRead(
      { url: desk.endpoints.search(type), body: { ...body, sorts, limit: SEARCH_SIZE, after: String(after) } },
      isUnknownProperty,
    );
    if (json === null) return [];
    const page = parseWire(searchWire, json);
    for (const wire of page.results) hits.set(String(wire.id), wire);
    const next = Number(page.paging?.next?.after ?? Number.NaN);
    if (Number.isNaN(next) || next <= after) return [...hits.values()];
    after = next;
  }
}

/** A filter on a property that this portal does not have: a plain 400 without category. Nothing is found by it. */
function isUnknownProperty(status: number, json: unknown): boolean {
  return status === 400 && !parseError(json).category;
}

function tooManyHits(): SyncError {
  return new SyncError("config", "too-many-hits", "More than 10,000 records in HubSpot share these keys.", {
    hint: "Choose a key that tells records apart.",
  });
}
