import { SyncError } from "../domain/errors";
import type { Plan } from "../domain/plan";
import type { Store } from "../ports/store";

/** The plan of a run, while it waits or is applied. */
export function savePlan(store: Store, runId: string, plan: Plan): void {
  store.save(`plan/${runId}`, plan);
}

/** The plan of a run; null when it is gone or damaged. */
export function findPlan(store: Store, runId: string): Plan | null {
  try {
    return loadPlan(store, runId);
  } catch {
    return null;
  }
}

/** Throws SyncError `plan-missing`. */
export function loadPlan(store: Store, runId: string): Plan {
  const stored = store.load(`plan/${runId}`) as Plan | null;
  if (stored?.version === 1) return stored;
  throw new SyncError("config", "plan-missing", "The plan of this run is gone.", { hint: "Start the sync again." });
}

/** Drops plan and staged pages of every run that is not named; under an intent: with its commit. */
export function dropRunData(store: Store, keptRunIds: ReadonlySet<string>, intent?: number): void {
  for (const prefix of ["plan/", "stage/"]) {
    for (const key of store.keys(prefix)) {
      if (!keptRunIds.has(key.split("/")[1] ?? "")) store.remove(key, intent);
    }
  }
}
