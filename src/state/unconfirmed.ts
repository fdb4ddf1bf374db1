import type { CreateOperation } from "../domain/plan";
import type { RecordId } from "../domain/record";
import type { PairShadows } from "../domain/snapshot";
import type { Store } from "../ports/store";
import { loadUndamaged } from "./load-undamaged";
import { readVersion } from "./read-version";

/** A create that was sent, perhaps: its row keeps the token until somebody has looked what became of it. */
export interface PendingCreate {
  /** Content of the id cell: `pending:` and a token. */
  readonly token: string;
  /** When it was sent at the latest, epoch ms. */
  readonly sentMs: number;
  /** Nothing like it was found at this time, for the first time; null: nobody has looked. */
  readonly missedMs: number | null;
  readonly operation: CreateOperation;
}

/** Writes to the CRM whose fate is not known (sync-rules section 6.2). */
export interface Unconfirmed {
  readonly version: 1;
  readonly creates: readonly PendingCreate[];
  /** When the last unconfirmed write to a record was sent, epoch ms. */
  readonly updates: Readonly<Record<RecordId, number>>;
  /** What the base is to hold of those records should the write turn out to have arrived; versions before 0.2 don't say. */
  readonly sent?: Readonly<Record<RecordId, PairShadows>>;
}

/** A write may still take effect this long after it was sent; a second look comes no sooner (section 6.2). */
export const SETTLE_MS = 60_000;

const NONE: Unconfirmed = { version: 1, creates: [], updates: {} };

const keyOf = (mappingId: string): string => `unconfirmed/${mappingId}`;

/** Unconfirmed writes of a mapping. */
export function loadUnconfirmed(store: Store, mappingId: string): Unconfirmed {
  return readVersion<Unconfirmed>(loadUndamaged(store, keyOf(mappingId))) ?? NONE;
}

/** Keeps them from the moment in which intent n is committed. */
export function saveUnconfirmed(store: Store, mappingId: string, next: Unconfirmed, n: number): void {
  const empty = next.creates.length === 0 && Object.keys(next.updates).length === 0;
  if (!empty) store.save(keyOf(mappingId), next, n);
  else if (store.keys(keyOf(mappingId)).length > 0) store.remove(keyOf(mappingId), n);
}

/** Forgets them with the mapping. */
export function removeUnconfirmed(store: Store, mappingId: string): void {
  store.remove(keyOf(mappingId));
}

/** Records that no operation may touch yet. */
export function quarantined(unconfirmed: Unconfirmed, nowMs: number): ReadonlySet<RecordId> {
  const open = Object.entries(unconfirmed.updates).filter(([, sentMs]) => nowMs < sentMs + SETTLE_MS);
  return new Set(open.map(([id]) => id));
}
