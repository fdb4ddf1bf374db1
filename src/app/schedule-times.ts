import type { Schedule } from "../domain/mapping";
import { toInstant, toWall, type Zone } from "../domain/zone";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The dispatcher comes hourly at a minute of Google's choice: a bit less than an hour since the last run is due. */
const HOURLY_SLACK_MS = 50 * 60_000;

/** Is a mapping due, given its last scheduled run (or when the schedule was made)? */
export function isDue(schedule: Schedule, lastMs: number, nowMs: number, zone: Zone): boolean {
  if (schedule.kind === "off") return false;
  if (schedule.kind === "hourly") return nowMs - lastMs >= HOURLY_SLACK_MS;
  const latest = latestOccurrence(schedule, nowMs, zone);
  return latest !== null && latest > lastMs;
}

/** About when it runs next; null when it is off. The clock may come up to an hour later. */
export function nextRunMs(schedule: Schedule, lastMs: number, nowMs: number, zone: Zone): number | null {
  if (schedule.kind === "off") return null;
  if (schedule.kind === "hourly") return Math.max(nowMs, lastMs + HOUR_MS);
  if (isDue(schedule, lastMs, nowMs, zone)) return nowMs;
  const today = Date.parse(`${toWall(nowMs, zone).slice(0, 10)}T00:00:00Z`);
  for (let days = 0; days <= 8; days++) {
    const at = occurrenceOn(schedule, today + days * DAY_MS, zone);
    if (at !== null && at > nowMs) return at;
  }
  return null;
}

type TimedSchedule = Extract<Schedule, { hour: number }>;

function latestOccurrence(schedule: TimedSchedule, nowMs: number, zone: Zone): number | null {
  const today = Date.parse(`${toWall(nowMs, zone).slice(0, 10)}T00:00:00Z`);
  for (let days = 0; days <= 8; days++) {
    const at = occurrenceOn(schedule, today - days * DAY_MS, zone);
    if (at !== null && at <= nowMs) return at;
  }
  return null;
}

/** The schedule's instant on a calendar day (given as its UTC midnight); null when it does not run that day. */
function occurrenceOn(schedule: TimedSchedule, dayMs: number, zone: Zone): number | null {
  const day = new Date(dayMs);
  if (schedule.kind === "weekly" && (day.getUTCDay() + 6) % 7 !== schedule.day - 1) return null;
  return toInstant(`${day.toISOString().slice(0, 10)}T${String(schedule.hour).padStart(2, "0")}:00:00`, zone);
}
