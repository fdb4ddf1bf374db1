import type { Zone } from "../../domain/zone";

const MS_AN_HOUR = 3_600_000;

/** A zone by its name; offsets are asked for once per hour of the time line, as no zone changes within one. */
export function createZone(name: string): Zone {
  const known = new Map<number, number>();
  return {
    name,
    offsetMinutes(instantMs) {
      const hour = Math.floor(instantMs / MS_AN_HOUR);
      const seen = known.get(hour);
      if (seen !== undefined) return seen;
      const minutes = parseOffset(Utilities.formatDate(new Date(hour * MS_AN_HOUR), name, "Z"));
      known.set(hour, minutes);
      return minutes;
    },
  };
}

/** "+0530" is 330. */
function parseOffset(text: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(text) ?? [];
  const size = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  return sign === "-" ? -size : size;
}
