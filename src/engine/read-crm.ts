import type { CrmRecord, RecordId } from "../domain/record";
import { isPending } from "../domain/row";
import type { FieldName } from "../domain/schema";
import { loadStage, saveStage } from "../state/plan-document";
import type { RunDocument } from "../state/run-document";
import { loadSnapshot } from "../state/snapshot-store";
import { isLate, type RunDeps } from "./run-deps";
import { RunInterrupted } from "./run-interrupted";

/** Records read so far, and whether that is all. */
export interface CrmReading {
  readonly run: RunDocument;
  /** null: the slice ended first; what was read is staged. */
  readonly records: ReadonlyMap<RecordId, CrmRecord> | null;
}

/**
 * Reads the CRM's side. A run that pulls lists every live record; a run that only pushes reads the linked ones by id. Pages
 * of a slice that ends are staged in the state tab, and the next slice goes on behind them.
 */
export function readCrm(deps: RunDeps, run: RunDocument): CrmReading {
  const reader: Reader = {
    fields: deps.mapping.columns.map((column) => column.field),
    cursor: run.reading.cursor,
    fresh: [],
  };
  let finished: boolean;
  try {
    finished = run.direction === "push" ? readLinked(deps, run, reader) : listAll(deps, run, reader);
  } catch (thrown) {
    if (reader.fresh.length === 0) throw thrown;
    throw new RunInterrupted({ ...stage(deps, run, reader), interruptions: 0 }, thrown);
  }
  if (!finished) return { run: stage(deps, run, reader), records: null };
  const records = new Map<RecordId, CrmRecord>();
  for (const record of loadStage(deps.store, run.id, run.reading.staged)) records.set(record.id, record);
  for (const record of reader.fresh) records.set(record.id, record);
  return { run: { ...run, reading: { ...run.reading, started: true, seen: records.size } }, records };
}

/** How far this slice has read. */
interface Reader {
  readonly fields: readonly FieldName[];
  readonly fresh: CrmRecord[];
  cursor: string | null;
}

/** Keeps what this slice read for the next one. */
function stage(deps: RunDeps, run: RunDocument, reader: Reader): RunDocument {
  let { staged } = run.reading;
  if (reader.fresh.length > 0) {
    saveStage(deps.store, run.id, staged, reader.fresh);
    staged += 1;
  }
  const seen = run.reading.seen + reader.fresh.length;
  return { ...run, done: seen, reading: { started: true, cursor: reader.cursor, staged, seen } };
}

/** Lists page by page; true when the last one was read, false when the slice ends first. */
function listAll(deps: RunDeps, run: RunDocument, reader: Reader): boolean {
  for (;;) {
    const query = { fields: reader.fields, filter: { kind: "all" as const }, cursor: reader.cursor };
    const page = deps.crm.list(run.objectType, query);
    for (const record of page.records) reader.fresh.push(record);
    if (page.next === null) return true;
    reader.cursor = page.next;
    if (isLate(deps)) return false;
  }
}

/** Linked ids in a fixed order; the cursor is the last one that was read. Ids that are gone are found out by the plan. */
function readLinked(deps: RunDeps, run: RunDocument, reader: Reader): boolean {
  const { cursor } = reader;
  const ids = linkedIds(deps).filter((id) => cursor === null || id > cursor);
  for (let at = 0; at < ids.length; at += deps.crm.limits.batchSize) {
    if (at > 0 && isLate(deps)) return false;
    const batch = ids.slice(at, at + deps.crm.limits.batchSize);
    for (const read of deps.crm.read(run.objectType, reader.fields, batch)) {
      if (read.kind === "found") reader.fresh.push(read.record);
    }
    reader.cursor = batch[batch.length - 1] ?? null;
  }
  return true;
}

function linkedIds(deps: RunDeps): RecordId[] {
  const ids = new Set<RecordId>(loadSnapshot(deps.store, deps.mapping.id).pairs.keys());
  for (const row of deps.table.read().rows) if (row.recordId !== "" && !isPending(row.recordId)) ids.add(row.recordId);
  return [...ids].sort();
}
