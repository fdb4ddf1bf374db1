import { type ApiCall, type ApiReply, jsonBody, objectScopes, type Route, typeOf, upperName } from "./api-call";
import { batchInputs, notFoundEntry, toBatchReply } from "./batch-envelope";
import { findRecord, requireKeyProperty } from "./find-record";
import type { StoredRecord } from "./record-store";
import { toRecordView } from "./record-view";
import { archiveRecord } from "./write-record";

/** Batches that change no values: read and archive. */
export const batchReadRoutes: readonly Route[] = [
  { method: "POST", path: "{objects}/:type/batch/read", scopes: objectScopes("read"), answer: batchRead },
  { method: "POST", path: "{objects}/:type/batch/archive", scopes: objectScopes("write"), answer: batchArchive },
];

function batchRead(call: ApiCall): ApiReply {
  const { portal } = call;
  const type = typeOf(call);
  const json = jsonBody(call);
  const idProperty = typeof json.idProperty === "string" && json.idProperty !== "" ? json.idProperty : null;
  if (idProperty !== null && idProperty !== "hs_object_id") requireKeyProperty(portal, type, idProperty);
  const archived = call.query.get("archived") === "true";
  const found = new Map<string, StoredRecord>();
  const missing = new Set<string>();
  for (const input of batchInputs(call)) {
    const id = String(input.id ?? "");
    const record = findRecord(portal, type, id, { idProperty, archived });
    if (record === undefined) missing.add(id);
    else found.set(record.id, record);
  }
  const view = {
    properties: Array.isArray(json.properties) ? json.properties.map(String) : [],
    withHistory: Array.isArray(json.propertiesWithHistory) ? json.propertiesWithHistory.map(String) : [],
  };
  const results = [...found.values()].map((record) => toRecordView(portal, type, record, view));
  const errors = missing.size === 0 ? [] : [notFoundEntry(upperName(type), [...missing])];
  return toBatchReply(call, { results, errors }, 200);
}

/** 204 whatever the ids are (assumed for unknown ones). */
function batchArchive(call: ApiCall): ApiReply {
  const type = typeOf(call);
  for (const input of batchInputs(call)) {
    const record = call.portal.stores[type].get(String(input.id ?? ""));
    if (record !== undefined && record.archivedAtMs === null) archiveRecord(call.portal, type, record, call.nowMs);
  }
  return { status: 204, body: null };
}
