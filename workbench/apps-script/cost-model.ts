/**
 * Virtual milliseconds of each service call. All figures are guesses (assumed): orders of magnitude to compare designs by,
 * not Google's numbers. They need a calibration on a real account.
 */
export interface CallSize {
  /** Cells read or written. */
  readonly cells: number;
  /** Requests of one fetchAll. */
  readonly requests: number;
}

const FETCH_MS = 150;
/** assumed: fetchAll works on so many requests at once. */
const PARALLEL_REQUESTS = 10;

const PER_CALL_MS: Readonly<Record<string, number>> = {
  "SpreadsheetApp.flush": 50,
  "Sheet.appendRow": 60,
  "Sheet.getLastRow": 20,
  "Sheet.getLastColumn": 20,
  "Sheet.getMaxRows": 10,
  "Sheet.getMaxColumns": 10,
  "Spreadsheet.insertSheet": 200,
  "Properties.getProperty": 20,
  "Properties.getProperties": 20,
  "Properties.getKeys": 20,
  "Properties.setProperty": 40,
  "Properties.setProperties": 40,
  "Properties.deleteProperty": 40,
  "Properties.deleteAllProperties": 40,
  "Cache.get": 10,
  "Cache.getAll": 10,
  "Cache.put": 10,
  "Cache.putAll": 10,
  "Lock.tryLock": 60,
  "Lock.waitLock": 60,
  "Lock.releaseLock": 20,
  "ClockTriggerBuilder.create": 200,
  "ScriptApp.getProjectTriggers": 100,
  "ScriptApp.deleteTrigger": 100,
  "MailApp.sendEmail": 300,
  "Utilities.sleep": 0,
};

const READ_MS = 40;
const READ_CELLS_PER_MS = 1_000;
const WRITE_MS = 60;
const WRITE_CELLS_PER_MS = 500;
const ALTER_MS = 60;
const INSPECT_MS = 40;
/** Calls that look up an object of the document or a constant. */
const LOOKUP_MS = 1;

export type CostClass = "plain" | "lookup" | "inspect" | "read" | "write" | "alter" | "structure";

/** Virtual milliseconds of one call. */
export function costOf(op: string, costClass: CostClass, size: CallSize): number {
  if (op === "UrlFetchApp.fetch") {
    return FETCH_MS;
  }
  if (op === "UrlFetchApp.fetchAll") {
    return FETCH_MS * Math.ceil(size.requests / PARALLEL_REQUESTS);
  }
  const fixed = PER_CALL_MS[op];
  if (fixed !== undefined) {
    return fixed;
  }
  switch (costClass) {
    case "read":
      return READ_MS + size.cells / READ_CELLS_PER_MS;
    case "write":
    case "structure":
      return WRITE_MS + size.cells / WRITE_CELLS_PER_MS;
    case "alter":
      return ALTER_MS;
    case "inspect":
      return INSPECT_MS;
    case "lookup":
    case "plain":
      return LOOKUP_MS;
  }
}
