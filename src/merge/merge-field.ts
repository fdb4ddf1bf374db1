import { canonicalCrm, canonicalSheet } from "../domain/canonical-value";
import type { ConflictPolicy } from "../domain/mapping";
import type { RuleId } from "../domain/plan";
import type { Shadow } from "../domain/snapshot";
import { toCrmValue } from "../domain/to-crm-value";
import { toSheetValue } from "../domain/to-sheet-value";
import {
  type Cell,
  type CrmValue,
  decodeValue,
  type EncodedValue,
  encodeValue,
  isEncodedAs,
  showValue,
} from "../domain/value";
import { cellLimitText } from "./cell-limit";
import { type MergeContext, type PlanField, pulls, pullsNow, pushes, pushesNow } from "./plan-field";
import { showCrm } from "./show-crm";

/** One field of a linked pair: both sides and the base. */
export interface FieldSides {
  readonly cell: Cell;
  readonly crm: CrmValue;
  /** null: no base for this field (rules F6, F11). */
  readonly shadow: Shadow | null;
  /** Who wins a conflict. "newest-wins" asks: `planPair` knows the times and says which side it is. */
  readonly policy: ConflictPolicy;
  /** The user was shown this conflict by an earlier run (rule F6). */
  readonly seen: boolean;
}

type KnownSides = FieldSides & { readonly shadow: Shadow };

export type FieldDecision =
  | { readonly kind: "none" }
  | { readonly kind: "adopt"; readonly sheet: EncodedValue; readonly crm: CrmValue }
  /** `overwrites`, here and below: a value that somebody changed is replaced, a loser. */
  | { readonly kind: "to-crm"; readonly rule: RuleId; readonly value: CrmValue; readonly overwrites: boolean }
  | { readonly kind: "to-sheet"; readonly rule: RuleId; readonly value: EncodedValue; readonly overwrites: boolean }
  | { readonly kind: "conflict"; readonly rule: RuleId }
  | { readonly kind: "finding"; readonly severity: "error" | "note"; readonly rule: RuleId; readonly message: string };

const NONE: FieldDecision = { kind: "none" };

/** Decides one field of a linked pair: table F of docs/sync-rules.md, first rule that fits. Pure and total. */
export function mergeField(planField: PlanField, sides: FieldSides, context: MergeContext): FieldDecision {
  if (sides.cell.value.kind === "unreadable" && !isKnownText(sides)) {
    const message = `"${planField.header}" shows ${sides.cell.value.text}, which is no value. It was left out; correct the cell and sync again.`;
    return note("F8", message);
  }
  return limitToCell(planField, sides, decide(planField, sides, context));
}

/** A CRM's text that only looks like an error, as the last run wrote it: no formula made it, so the cell has not changed. */
function isKnownText({ cell, shadow }: FieldSides): boolean {
  return cell.formula === null && shadow?.sheet === encodeValue(cell.value);
}

/**
 * Do both sides show exactly what the base says, in a form that means the same as ever? Then nothing can come of the field
 * (F1, F4). Most fields are like that, and this is quicker to see than what their values mean.
 */
export function isInStep(
  { field }: PlanField,
  { cell, crm, shadow }: Pick<FieldSides, "cell" | "crm" | "shadow">,
  { zone, zoneChanged }: MergeContext,
): boolean {
  if (shadow === null || crm !== shadow.crm || cell.value.kind === "unreadable") return false;
  const encoded = shadow.sheet;
  if (!isEncodedAs(cell.value, encoded) || (encoded === "" && crm !== "")) return false;
  // A label of today shows that no option was renamed since.
  if (field.type === "choice") return encoded === encodeValue(toSheetValue(field, crm, zone));
  return field.type !== "multi-choice" && !(field.type === "datetime" && zoneChanged);
}

