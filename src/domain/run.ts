import type { Direction } from "./mapping";
import type { RecordId } from "./record";
import type { FieldName } from "./schema";

export type RunPhase = "reading" | "planning" | "waiting" | "applying" | "finishing" | "done" | "cancelled" | "failed";

/** Why a run was started. */
export type RunTrigger = "preview" | "manual" | "schedule" | "undo";

/** A record or row that failed, for the history. */
export interface RunMessage {
  readonly severity: "error" | "note";
  readonly rowNumber: number | null;
  readonly recordId: RecordId | null;
  readonly field: FieldName | null;
  readonly title: string;
  readonly message: string;
}

/** What a run did: processed = successes + errors + skipped (invariant I8). */
export interface RunTotals {
  readonly processed: number;
  readonly successes: number;
  readonly errors: number;
  readonly skipped: number;
  readonly created: number;
  readonly updated: number;
  readonly appended: number;
  readonly cellsWritten: number;
  readonly linked: number;
  readonly archived: number;
  readonly rowsRemoved: number;
}

export const NO_TOTALS: RunTotals = {
  processed: 0,
  successes: 0,
  errors: 0,
  skipped: 0,
  created: 0,
  updated: 0,
  appended: 0,
  cellsWritten: 0,
  linked: 0,
  archived: 0,
  rowsRemoved: 0,
};

/** One line of the history tab. */
export interface HistoryEvent {
  readonly runId: string;
  /** "Pull", "Push", "Sync", "Connected", "Mapping saved"... */
  readonly type: string;
  readonly mappingName: string;
  readonly objectType: string;
  readonly trigger: RunTrigger | "user";
  readonly user: string;
  readonly startedMs: number;
  readonly durationMs: number;
  readonly totals: RunTotals;
  readonly outcome: "ok" | "with errors" | "stopped" | "failed";
  readonly messages: readonly RunMessage[];
}

/** Name of a run in the history by its direction. */
export function runTypeName(direction: Direction): string {
  return direction === "pull" ? "Pull" : direction === "push" ? "Push" : "Sync both ways";
}
