import { type ApiCall, type ApiReply, jsonBody, objectScopes, type Route, typeOf } from "./api-call";
import { ApiError, type BatchErrorEntry, validationError } from "./api-error";
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

/** Associations between contacts and companies, as v4 and the dated paths serve them. */
export const associationRoutes: readonly Route[] = [
  { method: "GET", path: "{links}/:type/:id/associations/:to", scopes: read, answer: listAssociations },
  { method: "PUT", path: "{links}/:type/:id/associations/default/:to/:toId", scopes: write, answer: putDefault },
  { method: "PUT", path: "{links}/:type/:id/associations/:to/:toId", scopes: write, answer: putLabels },
  { method: "DELETE", path: "{links}/:type/:id/associations/:to/:toId", scopes: write, answer: removeOne },
  { method: "POST", path: "{associations}/:type/:to/batch/read", scopes: read, answer: batchRead },
  { method: "POST", path: "{associations}/:type/:to/batch/create", scopes: write, answer: batchCreate },
  { method: "POST", path: "{associations}/:type/:to/batch/associate/default", scopes: write, answer: batchDefault },
  { method: "POST", path: "{associations}/:type/:to/batch/archive", scopes: write, answer: batchArchive },
];

/** The types in the path. Throws 400 for a pair this sandbox does not associate. */
function pairOf(call: ApiCall): { readonly type: ObjectType; readonly to: ObjectType } {
  const type = typeOf(call);
  const to = requireObjectType(call.params.to ?? "");
  if (to !== otherType(type)) throw validationError(assumed.associationPairMessage(type, to));
  return { type, to };
}

function toPair(type: ObjectType, fromId: string, toId: string): { contactId: string; companyId: string } {
  return type === "contacts" ? { contactId: fromId, companyId: toId } : { contactId: toId, companyId: fromId };
}

/** One association. Ids are JSON numbers here, unlike everywhere else (recorded). */
function toView(type: ObjectType, association: { readonly toId: string; readonly isPrimary: boolean }): object {
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
function requireBoth(call: ApiCall, fromId: string, toId: string): void {
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
  return envelope(call, [defaultView(type, id, toId)], [], 200);
}

function defaultView(type: ObjectType, fromId: string, toId: string): object {
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
  const parsed: unknown = JSON.parse(text === "" ? "[]" : text);
  return Array.isArray(parsed) ? parsed.map((each: TypeInput) => Number(each.associationTypeId)) : [];
}

interface TypeInput {
  readonly associationTypeId?: unknown;
}

function labelsView(type: ObjectType, fromId: string, toId: string, isPrimary: boolean): object {
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

interface LinkInput {
  readonly id?: unknown;
  readonly from?: { readonly id?: unknown };
  readonly to?: { readonly id?: unknown } | readonly { readonly id?: unknown }[];
  readonly types?: readonly TypeInput[];
}

function inputsOf(call: ApiCall, max: number): readonly LinkInput[] {
  const { inputs } = jsonBody(call);
  const list: readonly unknown[] = Array.isArray(inputs) ? inputs : [];
  if (list.length > max) throw validationError(assumed.batchSizeMessage(max));
  return list.map((input) => (typeof input === "object" && input !== null ? (input as LinkInput) : {}));
}

function envelope(
  call: ApiCall,
  results: readonly object[],
  errors: readonly BatchErrorEntry[],
  status: 200 | 201,
): ApiReply {
  const times = { startedAt: toApiTime(call.nowMs), completedAt: toApiTime(call.nowMs + 20) };
  const failed = errors.length > 0 ? { numErrors: errors.length, errors } : {};
  return { status: errors.length > 0 ? 207 : status, body: { status: "COMPLETE", results, ...failed, ...times } };
}

/** A record without associations is an entry among the errors, though nothing went wrong. */
function batchRead(call: ApiCall): ApiReply {
  const { type, to } = pairOf(call);
  const find = createAssociationFinder(call.portal, type);
  const results: object[] = [];
  const errors: BatchErrorEntry[] = [];
  for (const input of inputsOf(call, limits.associationRead)) {
    const id = String(input.id ?? "");
    const found = find(id);
    if (found.length > 0) results.push({ from: { id }, to: found.map((association) => toView(type, association)) });
    else errors.push(nothingAssociated(type, to, id));
  }
  return envelope(call, results, errors, 200);
}

function nothingAssociated(type: ObjectType, to: ObjectType, id: string): BatchErrorEntry {
  const [from, other] = [objectTypeInfo(type).singular, objectTypeInfo(to).singular];
  return {
    status: "error",
    category: "OBJECT_NOT_FOUND",
    subCategory: "crm.associations.NO_ASSOCIATIONS_FOUND",
    message: `No ${other} is associated with ${from} ${id}.`,
    context: { fromObjectId: [id], fromObjectType: [from], toObjectType: [other] },
  };
}

function batchCreate(call: ApiCall): ApiReply {
  return createMany(
    call,
    (type, input, ids) => {
      const isPrimary = (input.types ?? []).some(
        (each) => Number(each.associationTypeId) === associationTypeIds[type].primary,
      );
      associate(call.portal, toPair(type, ids.fromId, ids.toId), isPrimary, call.nowMs);
      return labelsView(type, ids.fromId, ids.toId, isPrimary);
    },
    201,
  );
}

function batchDefault(call: ApiCall): ApiReply {
  return createMany(
    call,
    (type, _, ids) => {
      associate(call.portal, toPair(type, ids.fromId, ids.toId), false, call.nowMs);
      return defaultView(type, ids.fromId, ids.toId);
    },
    200,
  );
}

function createMany(
  call: ApiCall,
  apply: (type: ObjectType, input: LinkInput, ids: { readonly fromId: string; readonly toId: string }) => object,
  status: 200 | 201,
): ApiReply {
  const { type } = pairOf(call);
  const results: object[] = [];
  const errors: BatchErrorEntry[] = [];
  for (const input of inputsOf(call, limits.associationCreate)) {
    const fromId = String(input.from?.id ?? "");
    const toId = targetsOf(input)[0] ?? "";
    try {
      requireBoth(call, fromId, toId);
      results.push(apply(type, input, { fromId, toId }));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const { message, category = "VALIDATION_ERROR", subCategory, context = {} } = error.body;
      errors.push({
        status: "error",
        category,
        ...(subCategory === undefined ? {} : { subCategory }),
        message,
        context,
      });
    }
  }
  return envelope(call, results, errors, status);
}

function targetsOf(input: LinkInput): readonly string[] {
  const targets = Array.isArray(input.to) ? input.to : [input.to];
  return targets.map((target: { readonly id?: unknown } | undefined) => String(target?.id ?? ""));
}

function batchArchive(call: ApiCall): ApiReply {
  const { type } = pairOf(call);
  for (const input of inputsOf(call, limits.batchInputs)) {
    for (const toId of targetsOf(input)) {
      dissociate(call.portal, toPair(type, String(input.from?.id ?? ""), toId), call.nowMs);
    }
  }
  return { status: 204, body: null };
}
