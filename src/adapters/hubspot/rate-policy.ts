import { SyncError } from "../../domain/errors";
import type { HttpResponse } from "../../ports/http";
import { backoffMs } from "../rest/backoff";
import { parseJson } from "../rest/parse-json";
import { RateWindow } from "../rest/rate-window";
import type { LimitAdvice, RestPolicy, RestRequest } from "../rest/rest-client";
import { parseRetryAfter } from "../rest/retry-after";
import { ASSUMED } from "./assumed";
import { BURST_WINDOW_MS, SEARCHES_PER_SECOND } from "./hubspot-limits";
import { parseError } from "./wire";

/** Added to the window of searches: the server counts by its own clock. */
const WINDOW_MARGIN_MS = 100;

/** HubSpot's limits: 100 to 250 calls in rolling 10 s a token, 5 searches a second an account, a number a day. */
export class HubspotRatePolicy implements RestPolicy {
  private readonly burst = new RateWindow({ lengthMs: BURST_WINDOW_MS, max: ASSUMED.burstRequests });
  private readonly searches = new RateWindow({ lengthMs: 1_000 + WINDOW_MARGIN_MS, max: SEARCHES_PER_SECOND });

  constructor(private readonly token: string) {}

  headers(): Readonly<Record<string, string>> {
    return { authorization: `Bearer ${this.token}` };
  }

  paceMs(request: RestRequest, nowMs: number): number {
    return this.windowOf(request).waitMs(nowMs);
  }

  onSend(request: RestRequest, nowMs: number): void {
    this.windowOf(request).take(nowMs);
  }

  onAnswer(request: RestRequest, response: HttpResponse, nowMs: number): void {
    if (isSearch(request)) return;
    const max = Number(response.headers["x-hubspot-ratelimit-max"] ?? Number.NaN);
    const remaining = Number(response.headers["x-hubspot-ratelimit-remaining"] ?? Number.NaN);
    this.burst.learn({ max, remaining }, nowMs);
  }

  adviseLimit(response: HttpResponse, attempt: number, nowMs: number): LimitAdvice {
    const asked = parseRetryAfter(response, nowMs);
    if (response.status === 423) return { waitMs: asked ?? ASSUMED.lockMs, error: lockedError() };
    if (response.status === 477) return { waitMs: asked, error: movingError(asked) };
    const parsed = parseJson(response.body);
    const body = parseError(parsed.kind === "json" ? parsed.json : null);
    const text = `${body.policyName ?? ""} ${body.message ?? ""}`.toLowerCase();
    if (text.includes("daily")) return { waitMs: null, error: dailyError() };
    const isBurst = text.includes("ten_secondly");
    const waitMs = asked ?? (isBurst ? BURST_WINDOW_MS : backoffMs(attempt, { baseMs: 1_000, capMs: 10_000 }));
    return { waitMs, error: rateError(waitMs) };
  }

  private windowOf(request: RestRequest): RateWindow {
    return isSearch(request) ? this.searches : this.burst;
  }
}

/** Searches have a limit of their own and do not count towards the other. */
function isSearch(request: RestRequest): boolean {
  return request.method === "POST" && request.url.endsWith("/search");
}

function rateError(retryAfterMs: number): SyncError {
  return new SyncError("retryable", "rate-limited", "HubSpot's request limit is used up for the moment.", {
    hint: "Other programs that use this HubSpot account share the limit. Sync again in a minute.",
    retryAfterMs,
  });
}

/** Not to be tried again within a run: it may be hours until midnight. */
function dailyError(): SyncError {
  return new SyncError("fatal", "daily-limit", "The HubSpot account has used up its calls for today.", {
    hint: "The limit starts afresh at midnight in the time zone of the HubSpot account. Sync again after that.",
  });
}

function lockedError(): SyncError {
  return new SyncError("retryable", "locked", "HubSpot has locked the records for a moment.", { hint: "Try again." });
}

function movingError(retryAfterMs: number | null): SyncError {
  return new SyncError("retryable", "account-moving", "HubSpot is moving this account to another data centre.", {
    hint: "Try again later.",
    retryAfterMs,
  });
}
