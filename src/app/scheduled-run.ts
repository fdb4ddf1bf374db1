import { toSyncError } from "../domain/errors";
import type { Mapping } from "../domain/mapping";
import { recordWaiting } from "../engine/finish-run";
import { type Config, loadConfig } from "../state/config";
import { isOpen, loadRun, type RunDocument } from "../state/run-document";
import { loadScheduleState, saveScheduleState } from "../state/schedule-state";
import { type AppDeps, LOCK_WAIT_MS, SLICE_MS } from "./app-deps";
import { isOwnRun } from "./app-state";
import { openRun, workOn } from "./run-handlers";
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
  const deadlineMs = deps.clock.now() + WORK_MS;
  const continuation = deps.triggers.plantContinuation(CONTINUE_AFTER_MS);
  let finished = true;
  try {
    finished = serveAll(deps, loadConfig(deps.store), deadlineMs);
  } finally {
    if (finished && continuation !== null) deps.triggers.remove(continuation);
  }
}

function serveAll(deps: AppDeps, config: Config, deadlineMs: number): boolean {
  for (const mapping of config.mappings) {
    const run = loadRun(deps.store, mapping.id);
    const cutOff =
      run !== null && isOpen(run) && run.phase !== "waiting" && run.trigger === "schedule" && isOwnRun(deps, run);
    if (!cutOff && (!isOwed(deps, config, mapping) || isPatient(deps, run))) continue;
    if (deps.clock.now() >= deadlineMs || !serve(deps, mapping, cutOff ? run : null, deadlineMs)) return false;
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
function serve(deps: AppDeps, mapping: Mapping, open: RunDocument | null, deadlineMs: number): boolean {
  const startedMs = deps.clock.now();
  let run = open;
  try {
    do {
      if (run !== null && run.resumeAtMs !== null) {
        if (run.resumeAtMs >= deadlineMs) return false;
        deps.clock.sleep(Math.max(0, run.resumeAtMs - deps.clock.now()));
      }
      run = slice(deps, mapping, run, deadlineMs);
    } while (isOpen(run) && run.phase !== "waiting" && deps.clock.now() < deadlineMs);
  } catch (thrown) {
    const error = toSyncError(thrown);
    // Somebody else is at it: the mapping stays due and the next hour takes it.
    if (error.code === "run-active" || error.kind === "retryable") return true;
    note(deps, mapping, startedMs, `${error.message} ${error.hint}`.trim());
    return true;
  }
  if (run.phase === "waiting") recordWaiting(deps, run);
  if (isOpen(run) && run.phase !== "waiting") return false;
  note(deps, mapping, startedMs, problemOf(run));
  return true;
}

/** One slice under the lock, which is free between two of them. */
function slice(deps: AppDeps, mapping: Mapping, run: RunDocument | null, deadlineMs: number): RunDocument {
  return deps.lock.hold(LOCK_WAIT_MS, () => {
    const current = run ?? openRun(deps, mapping, { direction: mapping.direction, trigger: "schedule" });
    return workOn(deps, mapping, current, Math.min(deadlineMs, deps.clock.now() + SLICE_MS));
  });
}

function problemOf(run: RunDocument): string {
  if (run.phase === "failed") return `${run.error?.message ?? "The sync failed."} ${run.error?.hint ?? ""}`.trim();
  return run.phase === "waiting" ? "It waits for your approval: open the sidebar and check the preview." : "";
}

/** Keeps what the clock did; the first failure after a success is mailed to the user, later ones are not. */
function note(deps: AppDeps, mapping: Mapping, startedMs: number, problem: string): void {
  const before = loadScheduleState(deps.store, mapping.id);
  saveScheduleState(deps.store, mapping.id, { version: 1, lastMs: startedMs, ranMs: startedMs, problem });
  deps.store.flush();
  if (problem === "" || before.problem !== "") return;
  deps.notices.mail(
    `CRM Sync: "${mapping.name}" needs you`,
    `The scheduled sync of "${mapping.name}" in "${deps.grid.fileName()}" did not finish.\n\n${problem}\n`,
  );
}
