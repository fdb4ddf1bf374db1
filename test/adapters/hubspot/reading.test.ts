import type { HttpRequest } from "../../../src/ports/http";
import { catchSyncError } from "../../support/catch-error";
import type { ScriptedAnswer } from "../../support/scripted-http";
import { openHubspot, refusal, wireRecord } from "./open-hubspot";

const ALL = { kind: "all" } as const;
const GONE = refusal("resource not found");

/** A portal with some live, archived and merged records; answers batch reads, single reads and searches. */
function portal(content: {
  readonly live?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly archived?: readonly string[];
}) {
  const live = content.live ?? {};
  return (request: HttpRequest): ScriptedAnswer => {
    const { pathname, searchParams } = new URL(request.url);
    const body = request.body === null ? {} : (JSON.parse(request.body) as Record<string, unknown>);
    if (pathname.endsWith("/batch/read")) {
      const ids = (body.inputs as { id: string }[]).map((input) => input.id);
      const inBin = searchParams.get("archived") === "true";
      const results = ids
        .filter((id) => (inBin ? content.archived?.includes(id) : live[id]))
        .map((id) => ({ ...wireRecord(id, live[id] ?? {}), archived: inBin }));
      return { status: results.length === ids.length ? 200 : 207, json: { status: "COMPLETE", results } };
    }
    if (pathname.endsWith("/search")) {
      const text = JSON.stringify(body.filterGroups);
      const results = Object.entries(live)
        .filter(([, values]) => (values.hs_merged_object_ids ?? "").split(";").some((id) => text.includes(`"${id}"`)))
        .map(([id, values]) => wireRecord(id, values));
      return { json: { total: results.length, results } };
    }
    const id = pathname.split("/").pop() ?? "";
    return live[id] ? { json: wireRecord(id, live[id]) } : { status: 404, json: GONE };
  };
}

const ids = (from: number, count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => String(from + n));

describe("reading by id", () => {
  it("takes one call for a hundred records that are all there", () => {
    const live = Object.fromEntries(ids(1, 250).map((id) => [id, { email: `p${id}@x.de` }]));
    const { crm, http } = openHubspot(portal({ live }));
    expect(crm.read("contacts", ["email"], ids(1, 250)).every((read) => read.kind === "found")).toBe(true);
    expect(http.sent.length).toBe(3);
  });

  it("takes three calls for a hundred records of which none is left", () => {
    const { crm, http } = openHubspot(portal({}));
    const reads = crm.read("contacts", ["email"], ids(1, 100));
    expect(reads.every((read) => read.kind === "gone")).toBe(true);
    expect(http.sent.map((request) => new URL(request.url).pathname.split("/").pop())).toEqual([
      "read",
      "read",
      "search",
    ]);
  });

  it("takes two calls when all that is missing lies in the recycle bin", () => {
    const { crm, http } = openHubspot(portal({ archived: ids(1, 100) }));
    expect(crm.read("contacts", [], ids(1, 100)).every((read) => read.kind === "gone")).toBe(true);
    expect(http.sent.length).toBe(2);
  });

  it("finds the survivors of many merged records in four calls", () => {
    const lost = ids(1, 60);
    const live = { "900": { email: "s@x.de", hs_merged_object_ids: lost.join(";") } };
    const { crm, http } = openHubspot(portal({ live }));
    const reads = crm.read("contacts", ["email"], lost);
    expect(reads.every((read) => read.kind === "merged" && read.record.id === "900")).toBe(true);
    expect(http.sent.length).toBe(4);
  });

  it("needs no look-up when the survivor is read in the same call", () => {
    const live = { "900": { hs_merged_object_ids: "5;6" } };
    const { crm, http } = openHubspot(portal({ live }));
    expect(crm.read("contacts", [], ["5", "900"]).map((read) => read.kind)).toEqual(["merged", "found"]);
    expect(http.sent.length).toBe(1);
  });

  it("never sends an id that would fail the batch", () => {
    const { crm, http } = openHubspot(portal({ live: { "7": {} } }));
    const reads = crm.read("contacts", [], ["abc", "-1", "0", "7", "1e3", "", " 7", "99999999999999999999"]);
    expect(reads.map((read) => read.kind)).toEqual(["gone", "gone", "gone", "found", "gone", "gone", "gone", "gone"]);
    expect(http.bodies).toMatchObject([{ inputs: [{ id: "7" }] }]);
  });

  it("takes ids and values that come as numbers", () => {
    const { crm } = openHubspot([{ json: { results: [{ id: 7, properties: { score: 3 } }] } }]);
    const [read] = crm.read("contacts", ["score"], ["7"]);
    expect(read).toMatchObject({ kind: "found", record: { id: "7", values: { score: "3" } } });
  });

  it("treats an answer of another shape as one that cannot be read", () => {
    const { crm } = openHubspot([{ json: { data: [] } }]);
    expect(catchSyncError(() => crm.read("contacts", [], ["7"]))).toMatchObject({
      kind: "retryable",
      code: "bad-answer",
    });
  });

  it("takes the modified time from the property, else from the envelope", () => {
    const { crm } = openHubspot([
      { json: { results: [wireRecord("1", { lastmodifieddate: "2026-11-01T10:00:00Z" }), wireRecord("2")] } },
    ]);
    const times = crm
      .read("contacts", [], ["1", "2"])
      .map((read) => (read.kind === "found" ? read.record.modifiedMs : 0));
    expect(times).toEqual([Date.UTC(2026, 10, 1, 10), Date.parse("2026-01-02T00:00:00.120Z")]);
  });
});

