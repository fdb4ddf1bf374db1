import { fromWallClock, type OffsetAt } from "./time-zone";

const DAY_MS = 86_400_000;
/** Days from the epoch of serials, 1899-12-30, to 1970-01-01. */
const UNIX_EPOCH_SERIAL = 25_569;

/** Serial day number of an instant, as the spreadsheet's wall clock shows it. */
export const serialFromInstant = (ms: number, offsets: OffsetAt): number =>
  (ms + offsets(ms)) / DAY_MS + UNIX_EPOCH_SERIAL;

/** Instant of a serial day number, to the millisecond. */
export const instantFromSerial = (serial: number, offsets: OffsetAt): number =>
  fromWallClock(Math.round((serial - UNIX_EPOCH_SERIAL) * DAY_MS), offsets);

/** Wall clock of a serial, as a Date whose UTC fields are the local ones. */
export const wallClockOf = (serial: number): Date => new Date(Math.round((serial - UNIX_EPOCH_SERIAL) * DAY_MS));

/** Serial of a calendar day and time; null when the day does not exist. */
export function serialFromParts(year: number, month: number, day: number, dayFraction = 0): number | null {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) {
    return null;
  }
  return date.getTime() / DAY_MS + UNIX_EPOCH_SERIAL + dayFraction;
}
