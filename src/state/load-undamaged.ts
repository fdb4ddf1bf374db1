import { toSyncError } from "../domain/errors";
import type { Store } from "../ports/store";

/** The document, or null where there is none or its text is damaged: for documents that a run can do without. */
export function loadUndamaged(store: Store, key: string): unknown {
  try {
    return store.load(key);
  } catch (thrown) {
    const error = toSyncError(thrown);
    if (error.code === "state-damaged") return null;
    throw error;
  }
}
