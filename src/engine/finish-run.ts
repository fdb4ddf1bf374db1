import type { Conflict, Finding, Plan } from "../domain/plan";
import type { RecordId } from "../domain/record";
import { isPending } from "../domain/row";
import { type HistoryEvent, type RunMessage, runTypeName } from "../domain/run";
import type { PairShadows } from "../domain/snapshot";
import { decodeValue, showValue } from "../domain/value";
import { unlinkedRecords } from "../merge/leave-out";
import { shadowsOfAdoptions } from "../merge/next-shadows";
import { conflictKey } from "../merge/plan-input";
import type { StatusWrite } from "../ports/table";
import { type Checkpoint, loadCheckpoint, saveCheckpoint } from "../state/checkpoint";
import { nextIntentNumber } from "../state/journal";
import { dropRunData, loadPlan } from "../state/plan-document";
import { isOpen, loadRuns, type RunDocument, saveRun } from "../state/run-document";
import { compactSnapshot, saveDelta } from "../state/snapshot-store";
import { addTally, type RunDeps } from "./run-deps";

/** Ends a run: base, statuses, checkpoint and history, in this order, the run document last (section 6.5). */
export function finishRun(deps: RunDeps, given: RunDocument): RunDocument {
  const plan = loadPlan(deps.store, given.id);
  const run = addTally(given, planTally(plan), planMessages(plan));
  commitQuietChanges(deps, plan, unlinkedRecords(plan, new Set([...run.leaveOut, ...run.failedLinks])));
  compactSnapshot(deps.store, run.mappingId);
  deps.table.writeStatuses(statuses(plan, run), false);
  saveNextCheckpoint(deps, plan, run);
  return closeRun(deps, { ...run, phase: "done", doing: "Done", openConflicts: plan.conflicts.length });
}

/** Writes the history event and closes the run document. */
export function closeRun(deps: Pick<RunDeps, "store" | "history" | "clock">, run: RunDocument): RunDocument {
  const closed: RunDocument = { ...run, resumeAtMs: null, leaseUntilMs: 0 };
  deps.history.append(historyEvent(closed, deps.clock.now()));
  const others = loadRuns(deps.store).filter((other) => isOpen(other) && other.id !== run.id);
  dropRunData(deps.store, new Set(others.map((other) => other.id)));
  saveRun(deps.store, closed);
  deps.store.flush();
  return closed;
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
  deps.history.append(historyEvent({ ...run, messages }, deps.clock.now()));
}

