import { type ApiCall, type ApiReply, objectScopes, type Route, typeOf } from "./api-call";
import { ApiError, validationError } from "./api-error";
import {
  associate,
  associationTypeIds,
  createAssociationFinder,
  dissociate,
  otherType,
  toAssociationTypes,
} from "./association-store";
import { assumed } from "./assumptions";
import { requireRecord } from "./find-record";
import { toApiTime } from "./format-time";
import { limits } from "./limits";
import { type ObjectType, objectTypeInfo, requireObjectType } from "./object-type";

const read = objectScopes("read");
const write = objectScopes("write");

/** Associations of one record between contacts and companies, as v4 and the dated paths serve them. */
export const associationRoutes: readonly Route[] = [
  { method: "GET", path: "{links}/:type/:id/associations/:to", scopes: read, answer: listAssociations },
  { method: "PUT", path: "{links}/:type/:id/associations/default/:to/:toId", scopes: write, answer: putDefault },
  { method: "PUT", path: "{links}/:type/:id/associations/:to/:toId", scopes: write, answer: putLabels },
  { method: "DELETE", path: "{links}/:type/:id/associations/:to/:toId", scopes: write, answer: removeOne },
];

/** The types in the path. Throws 400 for a pair this sandbox does not associate. */
export function pairOf(call: ApiCall): { readonly type: ObjectType; readonly to: ObjectType } {
  const type = typeOf(call);
  const to = requireObjectType(call.params.to ?? "");
  if (to !== otherType(type)) throw validationError(assumed.associationPairMessage(type, to));
  return { type, to };
}

/** The pair by kind, whichever side the call comes from. */
export function toPair(type: ObjectType, fromId: string, toId: string): { contactId: string; companyId: string } {
  return type === "contacts" ? { contactId: fromId, companyId: toId } : { contactId: toId, companyId: fromId };
}

/** One association. Ids are JSON numbers here, unlike everywhere else (recorded). */
export function toView(type: ObjectType, association: { readonly toId: string; readonly isPrimary: boolean }): object {
  return {
    toObjectId: Number(association.toId),
    associationTypes: toAssociationTypes(type, association.isPrimary),
  };
}

function listAssociations(call: ApiCall): ApiReply {
  const { type } = pairOf(call);
  const record = requireRecord(call.portal, type, call.params.id ?? "");
  const all = createAssociationFinder(call.portal, type)(record.id);
  const limit = Number(call.query.get("limit") ?? limits.associationPage);
  const after = Number(call.query.get("after") ?? 0);
  const results = all.slice(after, after + limit).map((association) => toView(type, association));
  const next = after + limit < all.length ? { paging: { next: { after: String(after + limit) } } } : {};
  return { status: 200, body: { results, ...next } };
}

/** Both records of an association. Throws 404 with the text of this API for the one that is missing. */
export function requireBoth(call: ApiCall, fromId: string, toId: string): void {
  const { type, to } = pairOf(call);
  const ends = [
    { type, id: fromId, subCategory: "crm.associations.FROM_OBJECT_NOT_FOUND" },
    { type: to, id: toId, subCategory: "crm.associations.TO_OBJECT_NOT_FOUND" },
  ];
  for (const end of ends) {
    if (call.portal.stores[end.type].get(end.id)?.archivedAtMs === null) continue;
    const { singular } = objectTypeInfo(end.type);
    throw new ApiError(404, {
      message: `No ${singular} with ID ${end.id} exists`,
      category: "OBJECT_NOT_FOUND",
      subCategory: end.subCategory,
      context: { objectType: [singular.toUpperCase()], id: [end.id] },
    });
  }
}

function putDefault(call: ApiCall): ApiReply {
  const { type } = pairOf(call);
  const { id = "", toId = "" } = call.params;
  requireBoth(call, id, toId);
  associate(call.portal, toPair(type, id, toId), false, call.nowMs);
  const at = toApiTime(call.nowMs);
  const body = { status: "COMPLETE", results: [defaultView(type, id, toId)], startedAt: at, completedAt: at };
  return { status: 200, body };
}

/** Answer for an association without a label. */
export function defaultView(type: ObjectType, fromId: string, toId: string): object {
  return {
    from: { id: fromId },
    to: { id: toId },
    associationSpec: { associationCategory: "HUBSPOT_DEFINED", associationTypeId: associationTypeIds[type].plain },
  };
}

/** Sets the labels of an association: what is not in the list goes. An empty list is refused. */
function putLabels(call: ApiCall): ApiReply {
  const { type } = pairOf(call);
  const { id = "", toId = "" } = call.params;
  requireBoth(call, id, toId);
  const types = parseTypes(call.bodyText);
  if (types.length === 0) throw validationError(assumed.associationTypesMessage);
  const pair = toPair(type, id, toId);
  const isPrimary = types.includes(associationTypeIds[type].primary);
  if (!isPrimary) dissociate(call.portal, pair, call.nowMs);
  associate(call.portal, pair, isPrimary, call.nowMs);
  return { status: 201, body: labelsView(type, id, toId, isPrimary) };
}

function parseTypes(text: string): readonly number[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new ApiError(400, { message: assumed.jsonMessage("the body is not valid JSON") });
  }
  return Array.isArray(parsed) ? parsed.map((each: TypeInput) => Number(each.associationTypeId)) : [];
}

/** An association type in a request. */
export interface TypeInput {
  readonly associationTypeId?: unknown;
}

/** Answer for an association with labels. */
export function labelsView(type: ObjectType, fromId: string, toId: string, isPrimary: boolean): object {
  return {
    fromObjectTypeId: objectTypeInfo(type).id,
    fromObjectId: Number(fromId),
    toObjectTypeId: objectTypeInfo(otherType(type)).id,
    toObjectId: Number(toId),
    labels: isPrimary ? ["Primary"] : [],
  };
}

function removeOne(call: ApiCall): ApiReply {
  const { type } = pairOf(call);
  dissociate(call.portal, toPair(type, call.params.id ?? "", call.params.toId ?? ""), call.nowMs);
  return { status: 204, body: null };
}
