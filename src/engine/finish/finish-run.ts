import type { Mapping } from "../../domain/mapping";
import type { Plan } from "../../domain/plan";
import type { RecordId } from "../../domain/record";
import { type HistoryEvent, runTypeName } from "../../domain/run";
import type { FieldName } from "../../domain/schema";
import type { PairShadows, SnapshotDelta } from "../../domain/snapshot";
import { unlinkedRecords } from "../../merge/leave-out";
import { shadowsOfAdoptions } from "../../merge/next-shadows";
import { conflictKey } from "../../merge/plan-input";
import type { Store } from "../../ports/store";
import { type Checkpoint, loadCheckpoint, saveCheckpoint } from "../../state/checkpoint";
import { dropRunData, loadPlan } from "../../state/plan-document";
import { loadReadState } from "../../state/read-state";
import { isOpen, loadRuns, type RunDocument, saveRun } from "../../state/run-document";
import { compactSnapshot } from "../../state/snapshot-store";
import { loadUnconfirmed, quarantined, saveUnconfirmed, type Unconfirmed } from "../../state/unconfirmed";
import { closeUndoLog } from "../../state/undo-log";
import { noteEchoes } from "../note-echoes";
import { readingAbout } from "../read/choose-reading";
import { addTally, type RunDeps } from "../run-deps";
import { saveNextReadState } from "./next-read-state";
import { planMessages, planTally, toldKeys } from "./plan-messages";
import { planStatuses } from "./plan-statuses";

/**
 * Ends a run (section 6.5). Base, checkpoint and run document change in the moment of one commit; statuses and the history
 * event are written before it, and written again as they are when a kill comes between.
 */
export function finishRun(deps: RunDeps, given: RunDocument): RunDocument {
  const { store, mapping } = deps;
  const plan = loadPlan(store, given.id);
  const n = store.nextIntent();
  noteEchoes(deps, { plan, run: given, n });
  const before = loadCheckpoint(store, mapping.id);
  const run = addTally(given, planTally(plan), planMessages(plan, given, new Set(before.told)));
  // An undo says nothing about rows that it does not touch: what the last sync wrote there stays.
  deps.table.writeStatuses(planStatuses(plan, run), plan.undoOf !== null);
  const quiet = quietChanges(plan, run);
  // A field that comes back into the mapping later has no base then (F11).
  const { about } = loadReadState(store, mapping.id);
  const isChanged = plan.undoOf === null && about !== "" && about !== readingAbout(mapping);
  saveNextReadState(deps, { plan, run, quiet, n });
  compactSnapshot(store, mapping.id, n, { last: quiet, only: isChanged ? fieldsOf(mapping) : null });
  saveUnconfirmed(store, mapping.id, withoutSettled(loadUnconfirmed(store, mapping.id), plan.madeAtMs), n);
  saveNextCheckpoint(deps, before, { plan, run, n });
  return closeRun(deps, { ...run, phase: "done", doing: "Done", openConflicts: plan.conflicts.length }, n);
}

/** Writes the history event and closes the run document. */
export function closeRun(
  deps: Pick<RunDeps, "store" | "history" | "clock">,
  run: RunDocument,
  intent?: number,
): RunDocument {
  const { store } = deps;
  const n = intent ?? store.nextIntent();
  const closed: RunDocument = { ...run, resumeAtMs: null, leaseUntilMs: 0 };
  // A run that fails at its very end has written its event already.
  const mayExist = run.fresh !== true || run.phase === "failed";
  deps.history.append(historyEvent(closed, deps.clock.now()), mayExist);
  dropDataOf(store, run, n);
  closeUndoLog(store, closed, n);
  saveRun(store, closed, n);
  store.commit(n);
  return closed;
}

/** Drops plan and staged pages of a run that is over, and of all that are over already; other open runs keep theirs. */
export function dropDataOf(store: Store, run: RunDocument, n: number): void {
  const others = loadRuns(store).filter((other) => isOpen(other) && other.id !== run.id);
  dropRunData(store, new Set(others.map((other) => other.id)), n);
}

/** A run that nobody watches stopped before its first write: the history says so, the plan waits. */
export function recordWaiting(deps: Pick<RunDeps, "store" | "history" | "clock">, run: RunDocument): void {
  const plan = loadPlan(deps.store, run.id);
  const messages = plan.guard.map(({ message }) => ({
    severity: "error" as const,
    rowNumber: null,
    recordId: null,
    field: null,
    title: "Needs approval",
    message,
  }));
  // An event of its own: the run itself gets one when it is over.
  const event = historyEvent({ ...run, id: `${run.id}:waiting`, messages }, deps.clock.now());
  deps.history.append(event, true);
}

