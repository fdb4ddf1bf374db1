import type { Random } from "../seeded-random";
import type { ObjectType } from "./object-type";
import type { Properties } from "./sandbox-types";

/** Who made a change; shown in propertiesWithHistory. */
export type ChangeSource = "INTEGRATION" | "CRM_UI" | "ENRICHMENT" | "IMPORT" | "MERGE_OBJECTS";

/** Values that one change set. */
interface HistoryEntry {
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
  const keys = createKeyIndex(type, uniqueNames);
  const order = createIdOrder();
  let lastId = saved?.lastId ?? firstIds[type];
  const put = (record: StoredRecord): void => {
    const before = records.get(record.id);
    if (before === undefined) order.add(record.id);
    else if (before.archivedAtMs === null) keys.remove(before);
    records.set(record.id, record);
    if (record.archivedAtMs === null) keys.add(record);
  };
  for (const record of saved?.records ?? []) put(record);

  const survivorOf = (id: string): string => {
    const next = merged.get(id);
    return next === undefined ? id : survivorOf(next);
  };
  const collect = (fromId: string | null, count: number, archived: boolean): StoredRecord[] => {
    const found: StoredRecord[] = [];
    for (const id of order.from(fromId)) {
      const record = records.get(id);
      if (record === undefined || (record.archivedAtMs !== null) !== archived) continue;
      found.push(record);
      if (found.length === count) break;
    }
    return found;
  };
  return {
    get: (id) => records.get(id),
    survivorOf,
    isMergedAway: (id) => merged.has(id),
    put,
    mergeAway: (loserId, survivorId) => {
      const loser = records.get(loserId);
      if (loser !== undefined) keys.remove(loser);
      records.delete(loserId);
      merged.set(loserId, survivorId);
    },
    page: collect,
    live: () => collect(null, Number.POSITIVE_INFINITY, false),
    findByKey: keys.find,
    rebuildKeys: () => keys.rebuild([...records.values()].filter((record) => record.archivedAtMs === null)),
    nextId: (random) => {
      lastId += 1 + random.int(random.chance(0.2) ? 400 : 6);
      return String(lastId);
    },
    save: () => ({ records: [...records.values()], merged: [...merged], lastId }),
  };
}

/** All ids ever used, in ascending order. */
interface IdOrder {
  add(id: string): void;
  /** Ids from this one on; null: all. */
  from(id: string | null): Iterable<string>;
}

function createIdOrder(): IdOrder {
  let ids: string[] = [];
  let isSorted = true;
  return {
    add: (id) => {
      isSorted &&= Number(ids.at(-1) ?? 0) < Number(id);
      ids.push(id);
    },
    *from(id) {
      if (!isSorted) ids = [...new Set(ids)].sort((a, b) => Number(a) - Number(b));
      isSorted = true;
      for (let at = id === null ? 0 : lowerBound(ids, Number(id)); at < ids.length; at += 1) yield ids[at] ?? "";
    },
  };
}

/** Which live record holds which unique value. */
interface KeyIndex {
  add(record: StoredRecord): void;
  remove(record: StoredRecord): void;
  find(property: string, value: string): string | undefined;
  rebuild(live: readonly StoredRecord[]): void;
}

function createKeyIndex(type: ObjectType, uniqueNames: () => readonly string[]): KeyIndex {
  const holders = new Map<string, string>();
  const add = (record: StoredRecord): void => {
    for (const key of keysOf(type, record, uniqueNames())) holders.set(key, record.id);
  };
  return {
    add,
    remove: (record) => {
      for (const key of keysOf(type, record, uniqueNames())) if (holders.get(key) === record.id) holders.delete(key);
    },
    find: (property, value) => holders.get(toKey(property, value)),
    rebuild: (live) => {
      holders.clear();
      live.forEach(add);
    },
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
