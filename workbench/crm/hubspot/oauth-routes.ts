import type { ApiCall, ApiReply, Route } from "./api-call";
import { accessTokenSeconds, type IssuedTokens } from "./oauth-grants";

const noScope = (): readonly string[] => [];

/** The token endpoint, introspection and the page where a person allows an app. None needs a credential. */
export const oauthRoutes: readonly Route[] = [
  { method: "POST", path: "{oauth}/token", credential: "none", scopes: noScope, answer: exchange },
  { method: "POST", path: "{oauth}/token/introspect", credential: "none", scopes: noScope, answer: introspect },
  { method: "GET", path: "{oauth}/access-tokens/:token", credential: "none", scopes: noScope, answer: describeToken },
];

/** Served once, on the host of the app. */
export const authorizeRoute: Route = {
  method: "GET",
  path: "/oauth/authorize",
  credential: "none",
  scopes: noScope,
  answer: authorize,
};

/** Parameters in the body; v1 took them in the query too. */
function paramsOf(call: ApiCall): URLSearchParams {
  const params = new URLSearchParams(call.bodyText);
  if (call.version === "v3") for (const [name, value] of call.query) if (!params.has(name)) params.set(name, value);
  return params;
}

function refuse(status: string, error: string, message: string): ApiReply {
  return { status: 400, body: { status, message, error, error_description: message } };
}

function exchange(call: ApiCall): ApiReply {
  const params = paramsOf(call);
  const { oauth } = call.portal;
  const text = (name: string): string => params.get(name) ?? "";
  if (text("client_id") !== oauth.app.clientId || text("client_secret") !== oauth.app.clientSecret) {
    return refuse("BAD_CLIENT_ID", "invalid_client", "missing or unknown client id or secret");
  }
  switch (text("grant_type")) {
    case "refresh_token": {
      const issued = oauth.refresh(text("refresh_token"), call.nowMs);
      const message = "refresh token is invalid, expired or revoked";
      return issued === null ? refuse("BAD_REFRESH_TOKEN", "invalid_grant", message) : tokensReply(call, issued);
    }
    case "authorization_code": {
      const issued = oauth.redeem(text("code"), text("redirect_uri"), call.nowMs);
      const message = "missing or unknown auth code";
      return issued === null ? refuse("BAD_AUTH_CODE", "invalid_grant", message) : tokensReply(call, issued);
    }
    default:
      return refuse("BAD_GRANT_TYPE", "unsupported_grant_type", "missing or unknown grant type");
  }
}

function tokensReply(call: ApiCall, issued: IssuedTokens): ApiReply {
  return {
    status: 200,
    body: {
      token_type: "bearer",
      refresh_token: issued.refreshToken,
      access_token: issued.accessToken,
      expires_in: accessTokenSeconds,
      hub_id: call.portal.settings.portalId,
      scopes: issued.scopes,
    },
  };
}

function introspect(call: ApiCall): ApiReply {
  const token = call.portal.tokens.find(paramsOf(call).get("token") ?? "");
  const expiresAtMs = token?.expiresAtMs ?? null;
  if (token === undefined || token.revoked || (expiresAtMs !== null && expiresAtMs <= call.nowMs)) {
    return { status: 200, body: { active: false } };
  }
  return { status: 200, body: { active: true, ...tokenFacts(call, token) } };
}

function describeToken(call: ApiCall): ApiReply {
  const token = call.portal.tokens.find(call.params.token ?? "");
  if (token === undefined) return { status: 404, body: { status: "error", message: "Access token not found." } };
  return { status: 200, body: { token: token.token, ...tokenFacts(call, token) } };
}

function tokenFacts(
  call: ApiCall,
  token: { readonly scopes: readonly string[] | "all"; readonly expiresAtMs: number | null },
): object {
  const { settings, oauth, owners } = call.portal;
  const leftMs = (token.expiresAtMs ?? call.nowMs) - call.nowMs;
  return {
    hub_id: settings.portalId,
    hub_domain: settings.portalName,
    user: owners[0]?.email,
    user_id: owners[0]?.userId,
    client_id: oauth.app.clientId,
    scopes: token.scopes === "all" ? oauth.app.scopes : token.scopes,
    expires_in: Math.max(0, Math.floor(leftMs / 1_000)),
    token_type: "access",
  };
}

/** The page a person sees: who asks for what, Connect and Deny. */
function authorize(call: ApiCall): ApiReply {
  const { query, portal } = call;
  const { app } = portal.oauth;
  const redirectUri = query.get("redirect_uri") ?? "";
  const isKnown = app.redirectUris.length === 0 || app.redirectUris.includes(redirectUri);
  if (query.get("client_id") !== app.clientId || !isKnown || !URL.canParse(redirectUri)) {
    return { status: 400, body: null, html: page("This app cannot be connected", "<p>Unknown app or address.</p>") };
  }
  const scopes = (query.get("scope") ?? "").split(" ").filter((scope) => scope !== "");
  const answer = (values: Readonly<Record<string, string>>): string => {
    const url = new URL(redirectUri);
    for (const [name, value] of Object.entries(values)) url.searchParams.set(name, value);
    const state = query.get("state");
    if (state !== null) url.searchParams.set("state", state);
    return escapeHtml(url.toString());
  };
  const code = portal.oauth.issueCode(redirectUri, scopes);
  const denied = { error: "access_denied", error_description: "The user denied access." };
  const list = scopes.map((scope) => `<li>${escapeHtml(scope)}</li>`).join("");
  const links = `<p><a id="connect" href="${answer({ code })}">Connect app</a> <a id="deny" href="${answer(denied)}">Deny</a></p>`;
  return {
    status: 200,
    body: null,
    html: page(`Connect to ${escapeHtml(portal.settings.portalName)}`, `<ul>${list}</ul>${links}`),
  };
}

function page(title: string, content: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body><main><h1>${title}</h1>${content}</main></body></html>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
