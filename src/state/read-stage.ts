import { SyncError } from "../domain/errors";
import type { CrmRecord, KeyRead, RecordId, RecordRead } from "../domain/record";
import type { FieldName } from "../domain/schema";
import type { CrmValue } from "../domain/value";
import type { Store } from "../ports/store";
import { loadUndamaged } from "./load-undamaged";

/** What one slice of a reading brought. */
export interface ReadPage {
  readonly records: readonly CrmRecord[];
  /** Answers for ids whose record was not found under them. */
  readonly reads: readonly RecordRead[];
  /** Ids that a window brought, as hints: they are read by id before they count. */
  readonly hints: readonly RecordId[];
  /** Ids that a window brought with values that need no second look. */
  readonly listed: readonly RecordId[];
  /** Answers for linked ids that the reading did not bring. */
  readonly asked: readonly RecordRead[];
  /** Answers for the keys of new rows. */
  readonly keys: readonly KeyRead[];
}

/** Keeps what a slice of a run read, until the run is over. */
export function saveReadPage(store: Store, runId: string, part: number, page: ReadPage): void {
  store.save(`stage/${runId}/${part}`, { version: 1, ...page });
}

/** What the earlier slices of a run read. Throws SyncError config `stage-missing`: a part of a list is no list. */
export function loadReadPages(store: Store, runId: string, parts: number): readonly ReadPage[] {
  const pages: ReadPage[] = [];
  for (let part = 0; part < parts; part++) {
    const stored = store.load(`stage/${runId}/${part}`) as Partial<ReadPage> | null;
    if (!stored) {
      throw new SyncError("config", "stage-missing", "What this run had read is gone.", {
        hint: "Start the sync again.",
      });
    }
    const { records = [], reads = [], hints = [], listed = [], asked = [], keys = [] } = stored;
    pages.push({ records, reads, hints, listed, asked, keys });
  }
  return pages;
}

/** What a run has to look at again before it ends: values of the CRM that the base did not hold when the plan was made. */
export interface Watch {
  /** Linked records whose values differ from the base, with those values. */
  readonly changed: Readonly<Record<RecordId, Readonly<Record<FieldName, CrmValue>>>>;
  /** Linked ids whose record was not found under them. */
  readonly lost: readonly RecordId[];
  /** Listed records that have neither a row nor a place in the plan. */
  readonly unplaced: readonly RecordId[];
}

/** Keeps the watch list of a run beside its staged pages; an empty one takes no place. */
export function saveWatch(store: Store, runId: string, watch: Watch): void {
  const key = `stage/${runId}/watch`;
  const size = Object.keys(watch.changed).length + watch.lost.length + watch.unplaced.length;
  if (size > 0) store.save(key, { version: 1, ...watch });
  else if (store.keys(key).length > 0) store.remove(key);
}

/** The watch list of a run; an empty one where there is none. */
export function loadWatch(store: Store, runId: string): Watch {
  const stored = loadUndamaged(store, `stage/${runId}/watch`) as Watch | null;
  return stored ?? { changed: {}, lost: [], unplaced: [] };
}
