/** A time zone as the core needs it. Adapters give it from the spreadsheet's zone. */
export interface Zone {
  /** IANA name. */
  readonly name: string;
  /** Offset from UTC at an instant, minutes, east positive. */
  offsetMinutes(instantMs: number): number;
}

export const UTC: Zone = { name: "Etc/UTC", offsetMinutes: () => 0 };

/** Wall clock of an instant: `YYYY-MM-DDTHH:mm:ss`; fractions of a second are cut. */
export function toWall(instantMs: number, zone: Zone): string {
  const shifted = new Date(Math.floor(instantMs / 1000) * 1000 + zone.offsetMinutes(instantMs) * 60_000);
  return shifted.toISOString().slice(0, 19);
}

const ISO_INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/;

/** Years that a wall clock of four digits can show, with a day to spare for zones. */
const FIRST_INSTANT = Date.UTC(100, 0, 2);
const LAST_INSTANT = Date.UTC(9999, 11, 30);

/** Epoch ms of an ISO instant with a zone; null for anything else, a year beyond four digits included. */
export function parseInstant(text: string): number | null {
  if (!ISO_INSTANT.test(text)) return null;
  const instant = Date.parse(text);
  return instant >= FIRST_INSTANT && instant <= LAST_INSTANT ? instant : null;
}

/** Is the text a day of the calendar, `YYYY-MM-DD`? */
export function isCalendarDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}

/**
 * Instant of a wall clock. In the repeated autumn hour the first of the two instants; a wall clock that the spring
 * change skips moves on by the gap, as spreadsheets do. Null when the text is no wall clock.
 */
export function toInstant(wall: string, zone: Zone): number | null {
  const asUtc = Date.parse(`${wall.length === 10 ? `${wall}T00:00:00` : wall}Z`);
  if (Number.isNaN(asUtc)) return null;
  const before = zone.offsetMinutes(asUtc - 86_400_000);
  const after = zone.offsetMinutes(asUtc + 86_400_000);
  const first = asUtc - before * 60_000;
  if (zone.offsetMinutes(first) === before) return first;
  const second = asUtc - after * 60_000;
  if (zone.offsetMinutes(second) === after) return second;
  return asUtc - before * 60_000;
}
