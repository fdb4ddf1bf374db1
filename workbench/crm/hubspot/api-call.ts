import { ApiError } from "./api-error";
import { assumed } from "./assumptions";
import type { Token } from "./credentials";
import { type ObjectType, objectTypeInfo, requireObjectType } from "./object-type";
import type { Portal } from "./portal";
import type { CallCost } from "./rate-limits";
import type { CheckContext } from "./validate-values";

/** Version of the API behind a path. */
export type ApiVersion = "v3" | "2026-03" | "2026-09";

/** One authenticated call. */
export interface ApiCall {
  readonly portal: Portal;
  readonly token: Token;
  readonly version: ApiVersion;
  readonly path: string;
  /** Path parameters, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly bodyText: string;
  readonly nowMs: number;
  /** Address of the sandbox, for links. */
  readonly origin: string;
}

/** What a route answers; a null body sends none, `html` sends a page instead. */
export interface ApiReply {
  readonly status: number;
  readonly body: unknown;
  readonly html?: string;
}

/** One line of the route table. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path with `:name` parameters; `{objects}` and the like stand for the versioned beginnings. */
  readonly path: string;
  readonly cost?: CallCost;
  /** "none": open to everybody, counts against no limit. */
  readonly credential?: "none";
  /** Scopes of which the token needs one; computed from the call because they depend on the object type. */
  scopes(call: ApiCall): readonly string[];
  answer(call: ApiCall): ApiReply;
}

/** The object type in the path. Throws 400 for an unknown one. */
export function typeOf(call: ApiCall): ObjectType {
  return requireObjectType(call.params.type ?? "");
}

/** Scopes that allow reading or writing records of the type in the path. */
export function objectScopes(verb: "read" | "write"): (call: ApiCall) => readonly string[] {
  return (call) => [`crm.objects.${typeOf(call)}.${verb}`];
}

/** Scopes that allow reading or changing property definitions; reading records allows reading their definitions. */
export function schemaScopes(verb: "read" | "write"): (call: ApiCall) => readonly string[] {
  return (call) => {
    const type = typeOf(call);
    return verb === "read" ? [`crm.objects.${type}.read`, `crm.schemas.${type}.read`] : [`crm.schemas.${type}.write`];
  };
}

/** The JSON body as an object; an absent body counts as `{}`. Throws 400 for text that is no JSON object. */
export function jsonBody(call: ApiCall): Readonly<Record<string, unknown>> {
  if (call.bodyText.trim() === "") return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(call.bodyText);
  } catch {
    throw new ApiError(400, { message: assumed.jsonMessage("the body is not valid JSON") });
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw new ApiError(400, { message: assumed.jsonMessage("an object was expected") });
  }
  return parsed as Readonly<Record<string, unknown>>;
}

/** A list of names given as `a,b`, as repeated parameters, or both. */
export function listParam(call: ApiCall, name: string): readonly string[] {
  return call.query
    .getAll(name)
    .flatMap((text) => text.split(","))
    .map((text) => text.trim())
    .filter((text) => text !== "");
}

/** Property values of a write: texts, numbers and booleans pass, null and absent ones stay out; lists and objects are a 400. */
export function propertiesOf(json: unknown): Readonly<Record<string, unknown>> {
  if (json === undefined || json === null) return {};
  if (typeof json !== "object" || Array.isArray(json)) {
    throw new ApiError(400, { message: assumed.jsonMessage("properties must be an object") });
  }
  for (const value of Object.values(json)) {
    if (typeof value === "object" && value !== null) {
      throw new ApiError(400, { message: assumed.jsonMessage("property values must be strings") });
    }
  }
  return json as Readonly<Record<string, unknown>>;
}

/** What value checking needs for this call. */
export function checkContextOf(portal: Portal, type: ObjectType, trusted: boolean): CheckContext {
  return {
    catalog: portal.catalogs[type],
    ownerIds: new Set(portal.owners.map((owner) => owner.id)),
    trusted,
  };
}

/** "CONTACT", as messages about several records name a type. */
export function upperName(type: ObjectType): string {
  return objectTypeInfo(type).singular.toUpperCase();
}
