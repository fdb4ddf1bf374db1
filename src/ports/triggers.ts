/** Clock triggers of this user for this file. */
export interface Triggers {
  /** Id of the dispatcher trigger, null when none is set. */
  dispatcherId(): string | null;
  /** Makes sure one hourly dispatcher exists; gives its id. Throws `SyncError` config `triggers-not-permitted`. */
  ensureDispatcher(): string;
  /** One-off continuation in about `afterMs`; null where it is refused. */
  plantContinuation(afterMs: number): string | null;
  remove(id: string): void;
  /** Removes the continuations: each keeps its place among the twenty that Google allows after it has fired. */
  removeContinuations(): void;
  /** Removes all triggers of this user for this file. */
  removeAll(): void;
}
