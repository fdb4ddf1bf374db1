import type { Clock } from "../../ports/clock";

/** Longest wait that one call of the service takes, ms. */
const MAX_SLEEP_MS = 300_000;

/** Time of the execution. */
export function createClock(): Clock {
  return {
    now: () => Date.now(),
    sleep(ms) {
      for (let left = Math.ceil(ms); left > 0; left -= MAX_SLEEP_MS) Utilities.sleep(Math.min(left, MAX_SLEEP_MS));
    },
  };
}
