import { type Random, toUuid } from "../seeded-random";
import type { TokenBook } from "./credentials";
import type { OauthApp } from "./oauth-app";

/** What a person allowed: traded once for tokens. */
interface Grant {
  readonly redirectUri: string;
  readonly scopes: readonly string[];
}

/** Tokens of one exchange. */
export interface IssuedTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly scopes: readonly string[];
}

/** Codes and refresh tokens of a portal. */
export interface OauthGrants {
  readonly app: OauthApp;
  /** A code for what a person allowed. */
  issueCode(redirectUri: string, scopes: readonly string[]): string;
  /** Trades a code; null when it is unknown, used, or was given for another address. */
  redeem(code: string, redirectUri: string, nowMs: number): IssuedTokens | null;
  /** A new access token; the refresh token stays the same (assumed). Null when it is unknown or revoked. */
  refresh(refreshToken: string, nowMs: number): IssuedTokens | null;
  /** The user disconnects the app: refresh tokens stop working. */
  revokeAll(): void;
}

/** Life of an access token in seconds. */
export const accessTokenSeconds = 1_800;

/** The app of a sandbox that was not told otherwise. */
export const defaultOauthApp: OauthApp = {
  clientId: "3f0c8d52-6a41-4a2e-9d1b-77f2c0e5b901",
  clientSecret: "sandbox-client-secret",
  redirectUris: [],
  scopes: ["oauth", "crm.objects.contacts.read", "crm.objects.contacts.write", "crm.objects.companies.read"],
};

/** Creates the grants of a portal; access tokens go into its token book. An app without redirect addresses takes any. */
export function createOauthGrants(app: OauthApp, tokens: TokenBook, random: Random): OauthGrants {
  const codes = new Map<string, Grant>();
  const refreshTokens = new Map<string, readonly string[]>();
  const issue = (refreshToken: string, scopes: readonly string[], nowMs: number): IssuedTokens => {
    const accessToken = `at-${toUuid(random)}`;
    tokens.add({ token: accessToken, kind: "oauth", scopes, expiresAtMs: nowMs + accessTokenSeconds * 1_000 });
    return { accessToken, refreshToken, scopes };
  };
  return {
    app,
    issueCode: (redirectUri, scopes) => {
      const code = toUuid(random);
      codes.set(code, { redirectUri, scopes });
      return code;
    },
    redeem: (code, redirectUri, nowMs) => {
      const grant = codes.get(code);
      if (grant === undefined || grant.redirectUri !== redirectUri) return null;
      codes.delete(code);
      const refreshToken = `rt-${toUuid(random)}`;
      refreshTokens.set(refreshToken, grant.scopes);
      return issue(refreshToken, grant.scopes, nowMs);
    },
    refresh: (refreshToken, nowMs) => {
      const scopes = refreshTokens.get(refreshToken);
      return scopes === undefined ? null : issue(refreshToken, scopes, nowMs);
    },
    revokeAll: () => refreshTokens.clear(),
  };
}
