import type { CrmRecord, RecordId } from "../../domain/record";
import type { Snapshot } from "../../domain/snapshot";
import { loadReadState } from "../../state/read-state";
import { loadSnapshot } from "../../state/snapshot-store";
import { isLate } from "../run-deps";
import { dueForVerification } from "./choose-reading";
import type { CrmReader } from "./crm-reader";

/**
 * Reads what changed in the window of the run, page by page; true when the last page was read, false when the slice ends
 * first. Hits are hints: those that show what the base holds are echoes and count for nothing, the others are read by id.
 */
export function readWindow(reader: CrmReader): boolean {
  const { deps, run } = reader;
  const base = loadSnapshot(deps.store, deps.mapping.id).pairs;
  for (;;) {
    const { sinceMs = 0, untilMs = 0, cursor } = reader.progress;
    const query = { fields: reader.fields, filter: { kind: "all" as const }, sinceMs, untilMs, cursor };
    const page = deps.crm.changedSince(run.objectType, query);
    for (const record of page.records) {
      if (isEcho(record, base, reader)) continue;
      if (page.consistent) {
        reader.records.push(record);
        reader.listed.push(record.id);
      } else reader.hints.push(record.id);
    }
    const seen = page.records.map((record) => record.modifiedMs).filter((ms) => ms < untilMs);
    const newestMs = Math.max(reader.progress.newestMs ?? 0, ...seen);
    const isLast = page.next === null;
    reader.advance({ newestMs, cursor: page.next, ...(isLast ? { part: "ids" } : {}) });
    if (isLast) return true;
    if (isLate(deps)) return false;
  }
}

/** Does a linked record show nothing that the base does not know? Own writes come back so, and what the overlap repeats. */
function isEcho(record: CrmRecord, base: Snapshot, { fields }: CrmReader): boolean {
  const shadows = base.get(record.id);
  if (!shadows || record.mergedIds.some((id) => base.has(id))) return false;
  return fields.every((field) => shadows[field]?.crm === (record.values[field] ?? ""));
}

/**
 * Reads by id what the window pointed at, what earlier runs left unsettled, what is due for verification and, in a run by
 * hand, every linked record; true when all of them were read. Ids go in a fixed order, the cursor is the last one.
 */
export function readIds(reader: CrmReader): boolean {
  const { deps, run } = reader;
  const { cursor } = reader.progress;
  const ids = wantedIds(reader).filter((id) => cursor === null || id > cursor);
  const size = deps.crm.limits.batchSize;
  for (let at = 0; at < ids.length; at += size) {
    if (at > 0 && isLate(deps)) return false;
    const batch = ids.slice(at, at + size);
    reader.takeReads(deps.crm.read(run.objectType, reader.fields, batch));
    reader.advance({ cursor: batch[batch.length - 1] ?? null });
  }
  return true;
}

function wantedIds(reader: CrmReader): readonly RecordId[] {
  const { deps, progress } = reader;
  const base = loadSnapshot(deps.store, deps.mapping.id).pairs;
  const state = loadReadState(deps.store, deps.mapping.id);
  const pages = reader.pages();
  const ids = new Set<RecordId>([...pages.flatMap((page) => page.hints), ...state.retry]);
  if (progress.mode === "linked+window") for (const id of base.keys()) ids.add(id);
  else {
    const due = dueForVerification(base.keys(), base.size, state, progress.startMs ?? 0);
    for (const id of due) ids.add(id);
    if (due.length > 0) reader.progress = { ...progress, verifiedId: due[due.length - 1] ?? "" };
  }
  for (const page of pages) for (const id of page.listed) ids.delete(id);
  return [...ids].sort();
}
