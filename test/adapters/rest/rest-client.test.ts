import { RestClient, type RestPolicy, type RestRequest } from "../../../src/adapters/rest/rest-client";
import { SyncError } from "../../../src/domain/errors";
import { catchSyncError } from "../../support/catch-error";
import { createManualClock } from "../../support/manual-clock";
import { createScriptedHttp, type ScriptedAnswer } from "../../support/scripted-http";

const READ: RestRequest = { method: "GET", url: "https://crm.test/x", body: null, effect: "read" };
const WRITE: RestRequest = { method: "POST", url: "https://crm.test/x", body: { a: 1 }, effect: "write" };

const POLICY: RestPolicy = {
  headers: () => ({ authorization: "Bearer t" }),
  paceMs: () => 0,
  onSend: () => undefined,
  onAnswer: () => undefined,
  adviseLimit: () => ({ waitMs: 2_000, error: new SyncError("retryable", "rate-limited", "Too many.") }),
};

function set(script: readonly ScriptedAnswer[], options: { deadlineMs?: number; policy?: Partial<RestPolicy> } = {}) {
  const clock = createManualClock(0);
  const http = createScriptedHttp(script);
  const policy = { ...POLICY, ...options.policy };
  const client = new RestClient({ http, clock, deadlineMs: () => options.deadlineMs ?? 60_000, policy });
  return { client, clock, http };
}

const OK: ScriptedAnswer = { json: { fine: true } };

describe("a read", () => {
  it("sends JSON with the headers of the policy", () => {
    const { client, http } = set([OK]);
    client.send({ ...READ, method: "POST", body: { q: "ä" } });
    expect(http.sent[0]).toMatchObject({ method: "POST", body: '{"q":"ä"}' });
    expect(http.sent[0]?.headers).toMatchObject({ authorization: "Bearer t", "content-type": "application/json" });
  });

  it.each<[string, ScriptedAnswer]>([
    ["a 500", { status: 500, body: "oops" }],
    ["a 502 page", { status: 502, body: "<html>" }],
    ["a time-out", { failure: "timeout" }],
    ["a broken connection", { failure: "network" }],
    ["a page with status 200", { status: 200, body: "<html>" }],
    ["truncated JSON with status 200", { status: 200, body: '{"results":[' }],
  ])("is repeated after %s", (_, fault) => {
    const { client, http, clock } = set([fault, fault, OK]);
    expect(client.send(READ)).toMatchObject({ kind: "answer", json: { fine: true } });
    expect(http.sent.length).toBe(3);
    expect(clock.sleptMs).toBe(1_500);
  });

  it("is given up after three repeats", () => {
    const { client, http } = set([500, 500, 500, 500, 500].map((status) => ({ status })));
    expect(catchSyncError(() => client.send(READ))).toMatchObject({ kind: "retryable", code: "server-fault" });
    expect(http.sent.length).toBe(4);
  });

  it("ends as bad-answer when no answer can be read", () => {
    const { client } = set([1, 2, 3, 4].map(() => ({ status: 200, body: "<html>" })));
    expect(catchSyncError(() => client.send(READ))).toMatchObject({ kind: "retryable", code: "bad-answer" });
  });

  it("stops at the deadline instead of sleeping past it, and says when to come back", () => {
    const { client, clock } = set([{ status: 500 }, { status: 500 }], { deadlineMs: 900 });
    const error = catchSyncError(() => client.send(READ));
    expect(error).toMatchObject({ kind: "retryable", code: "server-fault", retryAfterMs: 1_000 });
    expect(clock.now()).toBe(500);
  });

  it("gives refusals to the caller without repeating them", () => {
    const { client, http } = set([{ status: 404, body: "<html>" }]);
    expect(client.send(READ)).toMatchObject({ kind: "answer", status: 404, json: null });
    expect(http.sent.length).toBe(1);
  });
});

describe("a write", () => {
  it.each<[string, ScriptedAnswer]>([
    ["a 500", { status: 500 }],
    ["a 504", { status: 504 }],
    ["a time-out", { failure: "timeout" }],
    ["a broken connection", { failure: "network" }],
    ["a page with status 200", { status: 200, body: "<html>" }],
    ["truncated JSON with status 201", { status: 201, body: '{"results":[' }],
  ])("is of unknown fate after %s and never repeated", (_, fault) => {
    const { client, http, clock } = set([fault, OK]);
    expect(client.send(WRITE).kind).toBe("unknown");
    expect(http.sent.length).toBe(1);
    expect(clock.sleptMs).toBe(0);
  });

  it.each([423, 429, 477])("is repeated after %i, which proves that nothing was done", (status) => {
    const { client, http, clock } = set([{ status }, { status }, OK]);
    expect(client.send(WRITE)).toMatchObject({ kind: "answer", status: 200 });
    expect(http.sent.length).toBe(3);
    expect(clock.sleptMs).toBe(4_000);
  });

  it("takes an empty answer with status 204 as done", () => {
    const { client } = set([{ status: 204 }]);
    expect(client.send(WRITE)).toMatchObject({ kind: "answer", status: 204, json: null });
  });
});

describe("a limit", () => {
  it("is not waited for when the policy says that waiting is no use", () => {
    const error = new SyncError("retryable", "daily-limit", "Tomorrow.");
    const { client, http } = set([{ status: 429 }], { policy: { adviseLimit: () => ({ waitMs: null, error }) } });
    expect(catchSyncError(() => client.send(READ))).toBe(error);
    expect(http.sent.length).toBe(1);
  });

  it("is not waited for past the deadline", () => {
    const { client } = set([{ status: 429 }], { deadlineMs: 1_000 });
    expect(catchSyncError(() => client.send(READ))).toMatchObject({ code: "rate-limited", retryAfterMs: 2_000 });
  });

  it("does not use up the repeats that faults get", () => {
    const limit = { status: 429 };
    const fault = { status: 500 };
    const { client } = set([limit, fault, limit, fault, limit, fault, OK]);
    expect(client.send(READ)).toMatchObject({ kind: "answer", status: 200 });
  });

  it("ends after many repeats even when there is time", () => {
    const { client, http } = set(Array.from({ length: 20 }, () => ({ status: 429 })));
    expect(catchSyncError(() => client.send(READ))).toMatchObject({ code: "rate-limited" });
    expect(http.sent.length).toBe(9);
  });

  it("is respected before the request leaves", () => {
    let wait = 700;
    const { client, clock } = set([OK], {
      policy: {
        paceMs: () => wait,
        onSend: () => {
          wait = 0;
        },
      },
    });
    client.send(READ);
    expect(clock.sleptMs).toBe(700);
  });
});

it("lets our own mistakes through as they are", () => {
  const clock = createManualClock(0);
  const http = {
    send: () => {
      throw new TypeError("boom");
    },
    sendAll: () => [],
  };
  const client = new RestClient({ http, clock, deadlineMs: () => 1, policy: POLICY });
  expect(() => client.send(WRITE)).toThrow(TypeError);
});
