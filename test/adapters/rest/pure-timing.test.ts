import { backoffMs } from "../../../src/adapters/rest/backoff";
import { classifyStatus } from "../../../src/adapters/rest/classify-status";
import { parseJson } from "../../../src/adapters/rest/parse-json";
import { RateWindow } from "../../../src/adapters/rest/rate-window";
import { parseRetryAfter } from "../../../src/adapters/rest/retry-after";

describe("classifyStatus", () => {
  it.each([
    [200, "ok"],
    [201, "ok"],
    [204, "ok"],
    [207, "ok"],
    [302, "refused"],
    [400, "refused"],
    [401, "unauthorised"],
    [403, "refused"],
    [404, "refused"],
    [408, "server-fault"],
    [409, "refused"],
    [423, "limited"],
    [429, "limited"],
    [477, "limited"],
    [500, "server-fault"],
    [502, "server-fault"],
    [504, "server-fault"],
    [524, "server-fault"],
  ])("sorts %i as %s", (status, kind) => {
    expect(classifyStatus(status)).toBe(kind);
  });
});

describe("parseRetryAfter", () => {
  const now = Date.UTC(2026, 10, 2, 9);
  const of = (value: string | null) =>
    parseRetryAfter({ status: 429, headers: value === null ? {} : { "retry-after": value }, body: "" }, now);

  it("reads seconds", () => expect(of("7")).toBe(7_000));
  it("reads fractions of a second upwards", () => expect(of("0.2004")).toBe(201));
  it("reads an HTTP date", () => expect(of("Mon, 02 Nov 2026 09:00:30 GMT")).toBe(30_000));
  it("takes a date in the past as now", () => expect(of("Mon, 02 Nov 2026 08:00:00 GMT")).toBe(0));
  it("gives null without the header or for nonsense", () =>
    expect([of(null), of(""), of("soon")]).toEqual([null, null, null]));
});

describe("backoffMs", () => {
  it("doubles up to the cap", () => {
    const waits = [1, 2, 3, 4, 5].map((attempt) => backoffMs(attempt, { baseMs: 500, capMs: 3_000 }));
    expect(waits).toEqual([500, 1_000, 2_000, 3_000, 3_000]);
  });
});

describe("parseJson", () => {
  it("takes an empty body as null and a page or cut text as no JSON", () => {
    expect(parseJson("  ")).toEqual({ kind: "json", json: null });
    expect(parseJson('{"a":1}')).toEqual({ kind: "json", json: { a: 1 } });
    expect(parseJson("<html></html>")).toEqual({ kind: "not-json" });
    expect(parseJson('{"results":[{"id":"1"')).toEqual({ kind: "not-json" });
  });
});

describe("RateWindow", () => {
  it("lets the allowed number through and then waits for the oldest to leave", () => {
    const window = new RateWindow({ lengthMs: 1_000, max: 2 });
    window.take(0);
    window.take(400);
    expect(window.waitMs(500)).toBe(500);
    expect(window.waitMs(1_000)).toBe(0);
  });

  it("counts requests of others once the server has said how many are left", () => {
    const window = new RateWindow({ lengthMs: 10_000, max: 100 });
    window.take(0);
    window.learn({ max: 190, remaining: 0 }, 1_000);
    expect(window.waitMs(1_000)).toBe(9_000);
    expect(window.waitMs(11_000)).toBe(0);
  });

  it("takes a new size from the server, and ignores nonsense", () => {
    const window = new RateWindow({ lengthMs: 10_000, max: 1 });
    window.take(0);
    window.learn({ max: Number.NaN, remaining: 3 }, 0);
    expect(window.waitMs(0)).toBe(10_000);
    window.learn({ max: 5, remaining: 4 }, 0);
    expect(window.waitMs(0)).toBe(0);
  });
});
