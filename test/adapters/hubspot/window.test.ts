import { createHubspot } from "../../../src/adapters/hubspot/create-hubspot";
import { API_HOST } from "../../../src/adapters/hubspot/endpoints";
import type { CrmRecord } from "../../../src/domain/record";
import type { Crm, WindowQuery } from "../../../src/ports/crm";
import { catchSyncError } from "../../support/catch-error";
import { type HubspotOnSandbox, startHubspotOnSandbox } from "../../support/hubspot-on-sandbox";
import { createManualClock } from "../../support/manual-clock";
import { createScriptedHttp, type ScriptedAnswer } from "../../support/scripted-http";
import { openHubspot, refusal, TEST_TOKEN, wireRecord } from "./open-hubspot";

const QUERY: WindowQuery = {
  fields: ["email", "firstname"],
  filter: { kind: "all" },
  sinceMs: 1_790_000_000_000,
  untilMs: 1_790_000_600_000,
  cursor: null,
};

const hits = (total: number, ids: readonly string[], after: string | null = null): ScriptedAnswer => ({
  json: {
    total,
    results: ids.map((id) => wireRecord(id, { email: `p${id}@x.de` })),
    ...(after === null ? {} : { paging: { next: { after } } }),
  },
});

describe("the search of a window", () => {
  it("asks for 200 records by id, by both ends of the window, behind the last id and never by offset", () => {
    const { crm, http } = openHubspot([hits(2, ["7", "12"], "2"), hits(0, [])]);
    expect(crm.changedSince("contacts", QUERY).next).toBe("12");
    crm.changedSince("contacts", { ...QUERY, cursor: "12" });
    const times = [
      { propertyName: "lastmodifieddate", operator: "GTE", value: "1790000000000" },
      { propertyName: "lastmodifieddate", operator: "LT", value: "1790000600000" },
    ];
    const search = {
      sorts: [{ propertyName: "hs_object_id", direction: "ASCENDING" }],
      limit: 200,
      properties: ["email", "firstname", "lastmodifieddate", "hs_merged_object_ids"],
    };
    expect(http.bodies).toEqual([
      { ...search, filterGroups: [{ filters: times }] },
      {
        ...search,
        filterGroups: [{ filters: [...times, { propertyName: "hs_object_id", operator: "GT", value: "12" }] }],
      },
    ]);
  });

  it("asks companies by the modified time that all objects but contacts have", () => {
    const { crm, http } = openHubspot([hits(0, [])]);
    crm.changedSince("companies", { ...QUERY, fields: ["name"] });
    expect(JSON.stringify(http.bodies[0])).toContain('"propertyName":"hs_lastmodifieddate"');
  });

  it("goes on behind the greatest id of a page whose hits come in no order, compared as numbers of any length", () => {
    const { crm } = openHubspot([hits(500, ["99", "9223372036854775806", "9223372036854775807", "100"], "4")]);
    expect(crm.changedSince("contacts", QUERY).next).toBe("9223372036854775807");
  });

  it("looks behind pages of records that were archived a moment ago and are counted but not shown", () => {
    const { crm, http } = openHubspot([hits(402, [], "200"), hits(402, [], "400"), hits(402, ["8", "9"])]);
    const page = crm.changedSince("contacts", QUERY);
    expect([page.records.map((record) => record.id), page.next]).toEqual([["8", "9"], null]);
    expect(http.bodies.map((body) => (body as { after?: string }).after)).toEqual([undefined, "200", "400"]);
  });

  it("ends where the index counts more than it shows and names no further page", () => {
    const { crm } = openHubspot([hits(3, [])]);
    expect(crm.changedSince("contacts", QUERY)).toEqual({ records: [], next: null });
  });

  it.each<[string, ScriptedAnswer[], string | null]>([
    ["leads nowhere", [hits(500, ["4", "5"], "2")], "5"],
    [
      "shows nothing as far as paging reaches",
      Array.from({ length: 51 }, (_, n) => hits(1, [], `${n * 200 + 200}`)),
      null,
    ],
  ])("does not read on for ever when the answer %s", (_, script, cursor) => {
    const { crm } = openHubspot(script);
    expect(catchSyncError(() => crm.changedSince("contacts", { ...QUERY, cursor }))).toMatchObject({
      kind: "retryable",
      code: "bad-answer",
    });
  });

  it("reads by id what no search has room to ask for, and says so", () => {
    const fields = Array.from({ length: 150 }, (_, n) => `a_property_with_number_${n}`);
    const { crm, http } = openHubspot([
      hits(2, ["5", "6"]),
      { json: { results: [wireRecord("5", { a_property_with_number_1: "x" })] } },
    ]);
    const page = crm.changedSince("contacts", { ...QUERY, fields });
    // Record 6 was archived between the two calls.
    expect(page).toMatchObject({ records: [{ id: "5", values: { a_property_with_number_1: "x" } }], consistent: true });
    expect((http.sent[0]?.body ?? "").length).toBeLessThanOrEqual(3_000);
    expect(http.bodies[1]).toMatchObject({ inputs: [{ id: "5" }, { id: "6" }] });
  });

  it("waits after a 429 and goes on", () => {
    const limited = {
      status: 429,
      json: refusal("You have reached your secondly limit.", { category: "RATE_LIMITS" }),
    };
    const { crm, clock } = openHubspot([limited, limited, hits(1, ["5"])]);
    expect(crm.changedSince("contacts", QUERY).records).toHaveLength(1);
    expect(clock.sleptMs).toBe(3_000);
  });

  it("sends at most five in any second", () => {
    let now = () => 0;
    const sentAt: number[] = [];
    const { crm, clock } = openHubspot((_, index) => {
      sentAt.push(now());
      return hits(9_999, [String(index + 1)], "1");
    });
    now = clock.now;
    for (let n = 0; n < 23; n += 1) crm.changedSince("contacts", QUERY);
    for (const at of sentAt)
      expect(sentAt.filter((one) => one >= at && one < at + 1_000).length).toBeLessThanOrEqual(5);
    expect(clock.sleptMs).toBeLessThan(6_000);
  });
});

