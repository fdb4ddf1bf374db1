import { SyncError } from "../domain/errors";
import { hashText } from "../domain/hash-text";
import type { RecordId } from "../domain/record";
import type { FieldName } from "../domain/schema";
import type { PairShadows, Shadow, Snapshot, SnapshotDelta } from "../domain/snapshot";
import type { Store } from "../ports/store";
import { loadUndamaged } from "./load-undamaged";

/**
 * The base in the store: chunks by hash of the record id plus a delta per intent (sync-rules section 9). Values are kept,
 * not hashes: they can be shown, restored and merged. The sheet's shadow is written only where it is not what the CRM's
 * text alone says.
 */

/** Pairs per chunk at which the number of chunks doubles. */
const PAIRS_PER_CHUNK = 2_000;

interface StoredChunk {
  readonly version: 1;
  readonly fields: readonly FieldName[];
  /** id, then per field: null (no base), text t (CRM t, sheet `t` + t or blank) or [CRM, sheet], and 1 where they are apart on purpose. */
  readonly pairs: readonly (readonly StoredCell[])[];
}

type StoredCell = string | null | readonly [string, string] | readonly [string, string, 1];

export interface LoadedSnapshot {
  readonly pairs: Snapshot;
  /** A chunk was damaged: its pairs are missing (rule R19). */
  readonly damaged: boolean;
}

function headKey(mappingId: string): string {
  return `snapshot/${mappingId}/head`;
}

function chunkKey(mappingId: string, chunk: number): string {
  return `snapshot/${mappingId}/chunk-${chunk}`;
}

function deltaPrefix(mappingId: string): string {
  return `delta/${mappingId}/`;
}

/** What this execution knows of a base: reading it anew for every group of work would take longer than the work. */
interface KnownBase {
  readonly loaded: LoadedSnapshot & { readonly pairs: Map<RecordId, PairShadows> };
  /** Intent up to which `loaded` counts. */
  committed: number;
  /** Saved under an intent that is not committed yet. */
  waiting: { readonly n: number; readonly delta: SnapshotDelta } | null;
}

const known = new WeakMap<Store, Map<string, KnownBase>>();

/** The base with all committed deltas applied in order. It is shared: only this file changes it. */
export function loadSnapshot(store: Store, mappingId: string): LoadedSnapshot {
  const committed = store.committed();
  const bases = known.get(store) ?? new Map<string, KnownBase>();
  known.set(store, bases);
  const base = bases.get(mappingId);
  if (base?.waiting?.n === committed) {
    applyDelta(base.loaded.pairs, base.waiting.delta);
    base.committed = committed;
    base.waiting = null;
  }
  if (base?.committed === committed) return base.loaded;
  const loaded = readBase(store, mappingId);
  bases.set(mappingId, { loaded, committed, waiting: null });
  return loaded;
}

function readBase(store: Store, mappingId: string): KnownBase["loaded"] {
  const pairs = new Map<RecordId, PairShadows>();
  const head = loadHead(store, mappingId);
  let { damaged } = head;
  for (let chunk = 0; chunk < head.chunks; chunk++) {
    const stored = loadUndamaged(store, chunkKey(mappingId, chunk));
    if (stored === null) damaged = true;
    else unpackChunk(stored as StoredChunk, pairs);
  }
  for (const key of deltaKeys(store, mappingId)) {
    const stored = loadUndamaged(store, key);
    if (stored === null) damaged = true;
    else applyDelta(pairs, unpackDelta(stored as StoredDelta));
  }
  return { pairs, damaged };
}

/** Number of chunks; without a readable head the chunks are not known. */
function loadHead(store: Store, mappingId: string): { readonly chunks: number; readonly damaged: boolean } {
  if (store.keys(headKey(mappingId)).length === 0) return { chunks: 0, damaged: false };
  const head = loadUndamaged(store, headKey(mappingId)) as { chunks: number } | null;
  return head === null ? { chunks: 0, damaged: true } : { chunks: head.chunks, damaged: false };
}

/** Deltas of intents, oldest first; the store shows only those that were committed. */
function deltaKeys(store: Store, mappingId: string): string[] {
  const numberOf = (key: string) => Number(key.slice(key.lastIndexOf("/") + 1));
  return [...store.keys(deltaPrefix(mappingId))].sort((a, b) => numberOf(a) - numberOf(b));
}

/** Applies changes to a base in place. */
function applyDelta(pairs: Map<RecordId, PairShadows>, delta: SnapshotDelta): void {
  for (const [id, shadows] of delta) {
    if (shadows === null) pairs.delete(id);
    else pairs.set(id, { ...pairs.get(id), ...shadows });
  }
}

interface StoredDelta {
  readonly version: 1;
  readonly forget: readonly RecordId[];
  readonly chunk: StoredChunk;
}

