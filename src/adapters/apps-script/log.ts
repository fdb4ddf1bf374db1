import type { Log } from "../../ports/log";

/** The execution log of the script. */
export function createLog(): Log {
  return {
    info(message) {
      console.log(message);
    },
    error(message) {
      console.error(message);
    },
  };
}
