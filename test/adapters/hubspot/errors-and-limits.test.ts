import { catchSyncError } from "../../support/catch-error";
import type { ScriptedAnswer } from "../../support/scripted-http";
import { openHubspot, refusal, TEST_TOKEN, wireRecord } from "./open-hubspot";

const ALL = { kind: "all" } as const;
const EMPTY_SEARCH = { json: { total: 0, results: [] } };

function errorOf(answer: ScriptedAnswer) {
  const { crm } = openHubspot([answer]);
  return catchSyncError(() => crm.check());
}

describe("a dead key", () => {
  it("is told apart: not accepted, expired", () => {
    const invalid = refusal("Authentication credentials not found.", { category: "INVALID_AUTHENTICATION" });
    expect(errorOf({ status: 401, json: invalid })).toMatchObject({ kind: "auth", code: "token-invalid" });
    const expired = refusal("The OAuth token used to make this call expired 75 second(s) ago.", {
      category: "EXPIRED_AUTHENTICATION",
    });
    expect(errorOf({ status: 401, json: expired })).toMatchObject({ kind: "auth", code: "token-expired" });
  });

  it("ends a write before anything is done", () => {
    const { crm } = openHubspot([{ status: 401, json: refusal("no", { category: "INVALID_AUTHENTICATION" }) }]);
    const write = () => crm.write("contacts", [{ kind: "create", operationId: "a", values: { email: "a@b.de" } }]);
    expect(catchSyncError(write)).toMatchObject({ kind: "auth" });
  });

  it.each(["", "pat eu1", "pat-eu1-x\r\nx-evil: 1", "schlüssel"])("is not even sent when it is %j", (token) => {
    const { crm, http } = openHubspot([], { token });
    expect(catchSyncError(() => crm.check())).toMatchObject({ kind: "auth", code: "token-invalid" });
    expect(http.sent.length).toBe(0);
  });
});

describe("a missing scope", () => {
  it("is named from the long form", () => {
    const json = refusal("This app hasn't been granted all required scopes to make this call.", {
      category: "MISSING_SCOPES",
      errors: [
        {
          message: "x",
          context: { requiredGranularScopes: ["crm.objects.contacts.read", "crm.objects.contacts.write"] },
        },
      ],
    });
    const error = errorOf({ status: 403, json });
    expect(error).toMatchObject({ kind: "auth", code: "missing-scopes" });
    expect(error.message).toContain("the scopes crm.objects.contacts.read, crm.objects.contacts.write");
  });

  it("is named from the short form", () => {
    const json = refusal("One or more of the following scopes are required.", {
      category: "MISSING_SCOPES",
      context: { requiredGranularScopes: ["crm.objects.companies.read"] },
    });
    expect(errorOf({ status: 403, json }).message).toContain("the scope crm.objects.companies.read");
  });

  it("is something else than another refusal with 403", () => {
    expect(errorOf({ status: 403, json: refusal("Feature not available") })).toMatchObject({ code: "forbidden" });
    expect(errorOf({ status: 403, body: "<html>" })).toMatchObject({ kind: "auth", code: "forbidden" });
  });
});

describe("other refusals", () => {
  it("tells an object that the portal does not have as a matter of set-up", () => {
    const json = refusal("Unable to infer object type from: butterflies");
    expect(errorOf({ status: 400, json })).toMatchObject({ kind: "config", code: "unknown-object" });
  });

  it("survives a page instead of JSON", () => {
    expect(errorOf({ status: 404, body: "<html>Not found</html>" })).toMatchObject({
      kind: "fatal",
      code: "not-found",
    });
  });

  it("keeps a long foreign message short", () => {
    expect(errorOf({ status: 400, json: refusal("x".repeat(5_000)) }).message.length).toBeLessThan(400);
  });
});

describe("the token", () => {
  it.each<[string, ScriptedAnswer]>([
    ["a refusal", { status: 400, json: refusal(`Bearer ${TEST_TOKEN} is odd`) }],
    ["a forbidden call", { status: 403, json: refusal(`key ${TEST_TOKEN} may not`) }],
    ["a dead key", { status: 401, json: refusal(`key ${TEST_TOKEN}`, { category: "INVALID_AUTHENTICATION" }) }],
  ])("does not come back in the error of %s", (_, answer) => {
    const error = errorOf(answer);
    expect(`${error.message} ${error.hint} ${error.stack}`).not.toContain(TEST_TOKEN);
  });

  it("goes out in the authorization header and nowhere else", () => {
    const { crm, http } = openHubspot([{ json: { results: [] } }, EMPTY_SEARCH]);
    crm.list("contacts", { fields: ["email"], filter: ALL, cursor: null });
    crm.count("contacts", ALL);
    for (const request of http.sent) {
      expect(request.headers.authorization).toBe(`Bearer ${TEST_TOKEN}`);
      expect(request.url).not.toContain(TEST_TOKEN);
      expect(request.body ?? "").not.toContain(TEST_TOKEN);
      expect(request.url.startsWith("https://api.hubapi.com/")).toBe(true);
    }
  });
});

