import type { ConflictChoice } from "../domain/conflict-choice";
import type { Adoption, CellChange, Conflict, CrmChange, Finding, Operation, Plan, RuleId } from "../domain/plan";
import type { RecordId } from "../domain/record";
import type { FieldName } from "../domain/schema";
import { toCrmValue } from "../domain/to-crm-value";
import { toSheetValue } from "../domain/to-sheet-value";
import { decodeValue, encodeValue, showValue } from "../domain/value";
import type { Zone } from "../domain/zone";
import { cellLimitText } from "./cell-limit";
import { countOperations } from "./count-operations";
import { type PlanField, pullsNow, pushesNow } from "./plan-field";
import { showCrm, withShown } from "./show-crm";

/** What values are converted with. */
export interface SettleInput {
  readonly fields: readonly PlanField[];
  readonly zone: Zone;
}

export interface SettledPlan {
  readonly plan: Plan;
  /** Choices that name no open conflict of the plan. */
  readonly unknown: readonly ConflictChoice[];
}

/**
 * The plan with conflicts settled as a person chose (F5): the winner's value joins what the plan does with that record
 * anyway. A value that the other side cannot take stays a conflict, with a finding that says why (F10). A blank cell that
 * wins clears the field whatever the column says about blanks: the choice is explicit. The last choice for a field counts.
 */
export function settleConflicts(plan: Plan, choices: readonly ConflictChoice[], input: SettleInput): SettledPlan {
  const wanted = new Map(choices.map((choice) => [keyOf(choice), choice.winner]));
  const known = new Set(plan.conflicts.map(keyOf));
  const draft: Draft = { direction: plan.direction, sent: [], written: [], adoptions: [], findings: [], open: [] };
  for (const conflict of plan.conflicts) {
    const winner = wanted.get(keyOf(conflict));
    if (winner === undefined) draft.open.push(conflict);
    else settle(draft, conflict, winner, input);
  }
  const unknown = choices.filter((choice) => !known.has(keyOf(choice)));
  return { plan: settledPlan(plan, draft), unknown };
}

interface Draft {
  readonly direction: Plan["direction"];
  readonly sent: { readonly conflict: Conflict; readonly change: CrmChange }[];
  readonly written: { readonly conflict: Conflict; readonly change: CellChange }[];
  readonly adoptions: Adoption[];
  readonly findings: Finding[];
  readonly open: Conflict[];
}

function keyOf(at: { readonly recordId: RecordId; readonly field: FieldName }): string {
  return JSON.stringify([at.recordId, at.field]);
}

function settle(draft: Draft, conflict: Conflict, winner: ConflictChoice["winner"], input: SettleInput): void {
  const planField = input.fields.find(({ field }) => field.name === conflict.field);
  if (!planField) {
    keepOpen(draft, conflict, "F5", `The field "${conflict.field}" is no longer mapped; both values were kept.`);
    return;
  }
  const barred = conflict.barred?.[winner];
  if (barred) keepOpen(draft, conflict, barred.rule, barred.message);
  else if (winner === "sheet") sheetWins(draft, conflict, planField, input.zone);
  else crmWins(draft, conflict, planField, input.zone);
}

function sheetWins(draft: Draft, conflict: Conflict, planField: PlanField, zone: Zone): void {
  const { recordId, field, sheet, crm } = conflict;
  if (!pushesNow(planField, draft.direction)) {
    keepOpen(
      draft,
      conflict,
      "F5",
      `"${planField.header}" is not sent to the CRM ${where(planField)}; both values were kept.`,
    );
    return;
  }
  const read = toCrmValue(planField.field, decodeValue(sheet), zone);
  if (read.kind === "invalid") {
    keepOpen(draft, conflict, "F10", `"${planField.header}" was not sent: ${read.reason}.`);
  } else if (read.value === crm) draft.adoptions.push({ recordId, field, sheet, crm });
  else {
    const change: CrmChange = { field, from: crm, to: read.value, sheet, rule: "F5", overwrites: true };
    draft.sent.push({ conflict, change: withShown(change, planField, zone) });
    const shown = showCrm(planField, crm, zone);
    noteLoser(draft, conflict, `"${planField.header}": the sheet was chosen. The CRM's "${shown}" is replaced.`);
  }
}