describe("listing", () => {
  it("asks for a hundred records with the modified time and the merged ids", () => {
    const { crm, http } = openHubspot([{ json: { results: [], paging: { next: { after: "abc", link: "x" } } } }]);
    expect(crm.list("companies", { fields: ["name"], filter: ALL, cursor: "cur" }).next).toBe("abc");
    const { searchParams } = new URL(http.sent[0]?.url ?? "");
    expect(searchParams.get("limit")).toBe("100");
    expect(searchParams.get("after")).toBe("cur");
    expect(searchParams.get("properties")).toBe("name,hs_lastmodifieddate,hs_merged_object_ids");
  });

  it("reads the values by batch when the address would be too long", () => {
    const fields = Array.from({ length: 150 }, (_, n) => `a_property_with_number_${n}`);
    const { crm, http } = openHubspot([
      { json: { results: [wireRecord("1"), wireRecord("2"), wireRecord("3")], paging: { next: { after: 4 } } } },
      {
        json: {
          results: [
            wireRecord("3", { a_property_with_number_7: "c" }),
            wireRecord("1", { a_property_with_number_7: "a" }),
          ],
        },
      },
    ]);
    const page = crm.list("contacts", { fields, filter: ALL, cursor: null });
    expect(page.next).toBe("4");
    // Record 2 was archived between the two calls.
    expect(page.records.map((record) => [record.id, record.values.a_property_with_number_7])).toEqual([
      ["1", "a"],
      ["3", "c"],
    ]);
    expect(http.sent.every((request) => request.url.length <= 1_900)).toBe(true);
  });
});

describe("finding", () => {
  const found = (request: HttpRequest) => (JSON.parse(request.body ?? "{}") as { inputs: { id: string }[] }).inputs;

  it("asks for e-mail addresses in lower case, each once", () => {
    const { crm, http } = openHubspot([
      { json: { results: [wireRecord("1", { email: "ann@x.de" })] } },
      { json: { total: 0, results: [] } },
    ]);
    const hits = crm.find("contacts", "email", ["Ann@X.de", " ann@x.de", "b@x.de"], ["firstname"]);
    expect(http.sent[0] && found(http.sent[0])).toEqual([{ id: "ann@x.de" }, { id: "b@x.de" }]);
    expect(hits.map((hit) => hit.records.map((record) => record.id))).toEqual([["1"], ["1"], []]);
    expect(Object.keys(hits[0]?.records[0]?.values ?? {})).toEqual([]);
  });

  it("does not search when every address was found", () => {
    const { crm, http } = openHubspot([{ json: { results: [wireRecord("1", { email: "a@x.de" })] } }]);
    crm.find("contacts", "email", ["a@x.de"], []);
    expect(http.sent.length).toBe(1);
  });

  it("does not mistake a stale search hit for a hit", () => {
    const { crm } = openHubspot([
      {
        json: {
          total: 2,
          results: [wireRecord("1", { domain: "new.example" }), wireRecord("2", { domain: "old.example" })],
        },
      },
    ]);
    const [hit] = crm.find("companies", "domain", ["old.example"], []);
    expect(hit?.records.map((record) => record.id)).toEqual(["2"]);
  });

  it("keeps every search body within 3,000 characters and asks for each key once", () => {
    const { crm, http } = openHubspot(() => ({ json: { total: 0, results: [] } }));
    const keys = Array.from({ length: 300 }, (_, n) => `a-company-with-a-long-name-${n}.example.com`);
    crm.find("companies", "domain", [...keys, ...keys], ["name", "domain"]);
    expect(http.sent.every((request) => (request.body ?? "").length <= 3_000)).toBe(true);
    const asked = http.bodies.flatMap((body) => valuesOf(body)).filter((value) => !value.startsWith("www."));
    expect(asked).toEqual(keys);
  });

  it("reads by id what a search body has no room to ask for", () => {
    const fields = Array.from({ length: 150 }, (_, n) => `a_property_with_number_${n}`);
    const { crm, http } = openHubspot([
      { json: { total: 1, results: [wireRecord("5", { name: "Acme" })] } },
      { json: { results: [wireRecord("5", { name: "Acme", a_property_with_number_1: "x" })] } },
    ]);
    const [hit] = crm.find("companies", "name", ["acme"], fields);
    expect(hit?.records[0]?.values.a_property_with_number_1).toBe("x");
    expect((http.sent[0]?.body ?? "").length).toBeLessThanOrEqual(3_000);
  });

  it("follows the pages of a search", () => {
    const page = (from: number, after: string | null): ScriptedAnswer => ({
      json: {
        total: 250,
        results: ids(from, 125).map((id) => wireRecord(id, { name: "Same" })),
        ...(after === null ? {} : { paging: { next: { after } } }),
      },
    });
    const { crm, http } = openHubspot([page(1, "200"), page(126, null)]);
    const [hit] = crm.find("companies", "name", ["same"], []);
    expect(hit?.records.length).toBe(250);
    expect(http.bodies).toMatchObject([{ after: "0" }, { after: "200" }]);
  });

  it("says so instead of paging past 10,000 hits", () => {
    const { crm } = openHubspot((_, index) => ({
      json: { total: 99_999, results: [], paging: { next: { after: String((index + 1) * 200) } } },
    }));
    expect(catchSyncError(() => crm.find("companies", "name", ["x"], []))).toMatchObject({
      kind: "config",
      code: "too-many-hits",
    });
  });

  it("refuses a key whose property is gone, so that nothing looks new", () => {
    const { crm, http } = openHubspot([]);
    expect(catchSyncError(() => crm.find("contacts", "removed", ["x"], []))).toMatchObject({ code: "unknown-field" });
    expect(http.sent.length).toBe(0);
  });
});

function valuesOf(body: unknown): readonly string[] {
  const search = body as { filterGroups: { filters: { values: string[] }[] }[] };
  return search.filterGroups.flatMap((group) => group.filters.flatMap((filter) => filter.values));
}
