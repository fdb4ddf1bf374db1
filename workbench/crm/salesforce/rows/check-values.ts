import { assumed } from "../assumptions";
import type { FieldValue, Org, SRow } from "../org";
import type { SField, SObjectDef } from "../sobject-def";
import type { RowError, WriteContext } from "../write-row";
import { checkScalar } from "./check-scalar";
import { toId18 } from "./record-id";

/** Values that a row may take, or why it may not. */
export interface CheckedValues {
  readonly values: Readonly<Record<string, FieldValue>>;
  readonly errors: readonly RowError[];
}

/** An error of a row. */
export function rowError(errorCode: string, message: string, fields: readonly string[] = [], status = 400): RowError {
  return { errorCode, message, fields, status };
}

/**
 * Checks what a request gives for a row: names in any case, texts for numbers, null and `""` as blank, parents by external id
 * (`{"Account": {"External_Ref__c": "x"}}`). `row` is the one that is changed; null: a new one.
 */
export function checkValues(
  org: Org,
  object: SObjectDef,
  given: Readonly<Record<string, unknown>>,
  { row, context }: { readonly row: SRow | null; readonly context: WriteContext },
): CheckedValues {
  const values: Record<string, FieldValue> = {};
  const errors: RowError[] = [];
  const readOnly: string[] = [];
  for (const [name, raw] of Object.entries(given)) {
    if (/^(attributes|id)$/i.test(name)) continue;
    const field = org.catalog.findField(object, name);
    if (field === null) {
      const parent = findParent(org, object, name, raw);
      if (parent.kind === "found") values[parent.field] = parent.id;
      else errors.push(parent.error);
      continue;
    }
    if (!isWritable(field, row, context)) {
      readOnly.push(field.name);
      continue;
    }
    const checked = checkField(org, field, raw);
    if (checked.kind === "error") errors.push(checked.error);
    else values[field.name] = checked.value;
  }
  if (readOnly.length > 0) {
    errors.unshift(rowError("INVALID_FIELD_FOR_INSERT_UPDATE", assumed.readOnlyFields(readOnly), readOnly));
  }
  const refused = new Set(errors.flatMap(({ fields = [] }) => fields));
  const missing = missingFields(object, { ...row?.values, ...values }, row).filter((name) => !refused.has(name));
  if (missing.length > 0) {
    const message = `Required fields are missing: [${missing.join(", ")}]`;
    errors.unshift(rowError("REQUIRED_FIELD_MISSING", message, missing));
  }
  return { values, errors };
}

/** People in the org may set what the API user may not, but for what is worked out. */
function isWritable(field: SField, row: SRow | null, context: WriteContext): boolean {
  if (context.source !== "api") return field.type !== "address" && !field.calculated;
  return row === null ? field.createable : field.updateable;
}

/** Fields without which a row cannot be: not blank, not defaulted, and to be given by whoever creates it. */
function missingFields(
  object: SObjectDef,
  values: Readonly<Record<string, FieldValue>>,
  row: SRow | null,
): readonly string[] {
  return object.fields
    .filter(({ nillable, defaultedOnCreate, createable, type }) => {
      return !nillable && createable && type !== "boolean" && (row !== null || !defaultedOnCreate);
    })
    .filter(({ name }) => (values[name] ?? null) === null && (row === null || name in values))
    .map(({ name }) => name);
}

type Checked =
  | { readonly kind: "value"; readonly value: FieldValue }
  | { readonly kind: "error"; readonly error: RowError };

function checkField(org: Org, field: SField, raw: unknown): Checked {
  if (raw === null || raw === undefined || (assumed.emptyIsNull && raw === "")) return { kind: "value", value: null };
  if (field.type !== "reference") return checkScalar(field, raw);
  const id = toId18(String(raw));
  const target = id === null ? null : org.catalog.findByPrefix(id.slice(0, 3));
  const isKnown = target !== null && field.referenceTo.includes(target.name);
  if (id === null || !isKnown) {
    const message = `${field.label}: id value of incorrect type: ${String(raw)}`;
    return { kind: "error", error: rowError("MALFORMED_ID", message, [field.name]) };
  }
  const row = org.rows.get(id);
  if (row !== null && row.deletedMs === null) return { kind: "value", value: row.id };
  return { kind: "error", error: rowError("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id") };
}

type FoundParent =
  | { readonly kind: "found"; readonly field: string; readonly id: string }
  | { readonly kind: "error"; readonly error: RowError };

/** A parent named by an external id of its own. */
function findParent(org: Org, object: SObjectDef, name: string, raw: unknown): FoundParent {
  const unknown: FoundParent = {
    kind: "error",
    error: rowError("INVALID_FIELD", assumed.unknownField(name, object.name)),
  };
  const reference = object.fields.find((field) => field.relationshipName?.toLowerCase() === name.toLowerCase());
  if (reference === undefined || typeof raw !== "object" || raw === null) return unknown;
  const [key, value] = Object.entries(raw).find(([one]) => one !== "attributes") ?? ["", ""];
  for (const targetName of reference.referenceTo) {
    const target = org.catalog.find(targetName);
    const field = target === null ? null : org.catalog.findField(target, key);
    if (target === null || field === null || !(field.externalId || field.idLookup)) continue;
    const [found, second] = org.rows.findBy(target, field.name, String(value));
    if (found !== undefined && second === undefined) return { kind: "found", field: reference.name, id: found.id };
    const message = assumed.foreignKeyMissing(String(value), field.name, target.name);
    return { kind: "error", error: rowError("INVALID_FIELD", message) };
  }
  return unknown;
}
