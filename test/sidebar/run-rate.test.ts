import { count, fill } from "../../sidebar/phrase";
import { groupMessages } from "../../sidebar/state/group-messages";
import { openingRoute } from "../../sidebar/state/route";
import { estimateRate, percentDone, trackRun } from "../../sidebar/state/run-rate";
import { dayName, formatMoment, formatSchedule, formatSpan } from "../../sidebar/state/time-text";
import { APP, DAILY, MESSAGES, NOW_MS, RUN } from "../support/fake-rpc-data";

const AT = { ...RUN, total: 1_000 };

describe("how fast a run is", () => {
  it("is unknown until two seconds were seen", () => {
    const first = trackRun(null, { ...AT, done: 100 }, 0);
    expect(estimateRate(first)).toBeNull();
    expect(estimateRate(trackRun(first, { ...AT, done: 200 }, 1_000))).toBeNull();
  });

  it("is what was done in this phase by the time it took", () => {
    const track = trackRun(trackRun(null, { ...AT, done: 100 }, 0), { ...AT, done: 300 }, 4_000);
    expect(estimateRate(track)).toEqual({ perSecond: 50, remainingMs: 14_000 });
  });

  it("begins anew with the next phase, another total, or a step back", () => {
    const track = trackRun(null, { ...AT, done: 500 }, 0);
    for (const run of [
      { ...AT, phase: "applying" as const },
      { ...AT, total: 5 },
      { ...AT, done: 10 },
    ]) {
      expect(trackRun(track, run, 9_000)).toMatchObject({ firstMs: 9_000 });
    }
  });

  it("is unknown while nothing is done", () => {
    const track = trackRun(trackRun(null, AT, 0), AT, 60_000);
    expect(estimateRate(track)).toBeNull();
  });

  it("gives whole percent, at most 100, and none without a total", () => {
    expect(percentDone({ ...AT, done: 999 })).toBe(99);
    expect(percentDone({ ...AT, done: 1_200 })).toBe(100);
    expect(percentDone(RUN)).toBeNull();
  });
});

describe("where the sidebar opens", () => {
  it("goes on with a run that is not finished", () => {
    expect(openingRoute({ ...APP, run: RUN })).toEqual({ kind: "run", start: { kind: "resume", run: RUN } });
  });

  it("is home without a run or after it", () => {
    expect(openingRoute(APP)).toEqual({ kind: "home" });
    expect(openingRoute({ ...APP, run: { ...RUN, phase: "done" } })).toEqual({ kind: "home" });
  });
});

describe("messages of a result", () => {
  it("stand together by what they say, errors first", () => {
    const [note] = MESSAGES.filter(({ severity }) => severity === "note");
    const groups = groupMessages(note ? [note, ...MESSAGES] : MESSAGES);
    expect(groups.map(({ severity, items }) => [severity, items.length])).toEqual([
      ["error", 7],
      ["error", 1],
      ["note", 2],
    ]);
  });
});

describe("words for people", () => {
  it("fills in places and leaves an unknown one to be seen", () => {
    expect(fill("{a} of {b}, {c}", { a: 12_400, b: "x" })).toBe("12,400 of x, {c}");
  });

  it("does not fill in what a value brings along", () => {
    expect(fill("{a}", { a: "{b}", b: "no" })).toBe("{b}");
  });

  it("chooses the form by the number", () => {
    const forms = ["1 row", "{n} rows"] as const;
    expect([count(forms, 1), count(forms, 0), count(forms, 2_000)]).toEqual(["1 row", "0 rows", "2,000 rows"]);
  });

  it("shows moments in the file's zone, and in the browser's when that is unknown", () => {
    expect(formatMoment(NOW_MS, "Europe/Berlin").replace(/\s/g, " ")).toBe("Jun 3, 2026, 11:30 AM");
    expect(formatMoment(NOW_MS, "Nowhere/Land")).toMatch(/2026/);
    expect(formatMoment(null, "Europe/Berlin")).toBe("never");
  });

  it.each([
    [0, "1 second"],
    [1_200, "2 seconds"],
    [89_000, "89 seconds"],
    [90_001, "2 minutes"],
    [3_600_000, "60 minutes"],
    [7_200_000, "2 hours"],
  ])("calls %i ms %s", (spanMs, text) => {
    expect(formatSpan(spanMs)).toBe(text);
  });

  it("says when a schedule runs", () => {
    expect(formatSchedule(DAILY)).toBe("Daily at 07:00");
    expect(formatSchedule({ ...DAILY, kind: "weekly", day: 7, hour: 18 })).toBe("Sunday at 18:00");
    expect(formatSchedule({ ...DAILY, kind: "off" })).toBe("Off");
    expect(dayName(1)).toBe("Monday");
  });
});
