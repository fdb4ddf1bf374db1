import { type ApiCall, type ApiReply, jsonBody, type Route, schemaScopes, typeOf } from "./api-call";
import { ApiError, validationError } from "./api-error";
import { assumed } from "./assumptions";
import type { PropertyGroup } from "./property-definition";

/** Groups of properties. They stand before the property routes: "groups" is no property name. */
export const propertyGroupRoutes: readonly Route[] = [
  { method: "GET", path: "{properties}/:type/groups", scopes: schemaScopes("read"), answer: listGroups },
  { method: "POST", path: "{properties}/:type/groups", scopes: schemaScopes("write"), answer: createGroup },
  { method: "GET", path: "{properties}/:type/groups/:name", scopes: schemaScopes("read"), answer: readGroup },
  { method: "PATCH", path: "{properties}/:type/groups/:name", scopes: schemaScopes("write"), answer: updateGroup },
  { method: "DELETE", path: "{properties}/:type/groups/:name", scopes: schemaScopes("write"), answer: archiveGroup },
];

function listGroups(call: ApiCall): ApiReply {
  return { status: 200, body: { results: call.portal.catalogs[typeOf(call)].groups() } };
}

function findGroup(call: ApiCall): PropertyGroup {
  const name = call.params.name ?? "";
  const group = call.portal.catalogs[typeOf(call)].groups().find((candidate) => candidate.name === name);
  if (group !== undefined) return group;
  throw new ApiError(404, { message: assumed.groupMissingMessage(name), category: "OBJECT_NOT_FOUND" });
}

function readGroup(call: ApiCall): ApiReply {
  return { status: 200, body: findGroup(call) };
}

function createGroup(call: ApiCall): ApiReply {
  const json = jsonBody(call);
  const catalog = call.portal.catalogs[typeOf(call)];
  if (typeof json.name !== "string" || json.name === "") throw validationError("name is required");
  if (catalog.groups().some((group) => group.name === json.name)) {
    throw new ApiError(409, {
      message: `A property group named '${json.name}' already exists.`,
      category: "OBJECT_ALREADY_EXISTS",
    });
  }
  const label = typeof json.label === "string" ? json.label : json.name;
  const group = { name: json.name, label, displayOrder: Number(json.displayOrder ?? -1), archived: false };
  catalog.putGroup(group);
  return { status: 201, body: group };
}

function updateGroup(call: ApiCall): ApiReply {
  const json = jsonBody(call);
  const before = findGroup(call);
  const group = {
    ...before,
    label: typeof json.label === "string" ? json.label : before.label,
    displayOrder: Number(json.displayOrder ?? before.displayOrder),
  };
  call.portal.catalogs[typeOf(call)].putGroup(group);
  return { status: 200, body: group };
}

function archiveGroup(call: ApiCall): ApiReply {
  call.portal.catalogs[typeOf(call)].removeGroup(call.params.name ?? "");
  return { status: 204, body: null };
}
