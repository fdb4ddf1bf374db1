import { closeSandboxes, type StartedSandbox, startSandbox } from "./start-sandbox";

let sandbox: StartedSandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(closeSandboxes);

describe("paths of the HubSpot sandbox", () => {
  it.each(["/crm/v3/objects", "/crm/objects/2026-03", "/crm/objects/2026-09"])(
    "1: serves one and the same store under %s",
    async (prefix) => {
      const created = await sandbox.call("POST", `${prefix}/contacts`, {
        properties: { email: `${prefix.length}.${prefix.slice(-1)}@paths.example` },
      });
      expect(created.status).toBe(201);
      const read = await sandbox.call("GET", `/crm/v3/objects/contacts/${created.body.id}`);
      expect(read.body.properties.email).toBe(created.body.properties.email);
    },
  );

  it.each([
    "/crm/v3/properties/contacts",
    "/crm/properties/2026-03/contacts",
    "/crm/properties/2026-09/contacts",
    "/account-info/v3/details",
    "/account-info/2026-09/details",
    "/crm/v3/owners",
    "/crm/owners/2026-03",
  ])("1: answers GET %s", async (path) => {
    expect((await sandbox.call("GET", path)).status).toBe(200);
  });

  it.each(["contacts", "contact", "CONTACT", "Contacts", "0-1", "p146203377_contact"])(
    "2: takes %s for contacts",
    async (name) => {
      const answer = await sandbox.call("GET", `/crm/v3/objects/${name}`);
      expect(answer.status).toBe(200);
    },
  );

  it("2: says that it cannot infer an unknown type, without a category", async () => {
    const answer = await sandbox.call("GET", "/crm/v3/objects/butterflies");
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({
      status: "error",
      message: "Unable to infer object type from: butterflies",
      correlationId: answer.headers.get("x-hubspot-correlation-id"),
    });
  });

  it("24: answers a wrong path with an HTML 404", async () => {
    const answer = await sandbox.call("GET", "/crm/v3/objcts/contacts");
    expect(answer.status).toBe(404);
    expect(answer.headers.get("content-type")).toContain("text/html");
    expect(answer.text).toContain("<html>");
  });

  it("24: answers a wrong method with an HTML 405", async () => {
    const answer = await sandbox.call("PUT", "/crm/v3/objects/contacts/1", {});
    expect(answer.status).toBe(405);
    expect(answer.headers.get("content-type")).toContain("text/html");
  });

  it("28: reads properties joined by commas and repeated alike", async () => {
    sandbox.control.create("contacts", { email: "both@paths.example", firstname: "B", city: "Ulm" });
    const joined = await sandbox.call("GET", "/crm/v3/objects/contacts?properties=city,firstname");
    const repeated = await sandbox.call("GET", "/crm/v3/objects/contacts?properties=city&properties=firstname");
    expect(joined.body).toEqual(repeated.body);
    expect(Object.keys(joined.body.results[0].properties)).toEqual([
      "city",
      "createdate",
      "firstname",
      "hs_object_id",
      "lastmodifieddate",
    ]);
  });

  it("tells the account", async () => {
    const { body } = await sandbox.call("GET", "/account-info/v3/details");
    expect(body).toMatchObject({ portalId: 146203377, timeZone: "Europe/Berlin", utcOffset: "+01:00" });
  });

  it("lists owners, and finds one by user id", async () => {
    const { body } = await sandbox.call("GET", "/crm/v3/owners");
    expect(body.results.map((owner: { email: string }) => owner.email)).not.toContain(
      "former.colleague@sandbox.example",
    );
    const first = body.results[0];
    const byUser = await sandbox.call("GET", `/crm/v3/owners/${first.userId}?idProperty=userId`);
    expect(byUser.body.id).toBe(first.id);
    expect((await sandbox.call("GET", `/crm/v3/owners/${first.userId}`)).status).toBe(404);
  });

  it("is reachable on the loopback address only", () => {
    expect(new URL(sandbox.url).hostname).toBe("127.0.0.1");
  });
});
