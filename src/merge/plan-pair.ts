import type { Adoption, CellChange, Conflict, CrmChange, Finding, Operation } from "../domain/plan";
import type { RecordId } from "../domain/record";
import type { Shadow } from "../domain/snapshot";
import type { Cell, CrmValue } from "../domain/value";
import { BLANK, encodeValue, showValue } from "../domain/value";
import type { LinkedPair } from "./match-state";
import { mergeField } from "./merge-field";
import type { PlanField } from "./plan-field";
import { conflictKey, type PlanInput, recordTitle } from "./plan-input";
import { isAllBlank, rowFingerprint } from "./row-values";

/** What one linked pair adds to a plan. */
export interface PairPlan {
  readonly operations: readonly Operation[];
  readonly adoptions: readonly Adoption[];
  readonly conflicts: readonly Conflict[];
  readonly findings: readonly Finding[];
}

const EMPTY_CELL: Cell = { value: BLANK, formula: null };

/** Merges every mapped field of a pair. Ids of operations are `u:`, `w:` and `l:` plus the record id. */
export function planPair(pair: LinkedPair, input: PlanInput): PairPlan {
  const title = pairTitle(pair, input);
  const draft: PairDraft = {
    place: { rowNumber: pair.row.rowNumber, recordId: pair.record.id, title },
    sent: [],
    written: [],
    adoptions: [],
    conflicts: [],
    findings: [],
  };
  if (isBlankedRow(pair, input)) {
    draft.findings.push({ ...draft.place, severity: "error", rule: "R17", field: null, message: BLANKED_TEXT });
  } else {
    for (const planField of input.fields) mergeInto(draft, pair, input, planField);
  }
  const { adoptions, conflicts, findings } = draft;
  const operations = isBlankedRow(pair, input) ? [] : pairOperations(pair, input, title, draft);
  return { operations, adoptions, conflicts, findings };
}

const BLANKED_TEXT =
  "All mapped cells of this row are blank. Nothing was cleared in the CRM. Delete the row if you don't need it, or undo the clearing.";

/** What is gathered field by field. */
interface PairDraft {
  readonly place: { readonly rowNumber: number; readonly recordId: RecordId; readonly title: string };
  readonly sent: CrmChange[];
  readonly written: CellChange[];
  readonly adoptions: Adoption[];
  readonly conflicts: Conflict[];
  readonly findings: Finding[];
}

function mergeInto(draft: PairDraft, pair: LinkedPair, input: PlanInput, planField: PlanField): void {
  const { name: field } = planField.field;
  const cell = pair.row.cells[field];
  if (!cell) return;
  const crm = pair.record.values[field] ?? "";
  const sheet = encodeValue(cell.value);
  const decision = mergeField(planField, sidesOf(pair, input, planField), input);
  const find = (severity: Finding["severity"], rule: string, message: string) =>
    draft.findings.push({ ...draft.place, severity, rule, field, message });
  switch (decision.kind) {
    case "none":
      break;
    case "adopt":
      draft.adoptions.push({ recordId: pair.record.id, field, sheet: decision.sheet, crm: decision.crm });
      break;
    case "to-crm":
      draft.sent.push({ field, from: crm, to: decision.value, sheet, rule: decision.rule });
      if (decision.rule !== "F2" && decision.rule !== "F9" && crm !== "")
        find("note", decision.rule, sentOverText(planField, crm));
      break;
    case "to-sheet":
      draft.written.push(cellChange(field, sheet, crm, decision));
      if (decision.overwrites) find("note", decision.rule, overwriteText(planField, cell, decision.rule));
      break;
    case "conflict":
      draft.conflicts.push({
        ...draft.place,
        field,
        sheet,
        crm,
        base: shadowOf(pair, input, field),
        rule: decision.rule,
      });
      break;
    case "finding":
      find(decision.severity, decision.rule, decision.message);
  }
}

function pairOperations(
  pair: LinkedPair,
  input: PlanInput,
  title: string,
  changes: { readonly sent: readonly CrmChange[]; readonly written: readonly CellChange[] },
): Operation[] {
  const operations: Operation[] = [];
  const recordId = pair.record.id;
  const { rowNumber } = pair.row;
  if (pair.relink) {
    const row = rowFingerprint(pair.row, input.fields);
    operations.push({
      kind: "link",
      id: `l:${recordId}`,
      rule: pair.relink,
      title,
      recordId,
      baseId: pair.baseId,
      expectedId: pair.row.recordId,
      rowNumber,
      row,
    });
  }
  const [firstSent] = changes.sent;
  if (firstSent) {
    operations.push({
      kind: "update",
      id: `u:${recordId}`,
      rule: firstSent.rule,
      title,
      recordId,
      rowNumber,
      changes: changes.sent,
    });
  }
  const [firstWritten] = changes.written;
  if (firstWritten) {
    operations.push({
      kind: "write-cells",
      id: `w:${recordId}`,
      rule: firstWritten.rule,
      title,
      recordId,
      rowNumber,
      cells: changes.written,
    });
  }
  return operations;
}

function cellChange(
  field: string,
  from: string,
  crm: CrmValue,
  decision: { readonly value: string; readonly rule: string; readonly overwrites: boolean },
): CellChange {
  const change = { field, from, to: decision.value, crm, rule: decision.rule };
  return decision.overwrites ? { ...change, overwrites: true } : change;
}

function sidesOf(pair: LinkedPair, input: PlanInput, planField: PlanField) {
  const { name } = planField.field;
  const cell = pair.row.cells[name] ?? EMPTY_CELL;
  const crm = pair.record.values[name] ?? "";
  const seen = input.seenConflicts.has(conflictKey(pair.record.id, name, encodeValue(cell.value), crm));
  // A conflict that nobody has seen yet stays open under every policy and direction (F6).
  return { cell, crm, shadow: shadowOf(pair, input, name), policy: input.policy, seen };
}

function shadowOf(pair: LinkedPair, input: PlanInput, field: string): Shadow | null {
  return input.snapshot.get(pair.baseId)?.[field] ?? null;
}

/** R17: every mapped cell was emptied. A row that never showed anything (only an id) is filled instead. */
function isBlankedRow(pair: LinkedPair, input: PlanInput): boolean {
  const shadows = input.snapshot.get(pair.baseId);
  if (!shadows || !isAllBlank(pair.row, input.fields)) return false;
  return input.fields.some(({ field }) => (shadows[field.name]?.sheet ?? "") !== "");
}

function pairTitle(pair: LinkedPair, input: PlanInput): string {
  return recordTitle(input.fields, input.keyField?.name ?? null, (name) => {
    const cell = pair.row.cells[name];
    const shown = cell ? showValue(cell.value) : "";
    return shown === "" ? (pair.record.values[name] ?? "") : shown;
  });
}

function overwriteText(planField: PlanField, cell: Cell, rule: string): string {
  const typed = showValue(cell.value);
  if (planField.direction === "pull")
    return `"${planField.header}" only takes values from the CRM. "${typed}" was typed and is replaced.`;
  return `"${planField.header}" changed on both sides and the CRM wins (${rule}). "${typed}" is replaced.`;
}

function sentOverText(planField: PlanField, crm: CrmValue): string {
  return `"${planField.header}" differed on both sides and the sheet wins. The CRM's "${crm}" is replaced.`;
}
