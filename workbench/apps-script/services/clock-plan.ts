import { ERROR_TEXTS, ServiceError } from "../error-texts";
import { fromWallClock, offsetsOf } from "../grid/time-zone";
import type { Random } from "../host/seeded-random";
import type { ClockSchedule } from "../host/trigger";
import { isJsonObject, type Json } from "../json";
import { DAY_MS, EVERY_HOURS_ACCEPTED, EVERY_MINUTES_ACCEPTED, HOUR_MS, MINUTE_MS } from "../limits";

/** One call on a clock trigger builder. */
export interface BuilderCall {
  readonly name: string;
  readonly args: readonly Json[];
}

export interface PlanSetting {
  readonly nowMs: number;
  readonly random: Random;
  /** Zone of the script project, unless the builder names one. */
  readonly timeZone: string;
}

export interface ClockPlan {
  readonly schedule: ClockSchedule;
  readonly nextMs: number;
}

const WEEK_DAYS = ["SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY"];

/** Reads the calls of a clock trigger builder; throws for values that Google refuses. */
export function clockPlan(calls: readonly BuilderCall[], setting: PlanSetting): ClockPlan {
  const argument = (name: string): Json => calls.filter((call) => call.name === name).at(-1)?.args[0] ?? null;
  const number = (name: string): number | null => {
    const value = argument(name);
    return typeof value === "number" ? value : null;
  };
  const once = onceAt(calls, setting);
  if (once !== null) {
    return { schedule: { kind: "once" }, nextMs: once };
  }
  const minutes = number("everyMinutes");
  if (minutes !== null) {
    requireOneOf(EVERY_MINUTES_ACCEPTED, minutes, ERROR_TEXTS.everyMinutes);
    const everyMs = minutes * MINUTE_MS;
    return { schedule: { kind: "minutes", every: minutes }, nextMs: setting.nowMs + randomPart(everyMs, setting) };
  }
  const hours = number("everyHours");
  if (hours !== null) {
    requireOneOf(EVERY_HOURS_ACCEPTED, hours, ERROR_TEXTS.everyHours);
    const nextMs = setting.nowMs + randomPart(hours * HOUR_MS, setting);
    return { schedule: { kind: "hours", every: hours }, nextMs };
  }
  return dailyPlan(argument, number, setting);
}

function dailyPlan(
  argument: (name: string) => Json,
  number: (name: string) => number | null,
  setting: PlanSetting,
): ClockPlan {
  const day = argument("onWeekDay");
  const weeks = number("everyWeeks");
  const days = number("everyDays") ?? (weeks !== null ? weeks * 7 : isJsonObject(day) ? 7 : null);
  if (days === null) {
    throw new ServiceError(ERROR_TEXTS.clockTriggerWithoutTime);
  }
  const zone = argument("inTimezone");
  const near = number("nearMinute");
  const schedule: ClockSchedule = {
    kind: "days",
    every: days,
    hour: number("atHour") ?? Math.floor(setting.random() * 24),
    // Without nearMinute the minute is random within the hour; with it, within a quarter of an hour around it.
    minute: near === null ? Math.floor(setting.random() * 60) : near + Math.floor(setting.random() * 31) - 15,
    timeZone: typeof zone === "string" ? zone : setting.timeZone,
    weekDay: isJsonObject(day) ? WEEK_DAYS.indexOf(String(day.name)) : null,
  };
  return { schedule, nextMs: firstDaily(schedule, setting.nowMs) };
}

function requireOneOf(accepted: readonly number[], value: number, text: string): void {
  if (!accepted.includes(value)) {
    throw new ServiceError(text);
  }
}

const randomPart = (spanMs: number, setting: PlanSetting): number => Math.max(1, Math.floor(setting.random() * spanMs));

function onceAt(calls: readonly BuilderCall[], setting: PlanSetting): number | null {
  for (const { name, args } of calls) {
    const [first] = args;
    if (name === "after") {
      return setting.nowMs + Math.max(0, Number(first));
    }
    if (name === "at" && isJsonObject(first)) {
      return Math.max(setting.nowMs, Number(first.ms));
    }
    if (name === "atDate") {
      const [year, month, day] = args.map(Number);
      return fromWallClock(Date.UTC(year ?? 0, (month ?? 1) - 1, day ?? 1), offsetsOf(setting.timeZone));
    }
  }
  return null;
}

type Daily = Extract<ClockSchedule, { kind: "days" }>;

function firstDaily(schedule: Daily, nowMs: number): number {
  const offsets = offsetsOf(schedule.timeZone);
  const today = new Date(nowMs + offsets(nowMs));
  for (let ahead = 0; ahead <= 8; ahead++) {
    const local = Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate() + ahead);
    const atMs = fromWallClock(local + schedule.hour * HOUR_MS + schedule.minute * MINUTE_MS, offsets);
    const dayFits = schedule.weekDay === null || new Date(local).getUTCDay() === schedule.weekDay;
    if (dayFits && atMs > nowMs) {
      return atMs;
    }
  }
  throw new Error("a daily trigger has no next day");
}

/** Next firing after one at `firedMs`; null: a one-off. */
export function nextFiring(schedule: ClockSchedule, firedMs: number): number | null {
  switch (schedule.kind) {
    case "once":
      return null;
    case "minutes":
      return firedMs + schedule.every * MINUTE_MS;
    case "hours":
      return firedMs + schedule.every * HOUR_MS;
    case "days": {
      const offsets = offsetsOf(schedule.timeZone);
      const local = firedMs + offsets(firedMs) + schedule.every * DAY_MS;
      return fromWallClock(local, offsets);
    }
  }
}
