import type { Clock } from "../../src/ports/clock";

/** A clock that moves only when somebody moves it; sleeping moves it and takes no time. */
export interface ManualClock extends Clock {
  advance(ms: number): void;
  set(epochMs: number): void;
  /** Milliseconds spent asleep so far. */
  readonly sleptMs: number;
}

/** 2 November 2026, 09:00 UTC. */
const CLOCK_START_MS = Date.UTC(2026, 10, 2, 9);

export function createManualClock(startMs: number = CLOCK_START_MS): ManualClock {
  let now = startMs;
  let slept = 0;
  return {
    now: () => now,
    sleep: (ms) => {
      now += Math.max(0, ms);
      slept += Math.max(0, ms);
    },
    advance: (ms) => {
      now += ms;
    },
    set: (epochMs) => {
      now = epochMs;
    },
    get sleptMs() {
      return slept;
    },
  };
}
