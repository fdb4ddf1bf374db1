import { isDue, nextRunMs } from "../../src/app/schedule-times";
import type { Schedule } from "../../src/domain/mapping";
import { UTC, type Zone } from "../../src/domain/zone";
import { createIntlZone } from "../support/intl-zone";

const BERLIN = createIntlZone("Europe/Berlin");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const at = (text: string): number => Date.parse(`${text}Z`);
const daily = (hour: number): Schedule => ({ kind: "daily", hour });
const weekly = (day: number, hour: number): Schedule => ({ kind: "weekly", day, hour });

function next(schedule: Schedule, last: string, now: string, zone: Zone): string {
  const ms = nextRunMs(schedule, at(last), at(now), zone);
  return ms === null ? "never" : new Date(ms).toISOString().slice(0, 16);
}

const due = (schedule: Schedule, last: string, now: string, zone: Zone = BERLIN) =>
  isDue(schedule, at(last), at(now), zone);

describe("a schedule", () => {
  it("that is off is never due", () => {
    expect(due({ kind: "off" }, "2020-01-01T00:00", "2026-06-01T00:00")).toBe(false);
    expect(next({ kind: "off" }, "2020-01-01T00:00", "2026-06-01T00:00", UTC)).toBe("never");
  });

  it("by the hour is due at every visit of a clock that comes a few minutes early, and once a visit", () => {
    const last = at("2026-06-01T10:07");
    expect(isDue({ kind: "hourly" }, last, last + 49 * MINUTE, UTC)).toBe(false);
    expect(isDue({ kind: "hourly" }, last, last + 52 * MINUTE, UTC)).toBe(true);
    expect(nextRunMs({ kind: "hourly" }, last, last + 5 * MINUTE, UTC)).toBe(last + HOUR);
    expect(nextRunMs({ kind: "hourly" }, last, last + 3 * HOUR, UTC)).toBe(last + 3 * HOUR);
  });

  it("by the day is due once, from its hour in the spreadsheet's zone on", () => {
    const saved = "2026-06-01T10:00";
    expect(due(daily(9), saved, "2026-06-02T06:59")).toBe(false);
    expect(due(daily(9), saved, "2026-06-02T07:00")).toBe(true);
    expect(due(daily(9), "2026-06-02T07:20", "2026-06-02T08:20")).toBe(false);
    expect(due(daily(9), "2026-06-02T07:20", "2026-06-03T07:00")).toBe(true);
  });

  it("that was just saved waits for its next hour, also when today's has passed", () => {
    expect(due(daily(9), "2026-06-01T12:00", "2026-06-01T13:00")).toBe(false);
    expect(next(daily(9), "2026-06-01T12:00", "2026-06-01T13:00", BERLIN)).toBe("2026-06-02T07:00");
    expect(next(daily(18), "2026-06-01T12:00", "2026-06-01T13:00", BERLIN)).toBe("2026-06-01T16:00");
  });

  it("that missed days is due once, not once for each", () => {
    expect(due(daily(9), "2026-05-20T07:10", "2026-06-01T05:00")).toBe(true);
    expect(next(daily(9), "2026-05-20T07:10", "2026-06-01T05:00", BERLIN)).toBe("2026-06-01T05:00");
    expect(due(daily(9), "2026-06-01T05:00", "2026-06-01T06:00")).toBe(false);
  });

  it("by the week runs on its day: Monday is 1, Sunday is 7", () => {
    expect(next(weekly(1, 6), "2026-06-03T00:00", "2026-06-03T00:00", UTC)).toBe("2026-06-08T06:00");
    expect(next(weekly(7, 6), "2026-06-03T00:00", "2026-06-03T00:00", UTC)).toBe("2026-06-07T06:00");
    expect(due(weekly(7, 6), "2026-06-03T00:00", "2026-06-07T05:59", UTC)).toBe(false);
    expect(due(weekly(7, 6), "2026-06-03T00:00", "2026-06-07T06:00", UTC)).toBe(true);
  });

  it("by the week is still due days later when the clock did not come, and then waits for the next week", () => {
    expect(due(weekly(1, 6), "2026-06-01T06:10", "2026-06-10T00:00", UTC)).toBe(true);
    expect(due(weekly(1, 6), "2026-06-10T00:00", "2026-06-14T23:00", UTC)).toBe(false);
    expect(next(weekly(1, 6), "2026-06-10T00:00", "2026-06-10T00:00", UTC)).toBe("2026-06-15T06:00");
    expect(next(weekly(1, 6), "2026-06-08T06:10", "2026-06-08T06:10", UTC)).toBe("2026-06-15T06:00");
  });

  it("keeps its hour on the wall over both changes of the clock", () => {
    expect(next(daily(9), "2026-03-28T08:10", "2026-03-28T09:00", BERLIN)).toBe("2026-03-29T07:00");
    expect(next(daily(9), "2026-10-24T07:10", "2026-10-24T08:00", BERLIN)).toBe("2026-10-25T08:00");
  });

  it("runs once in the night that skips its hour", () => {
    expect(next(daily(2), "2026-03-28T01:10", "2026-03-28T02:00", BERLIN)).toBe("2026-03-29T01:00");
    expect(due(daily(2), "2026-03-28T01:10", "2026-03-29T01:00")).toBe(true);
    expect(due(daily(2), "2026-03-29T01:00", "2026-03-29T02:00")).toBe(false);
  });

  it("runs once in the night that has its hour twice", () => {
    expect(due(daily(2), "2026-10-24T00:10", "2026-10-25T00:05")).toBe(true);
    expect(due(daily(2), "2026-10-25T00:05", "2026-10-25T01:05")).toBe(false);
  });

  it.each([
    ["Pacific/Kiritimati", "2026-06-01T18:00", "2026-06-01T19:00"],
    ["Pacific/Pago_Pago", "2026-06-01T18:00", "2026-06-01T20:00"],
    ["Asia/Kathmandu", "2026-06-01T18:00", "2026-06-02T03:15"],
  ])("counts the days of %s, not those of Greenwich", (zone, now, wanted) => {
    expect(next(daily(9), now, now, createIntlZone(zone))).toBe(wanted);
  });

  it("never names a next run that is not due when it comes", () => {
    const schedules: Schedule[] = [daily(0), daily(2), daily(23), weekly(1, 0), weekly(7, 23)];
    for (const schedule of schedules) {
      for (let now = at("2026-03-20T00:30"); now < at("2026-04-05T00:00"); now += 5 * HOUR) {
        const ms = nextRunMs(schedule, now, now, BERLIN) ?? 0;
        expect(ms).toBeGreaterThan(now);
        expect(isDue(schedule, now, ms, BERLIN)).toBe(true);
        expect(isDue(schedule, now, ms - 1, BERLIN)).toBe(false);
      }
    }
  });
});
