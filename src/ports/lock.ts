/** Mutual exclusion between executions. */
export interface Lock {
  /**
   * What is shut out: other executions on this document, or (where an execution has no document) on all files of all
   * users. Missing: the document.
   */
  readonly reach?: () => "document" | "script";
  /** Runs `work` alone; throws `SyncError` retryable `busy` when the lock isn't free within `waitMs`. */
  hold<T>(waitMs: number, work: () => T): T;
}
