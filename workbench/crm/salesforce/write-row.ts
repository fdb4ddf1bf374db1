import type { SalesforceError } from "./api-error";

/** Who writes, and how. */
export interface WriteContext {
  readonly nowMs: number;
  readonly userId: string;
  /** "ui": somebody else in the org, who may also set what the API user may not; "automation" moves SystemModstamp only. */
  readonly source: "api" | "ui" | "automation";
  /** Sforce-Duplicate-Rule-Header allowSave: passes rules that only alert. */
  readonly allowSave: boolean;
  /** Sforce-Auto-Assign. */
  readonly autoAssign: boolean;
}

/** What became of one row. `created` is meant for upserts. */
export type RowResult =
  | { readonly success: true; readonly id: string; readonly created: boolean }
  | { readonly success: false; readonly id: string | null; readonly errors: readonly RowError[] };

/** An error of a row; a duplicate's single-row form carries more (contract section 11). */
export interface RowError extends SalesforceError {
  /** Body of the `duplicateResut` of single rows. */
  readonly duplicateResult?: unknown;
  /** HTTP status of the single-row form. */
  readonly status: number;
}
