/** At most `max` requests in any stretch of `lengthMs`. */
export interface RateRule {
  readonly lengthMs: number;
  readonly max: number;
}

/**
 * Counts requests in a rolling window and says how long to wait for the next. It knows only its own requests, until
 * the server says how many are left: other programs with the same credential share the window.
 */
export class RateWindow {
  private sentAtMs: number[] = [];
  private max: number;

  constructor(private readonly rule: RateRule) {
    this.max = rule.max;
  }

  /** Wait before the next request, ms; 0: send now. */
  waitMs(nowMs: number): number {
    this.forget(nowMs);
    if (this.sentAtMs.length < this.max) return 0;
    // The oldest that must have left the window before there is room again.
    const oldest = this.sentAtMs[this.sentAtMs.length - this.max];
    return oldest === undefined ? 0 : Math.max(0, oldest + this.rule.lengthMs - nowMs);
  }

  /** A request is on its way. */
  take(nowMs: number): void {
    this.sentAtMs.push(nowMs);
  }

  /** What the server says about the window: its size, and the requests left in it. */
  learn(told: { readonly max: number; readonly remaining: number }, nowMs: number): void {
    if (!(told.max > 0) || !(told.remaining >= 0)) return;
    this.max = told.max;
    this.forget(nowMs);
    // Requests of others count as sent now: their real time is unknown, later is the safe guess.
    const unseen = told.max - told.remaining - this.sentAtMs.length;
    for (let count = 0; count < unseen; count += 1) this.sentAtMs.push(nowMs);
  }

  private forget(nowMs: number): void {
    this.sentAtMs = this.sentAtMs.filter((at) => at + this.rule.lengthMs > nowMs);
  }
}
