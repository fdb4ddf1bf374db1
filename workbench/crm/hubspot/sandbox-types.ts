import type { FaultSpec } from "../fault-list";
import type { LoggedRequest } from "../request-log";
import type { PropertyInput } from "./custom-properties";
import type { Tier } from "./limits";
import type { OauthApp } from "./oauth-app";
import type { ObjectType } from "./object-type";
import type { PropertyDefinition } from "./property-definition";
import type { TokenSpec } from "./token-spec";

/** How the sandbox starts. Everything has a default; the same options give the same portal. */
export interface HubspotSandboxOptions {
  readonly seed?: number;
  /** Contacts and companies to start with; default 50 and 20. */
  readonly contacts?: number;
  readonly companies?: number;
  /** Epoch ms; default Date.now. */
  readonly now?: () => number;
  /** Honour the header X-Workbench-Now (epoch ms of a virtual clock); default false. */
  readonly acceptClockHeader?: boolean;
  /** A write is searchable at latest after this; each record takes its own share of it. Default 3,000 ms; 0: at once. */
  readonly searchLagMs?: number;
  readonly portalId?: number;
  readonly portalName?: string;
  readonly tier?: Tier;
  /** IANA zone of the account: its midnight resets the daily limit. Default Europe/Berlin. */
  readonly timeZone?: string;
  /** Default: any free port. */
  readonly port?: number;
  /** Tokens beside the default service key. */
  readonly tokens?: readonly TokenSpec[];
  /** The app that may ask for OAuth tokens; it has a default. */
  readonly oauthApp?: OauthApp;
  /** Calls per day; default: by tier. */
  readonly dailyLimit?: number;
  /** Background changes seconds after a create; default true. */
  readonly enrichment?: boolean;
  /** Merging keeps the primary record's id (a beta); default false: the merged record gets a new id. */
  readonly mergeKeepsPrimaryId?: boolean;
  /** Which server-set properties the answers show: as recorded in 2022, or as in 2025 (default). */
  readonly era?: Era;
  /** Batch results in the order of their inputs instead of shuffled; default false. */
  readonly keepBatchOrder?: boolean;
  /** Turns on the JSON control API under /__control/. */
  readonly controlKey?: string;
  /** A portal that `control.save()` returned: replaces the seeded records. */
  readonly saved?: SavedPortal;
}

/** Year whose answers are imitated. */
export type Era = "2022" | "current";

/** Values by property name, as the store holds them. */
export type Properties = Readonly<Record<string, string>>;

/** A record as the portal's own people see it. */
export interface PortalRecord {
  readonly id: string;
  readonly properties: Properties;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly archived: boolean;
}

/** JSON-safe copy of a portal; opaque to callers. */
export type SavedPortal = { readonly version: 1 } & Readonly<Record<string, unknown>>;

/** "Somebody else" in the portal, and the hooks of tests. Nothing here counts against limits. */
export interface HubspotControl {
  /** Creates a record as a user in the portal would; returns its id. Throws ApiError for values the portal refuses. */
  create(type: ObjectType, properties: Properties): string;
  /** Changes a record; "" clears. Read-only properties may be set here. */
  update(type: ObjectType, id: string, properties: Properties): void;
  archive(type: ObjectType, id: string): void;
  /** Brings an archived record back, as the recycling bin of the portal does. */
  restore(type: ObjectType, id: string): void;
  /** Merges two records; returns the id of the survivor. */
  merge(type: ObjectType, primaryId: string, otherId: string): string;
  /** The record, archived or not, following merges; null when there is none. */
  get(type: ObjectType, id: string): PortalRecord | null;
  /** Live records, oldest id first. */
  all(type: ObjectType): readonly PortalRecord[];
  defineProperty(type: ObjectType, definition: PropertyInput): void;
  archiveProperty(type: ObjectType, name: string): void;
  /** Changes the label of an option; its value stays. */
  renameOption(type: ObjectType, property: string, value: string, label: string): void;
  /** Removes an option; records keep the value. */
  removeOption(type: ObjectType, property: string, value: string): void;
  addOption(type: ObjectType, property: string, value: string, label?: string): void;
  properties(type: ObjectType): readonly PropertyDefinition[];
  /** Makes properties required on create for the paths of 2026-09 (rules set by an admin). */
  requireProperties(type: ObjectType, names: readonly string[]): void;
  /** Adds a token or replaces the one with the same text. */
  addToken(spec: TokenSpec): void;
  /** The app that may ask for OAuth tokens. */
  oauthApp(): OauthApp;
  /** The user disconnects the app: refresh tokens stop working. */
  revokeRefreshTokens(): void;
  setSearchLag(ms: number): void;
  /** Switches background changes on or off. */
  setEnrichment(enabled: boolean): void;
  setMergeKeepsPrimaryId(keeps: boolean): void;
  /** Spends calls of the current day. */
  setDailyUsed(calls: number): void;
  fault(spec: FaultSpec): void;
  clearFaults(): void;
  requests(): readonly LoggedRequest[];
  clearRequests(): void;
  /** Forgets all records and seeds again. */
  resetTo(seed: number, contacts: number, companies?: number): void;
  save(): SavedPortal;
  load(saved: SavedPortal): void;
  /** Stops the clock at this moment. */
  setClock(ms: number): void;
  now(): number;
}

/** A running sandbox. */
export interface HubspotSandbox {
  /** Origin, e.g. http://127.0.0.1:4010 */
  readonly url: string;
  /** A service key with all scopes. */
  readonly token: string;
  readonly control: HubspotControl;
  /** Stops the server; hanging requests are cut. */
  close(): Promise<void>;
}
