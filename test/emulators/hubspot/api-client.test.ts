import { Client } from "@hubspot/api-client";
import { FilterOperatorEnum } from "@hubspot/api-client/lib/codegen/crm/contacts/models/Filter";
import { closeSandboxes, type StartedSandbox, startSandbox } from "./start-sandbox";

let sandbox: StartedSandbox;
let client: Client;
beforeEach(async () => {
  sandbox = await startSandbox();
  client = new Client({ accessToken: sandbox.token, basePath: sandbox.url, numberOfApiCallRetries: 3 });
});
afterEach(closeSandboxes);

const input = (email: string) => ({ properties: { email }, associations: [], objectWriteTraceId: email });

describe("HubSpot's own client on the sandbox", () => {
  it("29: creates, reads, updates and archives a contact", async () => {
    const api = client.crm.contacts.basicApi;
    const created = await api.create({ properties: { email: "c@client.example", firstname: "C" }, associations: [] });
    expect(created.createdAt).toBeInstanceOf(Date);
    const updated = await api.update("c@client.example", { properties: { firstname: "D" } }, "email");
    expect([updated.id, updated.properties.firstname]).toEqual([created.id, "D"]);
    const read = await api.getById(created.id, ["firstname"]);
    expect(read.properties.firstname).toBe("D");
    await api.archive(created.id);
    await expect(api.getById(created.id)).rejects.toMatchObject({ code: 404 });
  });

  it("29: writes in batches and reads them back by e-mail", async () => {
    const api = client.crm.contacts.batchApi;
    const made = await api.create({ inputs: [input("a@client.example"), input("b@client.example")] });
    expect(made.results).toHaveLength(2);
    const ids = made.results.map((record) => record.id);
    await api.update({ inputs: ids.map((id) => ({ id, properties: { city: "Ulm" } })) });
    const read = await api.read({
      idProperty: "email",
      properties: ["city"],
      propertiesWithHistory: [],
      inputs: [{ id: "a@client.example" }, { id: "b@client.example" }],
    });
    expect(read.results.map((record) => record.properties.city)).toEqual(["Ulm", "Ulm"]);
    await api.archive({ inputs: ids.map((id) => ({ id })) });
    expect(sandbox.control.all("contacts")).toEqual([]);
  });

  it("29: upserts and is told what is new", async () => {
    sandbox.control.create("contacts", { email: "a@client.example" });
    const { results } = await client.crm.contacts.batchApi.upsert({
      inputs: ["a@client.example", "n@client.example"].map((id) => ({
        id,
        idProperty: "email",
        objectWriteTraceId: id,
        properties: { city: "Ulm" },
      })),
    });
    expect(results.map((record) => record._new).sort()).toEqual([false, true]);
  });

  it("29: gets failed inputs of a batch as numErrors and errors", async () => {
    const id = sandbox.control.create("contacts", { email: "a@client.example" });
    const answer = await client.crm.contacts.batchApi.create({
      inputs: [input("a@client.example"), input("b@client.example")],
    });
    expect(answer).toMatchObject({ numErrors: 1, errors: [{ context: { existingId: [id] } }] });
  });

  it("29: pages through a search", async () => {
    sandbox.control.resetTo(3, 45);
    const ids: string[] = [];
    let after: string | undefined;
    do {
      sandbox.wait(1_000);
      const page = await client.crm.contacts.searchApi.doSearch({
        filterGroups: [{ filters: [{ propertyName: "hs_object_id", operator: FilterOperatorEnum.Gt, value: "0" }] }],
        sorts: ["hs_object_id"],
        properties: ["email"],
        limit: 20,
        ...(after === undefined ? {} : { after }),
      });
      expect(page.total).toBe(45);
      ids.push(...page.results.map((record) => record.id));
      after = page.paging?.next?.after;
    } while (after !== undefined);
    expect(ids).toEqual(sandbox.control.all("contacts").map((record) => record.id));
  });

  it("29: follows the cursors of a list", async () => {
    sandbox.control.resetTo(3, 23, 0);
    const first = await client.crm.contacts.basicApi.getPage(20);
    const second = await client.crm.contacts.basicApi.getPage(20, first.paging?.next?.after);
    expect([first.results.length, second.results.length]).toEqual([20, 3]);
    expect(second.paging).toBeUndefined();
  });

  it("29: reads properties, owners and companies", async () => {
    const properties = await client.crm.properties.coreApi.getAll("contacts", false);
    expect(properties.results.some((property) => property.name === "favourite_colour")).toBe(true);
    const owners = await client.crm.owners.ownersApi.getPage();
    expect(owners.results[0]?.email).toContain("@");
    const company = await client.crm.companies.basicApi.create({ properties: { name: "C" }, associations: [] });
    expect(company.properties.name).toBe("C");
  });

  it.each(["secondly", "ten-secondly"] as const)(
    "6, 7: retries after a %s 429, which it knows by its exact body only",
    async (policy) => {
      const log = jest.spyOn(console, "error").mockImplementation(() => undefined);
      const timer = jest.spyOn(globalThis, "setTimeout").mockImplementation(((run: () => void) => {
        setImmediate(run);
        return 0;
      }) as unknown as typeof setTimeout);
      sandbox.control.fault({ kind: "rate-limit", policy });
      const answer = await client.crm.contacts.searchApi
        .doSearch({ filterGroups: [], sorts: [], properties: [], limit: 1 })
        .finally(() => {
          timer.mockRestore();
          log.mockRestore();
        });
      expect(answer.total).toBe(0);
      expect(sandbox.control.requests().map((request) => request.status)).toEqual([429, 200]);
    },
  );

  it("8: does not retry after a daily 429", async () => {
    sandbox.control.fault({ kind: "rate-limit", policy: "daily" });
    await expect(client.crm.contacts.basicApi.getPage(1)).rejects.toMatchObject({ code: 429 });
    expect(sandbox.control.requests()).toHaveLength(1);
  });

  it("1: reaches the dated paths", async () => {
    const answer = await client.apiRequest({
      method: "POST",
      path: "/crm/objects/2026-09/contacts/search",
      body: { limit: 1 },
    });
    expect(answer.status).toBe(200);
  });
});
