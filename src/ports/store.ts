/**
 * Documents of the add-on, kept inside the spreadsheet (tab `_crm_sync_state`). `save` and `remove` are buffered in
 * order; `flush` makes them last. A document that a kill cut off is never seen: the generation before it is. What is saved
 * or removed under an intent counts once that intent is committed, all at one moment, and before that never, not even for
 * the execution that saved it.
 */
export interface Store {
  /** JSON value of the document; null when there is none. A damaged document throws `SyncError` code `state-damaged`. */
  load(key: string): unknown;
  keys(prefix: string): readonly string[];
  save(key: string, value: unknown, intent?: number): void;
  remove(key: string, intent?: number): void;
  /** Writes what is buffered, in order. */
  flush(): void;
  /** Number of the last intent that was committed; 0 at first. */
  committed(): number;
  /** A number above every intent that was committed or under which anything was saved. */
  nextIntent(): number;
  /** Flushes, then closes intent n by writing one cell, then flushes again (the commit point, section 6.1). */
  commit(n: number): void;
  /** Drops for good what was saved under intents that were never committed: their execution was cut off. */
  rollBack(): void;
}
