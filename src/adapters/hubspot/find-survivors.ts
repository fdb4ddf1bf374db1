import type { ObjectType } from "../../domain/schema";
import { ASSUMED } from "./assumed";
import type { HubspotDesk } from "./hubspot-desk";
import { MERGED_IDS_PROPERTY } from "./object-facts";
import { type BatchRead, readLive, toChunks } from "./read-batch";
import { searchAll } from "./search-records";
import { byMergedId } from "./to-record";
import { batchWire, parseWire, type RecordWire, singleWire } from "./wire";

/** Up to so many lost records are read one by one, which is consistent; more are searched for. */
const SINGLE_READS = 5;
/** Lost records whose survivors one search asks for: ids of 12 digits keep the body far below its limit. */
const SEARCH_IDS = 100;

/** Records that a batch read did not find, looked up in the ways that are left: survivor by lost id. */
export function findSurvivors(desk: HubspotDesk, type: ObjectType, lost: BatchRead): ReadonlyMap<string, RecordWire> {
  const survivors = new Map<string, RecordWire>();
  if (lost.ids.length === 0) return survivors;
  const binned = ASSUMED.batchReadArchived ? readBin(desk, type, lost.ids) : new Set<string>();
  let open = lost.ids.filter((id) => !binned.has(id));
  if (ASSUMED.readByMergedIdGivesSurvivor && open.length <= SINGLE_READS) {
    for (const id of open) {
      const request = { url: desk.endpoints.record(type, id, lost.properties), body: null };
      const json = desk.client.tryRead(request, (status) => status === 404);
      if (json !== null) survivors.set(id, parseWire(singleWire, json));
    }
  }
  open = open.filter((id) => !survivors.has(id));
  for (const [id, wire] of searchSurvivors(desk, type, { ...lost, ids: open })) survivors.set(id, wire);
  return survivors;
}

/** Ids that are in the recycle bin. */
function readBin(desk: HubspotDesk, type: ObjectType, ids: readonly string[]): ReadonlySet<string> {
  const found = toChunks(ids, 100).flatMap((chunk) => {
    const body = { properties: [], inputs: chunk.map((id) => ({ id })) };
    return parseWire(batchWire, desk.client.query(desk.endpoints.batchReadArchived(type), body)).results;
  });
  return new Set(found.filter((wire) => wire.archived !== false).map((wire) => String(wire.id)));
}

/** Live records that name one of the ids as merged; what the index says is read again by id. */
function searchSurvivors(desk: HubspotDesk, type: ObjectType, lost: BatchRead): ReadonlyMap<string, RecordWire> {
  const hits = toChunks(lost.ids, SEARCH_IDS).flatMap((ids) =>
    searchAll(desk, type, {
      filterGroups: [{ filters: [{ propertyName: MERGED_IDS_PROPERTY, operator: "IN", values: ids }] }],
      properties: [MERGED_IDS_PROPERTY],
    }),
  );
  const found = readLive(desk, type, {
    properties: lost.properties,
    ids: [...new Set(hits.map((hit) => String(hit.id)))],
  });
  return new Map([...byMergedId([...found.values()])].filter(([id]) => lost.ids.includes(id)));
}
