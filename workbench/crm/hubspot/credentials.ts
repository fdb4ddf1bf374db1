import { ApiError } from "./api-error";
import { assumed } from "./assumptions";
import { toApiTime } from "./format-time";
import type { TokenKind, TokenSpec } from "./token-spec";

/** A credential that may call. */
export interface Token {
  readonly token: string;
  readonly kind: TokenKind;
  readonly scopes: readonly string[] | "all";
  readonly portalId: number | null;
  readonly expiresAtMs: number | null;
  readonly revoked: boolean;
}

/** The credentials of a portal. */
export interface TokenBook {
  add(spec: TokenSpec): void;
  find(token: string): Token | undefined;
  all(): readonly Token[];
}

/** Creates a book with these tokens. */
export function createTokenBook(specs: readonly TokenSpec[]): TokenBook {
  const tokens = new Map<string, Token>();
  const add = (spec: TokenSpec): void => {
    tokens.set(spec.token, {
      token: spec.token,
      kind: spec.kind ?? (spec.token.startsWith("pat-") ? "service-key" : "oauth"),
      scopes: spec.scopes,
      portalId: spec.portalId ?? null,
      expiresAtMs: spec.expiresAtMs ?? null,
      revoked: spec.revoked ?? false,
    });
  };
  for (const spec of specs) add(spec);
  return { add, find: (token) => tokens.get(token), all: () => [...tokens.values()] };
}

/** The token behind an Authorization header. Throws the 401 that fits: absent, unknown, expired, revoked. */
export function authenticate(book: TokenBook, header: string | null, nowMs: number): Token {
  const text = /^Bearer\s+(.+)$/i.exec(header ?? "")?.[1]?.trim() ?? "";
  if (text === "") throw credentialsNotFound();
  const token = book.find(text);
  if (token === undefined) throw tokenExpired(0, nowMs);
  if (token.revoked) {
    throw new ApiError(401, { message: assumed.revokedTokenMessage, category: "INVALID_AUTHENTICATION" });
  }
  if (token.expiresAtMs !== null && token.expiresAtMs <= nowMs) throw tokenExpired(token.expiresAtMs, nowMs);
  return token;
}

function credentialsNotFound(): ApiError {
  return new ApiError(401, {
    message:
      "Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at " +
      "https://developers.hubspot.com/docs/methods/auth/oauth-overview",
    category: "INVALID_AUTHENTICATION",
  });
}

/** A token nobody knows reads like one that expired in 1970. */
function tokenExpired(expiredAtMs: number, nowMs: number): ApiError {
  const seconds = Math.max(0, Math.floor((nowMs - expiredAtMs) / 1000));
  const days = Math.floor(seconds / 86_400);
  const age = days > 0 ? `${days} day(s)` : `${seconds} second(s)`;
  return new ApiError(401, {
    message: `The OAuth token used to make this call expired ${age} ago.`,
    category: "EXPIRED_AUTHENTICATION",
    context: { "expire time": [toApiTime(expiredAtMs)] },
  });
}

/** Throws 403 MISSING_SCOPES unless the token has one of the scopes; an empty list lets everybody pass. */
export function requireScope(token: Token, anyOf: readonly string[]): void {
  if (token.scopes === "all" || anyOf.length === 0) return;
  const granted = token.scopes;
  if (anyOf.some((scope) => granted.includes(scope))) return;
  throw new ApiError(403, {
    message:
      "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: " +
      "https://developers.hubspot.com/scopes.",
    category: "MISSING_SCOPES",
    errors: [
      {
        message: "One or more of the following scopes are required.",
        context: { requiredGranularScopes: anyOf },
      },
    ],
    links: { scopes: "https://developers.hubspot.com/scopes" },
  });
}
