import { SyncError, toSyncError } from "../domain/errors";
import type { Plan } from "../domain/plan";
import { withDependents } from "../merge/leave-out";
import { loadPlan, savePlan } from "../state/plan-document";
import { type RunDocument, saveRun } from "../state/run-document";
import { applyPlan } from "./apply-plan";
import { closeRun, finishRun } from "./finish-run";
import { makePlan } from "./make-plan";
import { readCrm } from "./read-crm";
import { recoverIntents } from "./recover";
import { isLate, LEASE_MS, type RunDeps } from "./run-deps";
import { RunInterrupted } from "./run-interrupted";

/** Interruptions in a row, without progress between them, after which a run gives up. */
const MAX_INTERRUPTIONS = 6;

/** Wait after an interruption for which the CRM named no time, ms. */
const DEFAULT_PAUSE_MS = 10_000;

/** Works on a run until the slice ends, the run waits or it is over. Stores what it did; never throws a SyncError. */
export function stepRun(deps: RunDeps, given: RunDocument): RunDocument {
  const run: RunDocument = { ...given, leaseUntilMs: deps.clock.now() + LEASE_MS, resumeAtMs: null };
  try {
    recoverIntents(deps);
    return save(deps, advance(deps, run));
  } catch (thrown) {
    const stopped = thrown instanceof RunInterrupted ? thrown.run : run;
    return interruptRun(deps, stopped, toSyncError(thrown instanceof RunInterrupted ? thrown.reason : thrown));
  }
}

function advance(deps: RunDeps, given: RunDocument): RunDocument {
  let run = given;
  for (;;) {
    switch (run.phase) {
      case "reading":
      case "planning": {
        const reading = readCrm(deps, run);
        if (reading.records === null) return { ...reading.run, interruptions: 0 };
        const plan = makePlan(deps, reading.run, reading.records);
        savePlan(deps.store, run.id, plan);
        run = { ...afterPlan(reading.run, plan), interruptions: 0 };
        break;
      }
      case "applying":
        run = { ...applyPlan(deps, run), interruptions: 0 };
        if (run.phase === "applying") return run;
        break;
      case "finishing":
        return finishRun(deps, run);
      default:
        return run;
    }
    if (isLate(deps) && run.phase !== "finishing") return run;
  }
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
}

/**
 * Lets a waiting run go on. On a first sync creates that were not ticked are left out; any other guard finding needs
 * "run anyway once". Throws SyncError config `not-waiting`, `guard-not-allowed`.
 */
export function approveRun(deps: Pick<RunDeps, "store" | "clock">, run: RunDocument, approval: Approval): RunDocument {
  if (run.phase !== "waiting") {
    throw new SyncError("config", "not-waiting", "This run no longer waits for approval.", {
      hint: "Reload the sidebar.",
    });
  }
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
    leaseUntilMs: deps.clock.now() + LEASE_MS,
  };
  saveRun(deps.store, next);
  return next;
}

/** Ends a run on the user's word. A waiting plan is dropped without a trace; work that was done stays and is in the history. */
export function cancelRun(deps: Pick<RunDeps, "store" | "history" | "clock">, run: RunDocument): RunDocument {
  const cancelled: RunDocument = { ...run, phase: "cancelled", doing: "Cancelled" };
  if (run.nextItem > 0 || run.totals.processed > 0) return closeRun(deps, cancelled);
  saveRun(deps.store, { ...cancelled, leaseUntilMs: 0 });
  deps.store.flush();
  return cancelled;
}

function save(deps: Pick<RunDeps, "store">, run: RunDocument): RunDocument {
  saveRun(deps.store, run);
  deps.store.flush();
  return run;
}
