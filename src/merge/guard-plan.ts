import type { CellChange, GuardFinding, GuardKind, Plan } from "../domain/plan";
import { type FieldName, findField } from "../domain/schema";
import type { PlanInput } from "./plan-input";

/** A side counts as shrunk only when it held at least this many rows or records before (section 5). */
const SHRINK_FLOOR = 20;

/** Limits that a plan passes (section 5); an empty list lets it run without asking. */
export function guardPlan(plan: Plan, input: PlanInput): readonly GuardFinding[] {
  const limits = [
    ...deleteLimits(plan, input),
    ...createLimits(plan, input),
    ...changeLimits(plan, input),
    ...clearLimits(plan, input),
  ];
  const findings = limits.filter(({ count, limit }) => count > limit);
  if (input.baseDamaged) {
    const message =
      "What the last run remembered is damaged. Equal values were linked again; check the differences before you go on.";
    findings.push({ kind: "base-damaged", count: 1, limit: 0, message });
  }
  return [...findings, ...shrunkSides(input)];
}

/** Every archive of a sync is asked about (R8); rows removed and records archived share one limit. */
function deleteLimits({ counts }: Plan, { guard, snapshot }: PlanInput): GuardFinding[] {
  const { archives, removedRows } = counts;
  const limit = Math.max(guard.deleteFloor, guard.deleteShare * snapshot.size);
  const archived = `It would archive ${plural(archives, "record")} in the CRM because ${archives === 1 ? "its row was" : "their rows were"} removed.`;
  const count = archives + removedRows;
  const removed = `It would remove ${plural(removedRows, "row")} and archive ${plural(archives, "record")}; more than ${Math.floor(limit)} of both need your approval.`;
  return [finding("many-deletes", archives, 0, archived), finding("many-deletes", count, limit, removed)];
}

function createLimits({ firstSync, counts }: Plan, { guard, snapshot }: PlanInput): GuardFinding[] {
  const created = plural(counts.creates, "record");
  if (firstSync) {
    const writes = counts.updates + counts.rowWrites + counts.links;
    return [
      finding(
        "first-sync-creates",
        counts.creates,
        0,
        `This is the first sync. It would create ${created} in the CRM.`,
      ),
      finding("first-sync", writes, 0, "This is the first sync. Check what would be linked and filled in."),
    ];
  }
  const limit = Math.min(guard.createMax, Math.max(guard.createFloor, guard.createShare * snapshot.size));
  const text = `It would create ${created}; more than ${Math.floor(limit)} need your approval.`;
  return [finding("many-creates", counts.creates, limit, text)];
}

function changeLimits({ firstSync, counts }: Plan, { guard }: PlanInput): GuardFinding[] {
  if (firstSync) return [];
  const limit = Math.max(guard.changeFloor, guard.changeShare * counts.linked);
  const check = "Check that no format or time zone slipped.";
  const text = (count: number, what: string) => `It would change ${count} of ${counts.linked} linked ${what}. ${check}`;
  return [
    finding("many-changes", counts.updates, limit, text(counts.updates, "records in the CRM")),
    finding("many-changes", counts.rowWrites, limit, text(counts.rowWrites, "rows in the sheet")),
  ];
}

function clearLimits(plan: Plan, input: PlanInput): GuardFinding[] {
  const clears = clearsByField(plan, input).map((clear) => {
    const limit = Math.max(input.guard.clearFloor, input.guard.clearShare * clear.filled);
    return finding(
      "many-clears",
      clear.count,
      limit,
      `It would clear "${clear.label}" in ${plural(clear.count, clear.noun)}.`,
    );
  });
  const moved = zoneWrites(plan, input);
  const text = `The spreadsheet's time zone changed. ${plural(moved, "row")} would show their times in the new zone.`;
  return [...clears, finding("zone-changed", moved, 0, text)];
}

function finding(kind: GuardKind, count: number, limit: number, message: string): GuardFinding {
  return { kind, count, limit, message };
}

interface Clears {
  readonly label: string;
  readonly noun: string;
  readonly count: number;
  readonly filled: number;
}

/** Values that would be blanked, per field and side, with the number of filled ones before. */
function clearsByField(plan: Plan, input: PlanInput): readonly Clears[] {
  const inCrm = new Map<FieldName, number>();
  const inSheet = new Map<FieldName, number>();
  for (const operation of plan.operations) {
    if (operation.kind === "update") countBlanks(inCrm, operation.changes);
    if (operation.kind === "write-cells") countBlanks(inSheet, operation.cells);
  }
  const label = (field: FieldName) => findField(input.schema, field)?.label ?? field;
  const filled = (field: FieldName) =>
    [...input.snapshot.values()].filter((shadows) => (shadows[field]?.crm ?? "") !== "").length;
  const toClears =
    (noun: string) =>
    ([field, count]: [FieldName, number]): Clears => ({ label: label(field), noun, count, filled: filled(field) });
  return [...[...inCrm].map(toClears("record")), ...[...inSheet].map(toClears("row"))];
}

function countBlanks(
  counts: Map<FieldName, number>,
  changes: readonly { readonly field: FieldName; readonly to: string }[],
): void {
  for (const { field, to } of changes) if (to === "") counts.set(field, (counts.get(field) ?? 0) + 1);
}

/** Rows whose times are rewritten only because the zone changed (section 3). */
function zoneWrites(plan: Plan, input: PlanInput): number {
  if (!input.zoneChanged) return 0;
  // A label that an option lost is F1 too.
  const isTime = (cell: CellChange) => cell.rule === "F1" && findField(input.schema, cell.field)?.type === "datetime";
  return plan.operations.filter((operation) => operation.kind === "write-cells" && operation.cells.some(isTime)).length;
}

function shrunkSides(input: PlanInput): GuardFinding[] {
  const findings: GuardFinding[] = [];
  const side = (name: string, things: string, now: number, before: number) => {
    if (before >= SHRINK_FLOOR && now < before / 2) {
      const message = `The ${name} had ${before} ${things} at the last run and now has ${now}. If that is right, run anyway.`;
      findings.push({ kind: "side-shrank", count: now, limit: Math.ceil(before / 2), message });
    }
  };
  side("sheet", "rows", input.rows.length, input.lastSizes.rows);
  if (input.complete) side("CRM", "records", input.records.size, input.lastSizes.records);
  return findings;
}

function plural(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}
