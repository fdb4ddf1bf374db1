import { type ApiCall, type ApiReply, jsonBody, type Route, schemaScopes, typeOf } from "./api-call";
import { ApiError, type BatchErrorEntry, validationError } from "./api-error";
import { assumed } from "./assumptions";
import { type PropertyInput, toCustomDefinition } from "./custom-properties";
import { toApiTime } from "./format-time";
import { limits } from "./limits";
import type { ObjectType } from "./object-type";
import { defaultGroup } from "./property-catalog";
import type { PropertyDefinition, PropertyType } from "./property-definition";

/** Property definitions: list, one by one, batches. */
export const propertyRoutes: readonly Route[] = [
  { method: "GET", path: "{properties}/:type", scopes: schemaScopes("read"), answer: listProperties },
  { method: "POST", path: "{properties}/:type", scopes: schemaScopes("write"), answer: createProperty },
  { method: "POST", path: "{properties}/:type/batch/create", scopes: schemaScopes("write"), answer: batchCreate },
  { method: "POST", path: "{properties}/:type/batch/read", scopes: schemaScopes("read"), answer: batchRead },
  { method: "POST", path: "{properties}/:type/batch/archive", scopes: schemaScopes("write"), answer: batchArchive },
  { method: "GET", path: "{properties}/:type/:name", scopes: schemaScopes("read"), answer: readProperty },
  { method: "PATCH", path: "{properties}/:type/:name", scopes: schemaScopes("write"), answer: updateProperty },
  { method: "DELETE", path: "{properties}/:type/:name", scopes: schemaScopes("write"), answer: archiveProperty },
];

/** All definitions of one data sensitivity, without paging; only non-sensitive ones unless asked. */
function listProperties(call: ApiCall): ApiReply {
  const catalog = call.portal.catalogs[typeOf(call)];
  const sensitivity = call.query.get("dataSensitivity") ?? "non_sensitive";
  const source = call.query.get("archived") === "true" ? catalog.allArchived() : catalog.all();
  const results = source.filter((definition) => definition.dataSensitivity === sensitivity);
  return { status: 200, body: { results } };
}

function readProperty(call: ApiCall): ApiReply {
  const catalog = call.portal.catalogs[typeOf(call)];
  const name = call.params.name ?? "";
  const definition = call.query.get("archived") === "true" ? catalog.getArchived(name) : catalog.get(name);
  if (definition === undefined) throw propertyMissing(name);
  return { status: 200, body: definition };
}

function propertyMissing(name: string): ApiError {
  return new ApiError(404, { message: assumed.propertyMissingMessage(name), category: "OBJECT_NOT_FOUND" });
}

function createProperty(call: ApiCall): ApiReply {
  const result = defineProperty(call, typeOf(call), jsonBody(call));
  if ("status" in result) throw new ApiError(409, { message: result.message, category: result.category });
  return { status: 201, body: result };
}

/** Adds a custom property; an entry when the name is taken. Throws 400 for an unusable definition or a full portal. */
function defineProperty(
  call: ApiCall,
  type: ObjectType,
  json: Readonly<Record<string, unknown>>,
): PropertyDefinition | BatchErrorEntry {
  const { portal } = call;
  const catalog = portal.catalogs[type];
  const input = parseInput(json);
  if (catalog.get(input.name) !== undefined) return nameTaken(input.name);
  requireRoom(call, type, input);
  const group = input.groupName ?? defaultGroup[type];
  if (!catalog.groups().some((known) => known.name === group))
    throw validationError(assumed.groupMissingMessage(group));
  const definition = toCustomDefinition(input, defaultGroup[type], toApiTime(call.nowMs));
  catalog.put(definition);
  if (definition.hasUniqueValue) portal.stores[type].rebuildKeys();
  return definition;
}

function nameTaken(name: string): BatchErrorEntry {
  return {
    status: "error",
    category: "OBJECT_ALREADY_EXISTS",
    subCategory: "Properties.PROPERTY_WITH_NAME_EXISTS",
    message: `A property named '${name}' already exists.`,
    context: { name: [name] },
  };
}

function requireRoom(call: ApiCall, type: ObjectType, input: PropertyInput): void {
  const { catalogs, settings } = call.portal;
  const all = catalogs.contacts.customCount() + catalogs.companies.customCount();
  if (settings.tier === "free" && all >= assumed.freeCustomProperties) {
    throw validationError(assumed.propertyLimitMessage(assumed.freeCustomProperties));
  }
  if (catalogs[type].customCount() >= limits.customProperties) {
    throw validationError(assumed.propertyLimitMessage(limits.customProperties));
  }
  const unique = catalogs[type].uniqueNames().filter((name) => catalogs[type].get(name)?.hubspotDefined !== true);
  if (input.hasUniqueValue === true && unique.length >= limits.uniqueProperties) {
    throw validationError(assumed.uniquePropertyLimitMessage);
  }
}

