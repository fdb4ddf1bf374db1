import type { RecordId, RecordPage } from "../../domain/record";
import type { FieldName, ObjectType } from "../../domain/schema";
import type { WindowQuery } from "../../ports/crm";
import { badAnswer } from "../rest/rest-client";
import type { HubspotDesk } from "./hubspot-desk";
import { SEARCH_BODY_CHARACTERS, SEARCH_DEPTH, SEARCH_SIZE } from "./hubspot-limits";
import { ID_PROPERTY, MERGED_IDS_PROPERTY } from "./object-facts";
import { readLive } from "./read-batch";
import { ID_ORDER, type SearchFilter } from "./search-records";
import { askedProperties, toRecord } from "./to-record";
import { parseWire, type RecordWire, searchWire } from "./wire";

/**
 * One page of the records that changed in a window, by the search index. The pages go by record id and not by an offset:
 * an offset ends at 10,000, loops where more records than that share a time, and skips when a record leaves the window
 * while it is read. One call for 200; where the list of properties does not fit into a search, and ceil(n/100) for values.
 */
export function changedRecords(desk: HubspotDesk, type: ObjectType, query: WindowQuery): RecordPage {
  const shape = desk.shape(type, query.fields);
  const properties = askedProperties(shape.facts, query.fields);
  const { modifiedProperty } = shape.facts;
  const filters: SearchFilter[] = [
    { propertyName: modifiedProperty, operator: "GTE", value: String(query.sinceMs) },
    { propertyName: modifiedProperty, operator: "LT", value: String(query.untilMs) },
  ];
  if (query.cursor !== null) filters.push({ propertyName: ID_PROPERTY, operator: "GT", value: query.cursor });
  const search = { filterGroups: [{ filters }], sorts: ID_ORDER, limit: SEARCH_SIZE };
  const isShort = JSON.stringify({ ...search, properties, after: SEARCH_DEPTH }).length <= SEARCH_BODY_CHARACTERS;
  const asked = isShort ? properties : [modifiedProperty, MERGED_IDS_PROPERTY];
  const { hits, isLast } = firstHits(desk, type, { ...search, properties: asked });
  const next = isLast ? null : behind(hits, query.cursor);
  if (isShort) return { records: hits.map((wire) => toRecord(shape, wire)), next };
  const ids = hits.map((wire) => String(wire.id));
  const found = readLive(desk, type, { properties, ids });
  const records = ids.flatMap((id) => found.get(id) ?? []).map((wire) => toRecord(shape, wire));
  return { records, next, consistent: true };
}

/** Body of a search without its place in the results. */
interface WindowSearch {
  readonly filterGroups: readonly { readonly filters: readonly SearchFilter[] }[];
  readonly properties: readonly FieldName[];
}

/**
 * The first page that shows anything. Records that were archived a moment ago fill pages without being shown; only behind
 * those is the offset of use.
 */
function firstHits(
  desk: HubspotDesk,
  type: ObjectType,
  search: WindowSearch,
): { readonly hits: readonly RecordWire[]; readonly isLast: boolean } {
  for (let after = 0; after + SEARCH_SIZE <= SEARCH_DEPTH; ) {
    const body = after === 0 ? search : { ...search, after: String(after) };
    const page = parseWire(searchWire, desk.client.query(desk.endpoints.search(type), body));
    const next = Number(page.paging?.next?.after ?? Number.NaN);
    const isLast = Number.isNaN(next) || next <= after;
    if (isLast || page.results.length > 0) return { hits: page.results, isLast };
    after = next;
  }
  throw badAnswer();
}

/** Cursor behind the hits: the greatest id. A page that does not lead on would be read for ever. */
function behind(hits: readonly RecordWire[], cursor: string | null): string {
  const ids = hits.map((wire) => String(wire.id));
  const last = ids.reduce((most, id) => (isAfter(id, most) ? id : most), cursor ?? "");
  if (last === (cursor ?? "")) throw badAnswer();
  return last;
}

/** Compares ids as the numbers that they are; some have more digits than a number of JavaScript keeps. */
function isAfter(id: RecordId, other: RecordId): boolean {
  return id.length === other.length ? id > other : id.length > other.length;
}
