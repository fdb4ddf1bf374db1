import type { RunPhase, RunView } from "../../src/contract/views";

/** First and newest sight of the phase a run is in. */
export interface RunTrack {
  readonly phase: RunPhase;
  readonly total: number;
  readonly firstMs: number;
  readonly firstDone: number;
  readonly lastMs: number;
  readonly lastDone: number;
}

/** How fast the run is, and how long the rest of this phase takes at that rate. */
export interface RunRate {
  readonly perSecond: number;
  readonly remainingMs: number;
}

/** Below this an estimate jumps about more than it tells. */
const MIN_OBSERVED_MS = 2_000;

/** Adds one sight of the run; another phase or another total begins anew, since the unit may differ. */
export function trackRun(track: RunTrack | null, run: RunView, nowMs: number): RunTrack {
  const { phase, total, done } = run;
  if (track === null || track.phase !== phase || track.total !== total || done < track.lastDone) {
    return { phase, total, firstMs: nowMs, firstDone: done, lastMs: nowMs, lastDone: done };
  }
  return { ...track, lastMs: nowMs, lastDone: done };
}

/** The rate since the phase began; null while too little was seen. */
export function estimateRate(track: RunTrack | null): RunRate | null {
  if (track === null || track.total === 0) return null;
  const spanMs = track.lastMs - track.firstMs;
  const done = track.lastDone - track.firstDone;
  if (spanMs < MIN_OBSERVED_MS || done <= 0) return null;
  const perSecond = (done * 1_000) / spanMs;
  return { perSecond, remainingMs: ((track.total - track.lastDone) * spanMs) / done };
}

/** Share that is done in whole percent; null while the total is unknown. */
export function percentDone(run: RunView): number | null {
  if (run.total <= 0) return null;
  return Math.min(100, Math.floor((run.done * 100) / run.total));
}
