import { createTriggerIndex } from "./trigger-index";

type Spreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;

/**
 * The spreadsheet of an execution: the active one, else the one that the clock trigger of the event was made for. Whether
 * a clock run of an add-on has an active document is unsettled. Null: none, or the scopes don't allow to open it.
 */
export function resolveSpreadsheet(event: unknown): Spreadsheet | null {
  const active: Spreadsheet | null = SpreadsheetApp.getActive();
  if (active !== null) return active;
  const id = triggerIdOf(event);
  const entry = id === null ? null : createTriggerIndex().find(id);
  if (entry === null) return null;
  try {
    return SpreadsheetApp.openById(entry.fileId);
  } catch {
    return null;
  }
}

/** Id of the clock trigger that an event came from; null: it came from elsewhere. */
export function triggerIdOf(event: unknown): string | null {
  if (typeof event !== "object" || event === null) return null;
  const { triggerUid }: { triggerUid?: unknown } = event;
  return typeof triggerUid === "string" || typeof triggerUid === "number" ? String(triggerUid) : null;
}
