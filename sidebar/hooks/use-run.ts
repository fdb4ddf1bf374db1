import { useEffect, useMemo, useState } from "preact/hooks";
import type { Rpc } from "../rpc/client";
import type { RunStart } from "../state/route";
import { createRunDriver, type RunDriver, type RunState, type Ticker } from "../state/run-driver";

/** The browser's clock. */
const BROWSER_TICKER: Ticker = {
  nowMs: () => Date.now(),
  after: (delayMs, wake) => {
    const timer = setTimeout(wake, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Drives a run while the view is shown. Leaving the view stops the driving, not the run: the server keeps it. */
export function useRun(rpc: Rpc, start: RunStart): { readonly state: RunState; readonly driver: RunDriver } {
  const [state, setState] = useState<RunState>({
    run: start.kind === "resume" ? start.run : null,
    problem: null,
    busy: true,
    cancelAsked: false,
    pause: null,
  });
  // One driver per start: a new start is a new run.
  const driver = useMemo(() => createRunDriver(rpc, BROWSER_TICKER, setState), [rpc, start]);
  useEffect(() => {
    switch (start.kind) {
      case "resume":
        driver.resume(start.run);
        break;
      case "open":
        driver.open(start.runId);
        break;
      case "undo":
        driver.undo(start.runId, start.only);
        break;
      case "new":
        driver.start({ mappingId: start.mappingId, direction: start.direction, preview: start.preview });
    }
    return () => driver.dispose();
  }, [driver, start]);
  return { state, driver };
}
