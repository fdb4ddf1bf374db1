import { type ApiCall, type ApiReply, jsonBody, objectScopes, type Route } from "./api-call";
import { ApiError, type BatchErrorEntry, validationError } from "./api-error";
import { defaultView, labelsView, pairOf, requireBoth, type TypeInput, toPair, toView } from "./association-routes";
import { associate, associationTypeIds, createAssociationFinder, dissociate } from "./association-store";
import { assumed } from "./assumptions";
import { toApiTime } from "./format-time";
import { limits } from "./limits";
import { type ObjectType, objectTypeInfo } from "./object-type";

const read = objectScopes("read");
const write = objectScopes("write");

/** Associations of many records between contacts and companies. */
export const associationBatchRoutes: readonly Route[] = [
  { method: "POST", path: "{associations}/:type/:to/batch/read", scopes: read, answer: batchRead },
  { method: "POST", path: "{associations}/:type/:to/batch/create", scopes: write, answer: batchCreate },
  { method: "POST", path: "{associations}/:type/:to/batch/associate/default", scopes: write, answer: batchDefault },
  { method: "POST", path: "{associations}/:type/:to/batch/archive", scopes: write, answer: batchArchive },
];

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
