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
