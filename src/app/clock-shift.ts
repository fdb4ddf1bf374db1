import type { Mapping } from "../domain/mapping";
import { type HistoryEvent, NO_TOTALS } from "../domain/run";
import { toWall } from "../domain/zone";
import { loadScheduleState, saveScheduleState } from "../state/schedule-state";
import type { AppDeps } from "./app-deps";
import { addClockTime, clockLimit, clockTimeFreeAt, usedClockTime } from "./clock-time";

const DAY_MS = 24 * 3_600_000;
const MINUTE_MS = 60_000;

/** One execution that the clock started. */
export interface ClockShift {
  /** It takes no new work after this, epoch ms. */
  readonly deadlineMs: number;
  /** Is Google's clock time of the day nearly used up? Then unattended work waits. */
  isSpent(): boolean;
  /** Counts what it worked since it last counted: after each slice, so that a cut-off loses little. */
  count(): void;
}

/** Begins to count. `workMs`: how long it may work. */
export function startShift(deps: AppDeps, workMs: number): ClockShift {
  let countedMs = deps.clock.now();
  const { pauseMs } = clockLimit(deps.user.email());
  return {
    deadlineMs: countedMs + workMs,
    isSpent: () => usedClockTime(deps) + deps.clock.now() - countedMs >= pauseMs,
    count() {
      const nowMs = deps.clock.now();
      addClockTime(deps, nowMs - countedMs);
      countedMs = nowMs;
    },
  };
}

const PAUSED_PREFIX = "clock-paused.";

/** Forgets that a pause was told. */
export function forgetPause(deps: AppDeps): void {
  deps.memory.remove(PAUSED_PREFIX + deps.grid.fileId());
}

/** Says at a mapping, and in the history once a day, that its schedule rests until Google gives time again. It stays due. */
export function notePause(deps: AppDeps, mapping: Mapping): void {
  const problem = pauseText(deps);
  const before = loadScheduleState(deps.store, mapping.id);
  if (before.problem !== problem) saveScheduleState(deps.store, mapping.id, { ...before, problem });
  recordPause(deps, problem);
  deps.store.flush();
}

function pauseText(deps: AppDeps): string {
  const { allowedMs, pauseMs } = clockLimit(deps.user.email());
  const free = toWall(clockTimeFreeAt(deps, pauseMs), deps.zone).slice(11, 16);
  const minutes = (ms: number) => Math.round(ms / MINUTE_MS);
  return `Google gives scheduled work ${minutes(allowedMs)} minutes a day, all your files together, and ${minutes(pauseMs)} are used. Schedules rest and go on by themselves from about ${free} on; sync by hand until then.`;
}

function recordPause(deps: AppDeps, message: string): void {
  const key = PAUSED_PREFIX + deps.grid.fileId();
  const nowMs = deps.clock.now();
  if (nowMs - Number(deps.memory.read(key) ?? 0) < DAY_MS) return;
  deps.memory.save(key, String(nowMs));
  const event: HistoryEvent = {
    runId: deps.newId(),
    type: "Schedules rest",
    mappingName: "",
    objectType: "",
    trigger: "schedule",
    user: deps.user.email(),
    startedMs: nowMs,
    durationMs: 0,
    totals: NO_TOTALS,
    outcome: "stopped",
    messages: [{ severity: "note", rowNumber: null, recordId: null, field: null, title: "", message }],
  };
  deps.history.append(event, false);
}
