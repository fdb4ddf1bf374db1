import { closeSandboxes, type Json, type StartedSandbox, startSandbox } from "./start-sandbox";

let sandbox: StartedSandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ contacts: 230, companies: 5 });
});
afterAll(closeSandboxes);

async function listAll(query: string): Promise<string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const { body }: { body: Json } = await sandbox.call(
      "GET",
      `/crm/v3/objects/contacts?limit=100&${query}${after === undefined ? "" : `&after=${after}`}`,
    );
    ids.push(...body.results.map((record: { id: string }) => record.id));
    after = body.paging?.next.after;
  } while (after !== undefined);
  return ids;
}

describe("lists of the HubSpot sandbox", () => {
  it("pages through all records by ascending id, each once", async () => {
    const ids = await listAll("");
    expect(ids).toEqual(sandbox.control.all("contacts").map((record) => record.id));
    expect(new Set(ids).size).toBe(230);
  });

  it("gives ten by default and no paging on the last page", async () => {
    const ten = await sandbox.call("GET", "/crm/v3/objects/contacts");
    expect(ten.body.results).toHaveLength(10);
    const all = await sandbox.call("GET", "/crm/v3/objects/companies?limit=5");
    expect(all.body.paging).toBeUndefined();
  });

  it.each(["101", "0", "-1", "many"])("3: refuses a limit of %s", async (limit) => {
    expect((await sandbox.call("GET", `/crm/v3/objects/contacts?limit=${limit}`)).status).toBe(400);
  });

  it("gives cursors that hold more than an id, and takes no made-up ones", async () => {
    const { body } = await sandbox.call("GET", "/crm/v3/objects/contacts?limit=3");
    const { after, link } = body.paging.next;
    expect(after).not.toMatch(/^\d+$/);
    expect(link).toContain(encodeURIComponent(after));
    const nextId = sandbox.control.all("contacts")[3]?.id ?? "";
    expect((await sandbox.call("GET", `/crm/v3/objects/contacts?after=${nextId}`)).status).toBe(400);
  });

  it("lists archived records only when asked, with the time of archiving", async () => {
    const id = sandbox.control.create("contacts", { email: "gone@lists.example" });
    sandbox.control.archive("contacts", id);
    expect(await listAll("")).not.toContain(id);
    expect(await listAll("archived=true")).toEqual([id]);
    const { body } = await sandbox.call("GET", `/crm/v3/objects/contacts/${id}?archived=true`);
    expect(body).toMatchObject({ archived: true, archivedAt: "2026-11-02T09:30:00.250Z" });
    expect((await sandbox.call("GET", `/crm/v3/objects/contacts/${id}`)).status).toBe(404);
  });

  it("3: takes 100 inputs in a batch and refuses 101", async () => {
    const inputs = sandbox.control
      .all("contacts")
      .slice(0, 101)
      .map(({ id }) => ({ id }));
    const full = await sandbox.post("contacts/batch/read", { inputs: inputs.slice(0, 100), properties: ["email"] });
    expect(full.body.results).toHaveLength(100);
    for (const verb of ["read", "create", "update", "upsert", "archive"]) {
      expect((await sandbox.post(`contacts/batch/${verb}`, { inputs })).status).toBe(400);
    }
  });

  it("names all missing ids of a batch read in one error of a 207", async () => {
    const [known] = sandbox.control.all("contacts");
    const { status, body } = await sandbox.post("contacts/batch/read", {
      inputs: [{ id: "1" }, { id: known?.id }, { id: "2" }],
      properties: ["email"],
    });
    expect(status).toBe(207);
    expect(body.results).toHaveLength(1);
    expect(body.numErrors).toBe(1);
    expect(body.errors).toEqual([
      {
        status: "error",
        category: "OBJECT_NOT_FOUND",
        message: "Could not get some CONTACT objects, they may be deleted or not exist. Check that ids are valid.",
        context: { ids: ["1", "2"] },
      },
    ]);
  });

  it("reads a batch by e-mail and by a unique property, not by any other", async () => {
    const id = sandbox.control.create("contacts", { email: "key@lists.example", external_ref: "R-77" });
    const byEmail = await sandbox.post("contacts/batch/read", {
      idProperty: "email",
      inputs: [{ id: "KEY@lists.example" }],
    });
    const byRef = await sandbox.post("contacts/batch/read", { idProperty: "external_ref", inputs: [{ id: "R-77" }] });
    expect([byEmail.body.results[0].id, byRef.body.results[0].id]).toEqual([id, id]);
    const byCity = await sandbox.post("contacts/batch/read", { idProperty: "city", inputs: [{ id: "Ulm" }] });
    expect(byCity.status).toBe(400);
  });

  it("shows the values over time, newest first", async () => {
    const id = sandbox.control.create("contacts", { email: "history@lists.example", city: "Ulm" });
    sandbox.wait(1_000);
    sandbox.control.update("contacts", id, { city: "Graz" });
    const { body } = await sandbox.call("GET", `/crm/v3/objects/contacts/${id}?propertiesWithHistory=city`);
    expect(body.propertiesWithHistory.city.map((entry: { value: string }) => entry.value)).toEqual(["Graz", "Ulm"]);
  });

  it("shows the company of a contact as an association", async () => {
    const company = sandbox.control.all("companies")[0]?.id ?? "";
    const created = await sandbox.post("contacts", {
      properties: { email: "with.company@lists.example" },
      associations: [
        { to: { id: company }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 1 }] },
      ],
    });
    const { body } = await sandbox.call("GET", `/crm/v3/objects/contacts/${created.body.id}?associations=companies`);
    expect(body.associations.companies.results).toEqual([{ id: company, type: "contact_to_company" }]);
  });
});
