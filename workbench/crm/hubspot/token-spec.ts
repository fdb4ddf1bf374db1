/** Kinds of credentials; they differ in limits and in limit headers. */
export type TokenKind = "service-key" | "private-app" | "oauth";

/** A credential of the portal. */
export interface TokenSpec {
  readonly token: string;
  /** Default: "oauth" for tokens that do not start with "pat-", else "service-key". */
  readonly kind?: TokenKind;
  /** Scopes, or "all". */
  readonly scopes: readonly string[] | "all";
  readonly portalId?: number;
  readonly expiresAtMs?: number;
  readonly revoked?: boolean;
}
