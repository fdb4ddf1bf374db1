import type { ConflictChoice } from "../domain/conflict-choice";
import type { CrmName, Direction } from "../domain/mapping";
import type { RecordId } from "../domain/record";
import type { RunMessage, RunPhase, RunTotals, RunTrigger } from "../domain/run";
import type { Store } from "../ports/store";
import { loadUndamaged } from "./load-undamaged";
import { readVersion } from "./read-version";

/**
 * How far the reading of the CRM's side got. Runs of older versions have only the first four members: they list everything,
 * or read the linked records where they only push.
 */
export interface ReadingProgress {
  /** false: not at all. */
  readonly started: boolean;
  /** Where the next slice goes on; null: at the beginning of its part. */
  readonly cursor: string | null;
  readonly staged: number;
  readonly seen: number;
  /** What is read (sync-rules section 7). */
  readonly mode?: ReadingMode;
  /** Start of the reading and the window, epoch ms of the CRM's clock: fixed by the first slice. */
  readonly startMs?: number;
  readonly sinceMs?: number;
  readonly untilMs?: number;
  /** A window is followed by reading ids. `asking`: all is read, linked ids and new keys are asked for. */
  readonly part?: "window" | "ids" | "asking";
  /** Newest change that the window has shown; 0: none. */
  readonly newestMs?: number;
  /** What the reading is about, and that the base was damaged when it began. */
  readonly about?: string;
  readonly damaged?: boolean;
  /** Last id of the rotating verification in this run. */
  readonly verifiedId?: RecordId;
}

/** `full`: every live record. `linked`: the linked ones by id. `window`: what changed; the two can be joined. */
export type ReadingMode = "full" | "linked" | "window" | "linked+window";

/** A run that is under way or was the last of its mapping: everything a later execution needs to go on. */
export interface RunDocument {
  readonly version: 1;
  readonly id: string;
  readonly mappingId: string;
  readonly mappingName: string;
  readonly crm: CrmName;
  readonly accountId: string;
  readonly objectType: string;
  readonly direction: Direction;
  readonly trigger: RunTrigger;
  /** Run that this one takes back, and which of its effects; null: an ordinary sync. */
  readonly undoOf?: { readonly runId: string; readonly only: readonly string[] | null } | null;
  /** Opened by this very execution, so that nothing of it can be in the history yet; never stored. */
  readonly fresh?: true;
  readonly owner: string;
  readonly startedMs: number;
  /** Another run may take over after this. */
  readonly leaseUntilMs: number;
  readonly phase: RunPhase;
  /** Stop at "waiting" whatever the guard says. */
  readonly preview: boolean;
  readonly doing: string;
  readonly done: number;
  readonly total: number;
  /** Epoch ms before which going on makes no sense (rate limit, fault of the CRM); null: now. */
  readonly resumeAtMs: number | null;
  /** Interruptions in a row without any progress. */
  readonly interruptions: number;
  readonly reading: ReadingProgress;
  /** Conflicts that the user settled and that are not in the plan yet. */
  readonly settle?: readonly ConflictChoice[];
  /** Operations that the user left out. */
  readonly leaveOut: readonly string[];
  /** Links that could not be made: what hangs on them is left to the next run. */
  readonly failedLinks: readonly string[];
  /** Applying: index of the next work item. */
  readonly nextItem: number;
  readonly sizes: { readonly rows: number; readonly records: number };
  readonly totals: RunTotals;
  /** Conflicts that the run left open. */
  readonly openConflicts: number;
  readonly messages: readonly RunMessage[];
  /** Phase "failed". */
  readonly error: {
    readonly kind: string;
    readonly code: string;
    readonly message: string;
    readonly hint: string;
  } | null;
}

const PREFIX = "run/";

/** The last run of every mapping, finished or not. Throws SyncError `state-newer`. */
export function loadRuns(store: Store): readonly RunDocument[] {
  return store
    .keys(PREFIX)
    .map((key) => readVersion<RunDocument>(loadUndamaged(store, key)))
    .filter((run): run is RunDocument => run !== null);
}

/** The last run of a mapping; null: none yet. */
export function loadRun(store: Store, mappingId: string): RunDocument | null {
  return readVersion<RunDocument>(loadUndamaged(store, PREFIX + mappingId));
}

/** Keeps the run as it stands; under an intent: as it stands once that is committed. */
export function saveRun(store: Store, run: RunDocument, intent?: number): void {
  const { fresh: _fresh, ...stored } = run;
  store.save(PREFIX + run.mappingId, stored, intent);
}

/** Forgets the run of a mapping. */
export function removeRun(store: Store, mappingId: string): void {
  store.remove(PREFIX + mappingId);
}

/** Is the run still to be gone on with? */
export function isOpen(run: RunDocument): boolean {
  return run.phase !== "done" && run.phase !== "cancelled" && run.phase !== "failed";
}

/** Does the run keep others out: it is under way and its lease has not ended? A run that waits for approval does not. */
export function isWorking(run: RunDocument, nowMs: number): boolean {
  return isOpen(run) && run.phase !== "waiting" && run.leaseUntilMs > nowMs;
}
