import type { Schedule } from "../domain/mapping";
import { type Config, loadConfig } from "../state/config";
import { isOpen, loadRun } from "../state/run-document";
import { loadScheduleState } from "../state/schedule-state";
import type { AppDeps } from "./app-deps";
import { nextRunMs } from "./schedule-times";

/** A schedule is late when it was due this long ago: Google's clock comes every hour, and skips one now and then. */
const LATE_MS = 3 * 3_600_000;

const BEAT_PREFIX = "clock-beat.";

/** Keeps that this user's clock came for this file, whether or not anything is due. */
export function noteClockBeat(deps: AppDeps): void {
  deps.memory.save(BEAT_PREFIX + deps.grid.fileId(), String(deps.clock.now()));
}

/** When this user's clock last came for this file, epoch ms; null: never. */
export function clockBeatMs(deps: AppDeps): number | null {
  const beat = Number(deps.memory.read(BEAT_PREFIX + deps.grid.fileId()));
  return beat > 0 ? beat : null;
}

/** Forgets the clock of this file. */
export function forgetClockBeat(deps: AppDeps): void {
  deps.memory.remove(BEAT_PREFIX + deps.grid.fileId());
}

/**
 * Why nothing comes of a mapping's schedule although it has been due for three hours, with the way out; "" when it is not
 * late or the clock comes. A list of triggers cannot tell a dead one from a living one: only its last beat can.
 */
export function clockProblem(deps: AppDeps, config: Config, mappingId: string): string {
  const owned = config.schedules[mappingId];
  if (!owned || owned.schedule.kind === "off" || !isLate(deps, owned.schedule, mappingId)) return "";
  if (owned.owner === "" || owned.owner !== deps.user.email())
    return isKept(deps, mappingId) ? "" : askOwner(owned.owner);
  if (!hasDispatcher(deps))
    return "Google has dropped the clock of this schedule, so nothing runs. Save the schedule again to set a new one.";
  const beat = clockBeatMs(deps);
  if (beat !== null && deps.clock.now() - beat <= LATE_MS) return "";
  return "The clock of this schedule has not come for more than three hours although it is due. Save the schedule again to set a new one.";
}

/** Has the clock that is set for this user stopped coming? Then a new one has to take its place. */
export function isClockDead(deps: AppDeps): boolean {
  const config = loadConfig(deps.store);
  const email = deps.user.email();
  const own = Object.entries(config.schedules).filter(([, { owner }]) => owner !== "" && owner === email);
  return own.some(([mappingId]) => clockProblem(deps, config, mappingId) !== "");
}

function isLate(deps: AppDeps, schedule: Schedule, mappingId: string): boolean {
  const { lastMs } = loadScheduleState(deps.store, mappingId);
  const dueMs = nextRunMs(schedule, lastMs, lastMs, deps.zone);
  return lastMs > 0 && dueMs !== null && deps.clock.now() - dueMs > LATE_MS;
}

/** Another person's clock leaves no beat here; what it did last may say why it rests. */
function isKept(deps: AppDeps, mappingId: string): boolean {
  const run = loadRun(deps.store, mappingId);
  return (run !== null && isOpen(run)) || loadScheduleState(deps.store, mappingId).problem !== "";
}

function askOwner(owner: string): string {
  const who = owner === "" ? "the person who saved it" : owner;
  return `It has been due for more than three hours and nothing ran. Ask ${who} to save the schedule again, or save it yourself: then it runs as you.`;
}

/** Without the permission to look nothing is claimed: a notice says that schedules are off. */
function hasDispatcher(deps: AppDeps): boolean {
  try {
    return deps.triggers.dispatcherId() !== null;
  } catch {
    return true;
  }
}
