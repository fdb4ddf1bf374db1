import type { Conflict, Finding, Plan } from "../domain/plan";
import type { RecordId } from "../domain/record";
import { isPending } from "../domain/row";
import { type HistoryEvent, type RunMessage, runTypeName } from "../domain/run";
import type { PairShadows } from "../domain/snapshot";
import { decodeValue, showValue } from "../domain/value";
import { shadowsOfAdoptions } from "../merge/next-shadows";
import type { StatusWrite } from "../ports/table";
import { loadCheckpoint, saveCheckpoint } from "../state/checkpoint";
import { nextIntentNumber } from "../state/journal";
import { dropRunData, loadPlan } from "../state/plan-document";
import { type RunDocument, saveRun } from "../state/run-document";
import { compactSnapshot, saveDelta } from "../state/snapshot-store";
import { addTally, MAX_MESSAGES, type RunDeps } from "./run-deps";

/** Ends a run: base, statuses, checkpoint and history, in this order, the run document last (section 6.5). */
export function finishRun(deps: RunDeps, given: RunDocument): RunDocument {
  const plan = loadPlan(deps.store, given.id);
  const run = addTally(given, planTally(plan), planMessages(plan));
  commitQuietChanges(deps, plan);
  compactSnapshot(deps.store, run.mappingId);
  deps.table.writeStatuses(statuses(plan, run), false);
  saveNextCheckpoint(deps, plan, run);
  dropRunData(deps.store, null);
  return closeRun(deps, { ...run, phase: "done", doing: "Done" });
}

/** Writes the history event and closes the run document. */
export function closeRun(deps: Pick<RunDeps, "store" | "history" | "clock">, run: RunDocument): RunDocument {
  const messages = [...run.messages].sort((a, b) => Number(a.severity === "note") - Number(b.severity === "note"));
  const closed: RunDocument = { ...run, messages: messages.slice(0, MAX_MESSAGES), resumeAtMs: null, leaseUntilMs: 0 };
  deps.history.append(historyEvent(closed, deps.clock.now()));
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
function commitQuietChanges(deps: RunDeps, plan: Plan): void {
  if (plan.adoptions.length === 0 && plan.forget.length === 0) return;
  const delta = new Map<RecordId, PairShadows | null>(shadowsOfAdoptions(plan.adoptions));
  for (const id of plan.forget) delta.set(id, null);
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
  const message = `Both sides changed: the sheet has "${sheet}", the CRM has "${conflict.crm}". Both values were kept. Make them equal on one side to settle it.`;
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
  for (const message of run.messages) {
    if (message.severity === "error") add(message.rowNumber, message.recordId, "Error", message.message);
  }
  for (const finding of plan.findings) {
    if (finding.severity === "note" && STATUS_OF_NOTE[finding.rule]) {
      add(finding.rowNumber, finding.recordId, STATUS_OF_NOTE[finding.rule] ?? "", finding.message);
    }
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
    zone: deps.zone.name,
    errors: run.totals.errors,
    relink: false,
  });
}

function sizesOf(plan: Plan, run: RunDocument): { rows: number; records: number } {
  return { rows: plan.counts.rows + run.totals.appended, records: plan.counts.records + run.totals.created };
}
