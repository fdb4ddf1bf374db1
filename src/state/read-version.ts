import { SyncError } from "../domain/errors";

/**
 * A stored document of the version this code knows; null where there is none.
 * Throws SyncError `state-newer`: an older add-on must not take what it cannot read for nothing.
 */
export function readVersion<T extends { readonly version: number }>(stored: unknown): T | null {
  if (stored === null || stored === undefined) return null;
  if ((stored as { version?: unknown }).version === 1) return stored as T;
  throw new SyncError("fatal", "state-newer", "This file was last synced by a newer version of CRM Sync.", {
    hint: "Reload the spreadsheet to get the newer version.",
  });
}
