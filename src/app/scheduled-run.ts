import { type ErrorKind, toSyncError } from "../domain/errors";
import type { Mapping } from "../domain/mapping";
import { NO_TOTALS } from "../domain/run";
import { recordWaiting } from "../engine/finish/finish-run";
import { type Config, loadConfig } from "../state/config";
import { findPlan } from "../state/plan-document";
import { isOpen, loadRun, type RunDocument } from "../state/run-document";
import { loadScheduleState, saveScheduleState } from "../state/schedule-state";
import { alone } from "./alone";
import type { AppDeps } from "./app-deps";
import { isOwnRun } from "./app-state";
import { noteClockBeat } from "./clock-health";
import { type ClockOutcome, mailOutcome } from "./clock-mail";
import { type ClockShift, notePause, startShift } from "./clock-shift";
import { ownFile } from "./own-file";
import { workSlice } from "./run-handlers";
import { isDue } from "./schedule-times";

/** A clock run takes no new work after this, so that the six minutes are never reached. */
const WORK_MS = 4.5 * 60_000;

/** A continuation comes about this long after a run that ran out of time. */
const CONTINUE_AFTER_MS = 60_000;

/** A plan that waits is not replaced by the clock this soon: somebody may be looking at it. */
const PREVIEW_PATIENCE_MS = 3_600_000;
const APPROVAL_PATIENCE_MS = 24 * 3_600_000;

/** Serves every mapping that this user's clock owes a sync, and goes on with a run that was cut off. */
export function scheduledRun(deps: AppDeps): void {
  noteClockBeat(deps);
  ownFile(deps);
  const shift = startShift(deps, WORK_MS);
  deps.triggers.removeContinuations();
  const continuation = deps.triggers.plantContinuation(CONTINUE_AFTER_MS);
  let finished = true;
  try {
    finished = serveAll(deps, loadConfig(deps.store), shift);
  } finally {
    shift.count();
    if (finished && continuation !== null) deps.triggers.remove(continuation);
  }
}

/** False: something has to go on in a minute. What rests until Google gives time again is left to a later hour. */
function serveAll(deps: AppDeps, config: Config, shift: ClockShift): boolean {
  for (const mapping of config.mappings) {
    const run = loadRun(deps.store, mapping.id);
    const cutOff =
      run !== null && isOpen(run) && run.phase !== "waiting" && run.trigger === "schedule" && isOwnRun(deps, run);
    if (!cutOff && (!isOwed(deps, config, mapping) || isPatient(deps, run))) continue;
    if (shift.isSpent()) {
      alone(deps, () => notePause(deps, mapping));
      continue;
    }
    if (deps.clock.now() >= shift.deadlineMs || !serve(deps, mapping, cutOff ? run : null, shift)) return false;
  }
  return true;
}

function isOwed(deps: AppDeps, config: Config, mapping: Mapping): boolean {
  const owned = config.schedules[mapping.id];
  if (!owned || (owned.owner !== "" && owned.owner !== deps.user.email())) return false;
  return isDue(owned.schedule, loadScheduleState(deps.store, mapping.id).lastMs, deps.clock.now(), deps.zone);
}

function isPatient(deps: AppDeps, run: RunDocument | null): boolean {
  if (run?.phase !== "waiting") return false;
  const patienceMs = run.trigger === "schedule" ? APPROVAL_PATIENCE_MS : PREVIEW_PATIENCE_MS;
  return deps.clock.now() - run.startedMs < patienceMs;
}

/** Runs one mapping to its end, to its approval or to the deadline, a slice at a time; false: it has to go on later. */
function serve(deps: AppDeps, mapping: Mapping, open: RunDocument | null, shift: ClockShift): boolean {
  const startedMs = deps.clock.now();
  const { deadlineMs } = shift;
  let run = open;
  try {
    do {
      if (run !== null && run.resumeAtMs !== null) {
        if (run.resumeAtMs >= deadlineMs) return false;
        deps.clock.sleep(Math.max(0, run.resumeAtMs - deps.clock.now()));
      }
      run = workSlice(deps, mapping, run, { trigger: "schedule", deadlineMs });
      shift.count();
    } while (isMoving(run) && deps.clock.now() < deadlineMs && !shift.isSpent());
  } catch (thrown) {
    const error = toSyncError(thrown);
    // Somebody else is at it: the mapping stays due and the next hour takes it.
    if (error.code === "run-active" || error.kind === "retryable") return true;
    const problem = `${error.message} ${error.hint}`.trim();
    const outcome: ClockOutcome = { kind: "errors", failed: error.kind, totals: NO_TOTALS };
    alone(deps, () => note(deps, mapping, { startedMs, problem, outcome }));
    return true;
  }
  if (isMoving(run) && !shift.isSpent()) return false;
  const ended = run;
  try {
    alone(deps, () => {
      if (ended.phase === "waiting") recordWaiting(deps, ended);
      if (isMoving(ended)) notePause(deps, mapping);
      else note(deps, mapping, { startedMs, problem: problemOf(ended), outcome: outcomeOf(deps, ended) });
    });
  } catch (thrown) {
    // Not noted, so the mapping is due again; the others get their turn all the same.
    if (toSyncError(thrown).kind !== "retryable") throw thrown;
  }
  return true;
}

/** Does the run go on without anyone's decision? */
function isMoving(run: RunDocument): boolean {
  return isOpen(run) && run.phase !== "waiting";
}

function problemOf(run: RunDocument): string {
  if (run.phase === "failed") return `${run.error?.message ?? "The sync failed."} ${run.error?.hint ?? ""}`.trim();
  return run.phase === "waiting" ? "It waits for your approval: open the sidebar and check the preview." : "";
}

function outcomeOf(deps: AppDeps, run: RunDocument): ClockOutcome {
  if (run.phase === "waiting") return { kind: "approval", counts: findPlan(deps.store, run.id)?.counts ?? null };
  const failed = run.phase === "failed" ? ((run.error?.kind ?? "fatal") as ErrorKind) : null;
  if (failed === null && run.totals.errors === 0) return { kind: "fine" };
  return { kind: "errors", failed, totals: run.totals };
}

/** Keeps what the clock did. The first of its kind after a success is mailed, where the mapping says so; later ones are not. */
function note(
  deps: AppDeps,
  mapping: Mapping,
  done: { readonly startedMs: number; readonly problem: string; readonly outcome: ClockOutcome },
): void {
  const { startedMs, problem, outcome } = done;
  const before = loadScheduleState(deps.store, mapping.id);
  const told = outcome.kind !== "fine" && (before.told === outcome.kind || mailOutcome(deps, mapping, outcome));
  saveScheduleState(deps.store, mapping.id, {
    version: 1,
    lastMs: startedMs,
    ranMs: startedMs,
    problem,
    ...(told ? { told: outcome.kind } : {}),
  });
  deps.store.flush();
}
