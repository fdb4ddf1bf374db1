import { ApiError, contactConflict, validationError } from "./api-error";
import { assumed } from "./assumptions";
import { deriveProperties } from "./derived-properties";
import { toApiTime } from "./format-time";
import { limits } from "./limits";
import { type ObjectType, objectTypeInfo } from "./object-type";
import { type Portal, visibleAt } from "./portal";
import type { ChangeSource, StoredRecord } from "./record-store";
import type { Properties } from "./sandbox-types";
import type { ValueProblem } from "./validate-values";

/** Who writes, and when (epoch ms). */
export interface WriteContext {
  readonly source: ChangeSource;
  readonly nowMs: number;
}

/** The 409 of a taken e-mail address, or null. `selfId` may hold the address itself. */
export function findConflict(portal: Portal, type: ObjectType, values: Properties, selfId?: string): ApiError | null {
  const email = values.email ?? "";
  if (type !== "contacts" || email === "") return null;
  const holder = portal.stores.contacts.findByKey("email", email);
  return holder === undefined || holder === selfId ? null : contactConflict(holder);
}

/** Values of unique properties that another record holds. */
export function findUniqueProblems(
  portal: Portal,
  type: ObjectType,
  values: Properties,
  selfId?: string,
): ValueProblem[] {
  return portal.catalogs[type].uniqueNames().flatMap((name) => {
    const value = values[name] ?? "";
    const holder = value === "" ? undefined : portal.stores[type].findByKey(name, value);
    if (holder === undefined || holder === selfId) return [];
    return [uniqueValueProblem(name, value)];
  });
}

/** What the portal says about a unique value that is taken. */
export function uniqueValueProblem(name: string, value: string): ValueProblem {
  return { name, error: assumed.uniqueValueCode, message: assumed.uniqueValueMessage(name, value) };
}

/** Creates a record from checked values. */
export function createRecord(portal: Portal, type: ObjectType, values: Properties, write: WriteContext): StoredRecord {
  const store = portal.stores[type];
  const id = store.nextId(portal.random);
  const at = toApiTime(write.nowMs);
  const system = { createdate: at, hs_createdate: at, hs_object_id: id, [objectTypeInfo(type).modifiedProperty]: at };
  const own = type === "contacts" ? { ...system, hs_lastmodifieddate: at } : system;
  const derived = deriveProperties(portal, type, values, { id, before: null, ...write });
  const properties = Object.assign(derived, values, own);
  const record: StoredRecord = {
    id,
    properties,
    createdAtMs: write.nowMs,
    updatedAtMs: write.nowMs,
    archivedAtMs: null,
    // The first entry shares the values of the record: a second copy would double what a big portal needs.
    history: [{ atMs: write.nowMs, source: write.source, values: properties }],
  };
  store.put(record);
  portal.indexes[type].schedule(record, visibleAt(portal, write.nowMs));
  scheduleEnrichment(portal, type, record);
  return record;
}

/** Changes a record with checked values; "" clears. Returns the record as it is now. */
export function updateRecord(
  portal: Portal,
  type: ObjectType,
  before: StoredRecord,
  write: WriteContext & { readonly values: Properties },
): StoredRecord {
  const accepted = keepLifecycleForward(write.values, before);
  const derived = deriveProperties(portal, type, accepted, { id: before.id, before, ...write });
  const at = toApiTime(write.nowMs);
  const moved = { [objectTypeInfo(type).modifiedProperty]: at, hs_lastmodifieddate: at };
  const changed = { ...derived, ...accepted };
  const record: StoredRecord = {
    ...before,
    properties: { ...before.properties, ...changed, ...moved },
    updatedAtMs: write.nowMs,
    history: [...before.history, { atMs: write.nowMs, source: write.source, values: changed }],
  };
  portal.stores[type].put(record);
  portal.indexes[type].schedule(record, visibleAt(portal, write.nowMs));
  return record;
}

const lifecycleOrder = [
  "subscriber",
  "lead",
  "marketingqualifiedlead",
  "salesqualifiedlead",
  "opportunity",
  "customer",
  "evangelist",
  "other",
];

/** lifecyclestage moves only forward; to go back it has to be cleared first. A step back is ignored (assumed: silently). */
function keepLifecycleForward(values: Properties, before: StoredRecord): Properties {
  const wanted = lifecycleOrder.indexOf(values.lifecyclestage ?? "");
  const current = lifecycleOrder.indexOf(before.properties.lifecyclestage ?? "");
  if (wanted === -1 || wanted >= current) return values;
  return { ...values, lifecyclestage: before.properties.lifecyclestage ?? "" };
}

