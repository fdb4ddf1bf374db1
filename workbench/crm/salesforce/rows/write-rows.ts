import { assumed } from "../assumptions";
import type { FieldValue, Org, SRow } from "../org";
import type { SField, SObjectDef } from "../sobject-def";
import type { RowError, RowResult, WriteContext } from "../write-row";
import { checkValues, rowError } from "./check-values";
import { findDuplicates } from "./duplicate-rules";
import { toId18 } from "./record-id";

type Given = Readonly<Record<string, unknown>>;

/** Creates a row. */
export function insertRow(org: Org, object: SObjectDef, given: Given, context: WriteContext): RowResult {
  const { values, errors } = checkValues(org, object, given, { row: null, context });
  if (errors.length > 0) return failed(null, errors);
  const id = org.rows.nextId(object);
  const { nowMs, userId } = context;
  const row: SRow = {
    id,
    object: object.name,
    values: { ...defaultsOf(object, id, context), ...values },
    createdMs: nowMs,
    createdById: userId,
    modifiedMs: nowMs,
    modifiedById: userId,
    stampMs: nowMs,
    deletedMs: null,
    masterId: null,
  };
  return commit(org, object, { row, changed: row.values, created: true }, context);
}

/** A row of an object; the id may have 15 characters. */
interface RowPlace {
  readonly object: SObjectDef;
  readonly id: string;
}

/** Changes a row. */
export function updateRow(org: Org, { object, id }: RowPlace, given: Given, context: WriteContext): RowResult {
  const found = findRow(org, object, id);
  if (found.kind === "error") return failed(toId18(id), [found.error]);
  const { row } = found;
  const locked = takeLock(org, row.id);
  if (locked !== null) return failed(row.id, [locked]);
  if (object.name === "Lead" && row.values.IsConverted === true && context.source === "api") {
    return failed(row.id, [rowError(assumed.converted, assumed.convertedLead)]);
  }
  const { values, errors } = checkValues(org, object, given, { row, context });
  if (errors.length > 0) return failed(row.id, errors);
  const isAutomatic = context.source === "automation";
  const next: SRow = {
    ...row,
    values: { ...row.values, ...values },
    ...(isAutomatic ? {} : { modifiedMs: context.nowMs, modifiedById: context.userId }),
    stampMs: context.nowMs,
  };
  return commit(org, object, { row: next, changed: values, created: false }, context);
}

/** Where a key leads: one row, none, or several. */
export type KeyMatch =
  | { readonly kind: "one"; readonly row: SRow }
  | { readonly kind: "none" }
  | { readonly kind: "several"; readonly rows: readonly SRow[] };

/** Live rows that hold a key. */
export function matchKey(org: Org, object: SObjectDef, field: SField, key: FieldValue): KeyMatch {
  if (key === null || key === "") return { kind: "none" };
  const rows = org.rows.findBy(object, field.name, String(key).trim());
  const [row] = rows;
  if (row === undefined) return { kind: "none" };
  return rows.length === 1 ? { kind: "one", row } : { kind: "several", rows };
}

/** Creates or changes the row with this key. */
export function upsertRow(
  org: Org,
  object: SObjectDef,
  { field, key, values }: { readonly field: SField; readonly key: FieldValue; readonly values: Given },
  context: WriteContext,
): RowResult {
  if (field.type === "id") {
    if (key === null || key === "") return insertRow(org, object, values, context);
    return updateRow(org, { object, id: String(key) }, values, context);
  }
  const match = matchKey(org, object, field, key);
  if (match.kind === "several") {
    const ids = match.rows.map(({ id }) => id).join(", ");
    const message = `${field.label}: more than one record found for external id field: [${ids}]`;
    return failed(null, [rowError("DUPLICATE_EXTERNAL_ID", message)]);
  }
  if (match.kind === "one") return updateRow(org, { object, id: match.row.id }, values, context);
  const error = key === null ? [rowError("MISSING_ARGUMENT", `${field.name} not specified`)] : [];
  if (error.length > 0) return failed(null, error);
  return insertRow(org, object, { ...values, [field.name]: key }, context);
}

