import {
  chooseReading,
  dueForVerification,
  hasUnstamped,
  type ReadingFacts,
  readingAbout,
  windowOf,
} from "../../src/engine/read/choose-reading";
import { NO_READING, type ReadState } from "../../src/state/read-state";
import { EMAIL, PEOPLE } from "../support/merge-builders";
import { MAPPING } from "./engine-world";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const NOW_MS = Date.UTC(2026, 10, 2, 9);

/** An hour after a full comparison. */
const STATE: ReadState = {
  ...NO_READING,
  about: "people",
  newestMs: NOW_MS - HOUR_MS,
  scannedMs: NOW_MS - HOUR_MS,
  lastFullMs: NOW_MS - HOUR_MS,
  verifiedMs: NOW_MS - HOUR_MS,
};

const FACTS: ReadingFacts = {
  direction: "both",
  trigger: "schedule",
  state: STATE,
  linked: 100,
  damaged: false,
  about: "people",
  unstamped: false,
  nowMs: NOW_MS,
};

const choose = (change: Partial<ReadingFacts>, state: Partial<ReadState> = {}) =>
  chooseReading({ ...FACTS, ...change, state: { ...STATE, ...state } });

describe("the reading of a run", () => {
  it.each<[string, Partial<ReadingFacts>, ReturnType<typeof chooseReading>]>([
    ["by the clock is what changed", {}, "window"],
    ["by the clock that only pulls is what changed", { direction: "pull" }, "window"],
    ["by hand is the linked records and what changed", { trigger: "manual" }, "linked+window"],
    ["for a preview is the linked records and what changed", { trigger: "preview" }, "linked+window"],
    ["by hand of 2,000 linked rows reads them", { trigger: "manual", linked: 2_000 }, "linked+window"],
    ["by hand of more is what changed", { trigger: "manual", linked: 2_001 }, "window"],
    ["that only pushes is the linked records", { direction: "push", trigger: "manual" }, "linked"],
    ["that only pushes by the clock is the linked records", { direction: "push" }, "linked"],
    ["is everything where nothing is linked yet", { linked: 0 }, "full"],
    ["is everything where the base is damaged (R19)", { damaged: true }, "full"],
    ["is everything after a change of the mapping (R22)", { about: "people and more" }, "full"],
    ["is everything where a field has no stamp", { unstamped: true, linked: 5_000 }, "full"],
    ["is what changed where a field of many rows has no stamp", { unstamped: true, linked: 5_001 }, "window"],
  ])("%s", (_, change, reading) => {
    expect(choose(change)).toBe(reading);
  });

  it.each<[string, Partial<ReadState>, Partial<ReadingFacts>, ReturnType<typeof chooseReading>]>([
    ["is everything before the first one", { newestMs: null }, {}, "full"],
    ["is everything when too much was left unsettled", { fullDue: true }, {}, "full"],
    ["is everything by hand too when it is due", { fullDue: true }, { trigger: "manual" }, "full"],
    ["is what changed 22 hours after the last full one", { lastFullMs: NOW_MS - 22 * HOUR_MS }, {}, "window"],
    ["is everything a day after the last full one", { lastFullMs: NOW_MS - DAY_MS }, { linked: 5_000 }, "full"],
    ["is what changed a day after for more rows", { lastFullMs: NOW_MS - DAY_MS }, { linked: 5_001 }, "window"],
    ["is everything a week after for more rows", { lastFullMs: NOW_MS - 7 * DAY_MS }, { linked: 5_001 }, "full"],
    ["is everything after 14 idle days", { lastFullMs: NOW_MS - 14 * DAY_MS }, { linked: 90_000 }, "full"],
    [
      "is everything a day after where a field has no stamp",
      { lastFullMs: NOW_MS - DAY_MS },
      { linked: 90_000, unstamped: true },
      "full",
    ],
    ["is everything when the CRM's clock went back", { scannedMs: NOW_MS + 2 * MINUTE_MS }, {}, "full"],
    ["is everything when the newest change lies ahead", { newestMs: NOW_MS + 2 * MINUTE_MS }, {}, "full"],
    ["bears half a minute between two answers", { scannedMs: NOW_MS + MINUTE_MS / 2 }, {}, "window"],
  ])("%s", (_, state, change, reading) => {
    expect(choose(change, state)).toBe(reading);
  });
});

