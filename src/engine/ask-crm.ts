import { canonicalKey } from "../domain/canonical-key";
import type { CrmRecord, RecordId, RecordRead } from "../domain/record";
import type { Field } from "../domain/schema";
import type { Snapshot } from "../domain/snapshot";
import { planReads } from "../merge/plan-reads";
import type { RowKey } from "../merge/row-key";
import type { TableRead } from "../ports/table";
import type { RunDocument } from "../state/run-document";
import type { RunDeps } from "./run-deps";

/** What the CRM said about linked ids and new keys. */
export interface Asked {
  readonly records: ReadonlyMap<RecordId, CrmRecord>;
  readonly reads: ReadonlyMap<RecordId, RecordRead>;
  readonly keyHits: ReadonlyMap<RowKey, readonly CrmRecord[]>;
}

/** Verifies linked ids that were not seen and looks up the keys of new rows the consistent way (section 4). */
export function askCrm(
  deps: RunDeps,
  run: RunDocument,
  known: {
    readonly listed: ReadonlyMap<RecordId, CrmRecord>;
    readonly table: TableRead;
    readonly pairs: Snapshot;
    readonly keyField: Field | null;
  },
): Asked {
  const names = deps.mapping.columns.map((column) => column.field);
  const records = new Map(known.listed);
  const open = planReads(known.table.rows, known.pairs, new Set(records.keys()), {
    field: known.keyField,
    zone: deps.zone,
  });
  const reads = new Map<RecordId, RecordRead>();
  const survivors = new Set([...records.values()].flatMap((record) => record.mergedIds));
  const unseen = open.ids.filter((id) => !survivors.has(id));
  if (unseen.length > 0) {
    for (const read of deps.crm.read(run.objectType, names, unseen)) {
      reads.set(read.askedId, read);
      if (read.kind === "found") records.set(read.record.id, read.record);
    }
  }
  const keyHits = new Map<RowKey, CrmRecord[]>();
  if (known.keyField) {
    for (const record of records.values()) addHit(keyHits, known.keyField, record, deps);
    lookUpKeys(deps, run, { keyField: known.keyField, keys: open.keys, keyHits, records });
  }
  return { records, reads, keyHits };
}

/** A run that only pulls creates nothing, so the list it has just read answers; others ask for every new key. */
function lookUpKeys(
  deps: RunDeps,
  run: RunDocument,
  at: {
    readonly keyField: Field;
    readonly keys: ReadonlyMap<RowKey, string>;
    readonly keyHits: Map<RowKey, CrmRecord[]>;
    readonly records: Map<RecordId, CrmRecord>;
  },
): void {
  if (run.direction === "pull") return;
  const unanswered = [...at.keys].filter(([key]) => !at.keyHits.has(key)).map(([, wire]) => wire);
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
