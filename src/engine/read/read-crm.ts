import type { CrmRecord, KeyRead, RecordId, RecordRead } from "../../domain/record";
import { isPending, isUnlinked } from "../../domain/row";
import type { ObjectSchema } from "../../domain/schema";
import { loadReadState, type ReadState } from "../../state/read-state";
import type { ReadingProgress, RunDocument } from "../../state/run-document";
import { loadSnapshot } from "../../state/snapshot-store";
import { isLate, type RunDeps } from "../run-deps";
import { RunInterrupted } from "../run-interrupted";
import { chooseReading, hasUnstamped, readingAbout, windowOf } from "./choose-reading";
import { CrmReader } from "./crm-reader";
import { readIds, readWindow } from "./read-window";
import { countUnnoticed } from "./unnoticed";

/** A reading that came to its end. */
export interface FinishedReading {
  readonly run: RunDocument;
  /** Takes what is asked for beyond the reading, so that the next slice need not ask again. */
  readonly reader: CrmReader;
  readonly schema: ObjectSchema;
  readonly records: ReadonlyMap<RecordId, CrmRecord>;
  /** Answers for ids whose record was not found under them. */
  readonly reads: ReadonlyMap<RecordId, RecordRead>;
  /** What earlier slices asked for beyond the reading: linked ids, and keys of new rows. */
  readonly asked: readonly RecordRead[];
  readonly keys: readonly KeyRead[];
  /** Ids that a listing or a window brought: only they can be new records (R5). */
  readonly listed: ReadonlySet<RecordId>;
  /** `records` holds every live record. */
  readonly complete: boolean;
  /** Linked records that were not read are as the base remembers them. */
  readonly linkedFromBase: boolean;
  /** What changed before this was seen by the last run that ended; epoch ms of the CRM's clock, 0: there was none. */
  readonly lastReadMs: number;
  /** Object, fields or filter are others than in the last run: absence proves nothing (R22). */
  readonly mappingChanged: boolean;
  /** Changes that the windows before a full comparison had missed. */
  readonly unnoticed: number;
}

/** A finished reading, or one whose slice ended first: what was read is staged. */
export type CrmReading = FinishedReading | { readonly run: RunDocument; readonly records: null };

/**
 * Reads the CRM's side as far as this run needs it (section 7): every live record, what changed since the last reading, or
 * the linked records by id. Pages of a slice that ends are staged in the state tab, and the next slice goes on behind them,
 * in the same window.
 */
export function readCrm(deps: RunDeps, run: RunDocument): CrmReading {
  const schema = deps.crm.describe(run.objectType);
  const reader = new CrmReader(deps, run, run.reading.started ? run.reading : begin(deps, run, schema));
  let finished: boolean;
  try {
    finished = read(reader);
  } catch (thrown) {
    if (!reader.moved) throw thrown;
    throw new RunInterrupted({ ...reader.stage(), interruptions: 0 }, thrown);
  }
  return finished ? finish(reader, schema) : { run: reader.stage(), records: null };
}

/** Chooses what to read and fixes the window, once a run. */
function begin(deps: RunDeps, run: RunDocument, schema: ObjectSchema): ReadingProgress {
  const { store, mapping } = deps;
  const state = loadReadState(store, mapping.id);
  const base = loadSnapshot(store, mapping.id);
  const startMs = deps.crm.now();
  const about = readingAbout(mapping);
  const mode = chooseReading({
    direction: run.direction,
    trigger: run.trigger,
    state,
    linked: base.pairs.size,
    damaged: base.damaged,
    about,
    unstamped: hasUnstamped(mapping, schema),
    nowMs: startMs,
  });
  const progress = { ...run.reading, mode, startMs, about, damaged: base.damaged };
  if (mode === "full" || mode === "linked") return progress;
  return { ...progress, part: "window", ...windowOf(state, run.trigger, startMs) };
}

/** True when everything was read. */
function read(reader: CrmReader): boolean {
  if (reader.progress.part === "asking") return true;
  switch (modeOf(reader)) {
    case "full":
      return listAll(reader);
    case "linked":
      return reader.readByIds(linkedIds(reader.deps));
    default:
      return (reader.progress.part === "ids" || readWindow(reader)) && readIds(reader);
  }
}

/** Runs of older versions don't say: they list, or read the linked records where they only push. */
function modeOf({ progress, run }: CrmReader): NonNullable<ReadingProgress["mode"]> {
  return progress.mode ?? (run.direction === "push" ? "linked" : "full");
}

/** Lists page by page; true when the last one was read, false when the slice ends first. */
function listAll(reader: CrmReader): boolean {
  const { deps, run } = reader;
  for (;;) {
    const query = { fields: reader.fields, filter: { kind: "all" as const }, cursor: reader.progress.cursor };
    const page = deps.crm.list(run.objectType, query);
    for (const record of page.records) reader.records.push(record);
    reader.advance({ cursor: page.next });
    if (page.next === null) return true;
    if (isLate(deps)) return false;
  }
}

function linkedIds(deps: RunDeps): ReadonlySet<RecordId> {
  const ids = new Set<RecordId>(loadSnapshot(deps.store, deps.mapping.id).pairs.keys());
  for (const { recordId } of deps.table.read().rows) {
    if (recordId !== "" && !isPending(recordId) && !isUnlinked(recordId)) ids.add(recordId);
  }
  return ids;
}

function finish(reader: CrmReader, schema: ObjectSchema): FinishedReading {
  const { deps, progress } = reader;
  const mode = modeOf(reader);
  const state = loadReadState(deps.store, deps.mapping.id);
  const records = new Map<RecordId, CrmRecord>();
  const reads = new Map<RecordId, RecordRead>();
  const named = new Set<RecordId>(state.retry);
  const pages = reader.pages();
  for (const page of pages) {
    for (const record of page.records) records.set(record.id, record);
    for (const answer of page.reads) reads.set(answer.askedId, answer);
    for (const id of [...page.hints, ...page.listed]) named.add(id);
  }
  const complete = mode === "full";
  const brought = complete ? [...records.keys()] : [...named].filter((id) => records.has(id));
  const run = { ...reader.run, reading: { ...progress, started: true, seen: records.size } };
  return {
    run,
    reader,
    schema,
    records,
    reads,
    asked: pages.flatMap((page) => page.asked),
    keys: pages.flatMap((page) => page.keys),
    listed: new Set(mode === "linked" ? [] : brought),
    complete,
    linkedFromBase: mode === "window" || mode === "linked+window",
    lastReadMs: state.seenMs,
    mappingChanged: state.about !== "" && state.about !== (progress.about ?? readingAbout(deps.mapping)),
    unnoticed: complete ? unnoticedBy(deps, run, { records, schema, state }) : 0,
  };
}

/** A full comparison says how many changes the windows before it had missed. */
function unnoticedBy(
  deps: RunDeps,
  run: RunDocument,
  at: { readonly records: ReadonlyMap<RecordId, CrmRecord>; readonly schema: ObjectSchema; readonly state: ReadState },
): number {
  const { state } = at;
  if (state.lastIncrementalMs === null || run.reading.startMs === undefined) return 0;
  return countUnnoticed(at.records.values(), loadSnapshot(deps.store, deps.mapping.id).pairs, {
    fields: at.schema.fields.filter((field) => !field.unstamped).map((field) => field.name),
    sinceMs: windowOf(state, run.trigger, run.reading.startMs).sinceMs,
    expected: new Set(state.retry),
  });
}
