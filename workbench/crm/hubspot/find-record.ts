import { ApiError, nonUniqueKey, recordNotFound } from "./api-error";
import { type ObjectType, objectTypeInfo } from "./object-type";
import type { Portal } from "./portal";
import type { StoredRecord } from "./record-store";

/** Throws 400 unless the property can serve as a key: e-mail for contacts, hasUniqueValue properties for all. */
export function requireKeyProperty(portal: Portal, type: ObjectType, property: string): void {
  if (type === "contacts" && property === "email") return;
  if (portal.catalogs[type].get(property)?.hasUniqueValue === true) return;
  throw nonUniqueKey(objectTypeInfo(type).id, property);
}

/** A record by id (following merges, assumed) or by a key property, live or archived as asked. */
export function findRecord(
  portal: Portal,
  type: ObjectType,
  id: string,
  options: { readonly idProperty?: string | null; readonly archived?: boolean } = {},
): StoredRecord | undefined {
  const store = portal.stores[type];
  const key = options.idProperty ?? "";
  const realId = key === "" || key === "hs_object_id" ? store.survivorOf(id) : store.findByKey(key, id.trim());
  const record = realId === undefined ? undefined : store.get(realId);
  return record !== undefined && (record.archivedAtMs !== null) === (options.archived ?? false) ? record : undefined;
}

/** Like `findRecord`; throws the 400 of an unusable key and the 404 of a missing record. */
export function requireRecord(
  portal: Portal,
  type: ObjectType,
  id: string,
  options: { readonly idProperty?: string | null; readonly archived?: boolean } = {},
): StoredRecord {
  const key = options.idProperty ?? "";
  const byId = key === "" || key === "hs_object_id";
  if (!byId) requireKeyProperty(portal, type, key);
  const record = findRecord(portal, type, id, options);
  if (record !== undefined) return record;
  if (byId) throw recordNotFound(id);
  throw new ApiError(404, { message: "resource not found" });
}
