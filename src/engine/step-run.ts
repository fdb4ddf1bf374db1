import type { ConflictChoice } from "../domain/conflict-choice";
import { SyncError, toSyncError } from "../domain/errors";
import type { Plan } from "../domain/plan";
import { withDependents } from "../merge/leave-out";
import type { Intent } from "../state/journal";
import { LEASE_MS } from "../state/lease";
import { loadPlan, savePlan } from "../state/plan-document";
import { isOpen, loadRun, type RunDocument, saveRun } from "../state/run-document";
import { applyPlan } from "./apply/apply-plan";
import { closeRun, dropDataOf, finishRun } from "./finish/finish-run";
import { makePlan, type Planned } from "./plan/make-plan";
import { settleChoices } from "./plan/settle-choices";
import { planUndoRun } from "./plan/start-undo";
import { readCrm } from "./read/read-crm";
import { requireFree } from "./require-free";
import { isLate, type RunDeps } from "./run-deps";
import { interrupted, RunInterrupted } from "./run-interrupted";
import { recover } from "./settle/recover";

/** Interruptions in a row, without progress between them, after which a run gives up. */
const MAX_INTERRUPTIONS = 6;

/** Wait after an interruption for which the CRM named no time, ms. */
const DEFAULT_PAUSE_MS = 10_000;

/** Works on a run until the slice ends, the run waits or it is over. Stores what it did; never throws a SyncError. */
export function stepRun(deps: RunDeps, given: RunDocument): RunDocument {
  let run: RunDocument = { ...given, leaseUntilMs: deps.clock.now() + LEASE_MS, resumeAtMs: null };
  try {
    const recovered = recover(deps, run);
    run = recovered.run;
    const next = advance(deps, run, recovered.cutOff);
    // A run that ended was kept by its last commit.
    return isOpen(next) ? save(deps, next) : next;
  } catch (thrown) {
    const stopped = furthest(deps, thrown instanceof RunInterrupted ? thrown.run : run);
    if (!isOpen(stopped)) return stopped;
    return interruptRun(deps, stopped, toSyncError(thrown instanceof RunInterrupted ? thrown.reason : thrown));
  }
}

/** The run as it was committed, when a commit took effect and only what followed it failed. */
function furthest(deps: RunDeps, run: RunDocument): RunDocument {
  const stored = loadRun(deps.store, run.mappingId);
  if (stored?.id !== run.id) return run;
  const ahead = stored.nextItem > run.nextItem || stored.totals.processed > run.totals.processed;
  return !isOpen(stored) || ahead ? stored : run;
}

function advance(deps: RunDeps, given: RunDocument, cutOff: Intent | null): RunDocument {
  let run = given;
  let open = cutOff;
  try {
    for (;;) {
      switch (run.phase) {
        case "reading":
        case "planning": {
          if (run.undoOf) {
            const { run: read, plan } = planUndoRun(deps, run);
            if (plan === null) return { ...read, interruptions: 0 };
            run = planned(deps, { run: read, plan });
            break;
          }
          const reading = readCrm(deps, run);
          if (reading.records === null) return { ...reading.run, interruptions: 0 };
          const made = makePlan(deps, reading);
          if (made.plan === null) return { ...made.run, interruptions: 0 };
          run = planned(deps, made);
          break;
        }
        case "applying":
          if (run.settle && run.settle.length > 0) run = settleChoices(deps, run);
          run = { ...applyPlan(deps, run, open), interruptions: 0 };
          open = null;
          if (run.phase === "applying") return run;
          break;
        case "finishing":
          return finishRun(deps, run);
        default:
          return run;
      }
      if (isLate(deps) && run.phase !== "finishing") return run;
    }
  } catch (thrown) {
    // Not as it was when the slice began: what was committed since would be done again.
    throw interrupted(run, thrown);
  }
}

function planned(deps: RunDeps, { run, plan }: Planned): RunDocument {
  savePlan(deps.store, run.id, plan);
  return { ...afterPlan(run, plan), interruptions: 0 };
}

function afterPlan(run: RunDocument, plan: Plan): RunDocument {
  const sizes = { rows: plan.counts.rows, records: plan.counts.records };
  const planned: RunDocument = { ...run, sizes, done: 0, total: plan.operations.length };
  if (run.preview || plan.guard.length > 0) {
    return { ...planned, phase: "waiting", doing: plan.guard.length > 0 ? "Waiting for your approval" : "Ready" };
  }
  return { ...planned, phase: "applying", doing: "Applying" };
}

