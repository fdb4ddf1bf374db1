import type { Adoption, CellChange, Conflict, CrmChange, Finding, Operation } from "../domain/plan";
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
  const place = { rowNumber: pair.row.rowNumber, recordId: pair.record.id, title };
  if (isBlankedRow(pair, input)) {
    const message =
      "All mapped cells of this row are blank. Nothing was cleared in the CRM. Delete the row if you don't need it, or undo the clearing.";
    return {
      operations: [],
      adoptions: [],
      conflicts: [],
      findings: [{ ...place, severity: "error", rule: "R17", field: null, message }],
    };
  }
  const sent: CrmChange[] = [];
  const written: CellChange[] = [];
  const adoptions: Adoption[] = [];
  const conflicts: Conflict[] = [];
  const findings: Finding[] = [];
  for (const planField of input.fields) {
    const { name } = planField.field;
    const cell = pair.row.cells[name];
    if (!cell) continue;
    const crm = pair.record.values[name] ?? "";
    const sheet = encodeValue(cell.value);
    const shadow = shadowOf(pair, input, name);
    const decision = mergeField(planField, sidesOf(pair, input, planField), { run: input.run, zone: input.zone });
    switch (decision.kind) {
      case "none":
        break;
      case "adopt":
        adoptions.push({ recordId: pair.record.id, field: name, sheet: decision.sheet, crm: decision.crm });
        break;
      case "to-crm":
        sent.push({ field: name, from: crm, to: decision.value, sheet, rule: decision.rule });
        break;
      case "to-sheet":
        written.push(cellChange(name, sheet, crm, decision));
        if (decision.overwrites)
          findings.push({
            ...place,
            severity: "note",
            rule: decision.rule,
            field: name,
            message: overwriteText(planField, cell),
          });
        break;
      case "conflict":
        conflicts.push({ ...place, field: name, sheet, crm, base: shadow, rule: decision.rule });
        break;
      case "finding":
        findings.push({
          ...place,
          severity: decision.severity,
          rule: decision.rule,
          field: name,
          message: decision.message,
        });
    }
  }
  return { operations: pairOperations(pair, input, title, { sent, written }), adoptions, conflicts, findings };
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

function overwriteText(planField: PlanField, cell: Cell): string {
  return `"${planField.header}" only takes values from the CRM. "${showValue(cell.value)}" was typed and is replaced.`;
}
