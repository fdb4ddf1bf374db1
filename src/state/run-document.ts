import type { CrmName, Direction } from "../domain/mapping";
import type { RunMessage, RunPhase, RunTotals, RunTrigger } from "../domain/run";
import type { Store } from "../ports/store";

/** The one run of a file that is under way or was the last: everything a later execution needs to go on. */
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
  /** Applying: index of the next work item. */
  readonly nextItem: number;
  readonly sizes: { readonly rows: number; readonly records: number };
  readonly totals: RunTotals;
  readonly messages: readonly RunMessage[];
  /** Phase "failed". */
  readonly error: {
    readonly kind: string;
    readonly code: string;
    readonly message: string;
    readonly hint: string;
  } | null;
}

const KEY = "run";

/** The last run, finished or not; null: none yet. */
export function loadRun(store: Store): RunDocument | null {
  const stored = store.load(KEY) as RunDocument | null;
  return stored?.version === 1 ? stored : null;
}

/** Keeps the run as it stands. */
export function saveRun(store: Store, run: RunDocument): void {
  store.save(KEY, run);
}

/** Is the run still to be gone on with? */
export function isOpen(run: RunDocument): boolean {
  return run.phase !== "done" && run.phase !== "cancelled" && run.phase !== "failed";
}
