/**
 * Documents of the add-on, kept inside the spreadsheet (tab `_crm_sync_state`). `save` and `remove` are buffered in
 * order; `flush` makes them last. A document that a kill cut off is never seen: the generation before it is.
 */
export interface Store {
  /** JSON value of the document; null when there is none. A damaged document throws `SyncError` code `state-damaged`. */
  load(key: string): unknown;
  keys(prefix: string): readonly string[];
  save(key: string, value: unknown): void;
  remove(key: string): void;
  /** Writes what is buffered, in order. */
  flush(): void;
  /** Number of the last intent that was committed; 0 at first. */
  committed(): number;
  /** Flushes, then closes intent n by writing one cell, then flushes again (the commit point, section 6.1). */
  commit(n: number): void;
}
