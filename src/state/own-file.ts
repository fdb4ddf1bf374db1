import type { Store } from "../ports/store";
import { loadUndamaged } from "./load-undamaged";
import { readVersion } from "./read-version";

const KEY = "file";

/** Id of the spreadsheet that this state was made in; null: not noted yet. A copy of the file brings the original's along. */
export function loadFileId(store: Store): string | null {
  return readVersion<{ readonly version: 1; readonly id: string }>(loadUndamaged(store, KEY))?.id ?? null;
}

/** Notes the spreadsheet that this state belongs to. */
export function saveFileId(store: Store, id: string): void {
  store.save(KEY, { version: 1, id });
}
