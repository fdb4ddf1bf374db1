/** Days from the epoch of spreadsheets (1899-12-30) to that of Unix. */
const EPOCH_DAYS = 25_569;

const MS_A_DAY = 86_400_000;

/** Formats for cells that have no date format yet. */
export const DATE_FORMAT = "yyyy-mm-dd";
export const DATE_TIME_FORMAT = "yyyy-mm-dd hh:mm:ss";

/**
 * Serial day number of a wall clock, as a cell holds it: no time zone takes part. Text that is no wall clock gives null.
 */
export function toSerialDay(wall: string): number | null {
  const ms = Date.parse(wall.length === 10 ? `${wall}T00:00:00Z` : `${wall}Z`);
  if (Number.isNaN(ms)) return null;
  return ms / MS_A_DAY + EPOCH_DAYS;
}

/** Does the number format show a day? Quoted text, colours and currencies in brackets don't count. */
export function isDateFormat(format: string): boolean {
  return /[yd]/i.test(format.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, ""));
}
