import type { Effect, LoggedEffect } from "../domain/effect";
import type { Operation, Plan } from "../domain/plan";
import type { FieldName, ObjectType } from "../domain/schema";
import type { Store } from "../ports/store";
import { loadUndamaged } from "./load-undamaged";
import { readVersion } from "./read-version";
import { isOpen, loadRuns, type RunDocument } from "./run-document";

/**
 * What runs did, so that it can be taken back: one document per intent, saved under it, so that it counts exactly when the
 * intent does; and an index of the runs that are over.
 */

/** Runs whose effects are kept, of all mappings. */
const MAX_RUNS = 20;

/** Characters of all kept effects as JSON. A single run above it is not kept at all. */
const MAX_CHARACTERS = 2_000_000;

const PREFIX = "undo/";
const INDEX = "undo-runs";

/** A run that is over and did something. */
export interface UndoRun {
  readonly runId: string;
  readonly mappingId: string;
  readonly accountId: string;
  readonly objectType: ObjectType;
  readonly startedMs: number;
  /** Size of its effects as JSON. */
  readonly characters: number;
  readonly effects: number;
  /** Values that somebody had changed and that the run replaced; 0 where they are no longer kept. */
  readonly losers: number;
  readonly state: "possible" | "done" | "too-large";
  /** Run that this one took back; null: an ordinary sync. */
  readonly undoOf: string | null;
}

/** What the undo log has to know of a run that ends. */
export type EndedRun = Pick<
  RunDocument,
  "id" | "mappingId" | "accountId" | "objectType" | "startedMs" | "phase" | "undoOf" | "leaveOut"
>;

interface StoredIndex {
  readonly version: 1;
  readonly runs: readonly UndoRun[];
}

interface StoredPart {
  readonly version: 1;
  readonly effects: readonly Effect[];
}

/** Keeps what was done under intent n; it counts once n is committed. */
export function saveEffects(store: Store, runId: string, n: number, effects: readonly Effect[]): void {
  if (effects.length === 0) return;
  const part: StoredPart = { version: 1, effects };
  store.save(`${PREFIX}${runId}/${n}`, part, n);
}

/**
 * Effects of a run in the order in which they happened; none when they are not kept. Throws SyncError `state-damaged`,
 * `state-newer`.
 */
export function loadEffects(store: Store, runId: string): readonly LoggedEffect[] {
  return partKeys(store, runId).flatMap(({ key, n }) => {
    const part = readVersion<StoredPart>(store.load(key));
    return (part?.effects ?? []).map((effect, at) => ({ id: `${n}:${at}`, effect }));
  });
}

function partKeys(store: Store, runId: string): readonly { readonly key: string; readonly n: number }[] {
  const prefix = `${PREFIX}${runId}/`;
  return store
    .keys(prefix)
    .map((key) => ({ key, n: Number(key.slice(prefix.length)) }))
    .sort((a, b) => a.n - b.n);
}

/** Runs that are over and did something, the newest first. Throws SyncError `state-newer`. */
export function loadUndoRuns(store: Store): readonly UndoRun[] {
  return readVersion<StoredIndex>(loadUndamaged(store, INDEX))?.runs ?? [];
}

/**
 * At the end of a run: enters it into the index, marks the run that it took back, and drops what is too old or too large.
 * Under an intent it counts once that is committed. A run that did nothing changes nothing.
 */
export function closeUndoLog(store: Store, run: EndedRun, intent?: number): void {
  const before = loadUndoRuns(store);
  const entry = entryOf(store, run);
  const others = before.filter(({ runId }) => runId !== run.id);
  const runs = prune(markUndone(entry ? [entry, ...others] : others, run));
  if (JSON.stringify(runs) !== JSON.stringify(before)) saveIndex(store, runs, intent);
  const open = loadRuns(store).filter((other) => isOpen(other) && other.id !== run.id);
  const kept = new Set([
    ...runs.filter(({ state }) => state !== "too-large").map(({ runId }) => runId),
    ...open.map(({ id }) => id),
  ]);
  dropLogs(store, (runId) => !kept.has(runId), intent);
}

/** Forgets the undo log of a mapping that is removed or starts anew. */
export function removeUndoLog(store: Store, mappingId: string): void {
  const before = loadUndoRuns(store);
  const gone = new Set(before.filter((run) => run.mappingId === mappingId).map(({ runId }) => runId));
  for (const run of loadRuns(store)) if (run.mappingId === mappingId) gone.add(run.id);
  if (before.some(({ runId }) => gone.has(runId))) {
    const runs = before.filter(({ runId }) => !gone.has(runId));
    saveIndex(store, runs);
  }
  dropLogs(store, (runId) => gone.has(runId));
}

