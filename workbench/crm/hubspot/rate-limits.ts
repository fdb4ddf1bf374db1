import { ApiError } from "./api-error";
import type { Token } from "./credentials";
import { zoneDay } from "./format-time";
import { limits, tierLimits } from "./limits";
import type { PortalSettings } from "./portal";

/** How a call counts: searches have their own limit and are free of the 10-second one; control calls count nowhere. */
export type CallCost = "normal" | "search";

/** Counters of one portal. */
export interface RateLimits {
  /** Counts a call. Throws 429 when a limit is reached. Returns the limit headers of the answer. */
  charge(token: Token, cost: CallCost, nowMs: number): Readonly<Record<string, string>>;
  setDailyUsed(calls: number, nowMs: number): void;
  dailyUsed(nowMs: number): number;
}

/** The exact 429 of each limit. None carries Retry-After (recorded for searches). */
export const rateLimitErrors = {
  secondly: (headers: Readonly<Record<string, string>>): ApiError =>
    new ApiError(429, { message: "You have reached your secondly limit.", category: "RATE_LIMITS" }, headers),
  "ten-secondly": (headers: Readonly<Record<string, string>>): ApiError =>
    new ApiError(
      429,
      {
        message: "You have reached your ten_secondly_rolling limit.",
        errorType: "RATE_LIMIT",
        policyName: "TEN_SECONDLY_ROLLING",
      },
      headers,
    ),
  daily: (headers: Readonly<Record<string, string>>): ApiError =>
    new ApiError(
      429,
      { message: "You have reached your daily limit.", errorType: "RATE_LIMIT", policyName: "DAILY" },
      headers,
    ),
} as const;

/** Creates counters that start at zero. */
export function createRateLimits(settings: PortalSettings): RateLimits {
  let searches: number[] = [];
  const bursts = new Map<string, number[]>();
  let day = { number: Number.NaN, used: 0 };

  const turnDay = (nowMs: number): void => {
    const number = zoneDay(settings.timeZone, nowMs);
    if (number !== day.number) day = { number, used: 0 };
  };
  const dailyHeaders = (token: Token): Record<string, string> =>
    token.kind === "oauth"
      ? {}
      : {
          "X-HubSpot-RateLimit-Daily": String(settings.dailyLimit),
          "X-HubSpot-RateLimit-Daily-Remaining": String(Math.max(0, settings.dailyLimit - day.used)),
        };
  const chargeSearch = (token: Token, nowMs: number): Record<string, string> => {
    searches = searches.filter((at) => at > nowMs - 1_000 && at <= nowMs);
    const headers = dailyHeaders(token);
    if (searches.length >= limits.searchesPerSecond) throw rateLimitErrors.secondly(headers);
    searches.push(nowMs);
    return headers;
  };
  const chargeBurst = (token: Token, nowMs: number): Record<string, string> => {
    const max = token.kind === "oauth" ? limits.oauthBurst : tierLimits[settings.tier].burst;
    const recent = (bursts.get(token.token) ?? []).filter((at) => at > nowMs - limits.burstWindowMs && at <= nowMs);
    const isOver = recent.length >= max;
    if (!isOver) recent.push(nowMs);
    bursts.set(token.token, recent);
    const inSecond = recent.filter((at) => at > nowMs - 1_000).length;
    const perSecond = Math.ceil(max / 10);
    const headers = {
      ...dailyHeaders(token),
      "X-HubSpot-RateLimit-Interval-Milliseconds": String(limits.burstWindowMs),
      "X-HubSpot-RateLimit-Max": String(max),
      "X-HubSpot-RateLimit-Remaining": String(max - recent.length),
      "X-HubSpot-RateLimit-Secondly": String(perSecond),
      "X-HubSpot-RateLimit-Secondly-Remaining": String(Math.max(0, perSecond - inSecond)),
    };
    if (isOver) throw rateLimitErrors["ten-secondly"](headers);
    return headers;
  };
  return {
    charge: (token, cost, nowMs) => {
      turnDay(nowMs);
      // Refused calls count against the day too (recorded: the counter falls with every 429).
      day.used += 1;
      if (token.kind !== "oauth" && day.used > settings.dailyLimit) throw rateLimitErrors.daily(dailyHeaders(token));
      return cost === "search" ? chargeSearch(token, nowMs) : chargeBurst(token, nowMs);
    },
    setDailyUsed: (calls, nowMs) => {
      turnDay(nowMs);
      day.used = calls;
    },
    dailyUsed: (nowMs) => {
      turnDay(nowMs);
      return day.used;
    },
  };
}
