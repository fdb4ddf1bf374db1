import type { Store } from "../ports/store";
import { removeCheckpoint } from "./checkpoint";
import { removeEchoes } from "./echo-state";
import { forgetIntent } from "./journal";
import { removeReadState } from "./read-state";
import { removeSnapshot } from "./snapshot-store";
import { removeUnconfirmed } from "./unconfirmed";
import { removeUndoLog } from "./undo-log";

/**
 * Forgets all that a mapping remembers of its records: base, checkpoint, readings, journal, unconfirmed writes and undo log. Record
 * ids mean nothing any more: the mapping is removed, or goes on with another object or account (rules R20, R22, R23).
 */
export function forgetRecords(store: Store, mappingId: string): void {
  removeSnapshot(store, mappingId);
  removeCheckpoint(store, mappingId);
  removeReadState(store, mappingId);
  forgetIntent(store, mappingId);
  removeUnconfirmed(store, mappingId);
  removeEchoes(store, mappingId);
  removeUndoLog(store, mappingId);
}
