/** Mutual exclusion between executions on this document. */
export interface Lock {
  /** Runs `work` alone; throws `SyncError` retryable `busy` when the lock isn't free within `waitMs`. */
  hold<T>(waitMs: number, work: () => T): T;
}
