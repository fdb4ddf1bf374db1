import { canonicalKey } from "../../domain/canonical-key";
import type { CrmRecord, KeyRead, RecordId, RecordRead } from "../../domain/record";
import type { Field } from "../../domain/schema";
import type { Snapshot } from "../../domain/snapshot";
import type { CrmValue } from "../../domain/value";
import type { PlanField } from "../../merge/plan-field";
import { planReads } from "../../merge/plan-reads";
import type { RowKey } from "../../merge/row-key";
import type { TableRead } from "../../ports/table";
import type { RunDocument } from "../../state/run-document";
import { isLate, type RunDeps } from "../run-deps";
import { RunInterrupted } from "../run-interrupted";
import type { CrmReader } from "./crm-reader";
import type { FinishedReading } from "./read-crm";

/** Batches of keys that are looked up between two looks at the clock. */
const BATCHES_PER_LOOK = 5;

/** What the CRM said about linked ids and new keys. */
export interface Asked {
  readonly records: ReadonlyMap<RecordId, CrmRecord>;
  readonly reads: ReadonlyMap<RecordId, RecordRead>;
  readonly keyHits: ReadonlyMap<RowKey, readonly CrmRecord[]>;
}

/** What is to be asked about. */
interface Question {
  readonly reading: FinishedReading;
  readonly table: TableRead;
  readonly pairs: Snapshot;
  readonly fields: readonly PlanField[];
  readonly keyField: Field | null;
}

/**
 * Verifies linked ids that were not seen and looks up the keys of new rows the consistent way (section 4). After a reading
 * of what changed, ids are asked for only where what the base remembers is not enough. null when the slice ends first: the
 * reader has what was answered, and the next slice asks for the rest.
 */
export function askCrm(deps: RunDeps, run: RunDocument, question: Question): Asked | null {
  const { reader } = question.reading;
  reader.progress = { ...reader.progress, part: "asking", cursor: null };
  try {
    return ask(deps, run, question);
  } catch (thrown) {
    if (!reader.moved) throw thrown;
    throw new RunInterrupted({ ...reader.stage(run), interruptions: 0 }, thrown);
  }
}

function ask(deps: RunDeps, run: RunDocument, question: Question): Asked | null {
  const { reading, fields, keyField, pairs } = question;
  const { reader } = reading;
  const records = new Map(reading.records);
  const reads = new Map<RecordId, RecordRead>(reading.reads);
  const take = (read: RecordRead): void => {
    reads.set(read.askedId, read);
    if (read.kind === "found") records.set(read.record.id, read.record);
  };
  reading.asked.forEach(take);
  const open = planReads(question.table.rows, pairs, new Set([...records.keys(), ...reads.keys()]), {
    field: keyField,
    zone: deps.zone,
    linkedFromBase: reading.linkedFromBase,
    fields,
  });
  const survivors = new Set([...records.values()].flatMap((record) => record.mergedIds));
  const unseen = open.ids.filter((id) => !survivors.has(id));
  const isRead = inPieces(reader, unseen, deps.crm.limits.batchSize, (ids) => {
    const answers = deps.crm.read(run.objectType, reader.fields, ids);
    answers.forEach(take);
    reader.asked.push(...answers);
  });
  if (!isRead) return null;
  const keyHits = new Map<RowKey, CrmRecord[]>();
  if (!keyField) return { records, reads, keyHits };
  for (const record of records.values()) addHit(keyHits, canonicalOf(keyField, record, deps), record);
  const isFound = lookUpKeys(deps, run, { reading, keyField, keys: open.keys, keyHits, records });
  return isFound ? { records, reads, keyHits } : null;
}

/** Asks piece by piece; false when the slice ends first, but never before a piece. */
function inPieces<T>(reader: CrmReader, wanted: readonly T[], size: number, askFor: (piece: readonly T[]) => void) {
  for (let at = 0; at < wanted.length; at += size) {
    if (at > 0 && isLate(reader.deps)) return false;
    askFor(wanted.slice(at, at + size));
    reader.moved = true;
  }
  return true;
}

/**
 * A run that only pulls creates nothing, so a list that it has just read answers. Otherwise every new key is asked for: one
 * hit among what was read answers for a unique key, and for any key only when everything was read. True when none is open.
 */
function lookUpKeys(
  deps: RunDeps,
  run: RunDocument,
  at: {
    readonly reading: FinishedReading;
    readonly keyField: Field;
    readonly keys: ReadonlyMap<RowKey, CrmValue>;
    readonly keyHits: Map<RowKey, CrmRecord[]>;
    readonly records: Map<RecordId, CrmRecord>;
  },
): boolean {
  const { keyField, keyHits, records, reading } = at;
  const { complete, reader } = reading;
  if (complete && run.direction === "pull") return true;
  const isAnswered = (key: RowKey) => keyHits.has(key) && (complete || keyField.unique);
  const open = new Map([...at.keys].filter(([key]) => !isAnswered(key)));
  const take = (found: KeyRead): void => {
    const key = canonicalKey(keyField, found.key, deps.zone);
    open.delete(key);
    for (const record of found.records) {
      records.set(record.id, record);
      addHit(keyHits, key, record);
    }
  };
  reading.keys.forEach(take);
  return inPieces(reader, [...open.values()], BATCHES_PER_LOOK * deps.crm.limits.batchSize, (keys) => {
    const answers = deps.crm.find(run.objectType, keyField.name, keys, reader.fields);
    answers.forEach(take);
    reader.keys.push(...answers);
  });
}

function canonicalOf(keyField: Field, record: CrmRecord, deps: RunDeps): RowKey {
  return canonicalKey(keyField, record.values[keyField.name] ?? "", deps.zone);
}

function addHit(keyHits: Map<RowKey, CrmRecord[]>, key: RowKey, record: CrmRecord): void {
  if (key === "") return;
  const hits = keyHits.get(key);
  if (!hits) keyHits.set(key, [record]);
  else if (!hits.some((hit) => hit.id === record.id)) hits.push(record);
}
