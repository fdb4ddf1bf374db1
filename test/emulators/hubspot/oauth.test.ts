import { Client } from "@hubspot/api-client";
import { closeSandboxes, type StartedSandbox, startSandbox } from "./start-sandbox";

const app = {
  clientId: "client-1",
  clientSecret: "secret-1",
  redirectUris: ["https://script.example/usercallback"],
  scopes: ["crm.objects.contacts.read"],
};
const redirectUri = "https://script.example/usercallback";

let sandbox: StartedSandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ oauthApp: app });
});
afterEach(closeSandboxes);

async function token(path: string, params: Readonly<Record<string, string>>) {
  const form = { client_id: app.clientId, client_secret: app.clientSecret, ...params };
  return sandbox.call("POST", path, new URLSearchParams(form).toString(), null);
}

async function authorize(params: Readonly<Record<string, string>> = {}) {
  const query = new URLSearchParams({
    client_id: app.clientId,
    redirect_uri: redirectUri,
    scope: "oauth crm.objects.contacts.read",
    state: "s&1",
    ...params,
  });
  return sandbox.call("GET", `/oauth/authorize?${query}`, undefined, null);
}

async function connect(): Promise<URL> {
  const { text } = await authorize();
  return new URL((/id="connect" href="([^"]+)"/.exec(text)?.[1] ?? "").replaceAll("&amp;", "&"));
}

async function firstTokens() {
  const code = (await connect()).searchParams.get("code") ?? "";
  return token("/oauth/v1/token", { grant_type: "authorization_code", code, redirect_uri: redirectUri });
}

describe("OAuth of the HubSpot sandbox", () => {
  it("26: sends the person back with a code and the state", async () => {
    const url = await connect();
    expect(url.origin + url.pathname).toBe(redirectUri);
    expect(url.searchParams.get("state")).toBe("s&1");
  });

  it.each([
    ["an unknown app", { client_id: "other" }],
    ["an address the app does not have", { redirect_uri: "https://elsewhere.example/" }],
  ])("26: shows no way on for %s", async (_, params) => {
    const { status, text } = await authorize(params);
    expect([status, text.includes("href")]).toEqual([400, false]);
  });

  it("26: trades a code once for a token that lives 1,800 seconds of the sandbox's clock", async () => {
    const { status, body } = await firstTokens();
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: "bearer", expires_in: 1_800, hub_id: 146203377 });
    const read = () => sandbox.call("GET", "/crm/v3/objects/contacts", undefined, body.access_token);
    expect((await read()).status).toBe(200);
    expect((await sandbox.call("GET", "/crm/v3/objects/companies", undefined, body.access_token)).status).toBe(403);
    sandbox.wait(1_800_000);
    expect((await read()).body.category).toBe("EXPIRED_AUTHENTICATION");
  });

  it("26: a code works once only", async () => {
    const code = (await connect()).searchParams.get("code") ?? "";
    const trade = () => token("/oauth/v3/token", { grant_type: "authorization_code", code, redirect_uri: redirectUri });
    expect((await trade()).status).toBe(200);
    expect((await trade()).body.status).toBe("BAD_AUTH_CODE");
  });

  it.each(["/oauth/v1/token", "/oauth/v3/token", "/oauth/2026-03/token"])("26: refreshes at %s", async (path) => {
    const { body } = await firstTokens();
    const again = await token(path, { grant_type: "refresh_token", refresh_token: body.refresh_token });
    expect(again.body.refresh_token).toBe(body.refresh_token);
    expect(again.body.access_token).not.toBe(body.access_token);
  });

  it("26: refuses a revoked refresh token with the documented body, and a wrong secret", async () => {
    const { body } = await firstTokens();
    sandbox.control.revokeRefreshTokens();
    const params = { grant_type: "refresh_token", refresh_token: body.refresh_token };
    const refused = await token("/oauth/v1/token", params);
    expect(refused.status).toBe(400);
    expect(refused.body).toEqual({
      error: "invalid_grant",
      error_description: "refresh token is invalid, expired or revoked",
      status: "BAD_REFRESH_TOKEN",
      message: "refresh token is invalid, expired or revoked",
    });
    const wrong = await token("/oauth/v1/token", { ...params, client_secret: "guess" });
    expect(wrong.body.status).toBe("BAD_CLIENT_ID");
  });

  it("26: tells what a token may, until it expires", async () => {
    const { body } = await firstTokens();
    const ask = () => token("/oauth/v3/token/introspect", { token: body.access_token });
    expect((await ask()).body).toMatchObject({ active: true, hub_id: 146203377 });
    sandbox.wait(1_800_000);
    expect((await ask()).body).toEqual({ active: false });
  });

  it("29: serves the token call of HubSpot's own client", async () => {
    const { body } = await firstTokens();
    const client = new Client({ basePath: sandbox.url });
    const again = await client.oauth.tokensApi.create(
      "refresh_token",
      undefined,
      undefined,
      app.clientId,
      app.clientSecret,
      body.refresh_token,
    );
    expect(again.expiresIn).toBe(1_800);
  });

  it("keeps codes, tokens and secrets out of its log", async () => {
    const { body } = await firstTokens();
    expect((await sandbox.call("GET", `/oauth/v1/access-tokens/${body.access_token}`)).body.hub_id).toBe(146203377);
    const log = JSON.stringify(sandbox.control.requests());
    for (const secret of [app.clientSecret, body.access_token, body.refresh_token]) expect(log).not.toContain(secret);
  });
});
