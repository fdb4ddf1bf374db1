import type { CrmName, Direction } from "../domain/mapping";
import type { RunMessage, RunPhase, RunTotals, RunTrigger } from "../domain/run";
import type { Store } from "../ports/store";
import { loadUndamaged } from "./load-undamaged";
import { readVersion } from "./read-version";

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
  /** Reading: how far the listing got. `started` false: not at all. */
  readonly reading: {
    readonly started: boolean;
    readonly cursor: string | null;
    readonly staged: number;
    readonly seen: number;
  };
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

/** Keeps the run as it stands. */
export function saveRun(store: Store, run: RunDocument): void {
  store.save(PREFIX + run.mappingId, run);
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
