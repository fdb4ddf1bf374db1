/** The emulated clock of a host, epoch ms UTC. */
export interface HostClock {
  readonly kind: "live" | "virtual";
  now(): number;
  /** Virtual: moves the clock forward to an instant. Live: adds the difference to the machine's clock. Never backward. */
  moveTo(ms: number): void;
  /** Live: what is added to the machine's clock, ms. */
  offset(): number;
}

/** A clock that stands still until it is moved. */
export function createVirtualClock(startMs: number): HostClock {
  let nowMs = startMs;
  return {
    kind: "virtual",
    now: () => nowMs,
    moveTo: (ms) => {
      nowMs = Math.max(nowMs, ms);
    },
    offset: () => 0,
  };
}

/** The machine's clock, shifted so that it starts at the given instant. */
export function createLiveClock(startMs: number | undefined): HostClock {
  let offsetMs = startMs === undefined ? 0 : startMs - Date.now();
  const now = (): number => Date.now() + offsetMs;
  return {
    kind: "live",
    now,
    moveTo: (ms) => {
      offsetMs += Math.max(0, ms - now());
    },
    offset: () => offsetMs,
  };
}
