import { SyncError } from "../domain/errors";
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
  /** id, then per field: null (no base), text t (CRM t, sheet `t` + t or blank) or [CRM, sheet]. */
  readonly pairs: readonly (readonly StoredCell[])[];
}

type StoredCell = string | null | readonly [string, string];

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

/** The base with all committed deltas applied in order. */
export function loadSnapshot(store: Store, mappingId: string): LoadedSnapshot {
  const pairs = new Map<RecordId, PairShadows>();
  const head = loadHead(store, mappingId);
  let { damaged } = head;
  for (let chunk = 0; chunk < head.chunks; chunk++) {
    const stored = loadUndamaged(store, chunkKey(mappingId, chunk));
    if (stored === null) damaged = true;
    else unpackChunk(stored as StoredChunk, pairs);
  }
  for (const key of committedDeltas(store, mappingId)) {
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

/** Deltas of intents that were committed, oldest first; others are leftovers of a kill. */
function committedDeltas(store: Store, mappingId: string): string[] {
  const numberOf = (key: string) => Number(key.slice(key.lastIndexOf("/") + 1));
  return store
    .keys(deltaPrefix(mappingId))
    .filter((key) => numberOf(key) <= store.committed())
    .sort((a, b) => numberOf(a) - numberOf(b));
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
  store.save(`${deltaPrefix(mappingId)}${n}`, stored);
}

/** Drops what an intent that was never committed had saved. */
export function removeDelta(store: Store, mappingId: string, n: number): void {
  store.remove(`${deltaPrefix(mappingId)}${n}`);
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
 * Writes the whole base anew and drops the deltas it contains. Nothing is written when there is no delta. A kill may keep
 * any beginning of these writes: chunks that are new come first, then the head that names them, then the chunks that lose
 * pairs to them; the deltas go last. A later chunk and the deltas decide over what an old chunk still says.
 */
export function compactSnapshot(store: Store, mappingId: string): void {
  if (store.keys(deltaPrefix(mappingId)).length === 0) return;
  const { pairs } = loadSnapshot(store, mappingId);
  const before = loadHead(store, mappingId).chunks;
  let chunks = 1;
  while (pairs.size / chunks > PAIRS_PER_CHUNK) chunks *= 2;
  const byChunk: [RecordId, PairShadows][][] = Array.from({ length: chunks }, () => []);
  for (const entry of pairs) byChunk[hashId(entry[0]) % chunks]?.push(entry);
  const save = (from: number, to: number) =>
    byChunk.slice(from, to).forEach((entries, at) => {
      store.save(chunkKey(mappingId, from + at), packChunk(entries));
    });
  save(before, chunks);
  if (before < chunks) store.save(headKey(mappingId), { version: 1, chunks });
  save(0, Math.min(before, chunks));
  if (before > chunks) store.save(headKey(mappingId), { version: 1, chunks });
  for (let chunk = chunks; chunk < before; chunk++) store.remove(chunkKey(mappingId, chunk));
  for (const key of store.keys(deltaPrefix(mappingId))) store.remove(key);
}

/** Forgets the base of a mapping. */
export function removeSnapshot(store: Store, mappingId: string): void {
  for (const key of [...store.keys(`snapshot/${mappingId}/`), ...store.keys(deltaPrefix(mappingId))]) store.remove(key);
}

/** FNV-1a, 32 bits: spreads ids over chunks. */
function hashId(id: RecordId): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) {
    hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193) >>> 0;
  }
  return hash;
}

function packChunk(entries: readonly (readonly [RecordId, PairShadows])[]): StoredChunk {
  const fields = [...new Set(entries.flatMap(([, shadows]) => Object.keys(shadows)))].sort();
  const pairs = entries.map(([id, shadows]) => [id, ...fields.map((field) => packShadow(shadows[field]))]);
  return { version: 1, fields, pairs };
}

function packShadow(shadow: Shadow | undefined): StoredCell {
  if (!shadow) return null;
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
      shadows[field] =
        typeof cell === "string" ? { crm: cell, sheet: plainSheet(cell) } : { crm: cell[0], sheet: cell[1] };
    });
    into.set(id, shadows);
  }
}
