import { addClockTime, clockLimit, clockTimeFreeAt, usedClockTime } from "../../src/app/clock-time";
import { createManualClock } from "../support/manual-clock";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

function world() {
  const stored = new Map<string, string>();
  const clock = createManualClock();
  const memory = {
    read: (key: string) => stored.get(key) ?? null,
    save: (key: string, value: string) => void stored.set(key, value),
    remove: (key: string) => void stored.delete(key),
    keys: (prefix: string) => [...stored.keys()].filter((key) => key.startsWith(prefix)),
  };
  const file = (id: string) => ({ memory, clock, grid: { fileId: () => id } });
  return { stored, clock, memory, file };
}

describe("the clock time of a day", () => {
  it.each([
    ["ann@gmail.com", 80],
    ["ann@GoogleMail.com", 80],
    ["", 80],
    ["ann@example.com", 330],
    ["ann@gmail.com.example.com", 330],
  ])("of %j ends after %d minutes of unattended work", (email, minutes) => {
    const { pauseMs, allowedMs } = clockLimit(email);
    expect(pauseMs).toBe(minutes * MINUTE_MS);
    expect(allowedMs).toBeGreaterThan(pauseMs);
  });

  it("adds up over files and hours, and over several runs in one hour", () => {
    const { file, clock } = world();
    addClockTime(file("a"), 1_000);
    addClockTime(file("a"), 500);
    addClockTime(file("b"), 20);
    clock.advance(3 * HOUR_MS);
    addClockTime(file("a"), 3);
    expect(usedClockTime(file("c"))).toBe(1_523);
  });

  it("forgets what is older than a day, and the entries of files that have nothing newer", () => {
    const { file, clock, stored } = world();
    addClockTime(file("a"), 1_000);
    clock.advance(HOUR_MS);
    addClockTime(file("b"), 20);
    clock.advance(24 * HOUR_MS);
    expect(usedClockTime(file("a"))).toBe(20);
    expect([...stored.keys()]).toHaveLength(1);
    clock.advance(HOUR_MS);
    expect(usedClockTime(file("a"))).toBe(0);
    expect(stored.size).toBe(0);
  });

  it("never counts less than what Google counts since any moment within the last 24 hours", () => {
    const { file, clock } = world();
    clock.advance(59 * MINUTE_MS);
    addClockTime(file("a"), 7);
    clock.advance(24 * HOUR_MS - 1);
    expect(usedClockTime(file("a"))).toBe(7);
  });

  it("tells when enough of it is free again", () => {
    const { file, clock } = world();
    const start = clock.now();
    addClockTime(file("a"), 50 * MINUTE_MS);
    clock.advance(HOUR_MS);
    addClockTime(file("b"), 40 * MINUTE_MS);
    expect(clockTimeFreeAt(file("a"), 80 * MINUTE_MS)).toBe(start + 25 * HOUR_MS);
    expect(clockTimeFreeAt(file("a"), 40 * MINUTE_MS)).toBe(start + 26 * HOUR_MS);
  });

  it.each(["", "x", "{}", "[1]", '[["a","b"]]', "null"])("takes the entry %j for none", (text) => {
    const { file, stored } = world();
    addClockTime(file("a"), 5);
    stored.set([...stored.keys()][0] ?? "", text);
    expect(usedClockTime(file("a"))).toBe(0);
    addClockTime(file("a"), 9);
    expect(usedClockTime(file("a"))).toBe(9);
  });
});
