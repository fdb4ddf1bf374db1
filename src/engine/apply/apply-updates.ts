import { toSyncError } from "../../domain/errors";
import type { Outcome } from "../../domain/outcome";
import type { CrmChange, UpdateOperation } from "../../domain/plan";
import type { CrmRecord, RecordRead } from "../../domain/record";
import type { FieldName } from "../../domain/schema";
import type { CrmValue } from "../../domain/value";
import { shadowsAfterUpdate } from "../../merge/next-shadows";
import { isLate } from "../run-deps";
import { isAsSent } from "./compare-sent";
import type { GroupResult, GroupWork } from "./group-result";
import { partRefused, reportFields, reportRefused } from "./refused-fields";

/** Sends batches of updates; each record is read again right before, and fields that moved meanwhile stay (section 6.2). */
export function applyUpdates(work: GroupWork, batches: readonly (readonly UpdateOperation[])[]): void {
  const { deps, result } = work;
  for (const batch of batches) {
    if (work.mode === "fresh" && result.itemsDone > 0 && isLate(deps)) return;
    if (!result.attempt(() => applyBatch(work, batch))) return;
  }
}

function applyBatch(work: GroupWork, batch: readonly UpdateOperation[]): void {
  const { deps, objectType } = work;
  const fields = [...new Set(batch.flatMap((operation) => operation.changes.map((change) => change.field)))];
  const reads = new Map<string, RecordRead>();
  for (const read of deps.crm.read(
    objectType,
    fields,
    batch.map((operation) => operation.recordId),
  ))
    reads.set(read.askedId, read);
  const sendable = batch
    .map((operation) => stillToSend(work, operation, reads.get(operation.recordId)))
    .filter((operation): operation is UpdateOperation => operation !== null);
  if (work.mode === "look") return;
  let retries = send(work, sendable);
  while (retries.length > 0) retries = sendAgain(work, retries);
}

/** The batch was sent and counts as done: what cannot be sent again now is an edit for the next sync. */
function sendAgain(work: GroupWork, retries: readonly UpdateOperation[]): readonly UpdateOperation[] {
  try {
    return send(work, retries);
  } catch (thrown) {
    const { message } = toSyncError(thrown);
    for (const operation of retries) {
      work.result.report("error", operation, `The rest of this row was not sent: ${message} The next sync sends it.`);
    }
    return [];
  }
}

const NOT_FOUND_TEXT: Readonly<Record<Exclude<RecordRead["kind"], "found">, string>> = {
  gone: "The record was deleted in the CRM in the meantime. Your edit was not sent.",
  merged: "The record was merged into another one in the meantime. The next sync follows it.",
  unreadable: "The record can no longer be read in the CRM. Your edit was not sent.",
};

/**
 * The operation without the fields whose CRM value is no longer what the plan saw; null when nothing is left. A field that
 * holds what was to be sent counts as written: an execution that was cut off sent it, or a call that failed after all.
 */
function stillToSend(
  work: GroupWork,
  operation: UpdateOperation,
  read: RecordRead | undefined,
): UpdateOperation | null {
  const { result } = work;
  if (read?.kind !== "found") {
    if (work.mode !== "look") result.report("error", operation, NOT_FOUND_TEXT[read?.kind ?? "gone"]);
    return null;
  }
  const kept: CrmChange[] = [];
  const inPlace: CrmChange[] = [];
  for (const change of operation.changes) {
    const now = read.record.values[change.field] ?? "";
    if (holds(work, change, now)) inPlace.push(change);
    else if (now === change.from) kept.push(change);
    else if (work.mode !== "look")
      result.report(
        "note",
        { ...operation, field: change.field },
        "Changed in the CRM in the meantime; the next sync compares it again.",
      );
  }
  if (inPlace.length > 0) recordWritten({ ...operation, changes: inPlace }, read.record, result);
  if (inPlace.length > 0 && kept.length === 0) countUpdate(result);
  return kept.length > 0 ? { ...operation, changes: kept } : null;
}

/** Does the record hold what was to be sent? After a cut-off also in the CRM's own form of it. */
function holds(work: GroupWork, change: CrmChange, now: CrmValue): boolean {
  if (now === change.to || work.mode === "fresh") return now === change.to;
  return isAsSent(change.field, now, change.to, { schema: work.schema(), zone: work.deps.zone });
}

/** Writes one batch; gives the operations to send again without the fields that the CRM refused (rule F10). */
function send(work: GroupWork, operations: readonly UpdateOperation[]): readonly UpdateOperation[] {
  const { deps, objectType, result } = work;
  if (operations.length === 0) return [];
  const writes = operations.map((operation) => ({
    kind: "update" as const,
    operationId: operation.id,
    recordId: operation.recordId,
    values: sentValues(operation.changes),
  }));
  const outcomes = new Map<string, Outcome>();
  for (const outcome of deps.crm.write(objectType, writes)) outcomes.set(outcome.operationId, outcome);
  const retries: UpdateOperation[] = [];
  for (const operation of operations) {
    const outcome = outcomes.get(operation.id);
    const parted = partRefused(operation.changes, outcome);
    if (parted === null) {
      record(operation, outcome, result);
      continue;
    }
    reportFields(parted.refused, operation, result);
    retries.push({ ...operation, changes: parted.rest });
  }
  return retries;
}

/** New values by field, as they are sent. */
export function sentValues(changes: readonly CrmChange[]): Record<FieldName, CrmValue> {
  const values: Record<FieldName, CrmValue> = {};
  for (const change of changes) values[change.field] = change.to;
  return values;
}

function record(operation: UpdateOperation, outcome: Outcome | undefined, result: GroupResult): void {
  switch (outcome?.kind) {
    case "written":
      recordWritten(operation, outcome.record, result);
      countUpdate(result);
      return;
    case "gone":
      result.report("error", operation, NOT_FOUND_TEXT.gone);
      return;
    case "refused":
      reportRefused(outcome, operation, result);
      return;
    case "exists":
      result.report("error", operation, `Another record already holds this key. ${outcome.message}`);
      return;
    default:
      result.unconfirmed.set(operation.recordId, shadowsAfterUpdate(operation, null));
      result.report("error", operation, "The CRM did not confirm this change. The next sync looks what became of it.");
  }
}

function countUpdate(result: GroupResult): void {
  result.count("successes");
  result.count("updated");
}

/** The base takes what the CRM answered; undo keeps what was there before. */
function recordWritten(operation: UpdateOperation, answer: CrmRecord, result: GroupResult): void {
  const { recordId, title } = operation;
  result.shadows(recordId, shadowsAfterUpdate(operation, answer));
  for (const { field, from, to, sheet, overwrites } of operation.changes) {
    const after = answer.values[field] ?? to;
    const loser = overwrites === true;
    result.effects.push({ kind: "field", recordId, title, field, before: from, after, sheet, loser });
  }
}
