import type { Operation, Plan } from "../../domain/plan";
import type { CrmRecord, RecordId } from "../../domain/record";
import type { FieldName } from "../../domain/schema";
import type { Snapshot } from "../../domain/snapshot";
import type { CrmValue } from "../../domain/value";
import type { PlanInput } from "../../merge/plan-input";
import type { Watch } from "../../state/read-stage";

/** What both sides said when a plan was made. */
export type SeenSides = Pick<PlanInput, "records" | "reads" | "listed" | "snapshot" | "fields" | "rows" | "tombstones">;

/**
 * What the base does not know yet although this run has seen it. A later run that reads only what changed would not see it
 * again, so the end of the run looks what became of it. Pure.
 */
export function watchOf(plan: Plan, seen: SeenSides): Watch {
  const changed: Record<RecordId, Readonly<Record<FieldName, CrmValue>>> = {};
  const lost: RecordId[] = [];
  const merged = new Set<RecordId>();
  for (const record of seen.records.values()) {
    for (const id of record.mergedIds) merged.add(id);
    const values = changedValues(record, seen);
    if (values !== null) changed[record.id] = values;
  }
  for (const id of seen.snapshot.keys()) {
    const answer = seen.reads.get(id);
    if (!seen.records.has(id) && (merged.has(id) || (answer && answer.kind !== "found"))) lost.push(id);
  }
  return { changed, lost, unplaced: unplacedIds(plan, seen) };
}

/** Values of a linked record that the base holds differently or not at all; null: none. */
function changedValues(
  record: CrmRecord,
  { snapshot, fields }: SeenSides,
): Readonly<Record<FieldName, CrmValue>> | null {
  const shadows = snapshot.get(record.id);
  if (!shadows) return null;
  const values: Record<FieldName, CrmValue> = {};
  let any = false;
  for (const { field } of fields) {
    const { name } = field;
    const value = record.values[name] ?? "";
    if (shadows[name]?.crm === value) continue;
    values[name] = value;
    any = true;
  }
  return any ? values : null;
}

/** Listed records of which nothing came: candidates of a row that nobody can tell, survivors of several rows. */
function unplacedIds(plan: Plan, seen: SeenSides): readonly RecordId[] {
  const placed = new Set<RecordId>([...plan.tombstones, ...seen.tombstones]);
  for (const { recordId } of seen.rows) placed.add(recordId);
  for (const operation of plan.operations) if (operation.kind !== "create") placed.add(operation.recordId);
  return [...seen.listed].filter((id) => !seen.snapshot.has(id) && !placed.has(id));
}

/**
 * Records that the run leaves as it found them: values that never reached the base, work that failed or was left out, records
 * that are gone while their rows stay. `base` is as the run leaves it. Pure.
 */
export function unsettledIds(plan: Plan, watch: Watch, base: Snapshot): readonly RecordId[] {
  const ids = new Set<RecordId>();
  for (const [id, values] of Object.entries(watch.changed)) {
    const shadows = base.get(id);
    if (shadows && Object.keys(values).some((name) => shadows[name]?.crm !== values[name])) ids.add(id);
  }
  for (const id of watch.lost) if (base.has(id)) ids.add(id);
  for (const id of watch.unplaced) if (!base.has(id)) ids.add(id);
  for (const operation of plan.operations) {
    const id = unfinishedId(operation, base);
    if (id !== null) ids.add(id);
  }
  return [...ids].sort();
}

/** Record of an operation of which the base does not hold the result. Links are found again by key, rows by the base. */
function unfinishedId(operation: Operation, base: Snapshot): RecordId | null {
  const shadows = operation.kind === "create" ? undefined : base.get(operation.recordId);
  switch (operation.kind) {
    case "append-row":
      return shadows || operation.cells.length === 0 ? null : operation.recordId;
    case "update":
      return operation.changes.every((change) => shadows?.[change.field]?.sheet === change.sheet)
        ? null
        : operation.recordId;
    case "write-cells":
      return operation.cells.every((cell) => shadows?.[cell.field]?.crm === cell.crm) ? null : operation.recordId;
    default:
      return null;
  }
}
