const FIELDS = {
  year: "numeric",
  month: "numeric",
  day: "numeric",
  hour: "numeric",
  minute: "numeric",
  second: "numeric",
} as const;

/** All offsets and transitions in use since 1970 fall on quarters of an hour. */
const BUCKET_MS = 15 * 60_000;

/** Offset of a zone from UTC at an instant, ms. */
export type OffsetAt = (ms: number) => number;

const zones = new Map<string, OffsetAt>();

/** Offsets of an IANA zone, cached per quarter of an hour; throws a RangeError for an unknown zone. */
export function offsetsOf(timeZone: string): OffsetAt {
  const known = zones.get(timeZone);
  if (known !== undefined) {
    return known;
  }
  const created = /^(?:Etc\/)?(?:UTC|GMT)$/.test(timeZone) ? () => 0 : createOffsets(timeZone);
  zones.set(timeZone, created);
  return created;
}

function createOffsets(timeZone: string): OffsetAt {
  const format = new Intl.DateTimeFormat("en-US", { ...FIELDS, timeZone, hourCycle: "h23", era: "short" });
  const cache = new Map<number, number>();
  return (ms) => {
    const bucket = Math.floor(ms / BUCKET_MS);
    const cached = cache.get(bucket);
    if (cached !== undefined) {
      return cached;
    }
    const offset = offsetAt(format, bucket * BUCKET_MS);
    cache.set(bucket, offset);
    return offset;
  };
}

function offsetAt(format: Intl.DateTimeFormat, ms: number): number {
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) {
    return 0;
  }
  const parts: Record<string, string> = {};
  for (const part of format.formatToParts(ms)) {
    parts[part.type] = part.value;
  }
  const number = (name: string): number => Number(parts[name]);
  const year = parts.era === "BC" ? 1 - number("year") : number("year");
  const local = new Date(0);
  local.setUTCFullYear(year, number("month") - 1, number("day"));
  local.setUTCHours(number("hour"), number("minute"), number("second"));
  return local.getTime() - ms;
}

/** Instant of a wall-clock time (given as if it were UTC). A time in a gap moves forward, an ambiguous one is the first. */
export function fromWallClock(localMs: number, offsets: OffsetAt): number {
  const before = offsets(localMs - 86_400_000);
  const after = offsets(localMs + 86_400_000);
  const early = localMs - Math.max(before, after);
  if (early + offsets(early) === localMs) {
    return early;
  }
  const late = localMs - Math.min(before, after);
  return late + offsets(late) === localMs ? late : localMs - before;
}
