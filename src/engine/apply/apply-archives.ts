import type { Outcome } from "../../domain/outcome";
import type { ArchiveOperation } from "../../domain/plan";
import type { RecordRead } from "../../domain/record";
import { UNLINKED_PREFIX } from "../../domain/row";
import { isLate } from "../run-deps";
import type { GroupResult, GroupWork } from "./group-result";

/**
 * Archives batches of records; each is read again right before, and one that changed meanwhile stays (section 6.2). A
 * record that is gone already counts as archived: an execution that was cut off did it, or somebody else.
 */
export function applyArchives(work: GroupWork, batches: readonly (readonly ArchiveOperation[])[]): void {
  const { deps, result } = work;
  for (const batch of batches) {
    if (work.mode === "fresh" && result.itemsDone > 0 && isLate(deps)) return;
    if (!result.attempt(() => applyBatch(work, batch))) return;
  }
}

function applyBatch(work: GroupWork, batch: readonly ArchiveOperation[]): void {
  const { deps, objectType, result } = work;
  const fields = [...new Set(batch.flatMap((operation) => Object.keys(operation.expected)))];
  const ids = batch.map((operation) => operation.recordId);
  const reads = new Map(deps.crm.read(objectType, fields, ids).map((read) => [read.askedId, read]));
  const kept: ArchiveOperation[] = [];
  const sendable = batch.filter((operation) => {
    const read = reads.get(operation.recordId);
    if (read?.kind === "gone") recordArchived(operation, result);
    if (read?.kind === "gone" || work.mode === "look") return false;
    const why = reasonToKeep(operation, read);
    if (why === null) return true;
    result.report(why.severity, operation, why.message);
    kept.push(operation);
    return false;
  });
  if (sendable.length > 0) kept.push(...send(work, sendable));
  relinkRows(work, kept);
}

interface Reason {
  readonly severity: "error" | "note";
  readonly message: string;
}

/** Why the record must not be archived; null: it is what the plan saw. */
function reasonToKeep(operation: ArchiveOperation, read: RecordRead | undefined): Reason | null {
  switch (read?.kind) {
    case "found": {
      const { values } = read.record;
      const isSame = Object.entries(operation.expected).every(([field, value]) => (values[field] ?? "") === value);
      const message = "The record changed in the CRM in the meantime and was not archived.";
      return isSame ? null : { severity: "note", message };
    }
    case "merged":
      return {
        severity: "note",
        message: `The record was merged into ${read.record.id} in the meantime and was not archived.`,
      };
    case "unreadable":
      return { severity: "error", message: `The record can no longer be read in the CRM: ${read.reason}` };
    default:
      return { severity: "error", message: "The CRM gave no answer for the record. It was not archived." };
  }
}

/** Sends one batch; gives the operations whose record stays. */
function send(work: GroupWork, operations: readonly ArchiveOperation[]): readonly ArchiveOperation[] {
  const { deps, objectType, result } = work;
  const writes = operations.map(({ id, recordId }) => ({ kind: "archive" as const, operationId: id, recordId }));
  const outcomes = new Map<string, Outcome>();
  for (const outcome of deps.crm.write(objectType, writes)) outcomes.set(outcome.operationId, outcome);
  return operations.filter((operation) => !isSettled(operation, outcomes.get(operation.id), result));
}

/** Notes the outcome; false when the record stays. */
function isSettled(operation: ArchiveOperation, outcome: Outcome | undefined, result: GroupResult): boolean {
  switch (outcome?.kind) {
    case "archived":
    case "gone":
      recordArchived(operation, result);
      return true;
    case "refused":
      result.report("error", operation, `The CRM did not archive the record. ${outcome.message}`);
      return false;
    default:
      result.unconfirmed.set(operation.recordId, {});
      result.report(
        "error",
        operation,
        "The CRM did not confirm that it archived the record. Look there whether it did.",
      );
      return true;
  }
}

/** The pair ends: the base forgets it, undo remembers that it was archived. */
function recordArchived({ recordId, title }: ArchiveOperation, result: GroupResult): void {
  result.delta.set(recordId, null);
  result.effects.push({ kind: "archived", recordId, title });
  result.count("successes");
  result.count("archived");
}

/** A record that stays keeps its row: an undo took the link off before, so that no cut-off leaves a row of a gone record. */
function relinkRows({ deps }: GroupWork, kept: readonly ArchiveOperation[]): void {
  const linked = kept.filter((operation) => operation.rowNumber !== null);
  if (linked.length === 0) return;
  deps.table.replaceIds(linked.map(({ recordId }) => ({ from: UNLINKED_PREFIX + recordId, to: recordId })));
}
