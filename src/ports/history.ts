import type { HistoryEvent } from "../domain/run";

/** The history tab: the audit log people can read. */
export interface History {
  append(event: HistoryEvent): void;
  /** Newest first. */
  list(limit: number): readonly HistoryEvent[];
  /** Unhides and opens the tab. */
  show(): void;
}
