import type { RecordPage } from "../../domain/record";
import type { ObjectType } from "../../domain/schema";
import type { ListQuery } from "../../ports/crm";
import { MAX_URL_LENGTH } from "./endpoints";
import type { HubspotDesk } from "./hubspot-desk";
import { LIST_SIZE } from "./hubspot-limits";
import { ID_PROPERTY } from "./object-facts";
import { readLive } from "./read-batch";
import { askedProperties, toRecord } from "./to-record";
import { pageWire, parseWire, searchWire } from "./wire";

/**
 * One page of all live records, from the store and not from the search index: one call, or two when the list of
 * properties does not fit into an address (ids by list, values by batch).
 */
export function listRecords(desk: HubspotDesk, type: ObjectType, query: ListQuery): RecordPage {
  const shape = desk.shape(type, query.fields);
  const properties = askedProperties(shape.facts, query.fields);
  const page = { limit: LIST_SIZE, after: query.cursor };
  const whole = desk.endpoints.list(type, properties, page);
  const isShort = whole.length <= MAX_URL_LENGTH;
  const url = isShort ? whole : desk.endpoints.list(type, [ID_PROPERTY], page);
  const wire = parseWire(pageWire, desk.client.get(url));
  const next = wire.paging?.next?.after ?? null;
  if (isShort) return { records: wire.results.map((one) => toRecord(shape, one)), next };
  const ids = wire.results.map((one) => String(one.id));
  const found = readLive(desk, type, { properties, ids });
  // A record that was archived between the two calls is missing in the second, as it would be in a later list.
  const records = ids.flatMap((id) => found.get(id) ?? []).map((one) => toRecord(shape, one));
  return { records, next };
}

/** Number of live records. From the search index: up to some seconds old, archived records may still count. */
export function countRecords(desk: HubspotDesk, type: ObjectType): number {
  const body = { filterGroups: [], properties: [ID_PROPERTY], limit: 1 };
  return parseWire(searchWire, desk.client.query(desk.endpoints.search(type), body)).total;
}
