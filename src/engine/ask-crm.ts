import { canonicalKey } from "../domain/canonical-key";
import type { CrmRecord, RecordId, RecordRead } from "../domain/record";
import type { Field } from "../domain/schema";
import type { Snapshot } from "../domain/snapshot";
import type { PlanField } from "../merge/plan-field";
import { planReads } from "../merge/plan-reads";
import type { RowKey } from "../merge/row-key";
import type { TableRead } from "../ports/table";
import type { RunDocument } from "../state/run-document";
import type { FinishedReading } from "./read-crm";
import type { RunDeps } from "./run-deps";

/** What the CRM said about linked ids and new keys. */
export interface Asked {
  readonly records: ReadonlyMap<RecordId, CrmRecord>;
  readonly reads: ReadonlyMap<RecordId, RecordRead>;
  readonly keyHits: ReadonlyMap<RowKey, readonly CrmRecord[]>;
}

/**
 * Verifies linked ids that were not seen and looks up the keys of new rows the consistent way (section 4). After a reading
 * of what changed, ids are asked for only where what the base remembers is not enough.
 */
export function askCrm(
  deps: RunDeps,
  run: RunDocument,
  known: {
    readonly reading: FinishedReading;
    readonly table: TableRead;
    readonly pairs: Snapshot;
    readonly fields: readonly PlanField[];
    readonly keyField: Field | null;
  },
): Asked {
  const { reading, fields, keyField } = known;
  const names = deps.mapping.columns.map((column) => column.field);
  const records = new Map(reading.records);
  const reads = new Map<RecordId, RecordRead>(reading.reads);
  const open = planReads(known.table.rows, known.pairs, new Set([...records.keys(), ...reads.keys()]), {
    field: keyField,
    zone: deps.zone,
    linkedFromBase: reading.linkedFromBase,
    fields,
  });
  const survivors = new Set([...records.values()].flatMap((record) => record.mergedIds));
  const unseen = open.ids.filter((id) => !survivors.has(id));
  if (unseen.length > 0) {
    for (const read of deps.crm.read(run.objectType, names, unseen)) {
      reads.set(read.askedId, read);
      if (read.kind === "found") records.set(read.record.id, read.record);
    }
  }
  const keyHits = new Map<RowKey, CrmRecord[]>();
  if (keyField) {
    for (const record of records.values()) addHit(keyHits, keyField, record, deps);
    lookUpKeys(deps, run, { keyField, keys: open.keys, keyHits, records, complete: reading.complete });
  }
  return { records, reads, keyHits };
}

/**
 * A run that only pulls creates nothing, so a list that it has just read answers. Otherwise every new key is asked for: one
 * hit among what was read answers for a unique key, and for any key only when everything was read.
 */
function lookUpKeys(
  deps: RunDeps,
  run: RunDocument,
  at: {
    readonly keyField: Field;
    readonly keys: ReadonlyMap<RowKey, string>;
    readonly keyHits: Map<RowKey, CrmRecord[]>;
    readonly records: Map<RecordId, CrmRecord>;
    readonly complete: boolean;
  },
): void {
  if (at.complete && run.direction === "pull") return;
  const isAnswered = (key: RowKey) => at.keyHits.has(key) && (at.complete || at.keyField.unique);
  const unanswered = [...at.keys].filter(([key]) => !isAnswered(key)).map(([, wire]) => wire);
  if (unanswered.length === 0) return;
  const names = deps.mapping.columns.map((column) => column.field);
  for (const found of deps.crm.find(run.objectType, at.keyField.name, unanswered, names)) {
    const key = canonicalKey(at.keyField, found.key, deps.zone);
    for (const record of found.records) {
      at.records.set(record.id, record);
      const hits = at.keyHits.get(key) ?? [];
      if (!hits.some((hit) => hit.id === record.id)) at.keyHits.set(key, [...hits, record]);
    }
  }
}

function addHit(keyHits: Map<RowKey, CrmRecord[]>, keyField: Field, record: CrmRecord, deps: RunDeps): void {
  const key = canonicalKey(keyField, record.values[keyField.name] ?? "", deps.zone);
  if (key === "") return;
  const hits = keyHits.get(key);
  if (hits) hits.push(record);
  else keyHits.set(key, [record]);
}
