import type { Store } from "../ports/store";
import { readVersion } from "./read-version";

/** What the clock last did for a mapping. */
export interface ScheduleState {
  readonly version: 1;
  /** Scheduled time that is served: when the schedule was saved or last ran, epoch ms. */
  readonly lastMs: number;
  /** Last scheduled run; null: none yet. */
  readonly ranMs: number | null;
  /** Why the last scheduled run did not do its work, with the way out; "" when it did. */
  readonly problem: string;
  /** What the owner was last mailed about; missing: nothing since it last went well. */
  readonly told?: "approval" | "errors";
}

/** What the clock last did; nothing yet for a mapping without schedule. */
export function loadScheduleState(store: Store, mappingId: string): ScheduleState {
  return (
    readVersion<ScheduleState>(store.load(`schedule/${mappingId}`)) ?? {
      version: 1,
      lastMs: 0,
      ranMs: null,
      problem: "",
    }
  );
}

/** Keeps what the clock did. */
export function saveScheduleState(store: Store, mappingId: string, state: ScheduleState): void {
  store.save(`schedule/${mappingId}`, state);
}

/** Forgets the clock of a mapping. */
export function removeScheduleState(store: Store, mappingId: string): void {
  store.remove(`schedule/${mappingId}`);
}
