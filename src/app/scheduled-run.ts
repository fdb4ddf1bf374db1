import { toSyncError } from "../domain/errors";
import type { Mapping } from "../domain/mapping";
import { recordWaiting } from "../engine/finish-run";
import { type Config, loadConfig } from "../state/config";
import { isOpen, loadRun, type RunDocument } from "../state/run-document";
import { loadScheduleState, saveScheduleState } from "../state/schedule-state";
import type { AppDeps } from "./app-deps";
import { LOCK_WAIT_MS } from "./app-deps";
import { openRun, workOn } from "./run-handlers";
import { isDue } from "./schedule-times";

/** A clock run takes no new work after this, so that the six minutes are never reached. */
const WORK_MS = 4.5 * 60_000;

/** A continuation comes about this long after a run that ran out of time. */
const CONTINUE_AFTER_MS = 60_000;

/** Serves every mapping that this user's clock owes a sync, and goes on with a run that was cut off. */
export function scheduledRun(deps: AppDeps): void {
  const deadlineMs = deps.clock.now() + WORK_MS;
  const config = loadConfig(deps.store);
  const continuation = deps.triggers.plantContinuation(CONTINUE_AFTER_MS);
  let finished = true;
  try {
    finished = deps.lock.hold(LOCK_WAIT_MS, () => serveAll(deps, config, deadlineMs));
  } finally {
    if (finished && continuation !== null) deps.triggers.remove(continuation);
  }
}

function serveAll(deps: AppDeps, config: Config, deadlineMs: number): boolean {
  const open = loadRun(deps.store);
  if (open && isOpen(open) && open.trigger === "schedule" && open.phase !== "waiting") {
    const mapping = config.mappings.find((candidate) => candidate.id === open.mappingId);
    if (mapping && !serve(deps, mapping, open, deadlineMs)) return false;
  }
  for (const mapping of config.mappings) {
    if (!isOwed(deps, config, mapping)) continue;
    if (deps.clock.now() >= deadlineMs || !serve(deps, mapping, null, deadlineMs)) return false;
  }
  return true;
}

function isOwed(deps: AppDeps, config: Config, mapping: Mapping): boolean {
  const owned = config.schedules[mapping.id];
  if (!owned || (owned.owner !== "" && owned.owner !== deps.user.email())) return false;
  return isDue(owned.schedule, loadScheduleState(deps.store, mapping.id).lastMs, deps.clock.now(), deps.zone);
}

/** Runs one mapping to its end, to its approval or to the deadline; false: it has to go on later. */
function serve(deps: AppDeps, mapping: Mapping, open: RunDocument | null, deadlineMs: number): boolean {
  const startedMs = deps.clock.now();
  let run = open;
  try {
    run = run ?? openRun(deps, mapping, { direction: mapping.direction, trigger: "schedule" });
    while (isOpen(run) && run.phase !== "waiting" && deps.clock.now() < deadlineMs) {
      if (run.resumeAtMs !== null) {
        if (run.resumeAtMs >= deadlineMs) return false;
        deps.clock.sleep(Math.max(0, run.resumeAtMs - deps.clock.now()));
      }
      run = workOn(deps, mapping, run, deadlineMs);
    }
  } catch (thrown) {
    const error = toSyncError(thrown);
    note(deps, mapping, startedMs, `${error.message} ${error.hint}`.trim());
    return true;
  }
  if (run.phase === "waiting") recordWaiting(deps, run);
  if (isOpen(run) && run.phase !== "waiting") return false;
  note(deps, mapping, startedMs, problemOf(run));
  return true;
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
