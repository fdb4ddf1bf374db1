import fc from "fast-check";
import { isCalendarDay, parseInstant, toInstant, toWall, UTC } from "../../src/domain/zone";
import { createIntlZone } from "../support/intl-zone";

const BERLIN = createIntlZone("Europe/Berlin");
const KOLKATA = createIntlZone("Asia/Kolkata");
const ST_JOHNS = createIntlZone("America/St_Johns");
const LORD_HOWE = createIntlZone("Australia/Lord_Howe");
const APIA = createIntlZone("Pacific/Apia");

describe("wall clocks and instants", () => {
  it.each([
    [UTC, "2026-07-01T12:00:00Z", "2026-07-01T12:00:00"],
    [BERLIN, "2026-07-01T12:00:00Z", "2026-07-01T14:00:00"],
    [BERLIN, "2026-12-31T23:30:00Z", "2027-01-01T00:30:00"],
    [KOLKATA, "2026-07-01T12:00:00Z", "2026-07-01T17:30:00"],
    [ST_JOHNS, "2026-07-01T01:00:00Z", "2026-06-30T22:30:00"],
    [ST_JOHNS, "2026-01-01T12:00:00Z", "2026-01-01T08:30:00"],
    [LORD_HOWE, "2026-07-01T12:00:00Z", "2026-07-01T22:30:00"],
    [LORD_HOWE, "2026-12-01T12:00:00Z", "2026-12-01T23:00:00"],
  ])("in $name the instant %s shows as %s and is found again", (zone, instant, wall) => {
    expect(toWall(Date.parse(instant), zone)).toBe(wall);
    expect(toInstant(wall, zone)).toBe(Date.parse(instant));
  });

  it("cuts fractions of a second, before 1970 too", () => {
    expect(toWall(Date.parse("2026-07-01T12:00:00.999Z"), UTC)).toBe("2026-07-01T12:00:00");
    expect(toWall(-1, UTC)).toBe("1969-12-31T23:59:59");
  });

  it.each([
    [BERLIN, "2026-03-29T02:30:00", "2026-03-29T03:30:00"],
    [ST_JOHNS, "2026-03-08T02:30:00", "2026-03-08T03:30:00"],
    [LORD_HOWE, "2026-10-04T02:15:00", "2026-10-04T02:45:00"],
  ])("moves a wall clock that the spring change of $name skips on by the gap: %s becomes %s", (zone, skipped, wall) => {
    expect(toWall(toInstant(skipped, zone) ?? 0, zone)).toBe(wall);
  });

  it.each([
    [BERLIN, "2026-10-25T02:30:00", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"],
    [ST_JOHNS, "2026-11-01T01:30:00", "2026-11-01T04:00:00Z", "2026-11-01T05:00:00Z"],
  ])("takes the first of two instants in the repeated hour of $name (%s)", (zone, wall, first, second) => {
    expect(toInstant(wall, zone)).toBe(Date.parse(first));
    expect(toWall(Date.parse(second), zone)).toBe(wall);
  });

  it("keeps midnight of a day without time", () => {
    expect(toInstant("2026-07-01", BERLIN)).toBe(Date.parse("2026-06-30T22:00:00Z"));
  });

  it.each(["", "yesterday", "2026-13-01", "2026-07-01T25:00:00", "2026-07-01 at noon"])(
    "finds no instant for %j",
    (wall) => {
      expect(toInstant(wall, BERLIN)).toBeNull();
    },
  );

  it.each([
    ["2026-07-01T12:00Z", "2026-07-01T12:00:00Z"],
    ["2026-07-01T14:00:00+0200", "2026-07-01T12:00:00Z"],
    ["2026-07-01T14:00:00.000+02:00", "2026-07-01T12:00:00Z"],
  ])("reads the instant %s as %s", (text, instant) => {
    expect(parseInstant(text)).toBe(Date.parse(instant));
  });

  it.each([
    "2026-07-01T12:00:00",
    "2026-13-01T00:00:00Z",
    "+002026-07-01T12:00:00Z",
    "2026-07-01T12:00:00Z or later",
    "soon",
  ])("finds no instant in %j", (text) => {
    expect(parseInstant(text)).toBeNull();
  });

  it.each([
    ["0100-01-02T00:00:00.000Z", true],
    ["0100-01-01T23:59:59.999Z", false],
    ["9999-12-30T00:00:00.000Z", true],
    ["9999-12-30T00:00:00.001Z", false],
  ])("takes %s for an instant that every zone shows with four digits: %s", (text, taken) => {
    expect(parseInstant(text)).toBe(taken ? Date.parse(text) : null);
  });

  it.each([
    ["2024-02-29", true],
    ["2026-02-29", false],
    ["2026-2-28", false],
    ["+010000-01", false],
    ["2026-02-28T00:00", false],
    ["", false],
  ])("takes %j for a day of the calendar: %s", (text, taken) => {
    expect(isCalendarDay(text)).toBe(taken);
  });

  it("calls UTC by a name that every calendar knows", () => {
    expect(createIntlZone(UTC.name).offsetMinutes(0)).toBe(0);
  });

  it("shows the same wall clock again after a way through the instant, in every zone", () => {
    const instant = fc.date({ min: new Date("1900-01-01"), max: new Date("2199-12-31"), noInvalidDate: true });
    const zone = fc.constantFrom(UTC, BERLIN, KOLKATA, ST_JOHNS, LORD_HOWE, APIA);
    fc.assert(
      fc.property(instant, zone, (date, chosen) => {
        const wall = toWall(date.getTime(), chosen);
        const back = toInstant(wall, chosen);
        expect(back === null ? null : toWall(back, chosen)).toBe(wall);
      }),
      { numRuns: 300 },
    );
  });

  it("keeps wall clocks around a day that a zone left out", () => {
    for (const hour of [0, 6, 9, 10, 11, 18, 23]) {
      const wall = toWall(Date.UTC(2011, 11, 30, hour, 30), APIA);
      expect(toInstant(wall, APIA)).toBe(Date.UTC(2011, 11, 30, hour, 30));
    }
  });
});