function saveIndex(store: Store, runs: readonly UndoRun[], intent?: number): void {
  const index: StoredIndex = { version: 1, runs };
  store.save(INDEX, index, intent);
}

function dropLogs(store: Store, isGone: (runId: string) => boolean, intent?: number): void {
  for (const key of store.keys(PREFIX)) if (isGone(key.split("/")[1] ?? "")) store.remove(key, intent);
}

/** null: the run did nothing. */
function entryOf(store: Store, run: EndedRun): UndoRun | null {
  const parts = partKeys(store, run.id).map(({ key }) => loadUndamaged(store, key) as StoredPart | null);
  const effects = parts.flatMap((part) => part?.effects ?? []);
  if (effects.length === 0) return null;
  const { id: runId, mappingId, accountId, objectType, startedMs } = run;
  const characters = parts.reduce((sum, part) => sum + JSON.stringify(part).length, 0);
  const losers = effects.filter((effect) => "loser" in effect && effect.loser).length;
  const kept = { runId, mappingId, accountId, objectType, startedMs, characters, effects: effects.length, losers };
  return { ...kept, state: "possible", undoOf: run.undoOf?.runId ?? null };
}

/**
 * A run counts as taken back when its undo went through without anything left out. Where an undo itself is taken back, the
 * run can be undone again.
 */
function markUndone(runs: readonly UndoRun[], run: EndedRun): readonly UndoRun[] {
  const { undoOf } = run;
  if (!undoOf || run.phase !== "done" || undoOf.only !== null || run.leaveOut.length > 0) return runs;
  const again = runs.find(({ runId }) => runId === undoOf.runId)?.undoOf ?? null;
  return runs.map((one): UndoRun => {
    if (one.runId === undoOf.runId) return { ...one, state: "done" };
    return one.runId === again && one.state === "done" ? { ...one, state: "possible" } : one;
  });
}

/** The newest runs that fit; older ones than the first that does not are dropped with it. */
function prune(runs: readonly UndoRun[]): readonly UndoRun[] {
  const kept: UndoRun[] = [];
  let room = MAX_CHARACTERS;
  for (const run of runs.slice(0, MAX_RUNS)) {
    if (run.state === "too-large" || run.characters > MAX_CHARACTERS) {
      kept.push({ ...run, losers: 0, state: "too-large" });
      continue;
    }
    if (run.characters > room) break;
    room -= run.characters;
    kept.push(run);
  }
  return kept;
}

/** Is the plan so big that its run could not be undone? An estimate, from what it would write. */
export function wouldBeTooLarge(plan: Plan): boolean {
  let characters = 0;
  for (const operation of plan.operations) {
    characters += keptCharacters(operation);
    if (characters > MAX_CHARACTERS) return true;
  }
  return false;
}

/** Characters of an effect as JSON without its texts: names, quotes and marks. */
const FRAME = 99;

/** Characters around the name and the text of one value among several. */
const VALUE_FRAME = 6;

/** How much of the undo log an operation takes, about. */
function keptCharacters(operation: Operation): number {
  const own = FRAME + operation.title.length + operation.id.length;
  switch (operation.kind) {
    case "update":
      return sum(operation.changes, ({ field, from, to, sheet }) => own + lengthOf(field, from, to, sheet));
    case "write-cells":
      return sum(operation.cells, ({ field, from, to, crm }) => own + lengthOf(field, from, to, crm));
    case "create":
      return (
        own + sum(operation.changes, ({ field, to }) => VALUE_FRAME + lengthOf(field, to)) + rowLength(operation.row)
      );
    case "append-row":
      return own + sum(operation.cells, ({ field, to }) => VALUE_FRAME + lengthOf(field, to));
    case "remove-row":
      return own + rowLength(operation.row);
    case "link":
      return own + operation.expectedId.length;
    default:
      return own;
  }
}

function rowLength(row: Readonly<Record<FieldName, string>>): number {
  return sum(Object.entries(row), ([field, value]) => VALUE_FRAME + lengthOf(field, value));
}

function lengthOf(...texts: readonly string[]): number {
  return sum(texts, (text) => text.length);
}

function sum<T>(list: readonly T[], value: (one: T) => number): number {
  return list.reduce((total, one) => total + value(one), 0);
}
