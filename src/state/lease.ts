import type { Store } from "../ports/store";
import { loadUndamaged } from "./load-undamaged";
import { readVersion } from "./read-version";

/** Who works on this file without being able to lock it as a whole (sync-rules section 6.1). */
export interface Lease {
  readonly version: 1;
  /** Random name of the execution. */
  readonly owner: string;
  /** Counts the leases of this file: a later one is a higher one. */
  readonly epoch: number;
  /** Epoch ms; 0: given back. */
  readonly untilMs: number;
}

/** A lease outlives the longest execution (6 min) by a minute (section 6.1). */
export const LEASE_MS = 7 * 60_000;

const KEY = "lease";

/** The last lease; null: none was ever taken. */
export function loadLease(store: Store): Lease | null {
  return readVersion<Lease>(loadUndamaged(store, KEY));
}

/** Keeps a lease; flush to let others see it. */
export function saveLease(store: Store, lease: Lease): void {
  store.save(KEY, lease);
}

/** Is the file leased to another execution than `owner`? */
export function isLeased(store: Store, owner: string, nowMs: number): boolean {
  const lease = loadLease(store);
  return lease !== null && lease.owner !== owner && lease.untilMs > nowMs;
}
