import type { Operation } from "../domain/plan";
import type { RecordId } from "../domain/record";
import type { RowContent } from "../domain/row";
import type { Store } from "../ports/store";
import type { ChunkBefore, IdWrite } from "../ports/table";
import { loadUndamaged } from "./load-undamaged";
import { readVersion } from "./read-version";

/**
 * An intent: what a group of work is about to do, written before anything outside changes and dropped by its commit
 * (sync-rules section 6.1). One mapping has at most one that is open.
 */
export interface Intent {
  readonly version: 1;
  /** Number that commits it; what is done under it is saved with this number. */
  readonly n: number;
  readonly runId: string;
  readonly mappingId: string;
  readonly accountId: string;
  readonly startedMs: number;
  /** Creates: nothing was sent before "sending". */
  readonly stage: "preparing" | "sending";
  readonly operations: readonly Operation[];
  /** Tokens given to rows whose create is on its way. */
  readonly tokens: readonly IdWrite[];
  /** What a misplaced write of a sheet chunk could destroy; null: no sheet chunk. */
  readonly before: ChunkBefore | null;
  /** Everything in the rows that are to be deleted. */
  readonly contents: readonly (readonly [RecordId, RowContent])[];
}

const PREFIX = "journal/";

/** Opens an intent, or notes how far it is; flush before anything outside changes. */
export function saveIntent(store: Store, intent: Intent): void {
  store.save(PREFIX + intent.mappingId, intent);
}

/** The intent of a mapping that was opened and never committed: its execution was cut off. null: none. */
export function openIntent(store: Store, mappingId: string): Intent | null {
  return readVersion<Intent>(loadUndamaged(store, PREFIX + mappingId));
}

/** Drops the intent of a mapping, in the moment in which `n` is committed. */
export function removeIntent(store: Store, mappingId: string, n: number): void {
  store.remove(PREFIX + mappingId, n);
}

/** Forgets the open intent of a mapping that is removed or starts anew. */
export function forgetIntent(store: Store, mappingId: string): void {
  store.remove(PREFIX + mappingId);
}
