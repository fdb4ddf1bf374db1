import { closeSandboxes, type StartedSandbox, startSandbox } from "./start-sandbox";

let sandbox: StartedSandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(closeSandboxes);

const post = (email: string) => sandbox.post("contacts", { properties: { email } });

describe("identity in the HubSpot sandbox", () => {
  it("gives numeric ids that grow with gaps", async () => {
    const ids: number[] = [];
    for (let n = 0; n < 30; n += 1) ids.push(Number((await post(`${n}@ids.example`)).body.id));
    expect([...ids].sort((a, b) => a - b)).toEqual(ids);
    expect(ids.some((id, at) => at > 0 && id - (ids[at - 1] ?? 0) > 1)).toBe(true);
  });

  it("19: refuses an e-mail address that another contact holds, in any case", async () => {
    const first = await post("one@ids.example");
    const second = await post("ONE@ids.example");
    expect(second.status).toBe(409);
    expect(second.body.message).toBe(`Contact already exists. Existing ID: ${first.body.id}`);
    const other = await post("two@ids.example");
    const change = { properties: { email: "one@ids.example" } };
    expect((await sandbox.call("PATCH", `/crm/v3/objects/contacts/${other.body.id}`, change)).status).toBe(409);
  });

  it("19: counts additional e-mail addresses, and finds the contact by them", async () => {
    const { body } = await post("main@ids.example");
    sandbox.control.update("contacts", body.id, { hs_additional_emails: "second@ids.example;third@ids.example" });
    expect((await post("third@ids.example")).body.message).toBe(`Contact already exists. Existing ID: ${body.id}`);
    const found = await sandbox.call("GET", "/crm/v3/objects/contacts/second@ids.example?idProperty=email");
    expect(found.body.id).toBe(body.id);
    const upsert = await sandbox.post("contacts/batch/upsert", {
      inputs: [{ id: "second@ids.example", idProperty: "email", properties: { city: "Ulm" } }],
    });
    expect(upsert.body.results).toMatchObject([{ id: body.id, new: false }]);
  });

  it("20: lets companies share a domain; the domain fills the website", async () => {
    const properties = { name: "Twin", domain: "twin.example" };
    const first = await sandbox.post("companies", { properties });
    const second = await sandbox.post("companies", { properties });
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.id).not.toBe(first.body.id);
    expect(first.body.properties.website).toBe("twin.example");
  });

  it("21: gives an archived contact's address to a new contact with a new id", async () => {
    const first = await post("again@ids.example");
    await sandbox.call("DELETE", `/crm/v3/objects/contacts/${first.body.id}`);
    const second = await post("again@ids.example");
    expect(second.status).toBe(201);
    expect(second.body.id).not.toBe(first.body.id);
    expect(() => sandbox.control.restore("contacts", first.body.id)).toThrow("Contact already exists");
  });

  it("answers 204 for archiving, twice and for ids that never were", async () => {
    const { body } = await post("gone@ids.example");
    for (const id of [body.id, body.id, "1"]) {
      expect((await sandbox.call("DELETE", `/crm/v3/objects/contacts/${id}`)).status).toBe(204);
    }
  });

  async function mergeTwo() {
    const first = sandbox.control.create("contacts", { email: "p@ids.example", firstname: "P", city: "" });
    const second = sandbox.control.create("contacts", { email: "o@ids.example", firstname: "O", city: "Ulm" });
    const answer = await sandbox.post("contacts/merge", { primaryObjectId: first, objectIdToMerge: second });
    expect(answer.status).toBe(200);
    return { first, second, survivor: String(answer.body.id), answer };
  }

  it("22: merges into a new id that names both old ones", async () => {
    const { first, second, survivor, answer } = await mergeTwo();
    expect([first, second]).not.toContain(survivor);
    expect(answer.body.properties.hs_merged_object_ids).toBe(`${first};${second}`);
    const merged = sandbox.control.get("contacts", survivor);
    expect(merged?.properties).toMatchObject({
      email: "p@ids.example",
      firstname: "P",
      city: "Ulm",
      hs_additional_emails: "o@ids.example",
      hs_calculated_merged_vids: `${first};${second}`,
    });
    expect(sandbox.control.all("contacts")).toHaveLength(1);
  });

  it("22: keeps the primary id where the portal is switched to it", async () => {
    sandbox.control.setMergeKeepsPrimaryId(true);
    const { first, second, survivor } = await mergeTwo();
    expect(survivor).toBe(first);
    expect(sandbox.control.get("contacts", second)?.id).toBe(first);
  });

  it("22: a merged-away record is not archived, leads to the survivor, and is left out of updates silently", async () => {
    const { second, survivor } = await mergeTwo();
    const archived = await sandbox.call("GET", "/crm/v3/objects/contacts?archived=true");
    expect(archived.body.results).toEqual([]);
    expect((await sandbox.call("GET", `/crm/v3/objects/contacts/${second}`)).body.id).toBe(survivor);
    const update = await sandbox.post("contacts/batch/update", {
      inputs: [{ id: second, properties: { city: "Graz" } }],
    });
    expect([update.status, update.body.results, update.body.errors]).toEqual([200, [], undefined]);
    expect(sandbox.control.get("contacts", survivor)?.properties.city).toBe("Ulm");
  });

  it("refuses a unique value that another record holds", async () => {
    sandbox.control.create("contacts", { email: "a@ids.example", external_ref: "R1" });
    const { status, body } = await sandbox.post("contacts", {
      properties: { email: "b@ids.example", external_ref: "R1" },
    });
    expect([status, body.errors[0].code]).toEqual([400, "CONFLICTING_UNIQUE_VALUE"]);
  });

  it.each([
    ["999999", "resource not found"],
    ["0", "Object not found. objectId is usually positive."],
    ["abc", "Object not found. objectId is usually numeric."],
  ])("answers 404 for the id %s: %s", async (id, message) => {
    const { status, body } = await sandbox.call("GET", `/crm/v3/objects/contacts/${id}`);
    expect([status, body.message]).toEqual([404, message]);
  });

  it("answers 404 without a category for an unknown e-mail address in the path", async () => {
    const path = "/crm/v3/objects/contacts/nobody%40ids.example?idProperty=email";
    const { status, body } = await sandbox.call("PATCH", path, { properties: { city: "Ulm" } });
    expect(status).toBe(404);
    expect(body).toEqual({ status: "error", message: "resource not found", correlationId: expect.any(String) });
  });
});