describe("the CRM's clock", () => {
  it("is the own clock until an answer told another time, and then the one of the last answer", () => {
    const clock = createManualClock(1_000_000);
    const date = (ms: number) => ({ date: new Date(ms).toUTCString() });
    const http = createScriptedHttp([
      { headers: date(5_000_000), json: { portalId: 1 } },
      { headers: {}, json: { portalId: 1 } },
      { headers: { date: "yesterday" }, json: { portalId: 1 } },
      { status: 503, headers: date(9_000_000), body: "" },
      { headers: date(4_000_000), json: { portalId: 1 } },
    ]);
    const crm = createHubspot({ http, clock, token: TEST_TOKEN, deadlineMs: () => 9_999_999 });
    expect(crm.now()).toBe(1_000_000);
    crm.check();
    expect(crm.now()).toBe(5_000_000);
    clock.advance(2_345);
    for (let n = 0; n < 2; n += 1) {
      crm.check();
      expect(crm.now()).toBe(5_002_345);
    }
    crm.check();
    expect(crm.now()).toBe(4_000_000);
  });
});

describe("10,400 records that share a time, on the sandbox", () => {
  const COUNT = 10_400;
  let hubspot: HubspotOnSandbox;

  beforeAll(async () => {
    hubspot = await startHubspotOnSandbox({ searchLagMs: 0 });
  });

  afterAll(() => hubspot?.stop());

  it("are read once each, past the depth at which paging by offset ends", () => {
    const crm = hubspot.open({ contacts: COUNT });
    const ids = hubspot.sandbox.control.all("contacts").map((record) => record.id);
    hubspot.pass(60_000);
    updateAll(ids);
    hubspot.pass(60_000);
    const seen = walk(crm, hubspot.clock().now());
    expect(new Set(seen.map((record) => record.modifiedMs)).size).toBe(1);
    expect(seen.map((record) => record.id)).toEqual(ids);
    const searches = hubspot.sandbox.control.requests().filter((request) => request.path.endsWith("/search"));
    expect(searches.length).toBe(COUNT / 200);
    expect(searches.filter((request) => request.status !== 200)).toEqual([]);
  });

  /** One moment for all: the sandbox's clock stands still while the batches arrive. */
  function updateAll(ids: readonly string[]): void {
    for (let from = 0; from < ids.length; from += 100) {
      const inputs = ids.slice(from, from + 100).map((id) => ({ id, properties: { jobtitle: "Bulk" } }));
      const answer = hubspot.http.send({
        method: "POST",
        url: `${API_HOST}/crm/v3/objects/contacts/batch/update`,
        headers: { authorization: `Bearer ${hubspot.sandbox.token}`, "content-type": "application/json" },
        body: JSON.stringify({ inputs }),
      });
      expect(answer.status).toBe(200);
    }
  }

  function walk(crm: Crm, nowMs: number): readonly CrmRecord[] {
    const seen: CrmRecord[] = [];
    let cursor: string | null = null;
    do {
      const page = crm.changedSince("contacts", { ...QUERY, sinceMs: nowMs - 300_000, untilMs: nowMs, cursor });
      seen.push(...page.records);
      cursor = page.next;
    } while (cursor !== null && seen.length <= COUNT);
    return seen;
  }
});
