import type { StoredRecord } from "./record-store";
import type { Properties } from "./sandbox-types";

/** A record as the index saw it last. */
export interface IndexEntry {
  readonly id: string;
  readonly properties: Properties;
}

/** The search index of one object type: it learns of a write later than the store. */
export interface SearchIndex {
  /** Tells the index about a write; it shows from `visibleAtMs` on. */
  schedule(record: StoredRecord, visibleAtMs: number): void;
  /** Tells the index that a record vanished (archived or merged away). */
  scheduleRemoval(id: string, visibleAtMs: number): void;
  /** Applies what is due. */
  settle(nowMs: number): void;
  /** What a search sees now: stale entries and ghosts included. */
  entries(): readonly IndexEntry[];
  /** Grows with every visible change: results of a search stay valid while it stands. */
  revision(): number;
}

interface Pending {
  readonly id: string;
  readonly properties: Properties | null;
  readonly visibleAtMs: number;
  readonly version: number;
}

/** Creates an empty index. */
export function createSearchIndex(): SearchIndex {
  const visible = new Map<string, { readonly entry: IndexEntry; readonly version: number }>();
  const removedAt = new Map<string, number>();
  let pending: Pending[] = [];
  let nextDueMs = Number.POSITIVE_INFINITY;
  let version = 0;
  let revision = 0;
  let list: readonly IndexEntry[] | null = null;

  const apply = (change: Pending): void => {
    const newest = Math.max(visible.get(change.id)?.version ?? 0, removedAt.get(change.id) ?? 0);
    if (newest > change.version) return;
    if (change.properties === null) {
      visible.delete(change.id);
      removedAt.set(change.id, change.version);
    } else {
      visible.set(change.id, { entry: { id: change.id, properties: change.properties }, version: change.version });
    }
  };
  const add = (id: string, properties: Properties | null, visibleAtMs: number): void => {
    version += 1;
    pending.push({ id, properties, visibleAtMs, version });
    nextDueMs = Math.min(nextDueMs, visibleAtMs);
  };
  return {
    schedule: (record, visibleAtMs) => add(record.id, record.properties, visibleAtMs),
    scheduleRemoval: (id, visibleAtMs) => add(id, null, visibleAtMs),
    settle: (nowMs) => {
      if (nowMs < nextDueMs) return;
      const due = pending.filter((change) => change.visibleAtMs <= nowMs);
      pending = pending.filter((change) => change.visibleAtMs > nowMs);
      nextDueMs = pending.reduce((least, change) => Math.min(least, change.visibleAtMs), Number.POSITIVE_INFINITY);
      for (const change of due) apply(change);
      revision += 1;
      list = null;
    },
    entries: () => {
      list ??= [...visible.values()].map(({ entry }) => entry);
      return list;
    },
    revision: () => revision,
  };
}
