import type { ChangeView, PlanItemView, PlanKind, PlanPageView } from "../contract/views";
import type { CellChange, Conflict, CrmChange, Finding, Operation, Plan } from "../domain/plan";
import { decodeValue, showValue } from "../domain/value";

export interface PlanPageQuery {
  readonly kind: PlanKind;
  readonly offset: number;
  readonly limit: number;
}

/** Why a field changes, in a few words, by rule. */
const REASONS: Readonly<Record<string, string>> = {
  F1: "the option was renamed in the CRM",
  F2: "changed in the sheet",
  F3: "changed in the CRM",
  F5: "both sides changed; this side wins here",
  F6: "filled on one side only",
  F9: "the cell was emptied",
  R1: "new row",
  R5: "new record",
};

/** One page of what a plan would do, of one kind. `labels`: headers by field. */
export function planPage(plan: Plan, query: PlanPageQuery, labels: ReadonlyMap<string, string>): PlanPageView {
  const label = (field: string) => labels.get(field) ?? field;
  const all = itemsOf(plan, query.kind);
  const page = all.slice(query.offset, query.offset + query.limit);
  return { total: all.length, items: page.map((item) => toItem(item, query.kind, label)) };
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

function toItem(item: Listed, kind: PlanKind, label: (field: string) => string): PlanItemView {
  if ("severity" in item) {
    const where = item.field === null ? "" : `${label(item.field)}: `;
    return { id: "", kind, title: item.title, rowNumber: item.rowNumber, changes: [], message: where + item.message };
  }
  if ("sheet" in item) return conflictItem(item, label);
  const rowNumber = "rowNumber" in item ? item.rowNumber : null;
  return { id: item.id, kind, title: item.title, rowNumber, changes: changesOf(item, label), message: "" };
}

/** Nothing is written: `from` is what the sheet holds, `to` what the CRM holds. */
function conflictItem(conflict: Conflict, label: (field: string) => string): PlanItemView {
  const change: ChangeView = {
    field: conflict.field,
    label: label(conflict.field),
    from: showValue(decodeValue(conflict.sheet)),
    to: conflict.crm,
    reason: conflict.base === null ? "different from the start" : "changed on both sides",
  };
  const message = "Both values stay as they are until one side is changed to match the other.";
  return { id: "", kind: "conflict", title: conflict.title, rowNumber: conflict.rowNumber, changes: [change], message };
}

function changesOf(operation: Operation, label: (field: string) => string): ChangeView[] {
  switch (operation.kind) {
    case "create":
    case "update":
      return operation.changes.map((change) => sentChange(change, label));
    case "append-row":
    case "write-cells":
      return operation.cells
        .filter((cell) => operation.kind === "write-cells" || cell.to !== "")
        .map((cell) => cellChange(cell, label));
    case "link":
      return [
        {
          field: "",
          label: "Record ID",
          from: operation.expectedId,
          to: operation.recordId,
          reason: LINK_REASONS[operation.rule] ?? "",
        },
      ];
  }
}

const LINK_REASONS: Readonly<Record<string, string>> = {
  R2: "same key",
  R11: "merged in the CRM",
  R24: "the ID was lost in the sheet",
};

function sentChange(change: CrmChange, label: (field: string) => string): ChangeView {
  const shown = showValue(decodeValue(change.sheet));
  return {
    field: change.field,
    label: label(change.field),
    from: change.from,
    to: change.to === "" ? "" : shown,
    reason: REASONS[change.rule] ?? "",
  };
}

function cellChange(change: CellChange, label: (field: string) => string): ChangeView {
  const from = showValue(decodeValue(change.from));
  return {
    field: change.field,
    label: label(change.field),
    from,
    to: showValue(decodeValue(change.to)),
    reason: REASONS[change.rule] ?? "",
  };
}
