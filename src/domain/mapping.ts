import type { FieldName, ObjectType } from "./schema";

/** A CRM the add-on can talk to. */
export type CrmName = "hubspot" | "salesforce";

/** Which way a mapping or a run moves values. */
export type Direction = "pull" | "push" | "both";

/** What a blank cell means (rule F9): it has no opinion, or it clears the CRM's value. */
export type BlankPolicy = "keep" | "clear";

/** Who wins when both sides changed a field (rule F5). */
export type ConflictPolicy = "ask" | "sheet-wins" | "crm-wins" | "newest-wins";

/** What happens to a row whose record is gone (rule R6). */
export type GonePolicy = "mark" | "remove-row" | "unlink";

/** What happens to a record whose row was removed (rule R8). */
export type RemovedRowPolicy = "leave" | "bring-back" | "archive";

/** One mapped column. The column is found by its developer metadata first, by its header text second. */
export interface ColumnMapping {
  /** Stable id, written as metadata on the sheet column. */
  readonly columnId: string;
  readonly header: string;
  readonly field: FieldName;
  /** Never wider than the mapping's own direction. */
  readonly direction: Direction;
  readonly blank: BlankPolicy;
}

export interface GuardLimits {
  /** Share of linked records that may be archived or rows removed in one run, 0..1, and the number always allowed. */
  readonly deleteShare: number;
  readonly deleteFloor: number;
  readonly clearShare: number;
  readonly clearFloor: number;
  readonly changeShare: number;
  readonly changeFloor: number;
  /** A run that creates more needs approval, whatever the share. */
  readonly createMax: number;
  readonly createShare: number;
  readonly createFloor: number;
}

/** Defaults of sync-rules section 5. */
export const DEFAULT_GUARD: GuardLimits = {
  deleteShare: 0.1,
  deleteFloor: 5,
  clearShare: 0.2,
  clearFloor: 5,
  changeShare: 0.5,
  changeFloor: 20,
  createMax: 100,
  createShare: 0.5,
  createFloor: 20,
};

/** Mail to the owner of a schedule; off unless chosen. */
export interface NotifyOptions {
  readonly onApproval: boolean;
  readonly onErrors: boolean;
}

export const NO_MAIL: NotifyOptions = { onApproval: false, onErrors: false };

/** A tab bound to a CRM object. */
export interface Mapping {
  readonly id: string;
  readonly name: string;
  readonly crm: CrmName;
  /** Portal or organisation; a run under another account does not start (rule R20). */
  readonly accountId: string;
  readonly objectType: ObjectType;
  readonly tabId: number;
  readonly headerRow: number;
  readonly columns: readonly ColumnMapping[];
  /** Field that links rows without id to records; null: no key. */
  readonly keyField: FieldName | null;
  readonly direction: Direction;
  readonly conflicts: ConflictPolicy;
  readonly gone: GonePolicy;
  readonly removedRows: RemovedRowPolicy;
  readonly guard: GuardLimits;
  readonly notify: NotifyOptions;
}

/** When the clock starts a mapping; hours are in the spreadsheet's zone. */
export type Schedule =
  | { readonly kind: "off" }
  | { readonly kind: "hourly" }
  | { readonly kind: "daily"; readonly hour: number }
  /** day: 1 Monday … 7 Sunday. */
  | { readonly kind: "weekly"; readonly day: number; readonly hour: number };

/** Direction in which one column moves in a run: its own, narrowed by the run's; null when they share none. */
export function runDirection(column: Direction, run: Direction): Direction | null {
  if (column === "both") return run;
  if (run === "both" || run === column) return column;
  return null;
}
