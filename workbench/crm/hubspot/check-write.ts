import { type ApiCall, checkContextOf, propertiesOf } from "./api-call";
import { type ApiError, validationError } from "./api-error";
import { assumed } from "./assumptions";
import { type ObjectType, objectTypeInfo } from "./object-type";
import type { Properties } from "./sandbox-types";
import { checkValues, toValuesError, type ValueProblem } from "./validate-values";
import { findConflict, findUniqueProblems } from "./write-record";

/** A write that may go ahead, or why it may not. Problems of values come apart: a batch reports them together. */
export type WriteCheck =
  | { readonly kind: "ok"; readonly values: Properties }
  | { readonly kind: "values"; readonly problems: readonly ValueProblem[] }
  | { readonly kind: "error"; readonly error: ApiError };

/** Checks the properties of a new record. */
export function checkCreate(call: ApiCall, type: ObjectType, properties: unknown): WriteCheck {
  const { portal } = call;
  const { values, problems } = checkValues(propertiesOf(properties), checkContextOf(portal, type, false));
  const missing = call.version === "2026-09" ? missingRequired(call, type, values) : [];
  const unique = findUniqueProblems(portal, type, values);
  const all = [...problems, ...missing, ...unique];
  if (all.length > 0) return { kind: "values", problems: all };
  const identity = objectTypeInfo(type).identityProperties;
  if (identity.every((name) => (values[name] ?? "") === "")) {
    return { kind: "error", error: validationError(assumed.missingIdentityMessage(identity)) };
  }
  const conflict = findConflict(portal, type, values);
  return conflict === null ? { kind: "ok", values } : { kind: "error", error: conflict };
}

/** Checks the properties of a change; `selfId` is the record that changes. */
export function checkUpdate(call: ApiCall, type: ObjectType, properties: unknown, selfId: string): WriteCheck {
  const given = propertiesOf(properties);
  if (Object.keys(given).length === 0) {
    const message = "No properties found to update, please provide at least one.";
    return { kind: "error", error: validationError(message, { properties: ["{}"] }) };
  }
  const { values, problems } = checkValues(given, checkContextOf(call.portal, type, false));
  const all = [...problems, ...findUniqueProblems(call.portal, type, values, selfId)];
  if (all.length > 0) return { kind: "values", problems: all };
  const conflict = findConflict(call.portal, type, values, selfId);
  return conflict === null ? { kind: "ok", values } : { kind: "error", error: conflict };
}

/** The values of a check. Throws what the check refused. */
export function acceptedValues(call: ApiCall, check: WriteCheck): Properties {
  if (check.kind === "ok") return check.values;
  throw check.kind === "error" ? check.error : toValuesError(check.problems, call.portal.settings.portalId);
}

function missingRequired(call: ApiCall, type: ObjectType, values: Properties): ValueProblem[] {
  return call.portal.required[type]
    .filter((name) => (values[name] ?? "") === "")
    .map((name) => ({
      name,
      error: assumed.requiredPropertyCode,
      message: assumed.requiredPropertyMessage(name),
    }));
}
