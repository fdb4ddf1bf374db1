import { createLog } from "../adapters/apps-script/log";
import { createMemory } from "../adapters/apps-script/memory";
import { triggerIdOf } from "../adapters/apps-script/spreadsheet";
import { LOST_RUN_PREFIX } from "../app/app-state";
import type { SyncError } from "../domain/errors";

/** Keeps, in the user's own properties, that a clock run could not even open its file: the sidebar cannot know otherwise. */
export function noteLostClockRun(event: unknown, error: SyncError): void {
  createMemory().save(`${LOST_RUN_PREFIX}${triggerIdOf(event) ?? "unknown"}`, `${error.message} ${error.hint}`.trim());
  createLog().error(`Scheduled sync stopped: ${error.code}`);
}