function crmWins(draft: Draft, conflict: Conflict, planField: PlanField, zone: Zone): void {
  const { recordId, field, sheet, crm } = conflict;
  if (!pullsNow(planField, draft.direction)) {
    keepOpen(
      draft,
      conflict,
      "F5",
      `"${planField.header}" is not written into the sheet ${where(planField)}; both values were kept.`,
    );
    return;
  }
  const value = encodeValue(toSheetValue(planField.field, crm, zone));
  const tooLong = cellLimitText(planField.header, value);
  if (tooLong !== null) keepOpen(draft, conflict, "F10", tooLong);
  else if (value === sheet) draft.adoptions.push({ recordId, field, sheet, crm });
  else {
    draft.written.push({
      conflict,
      change: { field, from: sheet, to: value, crm, rule: "F5", overwrites: true },
    });
    const shown = showValue(decodeValue(sheet));
    noteLoser(draft, conflict, `"${planField.header}": the CRM was chosen. The sheet's "${shown}" is replaced.`);
  }
}

/** Why a side cannot win: by the column or only by this run. */
function where(planField: PlanField): string {
  return planField.direction === "both"
    ? "by this run; sync both ways"
    : "by the mapping; change the column's direction";
}

function keepOpen(draft: Draft, conflict: Conflict, rule: RuleId, message: string): void {
  draft.open.push(conflict);
  draft.findings.push({ ...placeOf(conflict), severity: "error", rule, message });
}

function noteLoser(draft: Draft, conflict: Conflict, message: string): void {
  draft.findings.push({ ...placeOf(conflict), severity: "note", rule: "F5", message });
}

function placeOf({ rowNumber, recordId, field, title }: Conflict) {
  return { rowNumber, recordId, field, title };
}

function settledPlan(plan: Plan, draft: Draft): Plan {
  const operations = withWritten(withSent(plan.operations, draft.sent), draft.written);
  const errors = draft.findings.filter(({ severity }) => severity === "error").length;
  return {
    ...plan,
    operations,
    adoptions: [...plan.adoptions, ...draft.adoptions],
    conflicts: draft.open,
    findings: [...plan.findings, ...draft.findings],
    counts: {
      ...plan.counts,
      ...countOperations(operations),
      conflicts: draft.open.length,
      errors: plan.counts.errors + errors,
      notes: plan.counts.notes + draft.findings.length - errors,
    },
  };
}

/** One update per record: what is settled joins the update that is there. */
function withSent(operations: readonly Operation[], sent: Draft["sent"]): readonly Operation[] {
  const open = groupByRecord(sent);
  const merged = operations.map((operation): Operation => {
    if (operation.kind !== "update") return operation;
    const more = take(open, operation.recordId).map(({ change }) => change);
    return { ...operation, changes: [...operation.changes, ...more] };
  });
  const added = [...open].map(([recordId, list]): Operation => {
    const [{ conflict }] = list;
    const changes = list.map(({ change }) => change);
    const { title, rowNumber } = conflict;
    return { kind: "update", id: `u:${recordId}`, rule: "F5", title, recordId, rowNumber, changes };
  });
  return [...merged, ...added];
}

/** One write per row, likewise. */
function withWritten(operations: readonly Operation[], written: Draft["written"]): readonly Operation[] {
  const open = groupByRecord(written);
  const merged = operations.map((operation): Operation => {
    if (operation.kind !== "write-cells") return operation;
    const more = take(open, operation.recordId).map(({ change }) => change);
    return { ...operation, cells: [...operation.cells, ...more] };
  });
  const added = [...open].map(([recordId, list]): Operation => {
    const [{ conflict }] = list;
    const cells = list.map(({ change }) => change);
    const { title, rowNumber } = conflict;
    return { kind: "write-cells", id: `w:${recordId}`, rule: "F5", title, recordId, rowNumber, cells };
  });
  return [...merged, ...added];
}

type Filled<T> = readonly [T, ...T[]];

function groupByRecord<T extends { readonly conflict: Conflict }>(list: readonly T[]): Map<RecordId, Filled<T>> {
  const groups = new Map<RecordId, Filled<T>>();
  for (const one of list) {
    const { recordId } = one.conflict;
    const group = groups.get(recordId);
    groups.set(recordId, group ? [...group, one] : [one]);
  }
  return groups;
}

function take<T>(open: Map<RecordId, Filled<T>>, recordId: RecordId): readonly T[] {
  const found = open.get(recordId) ?? [];
  open.delete(recordId);
  return found;
}
