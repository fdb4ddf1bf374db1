import { type ApiCall, type ApiReply, jsonBody, objectScopes, type Route, typeOf } from "./api-call";
import { toRecordView } from "./record-view";
import { createSearchRunner } from "./run-search";
import { parseSearchRequest } from "./search-request";

/** The search of one sandbox, with the memory of its last result. */
export function createSearchRoute(): Route {
  const runner = createSearchRunner();
  const answer = (call: ApiCall): ApiReply => {
    const { portal } = call;
    const type = typeOf(call);
    const request = parseSearchRequest(jsonBody(call), call.bodyText.length, portal.catalogs[type]);
    const ids = runner.find(portal, type, request);
    const end = request.after + request.limit;
    const results = ids.slice(request.after, end).flatMap((id) => {
      // The index decides what is found, the store what is shown: archived records are counted but not shown.
      const record = portal.stores[type].get(id);
      if (record === undefined || record.archivedAtMs !== null) return [];
      return [toRecordView(portal, type, record, { properties: request.properties })];
    });
    const paging = end < ids.length ? { paging: { next: { after: String(end) } } } : {};
    return { status: 200, body: { total: ids.length, results, ...paging } };
  };
  return { method: "POST", path: "{objects}/:type/search", cost: "search", scopes: objectScopes("read"), answer };
}
