/** The time a sandbox lives in: the wall clock until somebody sets it, then the time that was set. */
export interface SandboxClock {
  /** Epoch ms UTC. */
  now(): number;
  /** Stops the clock at this moment; it moves again only by `set` or `advanceTo`. */
  set(ms: number): void;
  /** Like `set`, but never backwards once the clock was set: requests of parallel executions may arrive out of order. */
  advanceTo(ms: number): void;
}

/** Creates a clock that follows `source` (epoch ms) until it is set. */
export function createSandboxClock(source: () => number): SandboxClock {
  let fixedMs: number | null = null;
  return {
    now: () => fixedMs ?? source(),
    set: (ms) => {
      fixedMs = ms;
    },
    advanceTo: (ms) => {
      fixedMs = fixedMs === null ? ms : Math.max(fixedMs, ms);
    },
  };
}
