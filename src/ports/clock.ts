/** Time. All numbers are epoch milliseconds UTC or milliseconds. */
export interface Clock {
  now(): number;
  /** Blocks. */
  sleep(ms: number): void;
}
