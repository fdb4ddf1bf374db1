import type { Clock } from "../../ports/clock";
import { MAX_SLEEP_MS } from "./assumed";

/** Time of the execution. */
export function createClock(): Clock {
  return {
    now: () => Date.now(),
    sleep(ms) {
      for (let left = Math.ceil(ms); left > 0; left -= MAX_SLEEP_MS) Utilities.sleep(Math.min(left, MAX_SLEEP_MS));
    },
  };
}
