import type { HistoryEvent } from "../domain/run";

/** The history tab: the audit log people can read. */
export interface History {
  /** `mayExist`: an execution that was cut off may have written this event already; it is not written twice (I8). */
  append(event: HistoryEvent, mayExist: boolean): void;
  /** Newest first. */
  list(limit: number): readonly HistoryEvent[];
  /** Unhides and opens the tab. */
  show(): void;
}
