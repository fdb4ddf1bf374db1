import type { RecordId } from "../domain/record";
import { isPending, isUnlinked, type Row } from "../domain/row";
import { appendTo, type MatchState, showOthers } from "./match-state";
import { equalsBase } from "./row-values";

const PENDING_TEXT =
  "A create of this row is on its way or was cut off. The next run settles it; leave the record ID cell as it is.";

/** What a row says whose record has an unconfirmed write. */
export const WAIT_TEXT =
  "A change to this record was sent but not confirmed by the CRM. The row waits until a later sync has looked what became of it.";

/** Pairs rows that carry an id (R6, R7, R11-R14); gives the rows without one. Unlinked rows take no part. */
export function matchLinked(state: MatchState): readonly Row[] {
  const byId = new Map<RecordId, Row>();
  const copies = new Map<RecordId, Row[]>();
  const idless: Row[] = [];
  for (const row of state.input.rows) {
    if (row.recordId === "") idless.push(row);
    else if (isPending(row.recordId)) {
      state.pendingRows.push(row);
      state.error("R3", row, PENDING_TEXT);
    } else if (!isUnlinked(row.recordId)) {
      if (byId.has(row.recordId)) appendTo(copies, row.recordId, row);
      else byId.set(row.recordId, row);
    }
  }
  const linked = new Map<RecordId, Row>();
  for (const [id, row] of byId) {
    const more = copies.get(id);
    const kept = more === undefined ? row : settleCopies(state, id, [row, ...more]);
    state.claimed.add(id);
    if (kept) linked.set(id, kept);
  }
  pairById(state, linked);
  return idless;
}

/** R13: of several rows with one id the only one that equals the base goes on; otherwise none does. */
function settleCopies(state: MatchState, id: RecordId, rows: readonly Row[]): Row | null {
  state.doubled.add(id);
  const shadows = state.input.snapshot.get(id);
  const same = shadows ? rows.filter((row) => equalsBase(row, shadows, state.input.fields)) : [];
  const kept = same.length === 1 ? (same[0] ?? null) : null;
  for (const row of rows) {
    if (row === kept) continue;
    const message = `The same record ID stands in ${showOthers(rows, row)} too, so this row takes no part. Delete the copy; to make it a new record, clear its ID and change its key.`;
    state.error("R13", row, message);
  }
  return kept;
}

function pairById(state: MatchState, linked: ReadonlyMap<RecordId, Row>): void {
  const bySurvivor = new Map<RecordId, { row: Row; baseId: RecordId }[]>();
  for (const [id, row] of linked) {
    const record = state.input.records.get(id);
    const survivor = state.survivors.get(id);
    if (record) state.addPair({ row, record, baseId: id, relink: null });
    else if (survivor) appendTo(bySurvivor, survivor.id, { row, baseId: id });
    else reportMissing(state, id, row);
  }
  for (const [survivorId, rows] of bySurvivor) settleMerged(state, survivorId, rows);
}

/** R11: one row leads to the survivor: it takes its id. Several: the one that carries it already goes on, else nobody. */
function settleMerged(
  state: MatchState,
  survivorId: RecordId,
  rows: readonly { readonly row: Row; readonly baseId: RecordId }[],
): void {
  const [only] = rows;
  const survivor = only && state.survivors.get(only.baseId);
  // A row that carries the survivor's id has claimed it, frozen or not.
  const taken = state.claimed.has(survivorId);
  state.claimed.add(survivorId);
  if (rows.length === 1 && only && survivor && !taken) {
    state.addPair({ row: only.row, record: survivor, baseId: only.baseId, relink: "R11" });
    return;
  }
  for (const { row } of rows) {
    const message = `This record was merged into ${survivorId} in the CRM, and several rows lead there. Delete the rows you no longer need, or clear their record ID.`;
    state.error("R11", row, message);
  }
}

/** R6, R7, R12, R14: the record of a linked row was not found. */
function reportMissing(state: MatchState, id: RecordId, row: Row): void {
  const read = state.input.reads.get(id);
  if (state.input.quarantined.has(id)) {
    state.note("F4", row, WAIT_TEXT);
    return;
  }
  if (read?.kind === "unreadable") {
    state.note("R12", row, `The record could not be read: ${read.reason}. The row stays as it is.`);
    return;
  }
  if (read?.kind !== "gone") {
    // Absence is no proof: without an answer for this id nothing is known about the record.
    state.note("R12", row, "The CRM gave no answer for this record. The row stays as it is until the next sync.");
    return;
  }
  const shadows = state.input.snapshot.get(id);
  if (!shadows) {
    state.error("R14", row, `The CRM has no record ${id}. Correct the record ID, or clear it to create a new record.`);
  } else if (equalsBase(row, shadows, state.input.fields)) {
    state.goneRows.push({ row, recordId: id });
  } else {
    const message =
      "Deleted in the CRM, your edit was not sent. Clear the record ID to create it anew, or delete the row.";
    state.error("R7", row, message);
  }
}
