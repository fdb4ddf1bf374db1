import type { ConflictSide, ConflictView, PlanItemView, PlanKind, PlanPageView } from "../contract/views";
import { type Mapping, runDirection } from "../domain/mapping";
import type { ChangeTime, Conflict, Finding, Operation, Plan } from "../domain/plan";
import { type Labels, operationChanges, operationMessage, show } from "./operation-changes";
import { fieldLabels } from "./to-view";

export interface PlanPageQuery {
  readonly kind: PlanKind;
  readonly offset: number;
  readonly limit: number;
}

/** One page of what a plan would do, of one kind. `mapping`: names the columns; null: it is gone. */
export function planPage(plan: Plan, query: PlanPageQuery, mapping: Mapping | null): PlanPageView {
  const labels = fieldLabels(mapping);
  const label: Labels = (field) => labels.get(field) ?? field;
  const all = itemsOf(plan, query.kind);
  const page = all.slice(query.offset, query.offset + query.limit);
  const toItem = (item: Listed): PlanItemView => {
    if ("severity" in item) return findingItem(item, query.kind, label);
    if ("sheet" in item) return conflictItem(item, label, conflictWinners(plan, mapping, item));
    return operationItem(item, label);
  };
  return { total: all.length, items: page.map(toItem) };
}

/** Sides that may win a conflict: the value has to be able to go over to the other side. */
export function conflictWinners(
  plan: Plan,
  mapping: Mapping | null,
  { field, barred }: Pick<Conflict, "field" | "barred">,
): readonly ConflictSide[] {
  const column = mapping?.columns.find((candidate) => candidate.field === field);
  const direction = column ? runDirection(column.direction, plan.direction) : null;
  if (direction === null) return [];
  const sides: readonly ConflictSide[] =
    direction === "both" ? ["sheet", "crm"] : direction === "push" ? ["sheet"] : ["crm"];
  return sides.filter((side) => barred?.[side] === undefined);
}

type Listed = Operation | Conflict | Finding;

function itemsOf(plan: Plan, kind: PlanKind): readonly Listed[] {
  switch (kind) {
    case "conflict":
      return plan.conflicts;
    case "error":
    case "note":
      return plan.findings.filter((finding) => finding.severity === kind);
    default:
      return plan.operations.filter((operation) => operation.kind === kind);
  }
}

function findingItem(finding: Finding, kind: PlanKind, label: Labels): PlanItemView {
  const where = finding.field === null ? "" : `${label(finding.field)}: `;
  const { title, rowNumber } = finding;
  return { id: "", kind, title, rowNumber, changes: [], message: where + finding.message, conflict: null };
}

function operationItem(operation: Operation, label: Labels): PlanItemView {
  return {
    id: operation.id,
    kind: operation.kind,
    title: operation.title,
    rowNumber: "rowNumber" in operation ? operation.rowNumber : null,
    changes: operationChanges(operation, label),
    message: operationMessage(operation),
    conflict: null,
  };
}

/** Nothing is written yet: `from` is what the sheet holds, `to` what the CRM holds. */
function conflictItem(conflict: Conflict, label: Labels, winners: readonly ConflictSide[]): PlanItemView {
  const { field, title, rowNumber, base } = conflict;
  const reason = base === null ? "different from the start" : "changed on both sides";
  const sheet = show(conflict.sheet);
  return {
    id: "",
    kind: "conflict",
    title,
    rowNumber,
    changes: [{ field, label: label(field), from: sheet, to: conflict.crmShown ?? conflict.crm, reason }],
    message: conflictText(conflict, winners),
    conflict: conflictView(conflict, sheet, winners),
  };
}

/** Why a side cannot be chosen; "" where both can, or where the column's direction says it. */
function conflictText({ barred }: Conflict, winners: readonly ConflictSide[]): string {
  const reasons = [barred?.sheet?.message, barred?.crm?.message].filter((message) => message !== undefined);
  if (winners.length === 0) reasons.push("Both values stay as they are until one side is changed to match the other.");
  return reasons.join(" ");
}

function conflictView(conflict: Conflict, sheet: string, winners: readonly ConflictSide[]): ConflictView {
  const { recordId, field, crm, crmShown, base, times } = conflict;
  return {
    recordId,
    field,
    sheet,
    crm: crmShown ?? crm,
    base: base === null ? null : show(base.sheet),
    sheetFromMs: after(times?.sheet),
    sheetMs: times?.sheet.toMs ?? null,
    crmFromMs: after(times?.crm),
    crmMs: times?.crm.toMs ?? null,
    winners,
  };
}

/** Lower end of an interval; null: there is none. */
function after(time: ChangeTime | undefined): number | null {
  return time !== undefined && time.fromMs > 0 ? time.fromMs : null;
}
