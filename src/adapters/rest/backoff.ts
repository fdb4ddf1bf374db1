/** Doubling waits: `baseMs` before the second attempt, twice that before the third, at most `capMs`. */
export interface Backoff {
  readonly baseMs: number;
  readonly capMs: number;
}

/** Wait after attempt number `attempt` (1 for the first), ms. */
export function backoffMs(attempt: number, backoff: Backoff): number {
  return Math.min(backoff.capMs, backoff.baseMs * 2 ** Math.max(0, attempt - 1));
}
