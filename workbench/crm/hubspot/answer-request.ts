import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { FaultKind, FaultList } from "../fault-list";
import { type RequestLog, redactHeaders, toLoggedBody } from "../request-log";
import { toUuid } from "../seeded-random";
import type { ApiCall, ApiReply, ApiVersion, Route } from "./api-call";
import { ApiError } from "./api-error";
import { authenticate, requireScope, type Token } from "./credentials";
import { type Portal, settlePortal } from "./portal";
import { type RateLimits, rateLimitErrors } from "./rate-limits";

/** The parts of a sandbox that answering needs. */
export interface AnswerParts {
  readonly portal: Portal;
  readonly limits: RateLimits;
  readonly faults: FaultList;
  readonly log: RequestLog;
  readonly acceptClockHeader: boolean;
}

/** The request context of the server. */
type SandboxContext = Context<{ Bindings: HttpBindings }>;

/** An answer ready to send. `silent`: no answer is sent; `dropped`: the connection is cut. */
interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly delivery?: "silent" | "dropped";
}

/** Answers one request of a route: clock, faults, credential, limits, the route itself; logs everything. */
export async function answerRequest(
  parts: AnswerParts,
  context: SandboxContext,
  target: { readonly route: Route; readonly version: ApiVersion },
): Promise<Response> {
  const bodyText = await context.req.text();
  setClockFromHeader(parts, context);
  settlePortal(parts.portal);
  const url = new URL(context.req.url);
  const fault = parts.faults.take(context.req.method, url.pathname);
  const call = (): ApiReply & { readonly headers: Readonly<Record<string, string>> } => {
    const { portal } = parts;
    const nowMs = portal.clock.now();
    const isOpen = target.route.credential === "none";
    const token = isOpen ? nobody : authenticate(portal.tokens, context.req.header("authorization") ?? null, nowMs);
    const apiCall: ApiCall = {
      portal,
      token,
      version: target.version,
      path: url.pathname,
      params: context.req.param(),
      query: url.searchParams,
      bodyText,
      nowMs,
      origin: url.origin,
    };
    const headers = isOpen ? {} : parts.limits.charge(token, target.route.cost ?? "normal", nowMs);
    return withHeaders(headers, () => {
      requireScope(token, target.route.scopes(apiCall));
      return target.route.answer(apiCall);
    });
  };
  const answer = fault === null ? toAnswer(parts.portal, call) : toFaultyAnswer(parts.portal, fault, call);
  logAnswer(parts, context, { bodyText, answer, fault, url });
  return deliver(parts, context, answer);
}

/** Stands for the caller of an open route. */
const nobody: Token = { token: "", kind: "oauth", scopes: [], portalId: null, expiresAtMs: null, revoked: false };

function setClockFromHeader(parts: AnswerParts, context: SandboxContext): void {
  const text = context.req.header("x-workbench-now");
  if (parts.acceptClockHeader && text !== undefined && /^\d+(\.\d+)?$/.test(text)) {
    parts.portal.clock.advanceTo(Math.floor(Number(text)));
  }
}

type HeaderReply = ApiReply & { readonly headers: Readonly<Record<string, string>> };

/** Gives the limit headers to the reply, and to the error if there is one. */
function withHeaders(headers: Readonly<Record<string, string>>, run: () => ApiReply): HeaderReply {
  try {
    return { ...run(), headers };
  } catch (error) {
    if (error instanceof ApiError) throw new ApiError(error.status, error.body, { ...headers, ...error.headers });
    throw error;
  }
}

const htmlType = { "content-type": "text/html;charset=utf-8" };
const jsonType = { "content-type": "application/json;charset=utf-8" };

function toAnswer(portal: Portal, call: () => HeaderReply): Answer {
  const correlationId = toUuid(portal.noise);
  const ids = { "x-hubspot-correlation-id": correlationId };
  try {
    const { status, body, html, headers } = call();
    if (html !== undefined) return { status, text: html, headers: { ...htmlType, ...ids } };
    if (body === null) return { status, text: "", headers: { ...ids, ...headers } };
    return { status, text: JSON.stringify(body), headers: { ...jsonType, ...ids, ...headers } };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { message, ...rest } = error.body;
    const text = JSON.stringify({ status: "error", message, correlationId, ...rest });
    return { status: error.status, text, headers: { ...jsonType, ...ids, ...error.headers } };
  }
}

