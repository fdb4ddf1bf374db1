import { createHash } from "node:crypto";
import { createSandboxClock } from "../sandbox-clock";
import { createRandom, toUuid } from "../seeded-random";
import { createTokenBook } from "./credentials";
import { tierLimits } from "./limits";
import { createOauthGrants, defaultOauthApp } from "./oauth-grants";
import type { ObjectType } from "./object-type";
import type { Portal, PortalSettings } from "./portal";
import { createPropertyCatalog, type PropertyCatalog, type SavedCatalog } from "./property-catalog";
import { createRecordStore, type RecordStore, type SavedRecords } from "./record-store";
import type { HubspotSandboxOptions, SavedPortal } from "./sandbox-types";
import { createSearchIndex, type SearchIndex } from "./search-index";
import { seededOwners, seedPortal } from "./seed-portal";

/** What a sandbox starts with when its options do not say. */
export const defaults = { seed: 1, contacts: 50, companies: 20, searchLagMs: 3_000, portalId: 146_203_377 } as const;

/** The service key of a sandbox with this seed. */
export function defaultToken(seed: number): string {
  return `pat-eu1-${toUuid(createRandom(seed ^ 0x5eed))}`;
}

/** Creates the portal of a sandbox: seeded, or as it was saved. */
export function createPortal(options: HubspotSandboxOptions): Portal {
  const seed = options.seed ?? defaults.seed;
  const token = { token: defaultToken(seed), scopes: "all" } as const;
  const tokens = createTokenBook([token, ...(options.tokens ?? [])]);
  const portal: Portal = {
    settings: toSettings(options),
    clock: createSandboxClock(options.now ?? Date.now),
    owners: seededOwners,
    tokens,
    oauth: createOauthGrants(options.oauthApp ?? defaultOauthApp, tokens, createRandom(seed ^ 0x0a07)),
    cursorKey: createHash("sha256").update(`cursor ${seed}`).digest("hex"),
    random: createRandom(seed),
    noise: createRandom(seed ^ 0x701e),
    ...emptyState(),
    otherCompanies: new Map(),
    tasks: [],
  };
  if (options.saved !== undefined) loadPortal(portal, options.saved);
  else {
    const { contacts = defaults.contacts, companies = defaults.companies } = options;
    resetPortal(portal, seed, { contacts, companies });
  }
  return portal;
}

function toSettings(options: HubspotSandboxOptions): PortalSettings {
  const tier = options.tier ?? "professional";
  return {
    portalId: options.portalId ?? defaults.portalId,
    portalName: options.portalName ?? "Sandbox portal",
    tier,
    timeZone: options.timeZone ?? "Europe/Berlin",
    era: options.era ?? "current",
    keepBatchOrder: options.keepBatchOrder ?? false,
    dailyLimit: options.dailyLimit ?? tierLimits[tier].daily,
    searchLagMs: options.searchLagMs ?? defaults.searchLagMs,
    enrichment: options.enrichment ?? true,
    mergeKeepsPrimaryId: options.mergeKeepsPrimaryId ?? false,
  };
}

type ByType<T> = Readonly<Record<ObjectType, T>>;

interface PortalData {
  readonly stores: ByType<RecordStore>;
  readonly indexes: ByType<SearchIndex>;
  readonly catalogs: ByType<PropertyCatalog>;
  readonly required: ByType<readonly string[]>;
}

function emptyState(saved?: {
  readonly records: ByType<SavedRecords>;
  readonly catalogs: ByType<SavedCatalog>;
}): PortalData {
  const contacts = createPropertyCatalog("contacts", saved?.catalogs.contacts);
  const companies = createPropertyCatalog("companies", saved?.catalogs.companies);
  return {
    catalogs: { contacts, companies },
    stores: {
      contacts: createRecordStore("contacts", contacts.uniqueNames, saved?.records.contacts),
      companies: createRecordStore("companies", companies.uniqueNames, saved?.records.companies),
    },
    indexes: { contacts: createSearchIndex(), companies: createSearchIndex() },
    required: { contacts: [], companies: [] },
  };
}

/** Forgets all records and definitions and seeds anew. */
export function resetPortal(
  portal: Portal,
  seed: number,
  counts: { readonly contacts: number; readonly companies: number },
): void {
  portal.random = createRandom(seed);
  Object.assign(portal, emptyState());
  portal.otherCompanies = new Map();
  portal.tasks = [];
  seedPortal(portal, counts);
}

/** JSON-safe copy of records, merges and definitions. Background work that is still due is lost. */
export function savePortal(portal: Portal): SavedPortal {
  return {
    version: 1,
    random: portal.random.state(),
    records: { contacts: portal.stores.contacts.save(), companies: portal.stores.companies.save() },
    catalogs: { contacts: portal.catalogs.contacts.save(), companies: portal.catalogs.companies.save() },
    required: portal.required,
    otherCompanies: [...portal.otherCompanies].map(([contactId, ids]) => [contactId, [...ids]]),
  };
}

/** Brings a portal back to what `savePortal` gave; the search knows everything at once. Throws for other JSON. */
export function loadPortal(portal: Portal, saved: SavedPortal): void {
  if (saved.version !== 1) throw new RangeError("not a saved portal of version 1");
  const data = saved as unknown as {
    readonly random: number;
    readonly records: ByType<SavedRecords>;
    readonly catalogs: ByType<SavedCatalog>;
    readonly required: ByType<readonly string[]>;
    readonly otherCompanies: readonly (readonly [string, readonly string[]])[];
  };
  portal.random = createRandom(data.random);
  Object.assign(portal, emptyState({ records: data.records, catalogs: data.catalogs }));
  portal.required = data.required;
  portal.otherCompanies = new Map(data.otherCompanies.map(([contactId, ids]) => [contactId, new Set(ids)]));
  portal.tasks = [];
  for (const type of ["contacts", "companies"] as const) {
    for (const record of portal.stores[type].live()) portal.indexes[type].schedule(record, Number.NEGATIVE_INFINITY);
  }
}