function decide(planField: PlanField, sides: FieldSides, context: MergeContext): FieldDecision {
  const { field } = planField;
  const { cell, crm, shadow } = sides;
  const a = canonicalSheet(field, cell.value, context.zone);
  const b = canonicalCrm(field, crm, context.zone);
  const encoded = encodeValue(cell.value);
  if (shadow === null) return a === b ? adopt(encoded, crm) : mergeWithoutBase(planField, sides, context);
  if (a === b) return encoded === shadow.sheet && crm === shadow.crm ? NONE : adopt(encoded, crm); // F4
  const sheetChanged = a !== canonicalSheet(field, decodeValue(shadow.sheet), context.zone);
  const crmChanged = b !== canonicalCrm(field, shadow.crm, context.zone);
  if (!sheetChanged && !crmChanged) return keepKnownPair(planField, { ...sides, shadow }, context); // F1
  if (sheetChanged && a === "") return mergeBlanked(planField, sides, context, crmChanged);
  if (sheetChanged) return mergeEdited(planField, sides, context, crmChanged);
  return mergeCrmChange(planField, sides, context);
}

/** F6: no base and both sides differ. */
function mergeWithoutBase(planField: PlanField, sides: FieldSides, context: MergeContext): FieldDecision {
  const sheetBlank = canonicalSheet(planField.field, sides.cell.value, context.zone) === "";
  if (sheetBlank) return pullsNow(planField, context.run) ? toSheet(planField, sides, context, "F6") : NONE;
  const crmBlank = canonicalCrm(planField.field, sides.crm, context.zone) === "";
  if (crmBlank) return pushesNow(planField, context.run) ? toCrm(planField, sides, context, "F6") : NONE;
  return sides.seen ? settle(planField, sides, context, "F6") : { kind: "conflict", rule: "F6" };
}

/**
 * F1: neither side changed. A choice whose option was renamed since shows its old label, a date with time of a file whose
 * zone changed its old wall clock: such cells are rewritten from the CRM's value. Not so what an undo has put back (I15). A
 * blank shows no label and no time.
 */
function keepKnownPair(planField: PlanField, sides: KnownSides, context: MergeContext): FieldDecision {
  if (sides.shadow.apart) return NONE;
  if (sides.cell.value.kind === "blank") return fillLeftBlank(planField, sides, context);
  const renamed = planField.field.type === "choice" || planField.field.type === "multi-choice";
  // In another time zone the same instant is another wall clock, and the cell still shows the old one (section 3).
  const moved = context.zoneChanged && planField.field.type === "datetime";
  return (renamed || moved) && pullsNow(planField, context.run) ? toSheet(planField, sides, context, "F1") : NONE;
}

/**
 * A new row's cell that was left blank for the formulas of its column is no cell that somebody emptied: once the column has
 * no formulas any more it takes the CRM's value, like a blank without base (F6).
 */
function fillLeftBlank(planField: PlanField, sides: KnownSides, context: MergeContext): FieldDecision {
  const isFree = sides.shadow.sheet === "" && sides.cell.formula === null && !planField.formulaColumn;
  return isFree && pullsNow(planField, context.run) ? toSheet(planField, sides, context, "F6") : NONE;
}

/** F9: the cell was emptied since the last run. A formula's blank has no opinion (F7). */
function mergeBlanked(
  planField: PlanField,
  sides: FieldSides,
  context: MergeContext,
  crmChanged: boolean,
): FieldDecision {
  const clears = planField.blank === "clear" && sides.cell.formula === null && pushes(planField);
  if (!clears) return pullsNow(planField, context.run) ? toSheet(planField, sides, context, "F9") : NONE;
  if (crmChanged) return settle(planField, sides, context, "F5");
  return pushesNow(planField, context.run) ? sendValue("F9", "") : NONE;
}

/** F10, F2 and F5: the cell was edited. */
function mergeEdited(
  planField: PlanField,
  sides: FieldSides,
  context: MergeContext,
  crmChanged: boolean,
): FieldDecision {
  if (!pushes(planField)) {
    return pullsNow(planField, context.run) ? toSheet(planField, sides, context, crmChanged ? "F5" : "F2") : NONE;
  }
  if (crmChanged) return settle(planField, sides, context, "F5");
  return pushesNow(planField, context.run) ? toCrm(planField, sides, context, "F2") : NONE;
}