function toFaultyAnswer(portal: Portal, fault: FaultKind, call: () => HeaderReply): Answer {
  switch (fault.kind) {
    case "status":
      return statusAnswer(fault);
    case "html":
      return htmlAnswer(fault.status);
    case "hang":
      if (fault.effect === true) toAnswer(portal, call);
      return { status: 0, text: "", headers: {}, delivery: "silent" };
    case "drop-after-effect":
      return { ...toAnswer(portal, call), delivery: "dropped" };
    case "rate-limit":
      return toAnswer(portal, () => {
        throw rateLimitErrors[fault.policy]({});
      });
    case "delayed-effect":
      portal.tasks.push({ dueAtMs: portal.clock.now() + fault.delayMs, run: () => void toAnswer(portal, call) });
      return htmlAnswer(fault.status ?? 504);
  }
}

function statusAnswer(fault: Extract<FaultKind, { kind: "status" }>): Answer {
  const isText = typeof fault.body === "string";
  const text = isText
    ? String(fault.body)
    : JSON.stringify(fault.body ?? { status: "error", message: "injected fault" });
  return { status: fault.status, text, headers: { ...(isText ? {} : jsonType), ...fault.headers } };
}

/** A page as servers send it for wrong paths and broken gateways. */
function htmlAnswer(status: number): Answer {
  const titles: Readonly<Record<number, string>> = {
    404: "Not Found",
    405: "Method Not Allowed",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
  };
  const title = `Error ${status} ${titles[status] ?? "Error"}`;
  const text = `<html><head><title>${title}</title></head><body><h2>HTTP ERROR ${status}</h2></body></html>`;
  return { status, text, headers: htmlType };
}

/** Answers a path or method that no route serves. */
export async function answerHtml(parts: AnswerParts, context: SandboxContext, status: 404 | 405): Promise<Response> {
  const bodyText = await context.req.text();
  setClockFromHeader(parts, context);
  const answer = htmlAnswer(status);
  logAnswer(parts, context, { bodyText, answer, fault: null, url: new URL(context.req.url) });
  return deliver(parts, context, answer);
}

function logAnswer(
  parts: AnswerParts,
  context: SandboxContext,
  exchange: {
    readonly bodyText: string;
    readonly answer: Answer;
    readonly fault: FaultKind | null;
    readonly url: URL;
  },
): void {
  const { bodyText, answer, fault, url } = exchange;
  const holdsSecrets = url.pathname.startsWith("/oauth/");
  parts.log.append({
    at: parts.portal.clock.now(),
    method: context.req.method,
    path: holdsSecrets ? toLoggedBody(hideToken(url), true) : url.pathname + url.search,
    status: answer.delivery === undefined ? answer.status : 0,
    requestBytes: Buffer.byteLength(bodyText),
    responseBytes: Buffer.byteLength(answer.text),
    requestBody: toLoggedBody(bodyText, holdsSecrets),
    responseBody: toLoggedBody(answer.text, holdsSecrets),
    headers: redactHeaders(context.req.raw.headers.entries()),
    fault: fault?.kind ?? null,
  });
}

/** Path and query without a token that stands in the path. */
function hideToken(url: URL): string {
  return url.pathname.replace(/(\/access-tokens\/)[^/]+/, "$1[redacted]") + url.search;
}

function deliver(parts: AnswerParts, context: SandboxContext, answer: Answer): Response {
  if (answer.delivery === undefined) {
    const body = answer.text === "" ? null : answer.text;
    // The portal's time, in whole seconds: clients tell by it how far their own clock is off.
    const date = new Date(parts.portal.clock.now()).toUTCString();
    return new Response(body, { status: answer.status, headers: { date, ...answer.headers } });
  }
  if (answer.delivery === "dropped") context.env.incoming.socket.destroy();
  // Tells the server adapter to send nothing: the connection stays open (or is gone already).
  return new Response(null, { headers: { "x-hono-already-sent": "true" } });
}
