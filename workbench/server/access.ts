import { randomBytes, timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { getCookie } from "hono/cookie";

/** Who may talk to this server. */
export interface Access {
  /** Random per start. */
  readonly token: string;
  /** The port, once it is known: a Host header must name it. */
  port: number;
}

/** A new token; the port is filled in when the server listens. */
export function createAccess(): Access {
  return { token: randomBytes(24).toString("base64url"), port: 0 };
}

/** Name of the cookie that holds the token. Cookies ignore ports, so the port is in the name. */
export function cookieName(access: Access): string {
  return `crm-sync-workbench-${access.port}`;
}

/**
 * Refuses requests that name another host: a page of another site whose name was made to point to 127.0.0.1 (DNS
 * rebinding) still sends its own name.
 */
export function requireLoopbackHost(access: Access): MiddlewareHandler {
  return async (context, next) => {
    const hosts = [`127.0.0.1:${access.port}`, `localhost:${access.port}`];
    if (!hosts.includes(context.req.header("host") ?? "")) return context.text("Unknown host", 403);
    return next();
  };
}

/**
 * Refuses calls without the token, calls that another site's page sends, and cookie calls that do not say where they
 * come from. Scripts send `Authorization: Bearer`, the page its cookie.
 */
export function requireToken(access: Access): MiddlewareHandler {
  return async (context, next) => {
    const writes = context.req.method !== "GET" && context.req.method !== "HEAD";
    const origin = context.req.header("origin");
    if (origin !== undefined && !isOwnOrigin(access, origin)) {
      return refuse(context, 403, "Requests from other origins are refused.");
    }
    const bearer = /^Bearer (.+)$/.exec(context.req.header("authorization") ?? "")?.[1];
    if (bearer !== undefined) {
      return isToken(access, bearer) ? next() : refuse(context, 401, "Unknown token.");
    }
    if (!isToken(access, getCookie(context, cookieName(access)) ?? "")) {
      return refuse(context, 401, "This call needs the token that was printed at the start.");
    }
    if (writes && origin === undefined) return refuse(context, 403, "A call with a cookie needs an Origin header.");
    return next();
  };
}

function isOwnOrigin(access: Access, origin: string): boolean {
  return [`http://127.0.0.1:${access.port}`, `http://localhost:${access.port}`].includes(origin);
}

function isToken(access: Access, given: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(access.token)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function refuse(context: Context, status: 401 | 403, message: string): Response {
  return context.json({ error: message }, status);
}