/** F3: only the CRM changed. */
function mergeCrmChange(planField: PlanField, sides: FieldSides, context: MergeContext): FieldDecision {
  if (pulls(planField)) return pullsNow(planField, context.run) ? toSheet(planField, sides, context, "F3") : NONE;
  const shown = showCrm(planField, sides.crm, context.zone);
  const message = `"${planField.header}" changed in the CRM to "${shown}". This column only pushes, so both sides stay as they are.`;
  return note("F3", message);
}

/**
 * F5: both sides changed. One-way columns take their source; otherwise the policy decides. Whatever is replaced here is
 * somebody's change, a blank too.
 */
function settle(planField: PlanField, sides: FieldSides, context: MergeContext, rule: RuleId): FieldDecision {
  const winner = conflictWinner(planField, sides);
  if (winner === "crm" && pullsNow(planField, context.run)) return asLoser(toSheet(planField, sides, context, rule));
  if (winner === "sheet" && pushesNow(planField, context.run)) {
    const sent = toCrm(planField, sides, context, rule);
    // F10 with a change on the other side: the sheet cannot win with a value that the CRM refuses.
    return sent.kind === "finding" ? { kind: "conflict", rule } : asLoser(sent);
  }
  return winner === "nobody" ? { kind: "conflict", rule } : NONE;
}

function asLoser(decision: FieldDecision): FieldDecision {
  return "overwrites" in decision ? { ...decision, overwrites: true } : decision;
}

function conflictWinner(planField: PlanField, sides: FieldSides): "sheet" | "crm" | "nobody" {
  if (planField.direction === "pull") return "crm";
  if (planField.direction === "push") return "sheet";
  if (sides.policy === "sheet-wins") return "sheet";
  return sides.policy === "crm-wins" ? "crm" : "nobody";
}

function toCrm(planField: PlanField, sides: FieldSides, context: MergeContext, rule: RuleId): FieldDecision {
  const read = toCrmValue(planField.field, sides.cell.value, context.zone);
  if (read.kind === "value") return sendValue(rule, read.value);
  const message = `"${planField.header}" was not sent: ${read.reason}.`;
  return { kind: "finding", severity: "error", rule: "F10", message };
}

function sendValue(rule: RuleId, value: CrmValue): FieldDecision {
  return { kind: "to-crm", rule, value, overwrites: false };
}

function toSheet(planField: PlanField, sides: FieldSides, context: MergeContext, rule: RuleId): FieldDecision {
  const value = encodeValue(toSheetValue(planField.field, sides.crm, context.zone));
  return { kind: "to-sheet", rule, value, overwrites: isTyped(planField, sides, context) };
}

/** Does the cell hold a value that somebody typed and that the base does not know? It goes to the history when replaced. */
function isTyped(planField: PlanField, sides: FieldSides, context: MergeContext): boolean {
  const typed = canonicalSheet(planField.field, sides.cell.value, context.zone);
  if (typed === "" || sides.shadow === null) return typed !== "";
  return typed !== canonicalSheet(planField.field, decodeValue(sides.shadow.sheet), context.zone);
}

/** F7: a formula is never overwritten, by no rule, policy or direction. F10: nor can a cell hold any text there is. */
function limitToCell(planField: PlanField, sides: FieldSides, decision: FieldDecision): FieldDecision {
  if (decision.kind !== "to-sheet") return decision;
  const tooLong = cellLimitText(planField.header, decision.value);
  if (tooLong !== null) return { kind: "finding", severity: "error", rule: "F10", message: tooLong };
  if (sides.cell.formula === null) return decision;
  const shown = showValue(decodeValue(decision.value));
  return note("F7", `"${planField.header}" holds a formula and was left as it is; the CRM has "${shown}".`);
}

function adopt(sheet: EncodedValue, crm: CrmValue): FieldDecision {
  return { kind: "adopt", sheet, crm };
}

function note(rule: RuleId, message: string): FieldDecision {
  return { kind: "finding", severity: "note", rule, message };
}
