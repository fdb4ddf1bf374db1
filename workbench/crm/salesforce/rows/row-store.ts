import type { RowStore, SavedRows, SRow } from "../org";
import type { SObjectDef } from "../sobject-def";
import { makeId, toId18 } from "./record-id";

type Index = Map<string, Set<string>>;

/** Characters behind the prefix: the same for all rows of an org. */
const POD = "Aa00000";

/** Creates a store; `fields` that are asked for by `findBy` are indexed at the first question. */
export function createRowStore(saved: SavedRows = { rows: [], counters: {} }): RowStore {
  return new IndexedRows(saved);
}

class IndexedRows implements RowStore {
  private readonly byId = new Map<string, SRow>();
  /** Ids by object, oldest first: ids are given in rising order. */
  private readonly ids = new Map<string, string[]>();
  private readonly indexes = new Map<string, Index>();
  private readonly lists = new Map<string, readonly SRow[]>();
  private readonly counters = new Map<string, number>();
  /** What each put replaced, newest last; null while nothing may have to be taken back. */
  private replaced: { readonly id: string; readonly before: SRow | null }[] | null = null;

  constructor(saved: SavedRows) {
    for (const [object, count] of Object.entries(saved.counters)) this.counters.set(object, count);
    for (const row of saved.rows) this.put(row);
  }

  get(id: string): SRow | null {
    return this.byId.get(id.length === 18 ? id : (toId18(id) ?? "")) ?? null;
  }

  live(object: string): readonly SRow[] {
    const known = this.lists.get(object);
    if (known !== undefined) return known;
    const rows = this.every(object).filter((row) => row.deletedMs === null);
    this.lists.set(object, rows);
    return rows;
  }

  every(object: string): readonly SRow[] {
    return (this.ids.get(object) ?? []).flatMap((id) => this.byId.get(id) ?? []);
  }

  findBy(object: SObjectDef, field: string, text: string): readonly SRow[] {
    const key = `${object.name}.${field}`;
    let index = this.indexes.get(key);
    if (index === undefined) {
      index = new Map();
      this.indexes.set(key, index);
      for (const row of this.every(object.name)) addTo(index, row, field);
    }
    const ids = [...(index.get(text.toLowerCase()) ?? [])];
    return ids.flatMap((id) => this.byId.get(id) ?? []).filter((row) => row.deletedMs === null);
  }

  put(row: SRow): void {
    const before = this.byId.get(row.id) ?? null;
    this.replaced?.push({ id: row.id, before });
    this.set(row.id, row);
  }

  nextId(object: SObjectDef): string {
    const n = (this.counters.get(object.name) ?? 0) + 1;
    this.counters.set(object.name, n);
    return makeId(object.keyPrefix ?? "000", POD, n);
  }

  attempt<T>(work: () => T, wentWell: (result: T) => boolean): T {
    const isOutermost = this.replaced === null;
    const replaced = this.replaced ?? [];
    this.replaced = replaced;
    const start = replaced.length;
    let isDone = false;
    try {
      const result = work();
      isDone = wentWell(result);
      return result;
    } finally {
      if (!isDone) for (const { id, before } of replaced.splice(start).reverse()) this.set(id, before);
      if (isOutermost) this.replaced = null;
    }
  }

  purge(id: string): void {
    this.set(id, null);
  }

  save(): SavedRows {
    return { rows: [...this.byId.values()], counters: Object.fromEntries(this.counters) };
  }

  private set(id: string, row: SRow | null): void {
    const before = this.byId.get(id) ?? null;
    const object = row?.object ?? before?.object ?? "";
    for (const [key, index] of this.indexes) {
      const [owner, field = ""] = key.split(".");
      if (owner !== object) continue;
      if (before !== null) removeFrom(index, before, field);
      if (row !== null) addTo(index, row, field);
    }
    if (row === null) this.byId.delete(id);
    else this.byId.set(id, row);
    if (before === null && row !== null) {
      const ids = this.ids.get(object);
      if (ids === undefined) this.ids.set(object, [id]);
      else ids.push(id);
    }
    this.lists.delete(object);
  }
}

function addTo(index: Index, row: SRow, field: string): void {
  const key = keyOf(row, field);
  if (key === null) return;
  const ids = index.get(key);
  if (ids === undefined) index.set(key, new Set([row.id]));
  else ids.add(row.id);
}

function removeFrom(index: Index, row: SRow, field: string): void {
  const key = keyOf(row, field);
  if (key !== null) index.get(key)?.delete(row.id);
}

function keyOf(row: SRow, field: string): string | null {
  const value = row.values[field] ?? null;
  return value === null ? null : String(value).toLowerCase();
}
