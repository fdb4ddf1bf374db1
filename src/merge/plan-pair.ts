import { canonicalKey } from "../domain/canonical-key";
import { canonicalCrm, canonicalSheet } from "../domain/canonical-value";
import type { Adoption, Barred, CellChange, Conflict, CrmChange, Finding, Operation } from "../domain/plan";
import type { CrmRecord, RecordId } from "../domain/record";
import type { Shadow } from "../domain/snapshot";
import { toCrmValue } from "../domain/to-crm-value";
import type { Cell, CrmValue } from "../domain/value";
import { encodeValue, showValue } from "../domain/value";
import { newestSide, timesOf } from "./conflict-times";
import { fieldKey } from "./field-key";
import { WAIT_TEXT } from "./match-linked";
import { isQuarantined, type LinkedPair } from "./match-state";
import { type FieldDecision, type FieldSides, isInStep, mergeField } from "./merge-field";
import { pairOperations } from "./pair-operations";
import type { PlanField } from "./plan-field";
import { conflictKey, type PlanInput, recordTitle } from "./plan-input";
import { isAllBlank } from "./row-values";
import { showCrm, withShown } from "./show-crm";
import { stoppedText } from "./watch-echoes";

/** What one linked pair adds to a plan. */
export interface PairPlan {
  readonly operations: readonly Operation[];
  readonly adoptions: readonly Adoption[];
  readonly conflicts: readonly Conflict[];
  readonly findings: readonly Finding[];
  /** Stopped fields (F12) whose two sides are equal again, as `fieldKey`s. */
  readonly released: readonly string[];
}

const BLANKED_TEXT =
  "All mapped cells of this row are blank. Nothing was cleared in the CRM. Delete the row if you don't need it, or undo the clearing.";

const NOTHING: PairPlan = { operations: [], adoptions: [], conflicts: [], findings: [], released: [] };

/** Merges every mapped field of a pair. `doubled`: ids that stand in several rows. */
export function planPair(pair: LinkedPair, input: PlanInput, doubled: ReadonlySet<RecordId>): PairPlan {
  if (isPairInStep(pair, input)) return NOTHING;
  const title = pairTitle(pair, input);
  const draft: PairDraft = {
    place: { rowNumber: pair.row.rowNumber, recordId: pair.record.id, title },
    sent: [],
    written: [],
    adoptions: [],
    conflicts: [],
    findings: [],
    released: [],
  };
  const { adoptions, conflicts, findings, released } = draft;
  if (isQuarantined(pair, input.quarantined)) {
    findings.push({ ...draft.place, severity: "note", rule: "F4", field: null, message: WAIT_TEXT });
    return { operations: [], adoptions, conflicts, findings, released };
  }
  if (isBlankedRow(pair, input)) {
    findings.push({ ...draft.place, severity: "error", rule: "R17", field: null, message: BLANKED_TEXT });
    return { operations: [], adoptions, conflicts, findings, released };
  }
  for (const planField of input.fields) mergeInto(draft, pair, input, planField);
  const operations = pairOperations(pair, { title, doubled: doubled.has(pair.row.recordId) }, draft, input);
  return { operations, adoptions, conflicts, findings, released };
}

/** Is there nothing to do, to say or to ask about the pair? */
function isPairInStep(pair: LinkedPair, input: PlanInput): boolean {
  const shadows = input.snapshot.get(pair.baseId);
  if (!shadows || pair.relink || isQuarantined(pair, input.quarantined) || input.stopped.size > 0) return false;
  return input.fields.every((planField) => {
    const { name } = planField.field;
    const cell = pair.row.cells[name];
    const shadow = shadows[name] ?? null;
    return cell === undefined || isInStep(planField, { cell, crm: pair.record.values[name] ?? "", shadow }, input);
  });
}

/** What is gathered field by field. */
interface PairDraft {
  readonly place: { readonly rowNumber: number; readonly recordId: RecordId; readonly title: string };
  readonly sent: CrmChange[];
  readonly written: CellChange[];
  readonly adoptions: Adoption[];
  readonly conflicts: Conflict[];
  readonly findings: Finding[];
  readonly released: string[];
}

