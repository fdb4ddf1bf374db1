import { SyncError } from "../../domain/errors";
import type { Triggers } from "../../ports/triggers";
import { createTriggerIndex, type TriggerEntry } from "./trigger-index";

type Trigger = GoogleAppsScript.Script.Trigger;

/** Global function that the clock starts. */
const HANDLER = "scheduledSync";

/** Clock triggers of this user for one file. Those of other files are never touched. */
export function createTriggers(fileId: string): Triggers {
  const index = createTriggerIndex();
  const mine = (): readonly TriggerEntry[] => index.all().filter((entry) => entry.fileId === fileId);
  const create = (kind: TriggerEntry["kind"], make: () => Trigger): string => {
    const id = make().getUniqueId();
    index.save({ id, fileId, kind });
    return id;
  };
  const remove = (id: string): void => {
    if (!mine().some((entry) => entry.id === id)) return;
    const trigger = existing().get(id);
    if (trigger !== undefined) ScriptApp.deleteTrigger(trigger);
    index.remove(id);
  };
  const dispatcherId = (): string | null => {
    const entries = mine().filter((entry) => entry.kind === "dispatcher");
    if (entries.length === 0) return null;
    const alive = existing();
    for (const entry of entries) if (!alive.has(entry.id)) index.remove(entry.id);
    return entries.find((entry) => alive.has(entry.id))?.id ?? null;
  };
  return {
    dispatcherId,
    ensureDispatcher() {
      const known = dispatcherId();
      if (known !== null) return known;
      try {
        return create("dispatcher", () => ScriptApp.newTrigger(HANDLER).timeBased().everyHours(1).create());
      } catch (thrown) {
        throw notPermitted(thrown);
      }
    },
    plantContinuation(afterMs) {
      try {
        return create("continuation", () => ScriptApp.newTrigger(HANDLER).timeBased().after(afterMs).create());
      } catch {
        // Refused: the run goes on with the next hour.
        return null;
      }
    },
    remove,
    removeContinuations() {
      for (const entry of mine()) if (entry.kind === "continuation") remove(entry.id);
    },
    removeAll() {
      for (const entry of mine()) remove(entry.id);
    },
  };
}

function existing(): ReadonlyMap<string, Trigger> {
  return new Map(ScriptApp.getProjectTriggers().map((trigger) => [trigger.getUniqueId(), trigger]));
}

function notPermitted(thrown: unknown): SyncError {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return new SyncError("config", "triggers-not-permitted", `Google refused the schedule: ${reason}`, {
    hint: "Grant the add-on permission to run when you are not present, or remove schedules of other files.",
  });
}
