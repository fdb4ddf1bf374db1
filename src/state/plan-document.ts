import { SyncError } from "../domain/errors";
import type { Plan } from "../domain/plan";
import type { CrmRecord } from "../domain/record";
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

/** Records that an earlier slice of a run read. */
export function saveStage(store: Store, runId: string, part: number, records: readonly CrmRecord[]): void {
  store.save(`stage/${runId}/${part}`, { version: 1, records });
}

/** All staged records of a run. Throws SyncError `stage-missing`. */
export function loadStage(store: Store, runId: string, parts: number): CrmRecord[] {
  const records: CrmRecord[] = [];
  for (let part = 0; part < parts; part++) {
    const stored = store.load(`stage/${runId}/${part}`) as { records: CrmRecord[] } | null;
    if (!stored) {
      throw new SyncError("config", "stage-missing", "What this run had read is gone.", {
        hint: "Start the sync again.",
      });
    }
    for (const record of stored.records) records.push(record);
  }
  return records;
}

/** Drops plan and staged pages of every run that is not named. */
export function dropRunData(store: Store, keptRunIds: ReadonlySet<string>): void {
  for (const prefix of ["plan/", "stage/"]) {
    for (const key of store.keys(prefix)) {
      if (!keptRunIds.has(key.split("/")[1] ?? "")) store.remove(key);
    }
  }
}