describe("the window", () => {
  it("reaches from an overlap before the last reading to half a minute before this one", () => {
    expect(windowOf(STATE, "schedule", NOW_MS)).toEqual({
      sinceMs: NOW_MS - HOUR_MS - 10 * MINUTE_MS,
      untilMs: NOW_MS - 30_000,
    });
  });

  it("reaches up to now by hand, past the second that the CRM's clock cuts off", () => {
    expect(windowOf(STATE, "manual", NOW_MS).untilMs).toBe(NOW_MS + 1_000);
  });

  it("stays behind the newest change that was shown, however long ago: the index may stand still", () => {
    const newestMs = NOW_MS - 5 * HOUR_MS;
    expect(windowOf({ ...STATE, newestMs }, "schedule", NOW_MS).sinceMs).toBe(newestMs + 1);
  });
});

describe("what a reading is about", () => {
  it("is the same whatever order the columns stand in, and another with another field, object or account", () => {
    const about = readingAbout(MAPPING);
    const columns = [...MAPPING.columns].reverse();
    expect(readingAbout({ ...MAPPING, columns, name: "Other", keyField: null })).toBe(about);
    expect(readingAbout({ ...MAPPING, columns: columns.slice(1) })).not.toBe(about);
    expect(readingAbout({ ...MAPPING, objectType: "companies" })).not.toBe(about);
    expect(readingAbout({ ...MAPPING, accountId: "146" })).not.toBe(about);
    expect(readingAbout({ ...MAPPING, removedRows: "bring-back" })).not.toBe(about);
  });

  it("has no stamp where a mapped field is worked out by the CRM", () => {
    const other = { ...EMAIL, name: "other", unstamped: true as const };
    expect(hasUnstamped(MAPPING, { ...PEOPLE, fields: [...PEOPLE.fields, other] })).toBe(false);
    expect(hasUnstamped(MAPPING, { ...PEOPLE, fields: [{ ...EMAIL, unstamped: true }] })).toBe(true);
  });
});

describe("verification in rotation", () => {
  const idsOf = (count: number) => Array.from({ length: count }, (_, n) => String(10_000 + n));

  /** Runs every `stepMs` for some days; how often each id was looked at, and how many at most at once. */
  function rotate(count: number, stepMs: number, days: number) {
    const ids = idsOf(count);
    const seen = new Map<string, number>();
    let most = 0;
    let calls = 0;
    let state: ReadState = { ...STATE, verifiedMs: NOW_MS };
    for (let nowMs = NOW_MS + stepMs; nowMs <= NOW_MS + days * DAY_MS; nowMs += stepMs) {
      const due = dueForVerification(ids, ids.length, state, nowMs);
      if (due.length === 0) continue;
      calls += Math.ceil(due.length / 100);
      most = Math.max(most, due.length);
      for (const id of due) seen.set(id, (seen.get(id) ?? 0) + 1);
      state = { ...state, verifiedMs: nowMs, verifiedId: due[due.length - 1] ?? "" };
    }
    return { looks: ids.map((id) => seen.get(id) ?? 0), most, calls };
  }

  it.each([
    [7, DAY_MS],
    [300, HOUR_MS],
    [300, DAY_MS],
    [6_000, HOUR_MS],
    [30_000, HOUR_MS],
  ])("looks at every one of %d ids in eight days, with a run every %d ms", (count, stepMs) => {
    const { looks, most } = rotate(count, stepMs, 8);
    expect(Math.min(...looks)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...looks)).toBeLessThanOrEqual(2);
    expect(most).toBeLessThanOrEqual(1_000);
  });

  it("costs a small mapping one call a day", () => {
    expect(rotate(300, HOUR_MS, 7).calls).toBe(7);
  });

  it("does not make up for a long pause at once", () => {
    expect(dueForVerification(idsOf(90_000), 90_000, STATE, NOW_MS + 30 * DAY_MS)).toHaveLength(1_000);
    expect(dueForVerification(idsOf(50), 50, STATE, NOW_MS + 30 * DAY_MS)).toHaveLength(50);
  });

  it("begins again behind the last id, and at the first when ids were added or went away", () => {
    const at = (verifiedId: string) =>
      dueForVerification(["c", "a", "b"], 3, { ...STATE, verifiedId }, NOW_MS + DAY_MS);
    expect(at("")).toEqual(["a"]);
    expect(at("a")).toEqual(["b"]);
    expect(at("aa")).toEqual(["b"]);
    expect(at("c")).toEqual(["a"]);
    expect(dueForVerification([], 0, STATE, NOW_MS + DAY_MS)).toEqual([]);
  });
});