/** Saves what intent n changed; it counts once n is committed. */
export function saveDelta(store: Store, mappingId: string, n: number, delta: SnapshotDelta): void {
  const kept = new Map<RecordId, PairShadows>();
  const forget: RecordId[] = [];
  for (const [id, shadows] of delta) {
    if (shadows === null) forget.push(id);
    else kept.set(id, shadows);
  }
  const stored: StoredDelta = { version: 1, forget, chunk: packChunk([...kept]) };
  store.save(`${deltaPrefix(mappingId)}${n}`, stored, n);
  // What was committed before is taken in first: there is room for one waiting delta.
  if (known.get(store)?.has(mappingId)) loadSnapshot(store, mappingId);
  const base = known.get(store)?.get(mappingId);
  if (base) base.waiting = { n, delta };
}

function unpackDelta(stored: StoredDelta): SnapshotDelta {
  const delta = new Map<RecordId, PairShadows | null>();
  for (const id of stored.forget) delta.set(id, null);
  const kept = new Map<RecordId, PairShadows>();
  unpackChunk(stored.chunk, kept);
  for (const [id, shadows] of kept) delta.set(id, shadows);
  return delta;
}

/**
 * Writes the whole base anew with the last changes and drops the deltas it contains, all under intent n: it counts in one
 * moment, when n is committed. `only`: other fields are dropped. Without any change nothing is written; gives whether
 * something was.
 */
export function compactSnapshot(
  store: Store,
  mappingId: string,
  n: number,
  { last, only }: { readonly last: SnapshotDelta; readonly only: ReadonlySet<FieldName> | null },
): boolean {
  const deltas = deltaKeys(store, mappingId);
  if (deltas.length === 0 && last.size === 0 && only === null) return false;
  const pairs = new Map(loadSnapshot(store, mappingId).pairs);
  applyDelta(pairs, last);
  if (only !== null) for (const [id, shadows] of pairs) pairs.set(id, pickFields(shadows, only));
  const before = loadHead(store, mappingId).chunks;
  let chunks = 1;
  while (pairs.size / chunks > PAIRS_PER_CHUNK) chunks *= 2;
  const byChunk: [RecordId, PairShadows][][] = Array.from({ length: chunks }, () => []);
  for (const entry of pairs) byChunk[hashText(entry[0]) % chunks]?.push(entry);
  byChunk.forEach((entries, chunk) => {
    store.save(chunkKey(mappingId, chunk), packChunk(entries), n);
  });
  if (before !== chunks) store.save(headKey(mappingId), { version: 1, chunks }, n);
  for (let chunk = chunks; chunk < before; chunk++) store.remove(chunkKey(mappingId, chunk), n);
  for (const key of deltas) store.remove(key, n);
  known.get(store)?.delete(mappingId);
  return true;
}

function pickFields(shadows: PairShadows, only: ReadonlySet<FieldName>): PairShadows {
  return Object.fromEntries(Object.entries(shadows).filter(([field]) => only.has(field)));
}

/** Forgets the base of a mapping. */
export function removeSnapshot(store: Store, mappingId: string): void {
  for (const key of [...store.keys(`snapshot/${mappingId}/`), ...store.keys(deltaPrefix(mappingId))]) store.remove(key);
  known.get(store)?.delete(mappingId);
}

function packChunk(entries: readonly (readonly [RecordId, PairShadows])[]): StoredChunk {
  const fields = [...new Set(entries.flatMap(([, shadows]) => Object.keys(shadows)))].sort();
  const pairs = entries.map(([id, shadows]) => [id, ...fields.map((field) => packShadow(shadows[field]))]);
  return { version: 1, fields, pairs };
}

function packShadow(shadow: Shadow | undefined): StoredCell {
  if (!shadow) return null;
  if (shadow.apart) return [shadow.crm, shadow.sheet, 1];
  return shadow.sheet === plainSheet(shadow.crm) ? shadow.crm : [shadow.crm, shadow.sheet];
}

function plainSheet(crm: string): string {
  return crm === "" ? "" : `t${crm}`;
}

function unpackChunk(stored: StoredChunk, into: Map<RecordId, PairShadows>): void {
  if (stored.version !== 1) {
    throw new SyncError("fatal", "state-newer", "This file was last synced by a newer version of CRM Sync.", {
      hint: "Reload the spreadsheet to get the newer version.",
    });
  }
  for (const [id, ...cells] of stored.pairs) {
    if (typeof id !== "string") continue;
    const shadows: Record<FieldName, Shadow> = {};
    stored.fields.forEach((field, at) => {
      const cell = cells[at];
      if (cell === null || cell === undefined) return;
      shadows[field] = unpackShadow(cell);
    });
    into.set(id, shadows);
  }
}

function unpackShadow(cell: Exclude<StoredCell, null>): Shadow {
  if (typeof cell === "string") return { crm: cell, sheet: plainSheet(cell) };
  const [crm, sheet, apart] = cell;
  return apart === undefined ? { crm, sheet } : { crm, sheet, apart: true };
}
