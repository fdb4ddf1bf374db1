import type { Random } from "../seeded-random";
import type { ObjectType } from "./object-type";
import type { Properties } from "./sandbox-types";

/** Who made a change; shown in propertiesWithHistory. */
export type ChangeSource = "INTEGRATION" | "CRM_UI" | "ENRICHMENT" | "IMPORT" | "MERGE_OBJECTS";

/** Values that one change set. */
export interface HistoryEntry {
  readonly atMs: number;
  readonly source: ChangeSource;
  readonly values: Properties;
}

/** A record. Immutable: a change replaces it, so that the search index may keep the old one. */
export interface StoredRecord {
  readonly id: string;
  readonly properties: Properties;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly archivedAtMs: number | null;
  /** Oldest first. */
  readonly history: readonly HistoryEntry[];
}

/** The truth about the records of one object type: by id, by unique key, and who was merged into whom. */
export interface RecordStore {
  /** Live or archived; not following merges. */
  get(id: string): StoredRecord | undefined;
  /** The id after all merges: of the survivor, or the id itself. */
  survivorOf(id: string): string;
  isMergedAway(id: string): boolean;
  put(record: StoredRecord): void;
  /** The record vanishes and its id leads to the survivor. */
  mergeAway(loserId: string, survivorId: string): void;
  /** Live or archived records by ascending id, from this id on. */
  page(fromId: string | null, count: number, archived: boolean): readonly StoredRecord[];
  live(): readonly StoredRecord[];
  /** Id of the live record that holds a unique key. */
  findByKey(property: string, value: string): string | undefined;
  /** Forgets and rebuilds all keys: after a property became unique or vanished. */
  rebuildKeys(): void;
  /** A new id: larger than all before, with gaps. */
  nextId(random: Random): string;
  save(): SavedRecords;
}

/** JSON-safe state of a store. */
export interface SavedRecords {
  readonly records: readonly StoredRecord[];
  readonly merged: readonly (readonly [string, string])[];
  readonly lastId: number;
}

const firstIds: Readonly<Record<ObjectType, number>> = { contacts: 90_400_120_000, companies: 31_700_450_000 };

/** Creates a store. `uniqueNames` tells the properties with hasUniqueValue at this moment. */
export function createRecordStore(
  type: ObjectType,
  uniqueNames: () => readonly string[],
  saved?: SavedRecords,
): RecordStore {
  const records = new Map<string, StoredRecord>();
  const merged = new Map<string, string>(saved?.merged ?? []);
  const keys = new Map<string, string>();
  let lastId = saved?.lastId ?? firstIds[type];
  let sortedIds: string[] | null = null;

  const setKeys = (record: StoredRecord, add: boolean): void => {
    for (const key of keysOf(type, record, uniqueNames())) {
      if (add) keys.set(key, record.id);
      else if (keys.get(key) === record.id) keys.delete(key);
    }
  };
  const ids = (): readonly string[] => {
    sortedIds ??= [...records.keys()].sort((a, b) => Number(a) - Number(b));
    return sortedIds;
  };
  const put = (record: StoredRecord): void => {
    const before = records.get(record.id);
    if (before === undefined) {
      const newest = sortedIds?.at(-1);
      if (sortedIds !== null && (newest === undefined || Number(newest) < Number(record.id))) sortedIds.push(record.id);
      else sortedIds = null;
    } else if (before.archivedAtMs === null) {
      setKeys(before, false);
    }
    records.set(record.id, record);
    if (record.archivedAtMs === null) setKeys(record, true);
  };
  for (const record of saved?.records ?? []) put(record);

  const survivorOf = (id: string): string => {
    const next = merged.get(id);
    return next === undefined ? id : survivorOf(next);
  };
  return {
    get: (id) => records.get(id),
    survivorOf,
    isMergedAway: (id) => merged.has(id),
    put,
    mergeAway: (loserId, survivorId) => {
      const loser = records.get(loserId);
      if (loser !== undefined) setKeys(loser, false);
      records.delete(loserId);
      sortedIds = null;
      merged.set(loserId, survivorId);
    },
    page: (fromId, count, archived) => {
      const all = ids();
      const found: StoredRecord[] = [];
      for (let at = fromId === null ? 0 : lowerBound(all, Number(fromId)); at < all.length; at += 1) {
        const record = records.get(all[at] ?? "");
        if (record === undefined || (record.archivedAtMs !== null) !== archived) continue;
        found.push(record);
        if (found.length === count) break;
      }
      return found;
    },
    live: () =>
      ids().flatMap((id) => {
        const record = records.get(id);
        return record !== undefined && record.archivedAtMs === null ? [record] : [];
      }),
    findByKey: (property, value) => keys.get(toKey(property, value)),
    rebuildKeys: () => {
      keys.clear();
      for (const record of records.values()) if (record.archivedAtMs === null) setKeys(record, true);
    },
    nextId: (random) => {
      lastId += 1 + random.int(random.chance(0.2) ? 400 : 6);
      return String(lastId);
    },
    save: () => ({ records: [...records.values()], merged: [...merged], lastId }),
  };
}

/** Unique keys are compared without regard to case, as e-mail addresses are. */
function toKey(property: string, value: string): string {
  return `${property}\n${value.toLowerCase()}`;
}

/** E-mail keys of a contact count its additional addresses too. */
function keysOf(type: ObjectType, record: StoredRecord, uniqueNames: readonly string[]): string[] {
  const found = uniqueNames.flatMap((name) => {
    const value = record.properties[name];
    return value === undefined || value === "" ? [] : [toKey(name, value)];
  });
  if (type !== "contacts") return found;
  const addresses = [record.properties.email ?? "", ...(record.properties.hs_additional_emails ?? "").split(";")];
  return [...found, ...addresses.filter((address) => address !== "").map((address) => toKey("email", address))];
}

function lowerBound(ids: readonly string[], id: number): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (Number(ids[middle]) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}