/** Archives a live record; its e-mail address is free again at once, the search forgets it later. */
export function archiveRecord(portal: Portal, type: ObjectType, record: StoredRecord, nowMs: number): void {
  portal.stores[type].put({ ...record, archivedAtMs: nowMs });
  portal.indexes[type].scheduleRemoval(record.id, visibleAt(portal, nowMs));
}

/** Seconds after a create something in the background moves the record: contacts 2 to 25 s, companies 2 to 4 s later. */
function scheduleEnrichment(portal: Portal, type: ObjectType, created: StoredRecord): void {
  if (!portal.settings.enrichment) return;
  const spanMs = type === "contacts" ? 23_000 : 2_000;
  const dueAtMs = created.createdAtMs + 2_000 + portal.random.int(spanMs);
  const run = (nowMs: number): void => {
    const record = portal.stores[type].get(created.id);
    if (record === undefined || record.archivedAtMs !== null || record.updatedAtMs > nowMs) return;
    updateRecord(portal, type, record, { values: enrichedValues(type, record), source: "ENRICHMENT", nowMs });
  };
  portal.tasks.push({ dueAtMs, run });
}

/** What the background finds out: a Twitter name from the company's domain; for contacts nothing that a field shows. */
function enrichedValues(type: ObjectType, record: StoredRecord): Properties {
  const domain = record.properties.domain ?? "";
  if (type === "contacts" || domain === "" || record.properties.twitterhandle !== undefined) return {};
  const name = domain.split(".").at(-2) ?? "";
  return name === "" ? {} : { twitterhandle: name.toUpperCase() };
}

/** Merges `other` into `primary`. The survivor has a new id, or the primary's where the portal keeps it. */
export function mergeRecords(
  portal: Portal,
  type: ObjectType,
  pair: { readonly primary: StoredRecord; readonly other: StoredRecord },
  write: WriteContext,
): StoredRecord {
  const { primary, other } = pair;
  if (primary.id === other.id) throw validationError(assumed.mergeSelfMessage);
  const store = portal.stores[type];
  const keepsId = portal.settings.mergeKeepsPrimaryId;
  const id = keepsId ? primary.id : store.nextId(portal.random);
  const losers = keepsId ? [other] : [primary, other];
  const mergedIds = [...splitList(primary), ...splitList(other), ...losers.map((record) => record.id)];
  if (mergedIds.length > limits.mergedIdentities) throw new ApiError(400, { message: assumed.tooManyMergesMessage });
  const filled = Object.fromEntries(Object.entries(primary.properties).filter(([, value]) => value !== ""));
  const createdAtMs = Math.min(primary.createdAtMs, other.createdAtMs);
  const base: StoredRecord = {
    ...primary,
    id,
    createdAtMs,
    properties: { ...other.properties, ...filled, hs_object_id: id, createdate: toApiTime(createdAtMs) },
  };
  if (type === "contacts") joinCompanies(portal, id, [primary, other]);
  for (const loser of losers) {
    store.mergeAway(loser.id, id);
    portal.indexes[type].scheduleRemoval(loser.id, visibleAt(portal, write.nowMs));
  }
  const joined = { hs_merged_object_ids: mergedIds.join(";"), ...joinContactIdentities(type, id, pair, mergedIds) };
  return updateRecord(portal, type, base, { ...write, values: joined });
}

/** The survivor is associated with all companies of both contacts. */
function joinCompanies(portal: Portal, survivorId: string, merged: readonly StoredRecord[]): void {
  const ids = merged.flatMap((record) => [
    record.properties.associatedcompanyid ?? "",
    ...(portal.otherCompanies.get(record.id) ?? []),
  ]);
  portal.otherCompanies.set(survivorId, new Set(ids.filter((id) => id !== "")));
}

function splitList(record: StoredRecord): string[] {
  return (record.properties.hs_merged_object_ids ?? "").split(";").filter((id) => id !== "");
}

function joinContactIdentities(
  type: ObjectType,
  id: string,
  pair: { readonly primary: StoredRecord; readonly other: StoredRecord },
  mergedIds: readonly string[],
): Properties {
  if (type !== "contacts") return {};
  const addresses = [pair.primary, pair.other].flatMap((record) => [
    record.properties.email ?? "",
    ...(record.properties.hs_additional_emails ?? "").split(";"),
  ]);
  const distinct = [...new Set(addresses.filter((address) => address !== ""))];
  return {
    hs_additional_emails: distinct.slice(1).join(";"),
    hs_calculated_merged_vids: mergedIds.join(";"),
    hs_all_contact_vids: [id, ...mergedIds].join(";"),
  };
}
