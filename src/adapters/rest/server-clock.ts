import type { HttpResponse } from "../../ports/http";

/**
 * The server's clock, as the `Date` of its answers shows it beside our own: whole seconds, cut off, so that the result is
 * late by up to a second and the time the answer travelled, never early.
 */
export class ServerClock {
  /** How far the server is ahead of us, ms; 0 until an answer told. */
  private aheadMs = 0;

  /** An answer arrived. */
  learn(response: HttpResponse, nowMs: number): void {
    const toldMs = Date.parse(response.headers.date ?? "");
    if (!Number.isNaN(toldMs)) this.aheadMs = toldMs - nowMs;
  }

  /** The server's time at a moment of our own clock, epoch ms. */
  at(nowMs: number): number {
    return nowMs + this.aheadMs;
  }
}
