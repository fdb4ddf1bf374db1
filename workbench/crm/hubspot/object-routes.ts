import {
  type ApiCall,
  type ApiReply,
  jsonBody,
  listParam,
  objectScopes,
  propertiesOf,
  type Route,
  typeOf,
} from "./api-call";
import { validationError } from "./api-error";
import { companyToAssociate } from "./associated-company";
import { assumed } from "./assumptions";
import { acceptedValues, checkCreate, checkUpdate } from "./check-write";
import { parseCursor, toCursor } from "./cursor";
import { findRecord, requireRecord } from "./find-record";
import { limits } from "./limits";
import { toRecordView, toWriteView } from "./record-view";
import { archiveRecord, createRecord, mergeRecords, updateRecord } from "./write-record";

/** Records one by one: list, create, read, update, archive, merge. */
export const objectRoutes: readonly Route[] = [
  { method: "GET", path: "{objects}/:type", scopes: objectScopes("read"), answer: listRecords },
  { method: "POST", path: "{objects}/:type", scopes: objectScopes("write"), answer: createOne },
  { method: "POST", path: "{objects}/:type/merge", scopes: objectScopes("write"), answer: mergeTwo },
  { method: "GET", path: "{objects}/:type/:id", scopes: objectScopes("read"), answer: readOne },
  { method: "PATCH", path: "{objects}/:type/:id", scopes: objectScopes("write"), answer: updateOne },
  { method: "DELETE", path: "{objects}/:type/:id", scopes: objectScopes("write"), answer: archiveOne },
];

function listRecords(call: ApiCall): ApiReply {
  const { portal, query } = call;
  const type = typeOf(call);
  const limitText = query.get("limit") ?? String(limits.listDefault);
  const limit = Number(limitText);
  if (!/^\d+$/.test(limitText) || limit < 1 || limit > limits.listPage) {
    throw validationError(assumed.listLimitMessage(limitText));
  }
  const after = query.get("after") ?? "";
  const from = after === "" ? null : parseCursor(portal.cursorKey, after);
  const page = portal.stores[type].page(from, limit + 1, query.get("archived") === "true");
  const next = page[limit];
  const results = page.slice(0, limit).map((record) => toRecordView(portal, type, record, viewOf(call)));
  if (next === undefined) return { status: 200, body: { results } };
  const cursor = toCursor(portal.cursorKey, next.id);
  const link = new URLSearchParams(query);
  link.set("after", cursor);
  return {
    status: 200,
    body: {
      results,
      paging: { next: { after: cursor, link: `https://api.hubapi.com${call.path}?${link.toString()}` } },
    },
  };
}

function viewOf(call: ApiCall) {
  return {
    properties: listParam(call, "properties"),
    withHistory: listParam(call, "propertiesWithHistory"),
    associations: listParam(call, "associations"),
  };
}

function createOne(call: ApiCall): ApiReply {
  const type = typeOf(call);
  const json = jsonBody(call);
  const values = acceptedValues(call, checkCreate(call, type, json.properties));
  const company = companyToAssociate(call.portal, type, json.associations);
  const record = createRecord(
    call.portal,
    type,
    { ...values, ...company },
    { source: "INTEGRATION", nowMs: call.nowMs },
  );
  const names = Object.keys(values);
  return { status: 201, body: toWriteView(call.portal, type, record, { names, verb: "create" }) };
}

function readOne(call: ApiCall): ApiReply {
  const type = typeOf(call);
  const record = requireRecord(call.portal, type, call.params.id ?? "", {
    idProperty: call.query.get("idProperty"),
    archived: call.query.get("archived") === "true",
  });
  return { status: 200, body: toRecordView(call.portal, type, record, viewOf(call)) };
}

function updateOne(call: ApiCall): ApiReply {
  const type = typeOf(call);
  const properties = propertiesOf(jsonBody(call).properties);
  const idProperty = call.query.get("idProperty");
  const record = requireRecord(call.portal, type, call.params.id ?? "", { idProperty });
  const values = acceptedValues(call, checkUpdate(call, type, properties, record.id));
  const updated = updateRecord(call.portal, type, record, { values, source: "INTEGRATION", nowMs: call.nowMs });
  return {
    status: 200,
    body: toWriteView(call.portal, type, updated, { names: Object.keys(values), verb: "update" }),
  };
}

/** 204 even for ids that are not there (assumed). */
function archiveOne(call: ApiCall): ApiReply {
  const type = typeOf(call);
  const record = findRecord(call.portal, type, call.params.id ?? "");
  if (record !== undefined) archiveRecord(call.portal, type, record, call.nowMs);
  return { status: 204, body: null };
}

function mergeTwo(call: ApiCall): ApiReply {
  const type = typeOf(call);
  const json = jsonBody(call);
  const primary = requireRecord(call.portal, type, String(json.primaryObjectId ?? ""));
  const other = requireRecord(call.portal, type, String(json.objectIdToMerge ?? ""));
  const write = { source: "MERGE_OBJECTS", nowMs: call.nowMs } as const;
  const survivor = mergeRecords(call.portal, type, { primary, other }, write);
  return { status: 200, body: toRecordView(call.portal, type, survivor, { properties: ["hs_merged_object_ids"] }) };
}