const creatableTypes: readonly string[] = [
  "string",
  "number",
  "date",
  "datetime",
  "bool",
  "enumeration",
  "phone_number",
];

function parseInput(json: Readonly<Record<string, unknown>>): PropertyInput {
  const { name, type, fieldType } = json;
  if (typeof name !== "string" || !/^[a-z][a-z0-9_]*$/.test(name)) {
    throw validationError(`Property names must be lower case letters, digits and underscores: ${String(name)}`);
  }
  if (typeof type !== "string" || !creatableTypes.includes(type)) {
    throw validationError(`${String(type)} is not a valid property type`);
  }
  if (typeof fieldType !== "string") throw validationError("fieldType is required");
  return { ...(json as Partial<PropertyInput>), name, type: type as PropertyType, fieldType };
}

function updateProperty(call: ApiCall): ApiReply {
  const catalog = call.portal.catalogs[typeOf(call)];
  const name = call.params.name ?? "";
  const before = catalog.get(name);
  if (before === undefined) throw propertyMissing(name);
  const json = jsonBody(call) as Partial<PropertyInput>;
  const changesOptions = json.options !== undefined && before.modificationMetadata.readOnlyOptions !== false;
  const changesOther = Object.keys(json).some((key) => key !== "options");
  if (before.modificationMetadata.readOnlyDefinition && (changesOptions || changesOther)) {
    throw validationError(assumed.propertyFlagMessage(name));
  }
  const allowed = ["label", "description", "groupName", "fieldType", "displayOrder", "hidden", "formField", "options"];
  const kept = Object.fromEntries(Object.entries(json).filter(([key]) => allowed.includes(key)));
  const merged = toCustomDefinition(
    { ...before, ...kept },
    before.groupName,
    before.createdAt ?? toApiTime(call.nowMs),
  );
  const definition: PropertyDefinition = {
    ...before,
    ...kept,
    options: merged.options,
    updatedAt: toApiTime(call.nowMs),
  };
  catalog.put(definition);
  return { status: 200, body: definition };
}

function archiveProperty(call: ApiCall): ApiReply {
  const name = call.params.name ?? "";
  archiveByName(call, typeOf(call), name);
  return { status: 204, body: null };
}

function archiveByName(call: ApiCall, type: ObjectType, name: string): void {
  const catalog = call.portal.catalogs[type];
  const definition = catalog.get(name);
  if (definition === undefined) return;
  if (!definition.modificationMetadata.archivable || definition.hubspotDefined === true) {
    throw validationError(assumed.propertyFlagMessage(name));
  }
  catalog.archive(name, toApiTime(call.nowMs));
  call.portal.stores[type].rebuildKeys();
}

function inputsOf(call: ApiCall): readonly Readonly<Record<string, unknown>>[] {
  const { inputs } = jsonBody(call);
  const list: readonly unknown[] = Array.isArray(inputs) ? inputs : [];
  if (list.length > limits.batchInputs) throw validationError(assumed.batchSizeMessage(limits.batchInputs));
  return list.map((input) => (typeof input === "object" && input !== null ? (input as Record<string, unknown>) : {}));
}

function toReply(
  call: ApiCall,
  results: readonly object[],
  errors: readonly BatchErrorEntry[],
  status: number,
): ApiReply {
  const at = toApiTime(call.nowMs);
  const failed = errors.length > 0 ? { numErrors: errors.length, errors } : {};
  const body = { status: "COMPLETE", results, ...failed, startedAt: at, completedAt: at };
  return { status: errors.length > 0 ? 207 : status, body };
}

function batchCreate(call: ApiCall): ApiReply {
  const type = typeOf(call);
  const made = inputsOf(call).map((json) => defineProperty(call, type, json));
  const errors = made.filter((entry): entry is BatchErrorEntry => "status" in entry);
  return toReply(
    call,
    made.filter((entry) => !("status" in entry)),
    errors,
    201,
  );
}

function batchRead(call: ApiCall): ApiReply {
  const catalog = call.portal.catalogs[typeOf(call)];
  const archived = jsonBody(call).archived === true;
  const names = inputsOf(call).map((input) => String(input.name ?? ""));
  const find = (name: string) => (archived ? catalog.getArchived(name) : catalog.get(name));
  const results = names.flatMap((name) => find(name) ?? []);
  const errors = names
    .filter((name) => find(name) === undefined)
    .map(
      (name): BatchErrorEntry => ({
        status: "error",
        category: "OBJECT_NOT_FOUND",
        message: assumed.propertyMissingMessage(name),
        context: { name: [name] },
      }),
    );
  return toReply(call, results, errors, 200);
}

function batchArchive(call: ApiCall): ApiReply {
  const type = typeOf(call);
  for (const input of inputsOf(call)) archiveByName(call, type, String(input.name ?? ""));
  return { status: 204, body: null };
}
