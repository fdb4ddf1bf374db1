import type { ScheduleView } from "../../src/contract/views";
import { count, fill } from "../phrase";
import { TEXT } from "../text";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** A moment for people in that zone: "Nov 23, 2025, 2:05 PM"; null gives "never". */
export function formatMoment(timeMs: number | null, timeZone: string): string {
  if (timeMs === null) return TEXT.plain.never;
  const date = new Date(timeMs);
  try {
    return new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short", timeZone }).format(date);
  } catch {
    // A zone that this browser does not know: its own is better than no time at all.
    return new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" }).format(date);
  }
}

const TIME_OF_DAY = /[^,]*$/;

/** From one moment to another; a day that both share is said once: "Nov 23, 2025, 2:05 PM – 4:10 PM". */
export function formatRange(fromMs: number, toMs: number, timeZone: string): string {
  const from = formatMoment(fromMs, timeZone);
  const to = formatMoment(toMs, timeZone);
  const sameDay = from.replace(TIME_OF_DAY, "") === to.replace(TIME_OF_DAY, "");
  return `${from} – ${sameDay ? to.replace(/.*, /, "") : to}`;
}

/** A span for people, rounded up so that a countdown never says 0: "1 second", "3 minutes", "2 hours". */
export function formatSpan(spanMs: number): string {
  const seconds = Math.max(1, Math.ceil(spanMs / SECOND_MS));
  if (seconds < 90) return count(TEXT.time.seconds, seconds);
  const minutes = Math.ceil(spanMs / MINUTE_MS);
  if (minutes < 90) return count(TEXT.time.minutes, minutes);
  return count(TEXT.time.hours, Math.ceil(spanMs / HOUR_MS));
}

/** A full hour as a clock shows it: "07:00". */
export function formatHour(hour: number): string {
  return `${String(hour).padStart(2, "0")}:00`;
}

/** Name of a day, 1 Monday … 7 Sunday. */
export function dayName(day: number): string {
  return TEXT.schedule.days[day - 1] ?? "";
}

/** A schedule in a few words: "Daily at 07:00". */
export function formatSchedule(schedule: ScheduleView): string {
  return fill(TEXT.schedule.summary[schedule.kind], { time: formatHour(schedule.hour), day: dayName(schedule.day) });
}