/** Deletes a row, and the children that cannot be without it. */
export function deleteRow(org: Org, id: string, context: WriteContext, object?: SObjectDef): RowResult {
  const owner = object ?? org.catalog.findByPrefix(id.slice(0, 3));
  if (owner === null) return failed(null, [rowError("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")]);
  const found = findRow(org, owner, id);
  if (found.kind === "error") return failed(toId18(id), [found.error]);
  const locked = takeLock(org, found.row.id);
  if (locked !== null) return failed(found.row.id, [locked]);
  remove(org, owner, found.row, context);
  return { success: true, id: found.row.id, created: false };
}

function remove(org: Org, object: SObjectDef, row: SRow, context: WriteContext): void {
  const { nowMs } = context;
  org.rows.put({ ...row, deletedMs: nowMs, modifiedMs: nowMs, modifiedById: context.userId, stampMs: nowMs });
  for (const { childSObject, field, cascadeDelete } of object.childRelationships) {
    const child = org.catalog.find(childSObject);
    if (child === null) continue;
    for (const one of org.rows.findBy(child, field, row.id)) {
      if (cascadeDelete) remove(org, child, one, context);
      else org.rows.put({ ...one, values: { ...one.values, [field]: null }, stampMs: nowMs });
    }
  }
}

/** Brings a row back from the recycle bin. Throws RangeError for one that is not in it. */
export function undeleteRow(org: Org, id: string, context: WriteContext): void {
  const row = org.rows.get(id);
  if (row === null || row.deletedMs === null) throw new RangeError(`not in the recycle bin: ${id}`);
  const { nowMs, userId } = context;
  const back = { deletedMs: null, masterId: null, modifiedMs: nowMs, modifiedById: userId, stampMs: nowMs };
  org.rows.put({ ...row, ...back });
}

/** Merges rows: blanks of the winner are filled, children follow it, the others lie in the bin and name it. */
export function mergeRows(
  org: Org,
  object: SObjectDef,
  { winnerId, loserId }: { readonly winnerId: string; readonly loserId: string },
  context: WriteContext,
): void {
  const winner = org.rows.get(winnerId);
  const loser = org.rows.get(loserId);
  if (winner === null || loser === null || winner.deletedMs !== null || loser.deletedMs !== null) {
    throw new RangeError(`cannot merge ${loserId} into ${winnerId}`);
  }
  const { nowMs, userId } = context;
  const stamps = { modifiedMs: nowMs, modifiedById: userId, stampMs: nowMs };
  const filled = Object.entries(loser.values).filter(([name]) => (winner.values[name] ?? null) === null);
  org.rows.put({ ...loser, ...stamps, deletedMs: nowMs, masterId: winner.id });
  org.rows.put({ ...winner, ...stamps, values: { ...winner.values, ...Object.fromEntries(filled) } });
  for (const { childSObject, field } of object.childRelationships) {
    const child = org.catalog.find(childSObject);
    if (child === null) continue;
    for (const one of org.rows.findBy(child, field, loser.id)) {
      org.rows.put({ ...one, values: { ...one.values, [field]: winner.id }, stampMs: nowMs });
    }
  }
}

/** What the org puts into a new row by itself. */
function defaultsOf(object: SObjectDef, id: string, context: WriteContext): Readonly<Record<string, FieldValue>> {
  const values: Record<string, FieldValue> = {};
  for (const field of object.fields) {
    const listed = field.picklistValues.find((one) => one.defaultValue)?.value;
    if (field.type === "boolean" && field.createable) values[field.name] = false;
    else if (listed !== undefined) values[field.name] = listed;
    else if (field.name === "OwnerId") values.OwnerId = context.userId;
    else if (field.nameField && object.custom) values[field.name] = assumed.unnamed(id);
  }
  return values;
}

