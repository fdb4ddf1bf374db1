import { SyncError } from "../domain/errors";
import type { Store } from "../ports/store";
import { isWorking, loadRuns } from "../state/run-document";

/**
 * One run works at a time per file (decision 9): asked before a run is opened, approved or gone on with. A run keeps others
 * out until its lease ends, also while it pauses; one that waits for approval does not. Throws SyncError config `run-active`.
 *
 * @param runId the run that wants to work
 */
export function requireFree(store: Store, runId: string, nowMs: number): void {
  const working = loadRuns(store).find((other) => other.id !== runId && isWorking(other, nowMs));
  if (!working) return;
  const who = working.owner === "" ? "Somebody" : working.owner;
  throw new SyncError("config", "run-active", `${who} is already syncing "${working.mappingName}".`, {
    hint: "Wait until that run has ended, or cancel it.",
  });
}
