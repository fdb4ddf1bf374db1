import type { SandboxClock } from "../sandbox-clock";
import type { Random } from "../seeded-random";
import type { CatalogChanges, SObjectCatalog, SObjectDef } from "./sobject-def";

/** A stored value; null is the one blank. Doubles and currencies are numbers, dates and times ISO texts (times end in Z). */
export type FieldValue = string | number | boolean | null;

/** A row as the org stores it, deleted ones included until the bin is emptied. */
export interface SRow {
  /** 18 characters. */
  readonly id: string;
  /** Name of its object in the describe's spelling. */
  readonly object: string;
  /** By field name in the describe's spelling, without the system and compound fields, which are derived. */
  readonly values: Readonly<Record<string, FieldValue>>;
  readonly createdMs: number;
  readonly createdById: string;
  /** LastModifiedDate: the last change by a user. */
  readonly modifiedMs: number;
  readonly modifiedById: string;
  /** SystemModstamp: the last change by a user or an automated process. */
  readonly stampMs: number;
  readonly deletedMs: number | null;
  /** Winner of the merge that deleted this row. */
  readonly masterId: string | null;
}

/** JSON-safe copy of all rows. */
export interface SavedRows {
  readonly rows: readonly SRow[];
  readonly counters: Readonly<Record<string, number>>;
}

/** Rows of all objects. Ids of 15 or 18 characters find the same row; they are case-sensitive. */
export interface RowStore {
  get(id: string): SRow | null;
  /** Live rows of an object in the order of their ids. */
  live(object: string): readonly SRow[];
  /** Live and deleted ones. */
  every(object: string): readonly SRow[];
  /** Live rows whose field holds this text, case-insensitive (case-sensitive where the field is); indexed for keys. */
  findBy(object: SObjectDef, field: string, text: string): readonly SRow[];
  put(row: SRow): void;
  /** Does some work and takes every `put` of it back unless it went well. Calls may nest. */
  attempt<T>(work: () => T, wentWell: (result: T) => boolean): T;
  /** Forgets a row for good (the bin is emptied). */
  purge(id: string): void;
  save(): SavedRows;
  /** The next unused id of the object, with its prefix and checksum. */
  nextId(object: SObjectDef): string;
}

/** A user of the org. */
export interface OrgUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly username: string;
  readonly active: boolean;
}

/** A rule of the org that refuses a row, as an administrator writes it. */
export interface ValidationRule {
  readonly object: string;
  /** Field that the message is shown at; null: at the top of the page. */
  readonly field: string | null;
  readonly message: string;
  /** Refuses rows whose field holds this text. */
  readonly when: { readonly field: string; readonly is: string };
}

/** A duplicate rule: rows of an object with the same value in a field. */
export interface DuplicateRule {
  readonly name: string;
  readonly object: string;
  readonly field: string;
  readonly action: "alert" | "block";
}

/** A change that a trigger or flow makes to every row that is saved. */
export interface Automation {
  readonly object: string;
  readonly field: string;
  readonly value: FieldValue;
  /** Only to rows whose field holds nothing yet. */
  readonly onlyBlank: boolean;
}

/** What an org is set to. Tests may change it while it runs. */
export interface OrgSettings {
  readonly orgId: string;
  readonly orgName: string;
  /** Calls in a rolling day. */
  dailyLimit: number;
  /** Fields that the API user may not see: "Contact.Phone". */
  hiddenFields: ReadonlySet<string>;
  validationRules: readonly ValidationRule[];
  duplicateRules: readonly DuplicateRule[];
  automations: readonly Automation[];
  /** Ids of rows that another transaction holds: UNABLE_TO_LOCK_ROW so many times more, by id. */
  lockedRows: ReadonlyMap<string, number>;
}

/** How an org starts. */
export interface OrgOptions {
  readonly seed?: number;
  /** Epoch ms; default Date.now. */
  readonly now?: () => number;
  readonly orgName?: string;
}

/** All state of one org. */
export interface Org {
  readonly settings: OrgSettings;
  readonly clock: SandboxClock;
  readonly users: readonly OrgUser[];
  /** What an administrator changed in the definitions; `catalog` is made of them. */
  changes: CatalogChanges;
  catalog: SObjectCatalog;
  rows: RowStore;
  random: Random;
}