interface Pending {
  readonly row: SRow;
  readonly changed: Readonly<Record<string, FieldValue>>;
  readonly created: boolean;
}

/** Checks the row as a whole, saves it, and lets the org's automations follow. */
function commit(org: Org, object: SObjectDef, pending: Pending, context: WriteContext): RowResult {
  const { row, created } = pending;
  const errors = [...uniqueErrors(org, object, pending), ...ruleErrors(org, row)];
  if (errors.length > 0) return failed(created ? null : row.id, errors);
  const duplicate = context.source === "api" ? findDuplicates(org, object, pending, context) : null;
  if (duplicate !== null) return failed(created ? null : row.id, [duplicate]);
  org.rows.put(automated(org, row, created, context));
  return { success: true, id: row.id, created };
}

function uniqueErrors(org: Org, object: SObjectDef, { row, changed }: Pending): readonly RowError[] {
  return object.fields.flatMap((field) => {
    const value = changed[field.name] ?? null;
    if (!field.unique || value === null) return [];
    const other = org.rows.findBy(object, field.name, String(value)).find(({ id }) => id !== row.id);
    if (other === undefined) return [];
    return [rowError("DUPLICATE_VALUE", assumed.duplicateValue(field.name, other.id), [field.name])];
  });
}

function ruleErrors(org: Org, row: SRow): readonly RowError[] {
  return org.settings.validationRules
    .filter(({ object, when }) => object === row.object && String(row.values[when.field] ?? "") === when.is)
    .map(({ message, field }) => {
      return rowError("FIELD_CUSTOM_VALIDATION_EXCEPTION", message, field === null ? [] : [field]);
    });
}

/** Triggers and flows change what was saved, and stamp it once more; assignment rules give new leads to somebody else. */
function automated(org: Org, row: SRow, created: boolean, context: WriteContext): SRow {
  const values: Record<string, FieldValue> = { ...row.values };
  for (const { object, field, value, onlyBlank } of org.settings.automations) {
    if (object === row.object && !(onlyBlank && (values[field] ?? null) !== null)) values[field] = value;
  }
  const assigned = org.users[1];
  const isAssigned = created && context.source === "api" && context.autoAssign && row.object === "Lead";
  if (isAssigned && assigned !== undefined) values.OwnerId = assigned.id;
  return { ...row, values };
}

type FoundRow = { readonly kind: "row"; readonly row: SRow } | { readonly kind: "error"; readonly error: RowError };

/** The live row of an id; the error says what is wrong with it (contract sections 7 and 12). */
function findRow(org: Org, object: SObjectDef, id: string): FoundRow {
  const full = toId18(id);
  if (full === null || full.slice(0, 3) !== object.keyPrefix) {
    const message = `${object.label} ID: id value of incorrect type: ${id}`;
    return { kind: "error", error: rowError("MALFORMED_ID", message, ["Id"]) };
  }
  const row = org.rows.get(full);
  if (row === null || row.object !== object.name) {
    return { kind: "error", error: rowError("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", [], 404) };
  }
  if (row.deletedMs !== null) {
    return { kind: "error", error: rowError("ENTITY_IS_DELETED", "entity is deleted", [], 404) };
  }
  return { kind: "row", row };
}

/** Another transaction holds the row; a switch of tests. */
function takeLock(org: Org, id: string): RowError | null {
  const times = org.settings.lockedRows.get(id) ?? 0;
  if (times === 0) return null;
  org.settings.lockedRows = new Map([...org.settings.lockedRows, [id, times - 1]]);
  return rowError("UNABLE_TO_LOCK_ROW", assumed.lockMessage(id), [], assumed.lockStatusOfSingleRows);
}

function failed(id: string | null, errors: readonly RowError[]): RowResult {
  return { success: false, id, errors };
}