function mergeInto(draft: PairDraft, pair: LinkedPair, input: PlanInput, planField: PlanField): void {
  const { name: field } = planField.field;
  const cell = pair.row.cells[field];
  const base = shadowOf(pair, input, field);
  // A record that was made from the base knows nothing of a field without base.
  if (!cell || (base === null && input.fromBase?.has(pair.record.id))) return;
  const crm = pair.record.values[field] ?? "";
  const sheet = encodeValue(cell.value);
  const key = fieldKey(pair.record.id, field);
  const find = (severity: Finding["severity"], rule: string, message: string) =>
    draft.findings.push({ ...draft.place, severity, rule, field, message });
  // F12: nothing is planned until both sides are equal again.
  if (input.stopped.has(key)) {
    const { zone } = input;
    if (canonicalSheet(planField.field, cell.value, zone) !== canonicalCrm(planField.field, crm, zone)) {
      find("note", "F12", stoppedText(planField));
      return;
    }
    draft.released.push(key);
  }
  const decision = decideField(pair.record, input, planField, { cell, crm, shadow: base });
  switch (decision.kind) {
    case "none":
      break;
    case "adopt":
      draft.adoptions.push({ recordId: pair.record.id, field, sheet: decision.sheet, crm: decision.crm });
      break;
    case "to-crm": {
      const taken = takenKeyText(pair, input, planField, decision.value);
      if (taken !== null) find("error", "R15", taken);
      else {
        const change = { field, from: crm, to: decision.value, sheet, rule: decision.rule };
        draft.sent.push(crmChange(withShown(change, planField, input.zone), decision));
      }
      if (taken === null && decision.overwrites)
        find("note", decision.rule, sentOverText(planField, showCrm(planField, crm, input.zone)));
      break;
    }
    case "to-sheet":
      draft.written.push(cellChange({ field, from: sheet, to: decision.value, crm, rule: decision.rule }, decision));
      if (decision.overwrites) find("note", decision.rule, overwriteText(planField, cell, decision.rule));
      break;
    case "conflict": {
      const times = timesOf({ record: pair.record, field }, { sheet, crm }, input.conflictTimes);
      const shown = showCrm(planField, crm, input.zone);
      const conflict: Conflict = { ...draft.place, field, sheet, crm, base, rule: decision.rule, times };
      draft.conflicts.push({
        ...conflict,
        ...(shown === crm ? {} : { crmShown: shown }),
        ...barredSides(pair, input, planField, cell),
      });
      break;
    }
    case "finding":
      find(decision.severity, decision.rule, decision.message);
  }
}

/** The merge of one field; under *newest wins* an open conflict is judged again once one side is newer for sure (F5). */
function decideField(
  record: CrmRecord,
  input: PlanInput,
  planField: PlanField,
  both: Pick<FieldSides, "cell" | "crm" | "shadow">,
): FieldDecision {
  const { name } = planField.field;
  const { policy, seenConflicts } = input;
  const now = { sheet: encodeValue(both.cell.value), crm: both.crm };
  // A conflict that nobody has seen yet stays open under every policy and direction (F6).
  const seen = seenConflicts.size > 0 && seenConflicts.has(conflictKey(record.id, name, now.sheet, now.crm));
  const sides = { ...both, policy, seen };
  const decision = mergeField(planField, sides, input);
  if (decision.kind !== "conflict" || policy !== "newest-wins") return decision;
  const newest = newestSide(timesOf({ record, field: name }, now, input.conflictTimes));
  return newest === null ? decision : mergeField(planField, { ...sides, policy: `${newest}-wins` }, input);
}

function shadowOf(pair: LinkedPair, input: PlanInput, field: string): Shadow | null {
  return input.snapshot.get(pair.baseId)?.[field] ?? null;
}

function crmChange(change: CrmChange, { overwrites }: { readonly overwrites: boolean }): CrmChange {
  return overwrites ? { ...change, overwrites: true } : change;
}

function cellChange(change: CellChange, { overwrites }: { readonly overwrites: boolean }): CellChange {
  return overwrites ? { ...change, overwrites: true } : change;
}

/** R15: why an edited key is not sent; null where no other record has it. */
function takenKeyText(
  pair: LinkedPair,
  { keyField, keyHits, zone }: PlanInput,
  planField: PlanField,
  value: CrmValue,
): string | null {
  if (planField.field.name !== keyField?.name) return null;
  const hits = keyHits.get(canonicalKey(keyField, value, zone)) ?? [];
  const other = hits.find(({ id }) => id !== pair.record.id);
  if (!other) return null;
  return `"${planField.header}" was not sent: record ${other.id} already has "${value}". Correct the cell, or merge the two records in the CRM.`;
}

/** Sides that cannot win the conflict, as a part of it; nothing where both can. */
function barredSides(pair: LinkedPair, input: PlanInput, planField: PlanField, cell: Cell): Pick<Conflict, "barred"> {
  const read = toCrmValue(planField.field, cell.value, input.zone);
  const taken = read.kind === "value" ? takenKeyText(pair, input, planField, read.value) : null;
  const sheet: Barred | null = taken === null ? null : { rule: "R15", message: taken };
  const formula = `"${planField.header}" holds a formula, which is never overwritten. Keep the sheet's value, or replace the formula.`;
  const crm: Barred | null = cell.formula === null ? null : { rule: "F7", message: formula };
  if (sheet === null && crm === null) return {};
  return { barred: { ...(sheet === null ? {} : { sheet }), ...(crm === null ? {} : { crm }) } };
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
  const replaced = typed === "" ? "The blank cell is filled again" : `"${typed}" is replaced`;
  const how = rule === "F6" ? "differed" : "changed";
  return `"${planField.header}" ${how} on both sides and the CRM wins. ${replaced}.`;
}

function sentOverText(planField: PlanField, crm: CrmValue): string {
  const replaced = crm === "" ? "The CRM's blank is filled" : `The CRM's "${crm}" is replaced`;
  return `"${planField.header}" differed on both sides and the sheet wins. ${replaced}.`;
}
