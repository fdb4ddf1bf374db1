import type { HttpResponse } from "../../ports/http";

/**
 * Wait that the answer asks for in `Retry-After` (seconds or an HTTP date), ms from now; null when it asks for none.
 */
export function parseRetryAfter(response: HttpResponse, nowMs: number): number | null {
  const text = response.headers["retry-after"]?.trim() ?? "";
  if (text === "") return null;
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - nowMs);
}
