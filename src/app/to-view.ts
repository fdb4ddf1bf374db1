import type { ConnectionView, HistoryItemView, PlanView, RunMessageView, RunView } from "../contract/views";
import type { Mapping } from "../domain/mapping";
import type { Plan } from "../domain/plan";
import type { HistoryEvent, RunMessage } from "../domain/run";
import type { Connection } from "../ports/tokens";
import type { RunDocument } from "../state/run-document";
import { type UndoRun, wouldBeTooLarge } from "../state/undo-log";

/** Messages shown with a result; the history tab has all that were kept. */
const SHOWN_MESSAGES = 100;

/** A connection without its secret. */
export function toConnectionView(connection: Connection): ConnectionView {
  const { crm, account, connectedAtMs } = connection;
  return { crm, accountId: account.id, accountName: account.name, connectedAtMs };
}

/** Headers by field, for messages and previews. */
export function fieldLabels(mapping: Mapping | null): ReadonlyMap<string, string> {
  return new Map((mapping?.columns ?? []).map((column) => [column.field, column.header]));
}

/** A run as the sidebar shows it; `plan` where it waits or is applied. */
export function toRunView(run: RunDocument, plan: Plan | null, labels: ReadonlyMap<string, string>): RunView {
  return {
    id: run.id,
    mappingId: run.mappingId,
    mappingName: run.mappingName,
    direction: run.direction,
    undoOf: run.undoOf?.runId ?? null,
    phase: run.phase,
    doing: run.doing,
    done: run.done,
    total: run.total,
    startedMs: run.startedMs,
    resumeAtMs: run.resumeAtMs,
    plan: plan ? toPlanView(plan, run.phase === "waiting") : null,
    totals: run.totals,
    openConflicts: run.openConflicts,
    messages: run.messages.slice(0, SHOWN_MESSAGES).map((message) => toMessageView(message, labels)),
    error: run.error,
  };
}

/** `undecided`: whether it can be undone later still matters. */
function toPlanView(plan: Plan, undecided: boolean): PlanView {
  const { linked, ...counts } = plan.counts;
  return {
    counts,
    // A first sync is approved by applying its preview: it needs no tick of its own.
    guard: plan.guard
      .filter(({ kind }) => kind !== "first-sync")
      .map(({ kind, message, limit }) => ({ kind, message, limit: Math.floor(limit) })),
    firstSync: plan.firstSync && linked + counts.creates + counts.appends > 0,
    empty: plan.operations.length === 0,
    tooLargeToUndo: undecided && wouldBeTooLarge(plan),
  };
}

function toMessageView(message: RunMessage, labels: ReadonlyMap<string, string>): RunMessageView {
  const field = message.field === null ? "" : (labels.get(message.field) ?? message.field);
  return {
    severity: message.severity,
    title: message.title,
    rowNumber: message.rowNumber,
    field,
    message: message.message,
  };
}

/** An event of the history tab. `logged`: what is kept for taking the run back; undefined: nothing. */
export function toHistoryView(event: HistoryEvent, logged: UndoRun | undefined): HistoryItemView {
  // A run that waited before it went on stands there twice: what it wrote belongs to the second event.
  const wrote = event.totals.processed > 0 && logged !== undefined && logged.effects > 0;
  return {
    ...event,
    messages: event.messages.map((message) => toMessageView(message, new Map())),
    undo: wrote ? logged.state : "no",
    losers: wrote && logged.state !== "too-large" ? logged.losers : 0,
  };
}