function historyEvent(run: RunDocument, nowMs: number): HistoryEvent {
  return {
    runId: run.id,
    type: run.undoOf ? "Undo" : runTypeName(run.direction),
    mappingName: run.mappingName,
    objectType: run.objectType,
    trigger: run.trigger,
    user: run.owner,
    startedMs: run.startedMs,
    durationMs: Math.max(0, nowMs - run.startedMs),
    totals: run.totals,
    outcome: outcomeOf(run),
    messages: run.messages,
  };
}

function outcomeOf(run: RunDocument): HistoryEvent["outcome"] {
  if (run.phase === "failed") return "failed";
  if (run.phase === "cancelled" || run.phase === "waiting") return "stopped";
  return run.totals.errors > 0 ? "with errors" : "ok";
}

/** Base entries that change without any write: adoptions and pairs that end. */
function quietChanges(plan: Plan, run: RunDocument): SnapshotDelta {
  const unlinked = unlinkedRecords(plan, new Set([...run.leaveOut, ...run.failedLinks]));
  const adoptions = plan.adoptions.filter((adoption) => !unlinked.has(adoption.recordId));
  const delta = new Map<RecordId, PairShadows | null>(shadowsOfAdoptions(adoptions));
  for (const id of plan.forget) if (!unlinked.has(id)) delta.set(id, null);
  return delta;
}

/** Unconfirmed writes at which this run's plan could not look yet: they were too young, or came after it. */
function withoutSettled(unconfirmed: Unconfirmed, plannedMs: number): Unconfirmed {
  const open = quarantined(unconfirmed, plannedMs);
  const stillOpen = <T>(byId: Readonly<Record<RecordId, T>>): Record<RecordId, T> =>
    Object.fromEntries(Object.entries(byId).filter(([id]) => open.has(id)));
  return { ...unconfirmed, updates: stillOpen(unconfirmed.updates), sent: stillOpen(unconfirmed.sent ?? {}) };
}

function saveNextCheckpoint(
  deps: RunDeps,
  before: Checkpoint,
  { plan, run, n }: { readonly plan: Plan; readonly run: RunDocument; readonly n: number },
): void {
  const tombstones = new Set(before.tombstones);
  for (const id of plan.tombstones) tombstones.add(id);
  const undone = undoneRecords(plan, run);
  for (const id of plan.revive) if (!undone.has(id)) tombstones.delete(id);
  if (plan.undoOf !== null) {
    const sizes = sizesOf(plan, run, before);
    saveCheckpoint(deps.store, run.mappingId, { ...before, sizes, tombstones: [...tombstones] }, n);
    return;
  }
  const next: Checkpoint = {
    version: 1,
    lastRunId: run.id,
    lastRunMs: run.startedMs,
    outcome: outcomeOf({ ...run, phase: "done" }) === "ok" ? "ok" : "with errors",
    sizes: sizesOf(plan, run, before),
    tombstones: [...tombstones],
    conflicts: plan.conflicts,
    seenConflicts: seenConflicts(plan, run, before),
    zone: deps.zone.name,
    errors: run.totals.errors,
    relink: false,
    told: toldKeys(plan),
  };
  saveCheckpoint(deps.store, run.mappingId, next, n);
}

/** Records of which an operation was left out, by the user or for a link that could not be made. */
function undoneRecords(plan: Plan, run: RunDocument): ReadonlySet<RecordId> {
  const leftOut = new Set([...run.leaveOut, ...run.failedLinks]);
  const undone = new Set(unlinkedRecords(plan, leftOut));
  for (const one of plan.operations) if (one.kind !== "create" && leftOut.has(one.id)) undone.add(one.recordId);
  return undone;
}

function fieldsOf(mapping: Mapping): ReadonlySet<FieldName> {
  return new Set(mapping.columns.map((column) => column.field));
}

/** A conflict counts as seen when a person started the run that found it, or once had seen it before. */
function seenConflicts(plan: Plan, run: RunDocument, before: Checkpoint): readonly string[] {
  const known = new Set(before.seenConflicts);
  const keys = plan.conflicts.map((one) => conflictKey(one.recordId, one.field, one.sheet, one.crm));
  return run.trigger === "schedule" ? keys.filter((key) => known.has(key)) : keys;
}

/**
 * What the run left on both sides, so that the next one can tell whether a side shrank by somebody else's hand. Records are
 * counted by a run that read them all; an undo knows how many there were before it.
 */
function sizesOf(plan: Plan, run: RunDocument, before: Checkpoint): Checkpoint["sizes"] {
  const { appended, rowsRemoved, created, archived } = run.totals;
  const rows = Math.max(0, plan.counts.rows + appended - rowsRemoved);
  const { mode = run.direction === "push" ? "linked" : "full" } = run.reading;
  const isCounted = plan.undoOf === null && mode === "full";
  const records = isCounted ? plan.counts.records + created : before.sizes.records;
  return { rows, records: Math.max(0, records - archived) };
}
