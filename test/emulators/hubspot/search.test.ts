import { closeSandboxes, type StartedSandbox, startSandbox } from "./start-sandbox";

let sandbox: StartedSandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(closeSandboxes);

interface Filter {
  readonly propertyName: string;
  readonly operator: string;
  readonly value?: string;
  readonly highValue?: string;
  readonly values?: readonly string[];
}

async function search(filters: readonly Filter[], more: object = {}) {
  sandbox.wait(1_000);
  const filterGroups = filters.length === 0 ? [] : [{ filters }];
  return sandbox.post("contacts/search", { filterGroups, properties: ["firstname", "email"], limit: 200, ...more });
}

async function names(filters: readonly Filter[], more: object = {}): Promise<string[]> {
  const { body } = await search(filters, more);
  return body.results.map((record: { properties: { firstname: string } }) => record.properties.firstname);
}

const byEmail = (value: string): Filter => ({ propertyName: "email", operator: "EQ", value });

describe("search of the HubSpot sandbox", () => {
  it("4: takes an empty body and a limit given as text", async () => {
    sandbox.control.create("contacts", { email: "a@search.example" });
    expect((await sandbox.post("contacts/search", "{}")).body).toMatchObject({ total: 1 });
    expect((await sandbox.post("contacts/search", { limit: "200" })).status).toBe(200);
  });

  const filter = { propertyName: "email", operator: "HAS_PROPERTY" };
  const group = (count: number) => ({ filters: Array.from({ length: count }, () => filter) });
  it.each([
    ["6 groups", { filterGroups: Array.from({ length: 6 }, () => group(1)) }],
    ["7 filters in a group", { filterGroups: [group(7)] }],
    ["19 filters in all", { filterGroups: [group(6), group(6), group(6), group(1)] }],
    ["a page of 201", { limit: 201 }],
    ["a body of more than 3,000 characters", { query: "x".repeat(3_000) }],
    ["results beyond 10,000", { limit: 100, after: "9901" }],
    ["two sorts", { sorts: ["email", "createdate"] }],
    ["an unknown operator", { filterGroups: [{ filters: [{ ...filter, operator: "LIKE" }] }] }],
    ["an after that is no number", { after: "next" }],
  ])("4: refuses %s", async (_, body) => {
    expect((await sandbox.post("contacts/search", body)).status).toBe(400);
  });

  it("4: takes 5 groups with 18 filters, and the last page before 10,000", async () => {
    const filterGroups = [group(6), group(6), group(4), group(1), group(1)];
    expect((await sandbox.post("contacts/search", { filterGroups })).status).toBe(200);
    expect((await sandbox.post("contacts/search", { limit: 100, after: "9900" })).status).toBe(200);
  });

  it("refuses a filter on a property that does not exist, in general terms", async () => {
    const { status, body } = await search([{ propertyName: "nope", operator: "EQ", value: "1" }]);
    expect(status).toBe(400);
    expect(body).toEqual({
      status: "error",
      message: "There was a problem with the request.",
      correlationId: expect.any(String),
    });
  });

  it("5: does not find a new record before its lag is over", async () => {
    sandbox.control.setSearchLag(3_000);
    sandbox.control.create("contacts", { email: "new@search.example", firstname: "New" });
    expect((await sandbox.post("contacts/search", {})).body).toEqual({ total: 0, results: [] });
    sandbox.wait(3_000);
    expect(await names([])).toEqual(["New"]);
  });

  it("5: lets the records of one batch appear one by one", async () => {
    sandbox.control.setSearchLag(6_000);
    const inputs = Array.from({ length: 20 }, (_, n) => ({ properties: { email: `${n}@search.example` } }));
    await sandbox.post("contacts/batch/create", { inputs });
    const totals: number[] = [];
    for (let second = 1; second <= 6; second += 1) totals.push((await search([])).body.total);
    expect(totals[0]).toBe(0);
    expect(totals.some((total) => total > 0 && total < 20)).toBe(true);
    expect(totals.at(-1)).toBe(20);
  });

  it("5: finds an edited record by its old value and shows the new one", async () => {
    const id = sandbox.control.create("contacts", { email: "old@search.example" });
    sandbox.wait(1);
    expect((await search([byEmail("old@search.example")])).body.total).toBe(1);
    sandbox.control.setSearchLag(9_000);
    await sandbox.call("PATCH", `/crm/v3/objects/contacts/${id}`, { properties: { email: "new@search.example" } });
    const stale = await search([byEmail("old@search.example")]);
    expect(stale.body.results[0].properties.email).toBe("new@search.example");
    expect((await search([byEmail("new@search.example")])).body).toEqual({ total: 0, results: [] });
    sandbox.wait(9_000);
    expect((await search([byEmail("old@search.example")])).body.total).toBe(0);
    expect((await search([byEmail("new@search.example")])).body.total).toBe(1);
  });

  it("5: counts an archived record for a moment without showing it", async () => {
    const id = sandbox.control.create("contacts", { email: "ghost@search.example" });
    await search([]);
    sandbox.control.setSearchLag(9_000);
    await sandbox.call("DELETE", `/crm/v3/objects/contacts/${id}`);
    expect((await search([])).body).toEqual({ total: 1, results: [] });
    sandbox.wait(9_000);
    expect((await search([])).body).toEqual({ total: 0, results: [] });
  });

  it("pages by offset, with the next offset as text and no link", async () => {
    sandbox.control.resetTo(5, 57);
    const first = await search([], { limit: 54 });
    expect(first.body.total).toBe(57);
    expect(first.body.paging).toEqual({ next: { after: "54" } });
    const second = await search([], { limit: 54, after: "54" });
    expect(second.body.results).toHaveLength(3);
    expect(second.body.paging).toBeUndefined();
    const ids = [...first.body.results, ...second.body.results].map((record: { id: string }) => record.id);
    expect(new Set(ids).size).toBe(57);
  });

  describe("operators", () => {
    beforeEach(() => {
      const create = sandbox.control.create;
      create("contacts", { email: "ana@search.example", firstname: "Ana", score: "5", favourite_colour: "red" });
      create("contacts", { email: "bo@search.example", firstname: "Bo", score: "10", interests: "art;music" });
      create("contacts", { email: "cy@search.example", firstname: "Cy", renewal_date: "2026-05-01" });
    });

    it.each<[string, Filter, readonly string[]]>([
      ["EQ on text ignores case", { propertyName: "firstname", operator: "EQ", value: "ANA" }, ["Ana"]],
      ["EQ on an enumeration does not", { propertyName: "favourite_colour", operator: "EQ", value: "RED" }, []],
      ["LT compares numbers as numbers", { propertyName: "score", operator: "LT", value: "9" }, ["Ana"]],
      ["GTE", { propertyName: "score", operator: "GTE", value: "10" }, ["Bo"]],
      ["BETWEEN", { propertyName: "score", operator: "BETWEEN", value: "4", highValue: "6" }, ["Ana"]],
      ["IN on text wants lower case", { propertyName: "firstname", operator: "IN", values: ["ana", "Bo"] }, ["Ana"]],
      ["NEQ leaves out blanks", { propertyName: "score", operator: "NEQ", value: "5" }, ["Bo"]],
      ["NOT_IN", { propertyName: "score", operator: "NOT_IN", values: ["10"] }, ["Ana"]],
      ["HAS_PROPERTY", { propertyName: "interests", operator: "HAS_PROPERTY" }, ["Bo"]],
      ["NOT_HAS_PROPERTY", { propertyName: "score", operator: "NOT_HAS_PROPERTY" }, ["Cy"]],
      ["EQ on a list finds one of its values", { propertyName: "interests", operator: "EQ", value: "music" }, ["Bo"]],
      ["CONTAINS_TOKEN takes a wildcard", { propertyName: "email", operator: "CONTAINS_TOKEN", value: "an*" }, ["Ana"]],
      ["dates as epoch ms", { propertyName: "renewal_date", operator: "EQ", value: "1777593600000" }, ["Cy"]],
      ["dates as text", { propertyName: "renewal_date", operator: "LTE", value: "2026-05-01" }, ["Cy"]],
    ])("%s", async (_, filterOf, expected) => {
      expect(await names([filterOf])).toEqual(expected);
    });

    it("joins filters by AND and groups by OR", async () => {
      const first = { propertyName: "firstname", operator: "EQ", value: "ana" };
      const scored = { propertyName: "score", operator: "GT", value: "6" };
      expect(await names([first, scored])).toEqual([]);
      const { body } = await sandbox.post("contacts/search", {
        filterGroups: [{ filters: [first] }, { filters: [scored] }],
      });
      expect(body.total).toBe(2);
    });

    it("takes filters without a group, and a free-text query", async () => {
      const { body } = await sandbox.post("contacts/search", {
        filters: [{ propertyName: "firstname", operator: "EQ", value: "bo" }],
      });
      expect(body.total).toBe(1);
      expect(await names([], { query: "cy@search" })).toEqual(["Cy"]);
    });

    it("sorts by one property, records without a value last", async () => {
      const sorts = [{ propertyName: "score", direction: "DESCENDING" }];
      expect(await names([], { sorts })).toEqual(["Bo", "Ana", "Cy"]);
      expect(await names([], { sorts: ["score"] })).toEqual(["Ana", "Bo", "Cy"]);
    });

    it("finds what changed since a moment, as epoch ms or as ISO text", async () => {
      const since = String(sandbox.control.now() + 60_000);
      sandbox.wait(60_000);
      const [ana] = sandbox.control.all("contacts");
      sandbox.control.update("contacts", ana?.id ?? "", { city: "Ulm" });
      const changed = (value: string): Filter => ({ propertyName: "lastmodifieddate", operator: "GTE", value });
      expect(await names([changed(since)])).toEqual(["Ana"]);
      expect(await names([changed(new Date(Number(since)).toISOString())])).toEqual(["Ana"]);
    });
  });
});
