import { closeSandboxes, type StartedSandbox, startMs, startSandbox } from "./start-sandbox";

let sandbox: StartedSandbox;
beforeAll(async () => {
  sandbox = await startSandbox({
    tokens: [
      { token: "reader", scopes: ["crm.objects.contacts.read"] },
      { token: "writer", scopes: ["crm.objects.contacts.write"] },
      { token: "expired", scopes: "all", expiresAtMs: startMs - 75_000 },
      { token: "stale", scopes: "all", expiresAtMs: startMs + 60_000 },
      { token: "revoked", scopes: "all", revoked: true },
    ],
  });
});
afterAll(closeSandboxes);

const get = (path: string, token: string | null) => sandbox.call("GET", path, undefined, token);
const contacts = "/crm/v3/objects/contacts";

describe("credentials of the HubSpot sandbox", () => {
  it("25: asks for credentials when there are none", async () => {
    const { status, body } = await get(contacts, null);
    expect([status, body.category]).toEqual([401, "INVALID_AUTHENTICATION"]);
    expect(body.message).toMatch(/^Authentication credentials not found\. This API supports OAuth 2\.0 /);
  });

  it("25: tells for how long a token has been expired", async () => {
    const { status, body } = await get(contacts, "expired");
    expect(status).toBe(401);
    expect(body).toMatchObject({
      message: "The OAuth token used to make this call expired 75 second(s) ago.",
      category: "EXPIRED_AUTHENTICATION",
      context: { "expire time": ["2026-11-02T09:28:45.250Z"] },
    });
  });

  it("25: reads a token nobody knows as one that expired in 1970", async () => {
    const { body } = await get(contacts, "garbage");
    expect(body.message).toBe("The OAuth token used to make this call expired 20759 day(s) ago.");
  });

  it("25: lets a token expire on the sandbox's clock", async () => {
    expect((await get(contacts, "stale")).status).toBe(200);
    sandbox.wait(60_000);
    expect((await get(contacts, "stale")).status).toBe(401);
  });

  it("25: refuses a revoked token", async () => {
    expect((await get(contacts, "revoked")).status).toBe(401);
  });

  it("25: names the missing scope", async () => {
    const { status, body } = await sandbox.call("POST", contacts, { properties: { lastname: "X" } }, "reader");
    expect(status).toBe(403);
    expect(body.category).toBe("MISSING_SCOPES");
    expect(body.message).toMatch(/^This app hasn't been granted all required scopes to make this call\./);
    expect(body.errors[0].context.requiredGranularScopes).toEqual(["crm.objects.contacts.write"]);
    expect(body.links.scopes).toBe("https://developers.hubspot.com/scopes");
  });

  it.each([
    ["reader", "GET", contacts, 200],
    ["reader", "GET", "/crm/v3/properties/contacts", 200],
    ["reader", "GET", "/crm/v3/objects/companies", 403],
    ["reader", "GET", "/crm/v3/owners", 403],
    ["reader", "GET", "/account-info/v3/details", 200],
    ["writer", "GET", contacts, 403],
  ])("25: the %s may call %s %s: %i", async (token, method, path, expected) => {
    expect((await sandbox.call(method, path, undefined, token)).status).toBe(expected);
  });

  it("takes new tokens while it runs", async () => {
    sandbox.control.addToken({ token: "late", scopes: "all", portalId: 77 });
    expect((await get("/account-info/v3/details", "late")).body.portalId).toBe(77);
  });

  it("keeps tokens out of its log", async () => {
    await get(contacts, "reader");
    expect(sandbox.control.requests().length).toBeGreaterThan(0);
    expect(JSON.stringify(sandbox.control.requests())).not.toContain("Bearer");
  });
});
