import type { Operation, Plan } from "../domain/plan";
import type { RecordId } from "../domain/record";

/** Records whose link is left out, under both ids after a merge: without it nothing else about the pair may be done. */
export function unlinkedRecords(plan: Plan, leaveOut: ReadonlySet<string>): ReadonlySet<RecordId> {
  const records = new Set<RecordId>();
  for (const operation of plan.operations) {
    if (operation.kind !== "link" || !leaveOut.has(operation.id)) continue;
    records.add(operation.recordId);
    records.add(operation.baseId);
  }
  return records;
}

/** The ids to leave out with those that hang on a link among them. */
export function withDependents(plan: Plan, leaveOut: ReadonlySet<string>): ReadonlySet<string> {
  const records = unlinkedRecords(plan, leaveOut);
  const hangs = (operation: Operation) => "recordId" in operation && records.has(operation.recordId);
  return new Set([...leaveOut, ...plan.operations.filter(hangs).map((operation) => operation.id)]);
}
