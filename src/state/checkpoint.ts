import type { Conflict } from "../domain/plan";
import type { RecordId } from "../domain/record";
import type { Store } from "../ports/store";
import { readVersion } from "./read-version";

/** What the last finished run of a mapping left behind, beside the base. */
export interface Checkpoint {
  readonly version: 1;
  readonly lastRunId: string | null;
  readonly lastRunMs: number | null;
  readonly outcome: "ok" | "with errors" | "stopped" | "failed" | null;
  readonly sizes: { readonly rows: number; readonly records: number };
  /** Records whose row the user removed: not brought back (R8). */
  readonly tombstones: readonly RecordId[];
  readonly conflicts: readonly Conflict[];
  /** `conflictKey`s of those that a person was shown: a run by the clock shows nothing to anybody. */
  readonly seenConflicts: readonly string[];
  /** Time zone of the spreadsheet at the last run; null: none yet. */
  readonly zone: string | null;
  /** Row errors of the last run. */
  readonly errors: number;
  /** The mapping was saved since the last run: rows whose ids are gone may be linked by their keys again (R18, R24). */
  readonly relink: boolean;
  /** What the last run told about rows, as keys: the clock's next run does not say it again. */
  readonly told: readonly string[];
}

const NEW: Checkpoint = {
  version: 1,
  lastRunId: null,
  lastRunMs: null,
  outcome: null,
  sizes: { rows: 0, records: 0 },
  tombstones: [],
  conflicts: [],
  seenConflicts: [],
  zone: null,
  errors: 0,
  relink: false,
  told: [],
};

/** What the last run left; an empty checkpoint before the first. */
export function loadCheckpoint(store: Store, mappingId: string): Checkpoint {
  const stored = readVersion<Checkpoint>(store.load(`checkpoint/${mappingId}`));
  return { ...NEW, ...stored };
}

/** Keeps what a finished run leaves for the next; under an intent: from its commit on. */
export function saveCheckpoint(store: Store, mappingId: string, checkpoint: Checkpoint, intent?: number): void {
  store.save(`checkpoint/${mappingId}`, checkpoint, intent);
}

/** Forgets tombstones, conflicts and sizes of a mapping. */
export function removeCheckpoint(store: Store, mappingId: string): void {
  store.remove(`checkpoint/${mappingId}`);
}