function historyEvent(run: RunDocument, nowMs: number): HistoryEvent {
  return {
    runId: run.id,
    type: runTypeName(run.direction),
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
function commitQuietChanges(deps: RunDeps, plan: Plan, unlinked: ReadonlySet<RecordId>): void {
  const adoptions = plan.adoptions.filter((adoption) => !unlinked.has(adoption.recordId));
  const forget = plan.forget.filter((id) => !unlinked.has(id));
  if (adoptions.length === 0 && forget.length === 0) return;
  const delta = new Map<RecordId, PairShadows | null>(shadowsOfAdoptions(adoptions));
  for (const id of forget) delta.set(id, null);
  const n = nextIntentNumber(deps.store);
  saveDelta(deps.store, plan.mappingId, n, delta);
  deps.store.commit(n);
}

function planTally(plan: Plan): { errors: number; skipped: number } {
  const errors = plan.findings.filter((finding) => finding.severity === "error").length;
  return { errors, skipped: plan.findings.length - errors + plan.conflicts.length };
}

function planMessages(plan: Plan): RunMessage[] {
  return [...plan.findings.map(findingMessage), ...plan.conflicts.map(conflictMessage)];
}

function findingMessage(finding: Finding): RunMessage {
  const { severity, rowNumber, recordId, field, title, message } = finding;
  return { severity, rowNumber, recordId, field, title, message };
}

/** The sentence about an open conflict. */
function conflictMessage(conflict: Conflict): RunMessage {
  const sheet = showValue(decodeValue(conflict.sheet));
  const how = conflict.base === null ? "Both sides differ" : "Both sides changed";
  const message = `${how}: the sheet has "${sheet}", the CRM has "${conflict.crm}". Both values were kept. Make them equal on one side to settle it.`;
  const { rowNumber, recordId, field, title } = conflict;
  return { severity: "note", rowNumber, recordId, field, title, message };
}

/** Status cells of rows that need attention; all others are cleared. */
function statuses(plan: Plan, run: RunDocument): StatusWrite[] {
  const byRow = new Map<string, { write: StatusWrite; words: string[]; notes: string[] }>();
  const add = (rowNumber: number | null, recordId: string | null, word: string, note: string) => {
    if (rowNumber === null) return;
    const key = recordId && !isPending(recordId) ? recordId : `row ${rowNumber}`;
    const entry = byRow.get(key) ?? {
      write: { rowNumber, recordId: recordId ?? "", status: "", note: "" },
      words: [],
      notes: [],
    };
    if (!entry.words.includes(word)) entry.words.push(word);
    entry.notes.push(note);
    byRow.set(key, entry);
  };
  for (const conflict of plan.conflicts)
    add(conflict.rowNumber, conflict.recordId, "Conflict", conflictMessage(conflict).message);
  const told = new Set(plan.findings.map((finding) => finding.message));
  for (const message of run.messages) {
    if (message.severity === "error" && !told.has(message.message))
      add(message.rowNumber, message.recordId, "Error", message.message);
  }
  // The plan's findings are all there, whatever the history had to cut.
  for (const finding of plan.findings) {
    const word = finding.severity === "error" ? "Error" : STATUS_OF_NOTE[finding.rule];
    if (word) add(finding.rowNumber, finding.recordId, word, finding.message);
  }
  return [...byRow.values()].map(({ write, words, notes }) => ({
    ...write,
    status: words.join(", "),
    note: notes.join("\n"),
  }));
}

/** Notes that the row's status shows; the others are in the history only. */
const STATUS_OF_NOTE: Readonly<Record<string, string>> = {
  R6: "Deleted in the CRM",
  R12: "Not readable",
  F2: "Replaced",
  F7: "Formula kept",
  F8: "Not a value",
};

function saveNextCheckpoint(deps: RunDeps, plan: Plan, run: RunDocument): void {
  const before = loadCheckpoint(deps.store, run.mappingId);
  const tombstones = new Set(before.tombstones);
  for (const id of plan.tombstones) tombstones.add(id);
  for (const id of plan.revive) tombstones.delete(id);
  saveCheckpoint(deps.store, run.mappingId, {
    version: 1,
    lastRunId: run.id,
    lastRunMs: run.startedMs,
    outcome: outcomeOf({ ...run, phase: "done" }) === "ok" ? "ok" : "with errors",
    sizes: run.direction === "push" ? { rows: plan.counts.rows, records: before.sizes.records } : sizesOf(plan, run),
    tombstones: [...tombstones],
    conflicts: plan.conflicts,
    seenConflicts: seenConflicts(plan, run, before),
    zone: deps.zone.name,
    errors: run.totals.errors,
    relink: false,
  });
}

/** A conflict counts as seen when a person started the run that found it, or once had seen it before. */
function seenConflicts(plan: Plan, run: RunDocument, before: Checkpoint): readonly string[] {
  const known = new Set(before.seenConflicts);
  const keys = plan.conflicts.map((one) => conflictKey(one.recordId, one.field, one.sheet, one.crm));
  return run.trigger === "schedule" ? keys.filter((key) => known.has(key)) : keys;
}

function sizesOf(plan: Plan, run: RunDocument): { rows: number; records: number } {
  return { rows: plan.counts.rows + run.totals.appended, records: plan.counts.records + run.totals.created };
}
