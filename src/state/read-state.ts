import type { RecordId } from "../domain/record";
import type { Store } from "../ports/store";
import { loadUndamaged } from "./load-undamaged";
import { readVersion } from "./read-version";

/**
 * How far the readings of a mapping's CRM side have come (sync-rules section 7). All times are epoch ms of the CRM's clock.
 * It moves only with the commit that ends a run, so that whatever a run that was cut off had read is read again.
 */
export interface ReadState {
  readonly version: 1;
  /** What the readings were about: after a change of it absence proves nothing, and a window is not enough. */
  readonly about: string;
  /** W: the newest change that the readings have shown, all before it with it; null: no window can begin. */
  readonly newestMs: number | null;
  /** Start of the last reading that brought changes. */
  readonly scannedMs: number;
  /** What changed before this was seen by the last run that ended, of whatever kind. */
  readonly seenMs: number;
  readonly lastFullMs: number;
  /** Start of the last run that read a window; null: none since the last full comparison. */
  readonly lastIncrementalMs: number | null;
  /** Up to when the rotating verification has done its share, and the last id it looked at. */
  readonly verifiedMs: number;
  readonly verifiedId: RecordId;
  /** Records that a run left unsettled: the next one reads them whether they changed or not. */
  readonly retry: readonly RecordId[];
  /** The next reading has to be a full one. */
  readonly fullDue: boolean;
}

/** Before the first run. */
export const NO_READING: ReadState = {
  version: 1,
  about: "",
  newestMs: null,
  scannedMs: 0,
  seenMs: 0,
  lastFullMs: 0,
  lastIncrementalMs: null,
  verifiedMs: 0,
  verifiedId: "",
  retry: [],
  fullDue: false,
};

const keyOf = (mappingId: string): string => `reading/${mappingId}`;

/** How far the readings have come; a damaged document counts as none: the next reading is a full one. */
export function loadReadState(store: Store, mappingId: string): ReadState {
  return readVersion<ReadState>(loadUndamaged(store, keyOf(mappingId))) ?? NO_READING;
}

/** Keeps it from the moment in which the intent is committed. */
export function saveReadState(store: Store, mappingId: string, state: ReadState, intent: number): void {
  store.save(keyOf(mappingId), state, intent);
}

/** Forgets it with the mapping. */
export function removeReadState(store: Store, mappingId: string): void {
  store.remove(keyOf(mappingId));
}