describe("limits", () => {
  const secondly = refusal("You have reached your secondly limit.", { category: "RATE_LIMITS" });
  const burst = refusal("You have reached your ten_secondly_rolling limit.", { policyName: "TEN_SECONDLY_ROLLING" });
  const daily = refusal("You have reached your daily limit.", { policyName: "DAILY" });
  const page = { json: { results: [wireRecord("1", { email: "a@b.de" })] } };

  it("waits 1 s, then 2 s after the limit of a second", () => {
    const { crm, clock } = openHubspot([
      { status: 429, json: secondly },
      { status: 429, json: secondly },
      EMPTY_SEARCH,
    ]);
    crm.count("contacts", ALL);
    expect(clock.sleptMs).toBe(3_000);
  });

  it("waits 10 s after the limit of ten seconds", () => {
    const { crm, clock } = openHubspot([{ status: 429, json: burst }, page]);
    crm.list("contacts", { fields: [], filter: ALL, cursor: null });
    expect(clock.sleptMs).toBe(10_000);
  });

  it("honours Retry-After where there is one", () => {
    const { crm, clock } = openHubspot([{ status: 429, json: burst, headers: { "retry-after": "3" } }, page]);
    crm.list("contacts", { fields: [], filter: ALL, cursor: null });
    expect(clock.sleptMs).toBe(3_000);
  });

  it("does not wait for tomorrow", () => {
    const { crm, http, clock } = openHubspot([{ status: 429, json: daily }]);
    const error = catchSyncError(() => crm.count("contacts", ALL));
    expect(error).toMatchObject({ kind: "fatal", code: "daily-limit" });
    expect(error.hint).toContain("midnight");
    expect([http.sent.length, clock.sleptMs]).toEqual([1, 0]);
  });

  it("gives up with the wait it would need when the deadline is nearer", () => {
    const { crm } = openHubspot([{ status: 429, json: burst }], { deadlineMs: 5_000 });
    expect(catchSyncError(() => crm.count("contacts", ALL))).toMatchObject({
      kind: "retryable",
      code: "rate-limited",
      retryAfterMs: 10_000,
    });
  });

  it("never sends more than five searches in a second", () => {
    const { crm, clock } = openHubspot(() => EMPTY_SEARCH);
    const sentAt = Array.from({ length: 12 }, () => {
      crm.count("contacts", ALL);
      return clock.now();
    });
    for (const [index, at] of sentAt.entries()) {
      const sixth = sentAt[index + 5];
      if (sixth !== undefined) expect(sixth - at).toBeGreaterThanOrEqual(1_000);
    }
    expect(clock.sleptMs).toBeLessThan(3_000);
  });

  it("never sends more than the rolling window holds, and learns its size from the answers", () => {
    const headers = { "x-hubspot-ratelimit-max": "190", "x-hubspot-ratelimit-interval-milliseconds": "10000" };
    const { crm, clock } = openHubspot(() => ({ ...page, headers }));
    for (let count = 0; count < 150; count += 1) crm.list("contacts", { fields: [], filter: ALL, cursor: null });
    // No X-HubSpot-RateLimit-Remaining: nothing is learned, the lowest tier of 100 holds.
    expect(clock.sleptMs).toBe(10_000);
    const wide = openHubspot((_, index) => ({
      ...page,
      headers: { ...headers, "x-hubspot-ratelimit-remaining": `${189 - index}` },
    }));
    for (let count = 0; count < 150; count += 1) wide.crm.list("contacts", { fields: [], filter: ALL, cursor: null });
    expect(wide.clock.sleptMs).toBe(0);
  });

  it("waits for a locked record", () => {
    const { crm, clock } = openHubspot([{ status: 423 }, { status: 204 }]);
    const [outcome] = crm.write("contacts", [{ kind: "archive", operationId: "a", recordId: "5" }]);
    expect(outcome?.kind).toBe("archived");
    expect(clock.sleptMs).toBe(2_000);
  });
});

describe("the account", () => {
  const details = { portalId: 145_001_122, accountType: "STANDARD", timeZone: "Europe/Berlin", companyCurrency: "EUR" };

  it("is named by portal, currency and data centre", () => {
    const { crm } = openHubspot([
      { json: { ...details, uiDomain: "app-eu1.hubspot.com", dataHostingLocation: "eu1" } },
      { json: { ...details, accountType: "DEVELOPER_TEST", uiDomain: "app.hubspot.com" } },
    ]);
    expect(crm.check()).toEqual({
      crm: "hubspot",
      id: "145001122",
      name: "Portal 145001122 (EUR, eu1)",
      timeZone: "Europe/Berlin",
      uiHost: "app-eu1.hubspot.com",
    });
    expect(crm.check().name).toBe("Portal 145001122 (EUR, developer test)");
  });

  it.each(["evil.example", "app.hubspot.com.evil.example", "x@app.hubspot.com", "app.hubspot.com/x"])(
    "never links to %s",
    (uiDomain) => {
      const { crm } = openHubspot([{ json: { ...details, uiDomain } }]);
      expect(crm.recordUrl(crm.check(), "contacts", "7")).toBe(
        "https://app.hubspot.com/contacts/145001122/record/0-1/7",
      );
    },
  );

  it("is not believed without a portal id", () => {
    expect(errorOf({ json: { portalId: "../x" } })).toMatchObject({ code: "bad-answer" });
    expect(errorOf({ json: { hello: 1 } })).toMatchObject({ code: "bad-answer" });
  });
});
