import type { SandboxClock } from "../sandbox-clock";
import type { Random } from "../seeded-random";
import type { TokenBook } from "./credentials";
import type { Tier } from "./limits";
import type { OauthGrants } from "./oauth-grants";
import type { ObjectType } from "./object-type";
import type { PropertyCatalog } from "./property-catalog";
import type { RecordStore } from "./record-store";
import type { Era } from "./sandbox-types";
import type { SearchIndex } from "./search-index";

/** A user of the portal who can own records. */
export interface Owner {
  readonly id: string;
  readonly userId: number;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly archived: boolean;
}

/** What a portal is set to. Tests may change it while it runs. */
export interface PortalSettings {
  readonly portalId: number;
  readonly portalName: string;
  readonly tier: Tier;
  readonly timeZone: string;
  readonly era: Era;
  readonly keepBatchOrder: boolean;
  readonly dailyLimit: number;
  searchLagMs: number;
  enrichment: boolean;
  mergeKeepsPrimaryId: boolean;
}

/**
 * Companies of contacts beside the primary one, by contact id. The primary company is the contact's property
 * `associatedcompanyid`: it is searchable, merges with the record and is saved with it.
 */
type OtherCompanies = Map<string, Set<string>>;

/** Work that happens by itself at a moment of the sandbox's time. */
interface ScheduledTask {
  readonly dueAtMs: number;
  run(nowMs: number): void;
}

/** All state of one portal. */
export interface Portal {
  readonly settings: PortalSettings;
  readonly clock: SandboxClock;
  readonly owners: readonly Owner[];
  readonly tokens: TokenBook;
  readonly oauth: OauthGrants;
  /** Secret of this sandbox that makes paging cursors unguessable. */
  readonly cursorKey: string;
  /** Decides ids, lags and seeded data. */
  random: Random;
  /** Decides what only answers show (order of batch results, correlation ids), so that reads do not change ids to come. */
  readonly noise: Random;
  stores: Readonly<Record<ObjectType, RecordStore>>;
  indexes: Readonly<Record<ObjectType, SearchIndex>>;
  catalogs: Readonly<Record<ObjectType, PropertyCatalog>>;
  /** Required on create through the paths of 2026-09. */
  required: Readonly<Record<ObjectType, readonly string[]>>;
  otherCompanies: OtherCompanies;
  tasks: ScheduledTask[];
}

/** Lets the portal do what is due by now: background changes, then the index. */
export function settlePortal(portal: Portal): void {
  const nowMs = portal.clock.now();
  const due = portal.tasks.filter((task) => task.dueAtMs <= nowMs);
  if (due.length > 0) {
    portal.tasks = portal.tasks.filter((task) => task.dueAtMs > nowMs);
    for (const task of due.sort((a, b) => a.dueAtMs - b.dueAtMs)) task.run(task.dueAtMs);
  }
  portal.indexes.contacts.settle(nowMs);
  portal.indexes.companies.settle(nowMs);
}

/** When a write of now shows in the search: between a third of the lag and all of it, different for each record. */
export function visibleAt(portal: Portal, nowMs: number): number {
  const lagMs = portal.settings.searchLagMs;
  return lagMs === 0 ? nowMs : nowMs + Math.ceil(lagMs * (1 / 3 + (portal.random.next() * 2) / 3));
}
