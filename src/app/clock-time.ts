import type { Clock } from "../ports/clock";
import type { Grid } from "../ports/grid";
import type { Memory } from "../ports/memory";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Google counts a day from the first use on; the last 24 hours hold all of it, whenever it began. */
const DAY_HOURS = 24;

/** How long clock triggers of a user may work in a day, all files together, and when unattended work pauses, ms. */
export interface ClockLimit {
  readonly allowedMs: number;
  readonly pauseMs: number;
}

/**
 * "Triggers total runtime" in Google's table of quotas for Apps Script: 90 minutes a day for consumer accounts, 6 hours in
 * Workspace. The rest up to the limit is left to the script's other triggers and to what is not counted here.
 */
const CONSUMER: ClockLimit = { allowedMs: 90 * MINUTE_MS, pauseMs: 80 * MINUTE_MS };
const WORKSPACE: ClockLimit = { allowedMs: 360 * MINUTE_MS, pauseMs: 330 * MINUTE_MS };

/** Domains of Google's consumer addresses. */
const CONSUMER_DOMAINS: readonly string[] = ["gmail.com", "googlemail.com"];

/** The limit of a user by e-mail address; "" (not told) counts as a consumer's. */
export function clockLimit(email: string): ClockLimit {
  const domain = email.slice(email.lastIndexOf("@") + 1).toLowerCase();
  return email === "" || CONSUMER_DOMAINS.includes(domain) ? CONSUMER : WORKSPACE;
}

/** Milliseconds of clock time by hour since the epoch. */
type Hours = readonly (readonly [hour: number, ms: number])[];

type ClockTimeDeps = { readonly memory: Memory; readonly clock: Clock; readonly grid: Pick<Grid, "fileId"> };

const PREFIX = "clock-time.";

/** Adds time that a clock run worked until now, ms. Each file has an entry of its own: two of them may be written at once. */
export function addClockTime(deps: ClockTimeDeps, ms: number): void {
  const hour = Math.floor(deps.clock.now() / HOUR_MS);
  const key = PREFIX + deps.grid.fileId();
  const hours = new Map(recent(readHours(deps.memory, key), hour));
  hours.set(hour, (hours.get(hour) ?? 0) + ms);
  deps.memory.save(key, JSON.stringify([...hours]));
}

/** Clock time of this user in the last 24 hours over all files, ms. */
export function usedClockTime(deps: Pick<ClockTimeDeps, "memory" | "clock">): number {
  return total(allHours(deps));
}

/** When less than that much is used again, epoch ms, if nothing more is added. */
export function clockTimeFreeAt(deps: Pick<ClockTimeDeps, "memory" | "clock">, pauseMs: number): number {
  const hours = [...allHours(deps)].sort(([a], [b]) => a - b);
  let left = total(hours);
  for (const [hour, ms] of hours) {
    left -= ms;
    if (left < pauseMs) return (hour + DAY_HOURS + 1) * HOUR_MS;
  }
  return deps.clock.now();
}

/** The last day's hours of all files; entries without any go. */
function allHours(deps: Pick<ClockTimeDeps, "memory" | "clock">): Hours {
  const now = Math.floor(deps.clock.now() / HOUR_MS);
  return deps.memory.keys(PREFIX).flatMap((key) => {
    const hours = recent(readHours(deps.memory, key), now);
    if (hours.length === 0) deps.memory.remove(key);
    return hours;
  });
}

function total(hours: Hours): number {
  return hours.reduce((sum, [, ms]) => sum + ms, 0);
}

function recent(hours: Hours, now: number): Hours {
  return hours.filter(([hour]) => hour >= now - DAY_HOURS);
}

/** What is no list of hours counts as none: somebody edited the properties. */
function readHours(memory: Memory, key: string): Hours {
  try {
    const stored: unknown = JSON.parse(memory.read(key) ?? "[]");
    if (!Array.isArray(stored)) return [];
    return stored.filter((one): one is [number, number] => {
      return Array.isArray(one) && Number.isFinite(one[0]) && Number.isFinite(one[1]);
    });
  } catch {
    return [];
  }
}