/** A fault of the CRM or its limits pauses the run; anything else ends it, and what is done stays done. */
export function interruptRun(
  deps: Pick<RunDeps, "store" | "history" | "clock">,
  run: RunDocument,
  error: SyncError,
): RunDocument {
  const interruptions = run.interruptions + 1;
  if (error.kind === "retryable" && interruptions < MAX_INTERRUPTIONS) {
    const resumeAtMs = deps.clock.now() + (error.retryAfterMs ?? DEFAULT_PAUSE_MS);
    return save(deps, { ...run, interruptions, resumeAtMs, doing: error.message });
  }
  return failRun(deps, run, error);
}

/** Ends a run with an error; the history says what and what to do. */
function failRun(deps: Pick<RunDeps, "store" | "history" | "clock">, run: RunDocument, error: SyncError): RunDocument {
  const { kind, code, message, hint } = error;
  const text = hint === "" ? message : `${message} ${hint}`;
  const failure = {
    severity: "error" as const,
    rowNumber: null,
    recordId: null,
    field: null,
    title: run.mappingName,
    message: text,
  };
  const failed: RunDocument = {
    ...run,
    phase: "failed",
    doing: "Stopped",
    error: { kind, code, message, hint },
    messages: [failure, ...run.messages],
  };
  return closeRun(deps, failed);
}

/** What the user allowed when approving a plan. */
export interface Approval {
  readonly leaveOut: readonly string[];
  readonly allowCreates: boolean;
  readonly allowGuard: boolean;
  /** Conflicts that are settled by this approval; the others stay open. */
  readonly settle: readonly ConflictChoice[];
}

/**
 * Lets a waiting run go on. On a first sync creates that were not ticked are left out; any other guard finding needs
 * "run anyway once". Throws SyncError config `not-waiting`, `run-active`, `guard-not-allowed`.
 */
export function approveRun(deps: Pick<RunDeps, "store" | "clock">, run: RunDocument, approval: Approval): RunDocument {
  if (run.phase !== "waiting") {
    throw new SyncError("config", "not-waiting", "This run no longer waits for approval.", {
      hint: "Reload the sidebar.",
    });
  }
  requireFree(deps.store, run.id, deps.clock.now());
  const plan = loadPlan(deps.store, run.id);
  const guarded = plan.guard.filter(({ kind }) => kind !== "first-sync-creates" && kind !== "first-sync");
  if (guarded.length > 0 && !approval.allowGuard) {
    throw new SyncError("config", "guard-not-allowed", guarded.map((finding) => finding.message).join(" "), {
      hint: 'Check the preview, then tick "Run anyway once".',
    });
  }
  const firstCreates = plan.firstSync && !approval.allowCreates;
  const creates = firstCreates ? plan.operations.filter((operation) => operation.kind === "create") : [];
  const unticked = new Set([...approval.leaveOut, ...creates.map((operation) => operation.id)]);
  const leaveOut = [...withDependents(plan, unticked)];
  const next: RunDocument = {
    ...run,
    phase: "applying",
    trigger: run.trigger === "preview" ? "manual" : run.trigger,
    doing: "Applying",
    preview: false,
    leaveOut,
    settle: approval.settle,
    leaseUntilMs: deps.clock.now() + LEASE_MS,
  };
  saveRun(deps.store, next);
  return next;
}

/** Ends a run on the user's word. A waiting plan is dropped without a trace; work that was done stays and is in the history. */
export function cancelRun(deps: Pick<RunDeps, "store" | "history" | "clock">, run: RunDocument): RunDocument {
  const cancelled: RunDocument = { ...run, phase: "cancelled", doing: "Cancelled" };
  if (run.nextItem > 0 || run.totals.processed > 0) return closeRun(deps, cancelled);
  const { store } = deps;
  const n = store.nextIntent();
  dropDataOf(store, run, n);
  saveRun(store, { ...cancelled, leaseUntilMs: 0 }, n);
  store.commit(n);
  return cancelled;
}

function save(deps: Pick<RunDeps, "store">, run: RunDocument): RunDocument {
  saveRun(deps.store, run);
  deps.store.flush();
  return run;
}
