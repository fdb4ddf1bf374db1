import type { FaultList } from "../fault-list";
import type { RequestLog } from "../request-log";
import { checkContextOf } from "./api-call";
import { recordNotFound } from "./api-error";
import { defaults, loadPortal, resetPortal, savePortal } from "./create-portal";
import { toCustomDefinition } from "./custom-properties";
import { toApiTime } from "./format-time";
import type { ObjectType } from "./object-type";
import { type Portal, settlePortal } from "./portal";
import { defaultGroup } from "./property-catalog";
import { labelOf, type PropertyOption } from "./property-definition";
import type { RateLimits } from "./rate-limits";
import type { StoredRecord } from "./record-store";
import type { HubspotControl, PortalRecord, Properties } from "./sandbox-types";
import { checkValues, toValuesError } from "./validate-values";
import {
  archiveRecord,
  createRecord,
  findConflict,
  findUniqueProblems,
  mergeRecords,
  updateRecord,
} from "./write-record";

/** The parts of a sandbox that its control works on. */
interface ControlParts {
  readonly portal: Portal;
  readonly limits: RateLimits;
  readonly faults: FaultList;
  readonly log: RequestLog;
}

/** Creates the control of a sandbox. */
export function createControl(parts: ControlParts): HubspotControl {
  return {
    ...recordControl(parts.portal),
    ...propertyControl(parts.portal),
    ...settingsControl(parts),
    fault: parts.faults.add,
    clearFaults: parts.faults.clear,
    requests: parts.log.all,
    clearRequests: parts.log.clear,
  };
}

function toPortalRecord(record: StoredRecord): PortalRecord {
  const { id, properties, createdAtMs, updatedAtMs } = record;
  return { id, properties, createdAtMs, updatedAtMs, archived: record.archivedAtMs !== null };
}

/** Checks values as for the API, but lets read-only ones pass. Throws ApiError. */
function trustedValues(portal: Portal, type: ObjectType, properties: Properties, selfId?: string): Properties {
  const { values, problems } = checkValues(properties, checkContextOf(portal, type, true));
  const all = [...problems, ...findUniqueProblems(portal, type, values, selfId)];
  if (all.length > 0) throw toValuesError(all, portal.settings.portalId);
  const conflict = findConflict(portal, type, values, selfId);
  if (conflict !== null) throw conflict;
  return values;
}

function requireLive(portal: Portal, type: ObjectType, id: string): StoredRecord {
  settlePortal(portal);
  const record = portal.stores[type].get(portal.stores[type].survivorOf(id));
  if (record === undefined || record.archivedAtMs !== null) throw recordNotFound(id);
  return record;
}

type RecordControl = Pick<HubspotControl, "create" | "update" | "archive" | "restore" | "merge" | "get" | "all">;

function recordControl(portal: Portal): RecordControl {
  const write = () => ({ source: "CRM_UI", nowMs: portal.clock.now() }) as const;
  return {
    create: (type, properties) => {
      settlePortal(portal);
      return createRecord(portal, type, trustedValues(portal, type, properties), write()).id;
    },
    update: (type, id, properties) => {
      const record = requireLive(portal, type, id);
      updateRecord(portal, type, record, { ...write(), values: trustedValues(portal, type, properties, record.id) });
    },
    archive: (type, id) => archiveRecord(portal, type, requireLive(portal, type, id), portal.clock.now()),
    restore: (type, id) => {
      const record = portal.stores[type].get(id);
      if (record === undefined || record.archivedAtMs === null) throw recordNotFound(id);
      const conflict = findConflict(portal, type, record.properties, id);
      if (conflict !== null) throw conflict;
      updateRecord(portal, type, { ...record, archivedAtMs: null }, { ...write(), values: {} });
    },
    merge: (type, primaryId, otherId) => {
      const primary = requireLive(portal, type, primaryId);
      const other = requireLive(portal, type, otherId);
      const context = { source: "MERGE_OBJECTS", nowMs: portal.clock.now() } as const;
      return mergeRecords(portal, type, { primary, other }, context).id;
    },
    get: (type, id) => {
      settlePortal(portal);
      const record = portal.stores[type].get(portal.stores[type].survivorOf(id));
      return record === undefined ? null : toPortalRecord(record);
    },
    all: (type) => {
      settlePortal(portal);
      return portal.stores[type].live().map(toPortalRecord);
    },
  };
}

type PropertyControl = Pick<
  HubspotControl,
  | "defineProperty"
  | "archiveProperty"
  | "renameOption"
  | "removeOption"
  | "addOption"
  | "properties"
  | "requireProperties"
>;

function propertyControl(portal: Portal): PropertyControl {
  const changeOptions = (
    type: ObjectType,
    name: string,
    change: (options: readonly PropertyOption[]) => readonly PropertyOption[],
  ): void => {
    const definition = portal.catalogs[type].get(name);
    if (definition === undefined) throw new RangeError(`no such property: ${name}`);
    const updatedAt = toApiTime(portal.clock.now());
    portal.catalogs[type].put({ ...definition, options: change(definition.options), updatedAt });
  };
  return {
    defineProperty: (type, input) => {
      const at = toApiTime(portal.clock.now());
      portal.catalogs[type].put(toCustomDefinition(input, defaultGroup[type], at));
      portal.stores[type].rebuildKeys();
    },
    archiveProperty: (type, name) => {
      portal.catalogs[type].archive(name, toApiTime(portal.clock.now()));
      portal.stores[type].rebuildKeys();
    },
    renameOption: (type, property, value, label) =>
      changeOptions(type, property, (options) =>
        options.map((option) => (option.value === value ? { ...option, label } : option)),
      ),
    removeOption: (type, property, value) =>
      changeOptions(type, property, (options) => options.filter((option) => option.value !== value)),
    addOption: (type, property, value, label) =>
      changeOptions(type, property, (options) => [
        ...options,
        { value, label: label ?? labelOf(value), displayOrder: options.length, hidden: false },
      ]),
    properties: (type) => portal.catalogs[type].all(),
    requireProperties: (type, names) => {
      portal.required = { ...portal.required, [type]: names };
    },
  };
}

type SettingsControl = Pick<
  HubspotControl,
  | "addToken"
  | "oauthApp"
  | "revokeRefreshTokens"
  | "setSearchLag"
  | "setEnrichment"
  | "setMergeKeepsPrimaryId"
  | "setDailyUsed"
  | "resetTo"
  | "save"
  | "load"
  | "setClock"
  | "now"
>;

function settingsControl({ portal, limits }: ControlParts): SettingsControl {
  return {
    addToken: portal.tokens.add,
    oauthApp: () => portal.oauth.app,
    revokeRefreshTokens: portal.oauth.revokeAll,
    setSearchLag: (ms) => {
      portal.settings.searchLagMs = ms;
    },
    setEnrichment: (enabled) => {
      portal.settings.enrichment = enabled;
    },
    setMergeKeepsPrimaryId: (keeps) => {
      portal.settings.mergeKeepsPrimaryId = keeps;
    },
    setDailyUsed: (calls) => limits.setDailyUsed(calls, portal.clock.now()),
    resetTo: (seed, contacts, companies = defaults.companies) => resetPortal(portal, seed, { contacts, companies }),
    save: () => savePortal(portal),
    load: (saved) => loadPortal(portal, saved),
    setClock: portal.clock.set,
    now: portal.clock.now,
  };
}
