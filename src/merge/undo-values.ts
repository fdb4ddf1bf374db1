import { canonicalCrm, canonicalSheet } from "../domain/canonical-value";
import type { CellEffect, FieldEffect } from "../domain/effect";
import { type CrmValue, decodeValue, type EncodedValue, encodeValue } from "../domain/value";
import type { Zone } from "../domain/zone";
import type { PlanField } from "./plan-field";
import { withShown } from "./show-crm";
import { findRecord, quoteCell, quoteCrm, type UndoDraft } from "./undo-draft";
import { UNDO_RULE } from "./undo-rule";

/**
 * A field that was written in the CRM gets its former value back while it still holds what the run put there. The sheet's
 * shadow stays: what was typed since is still an edit afterwards, and a cell that nobody touched stays quiet (F1).
 */
export function undoField(draft: UndoDraft, effect: FieldEffect): void {
  const { input } = draft;
  const { recordId, field, before, after } = effect;
  const planField = draft.planField(field);
  if (!planField) {
    draft.leave(effect, `"${field}" is no longer mapped and was left as it is.`);
    return;
  }
  const name = `"${planField.header}"`;
  const found = findRecord(input, recordId);
  if (found.problem !== undefined) {
    draft.leave(effect, `${name} was left as it is: ${found.problem}`);
    return;
  }
  if (!planField.field.updatable) {
    draft.leave(effect, `${name} was left as it is: the CRM no longer lets this field be changed.`);
    return;
  }
  const now = found.record.values[field] ?? "";
  const show = (value: CrmValue) => quoteCrm(planField, value, input.zone);
  if (isSameCrm(planField, now, after, input.zone)) {
    const cell = draft.rowOf(recordId)?.cells[field];
    const shown = cell ? encodeValue(cell.value) : effect.sheet;
    const sheet = input.snapshot.get(recordId)?.[field]?.sheet ?? shown;
    const change = { field, from: now, to: before, sheet, rule: UNDO_RULE };
    draft.send(effect, withShown(change, planField, input.zone));
  } else if (isSameCrm(planField, now, before, input.zone)) {
    draft.leave(effect, `${name} holds ${show(before)} in the CRM again already.`);
  } else {
    const message = `${name} changed since: the sync wrote ${show(after)}, the CRM holds ${show(now)} now. It was ${show(before)} before.`;
    draft.leave(effect, message);
  }
}

/** A cell that was written gets its former content back while it still shows what the run put there; a formula stays (F7). */
export function undoCell(draft: UndoDraft, effect: CellEffect): void {
  const { input } = draft;
  const { recordId, field, before, after } = effect;
  const planField = draft.planField(field);
  const name = `"${planField?.header ?? field}"`;
  const row = draft.rowOf(recordId);
  if (!row) {
    const many = draft.rowsOf(recordId).length > 1;
    const why = many
      ? "its record ID stands in several rows."
      : "its row is no longer in the sheet, or no longer linked.";
    draft.leave(effect, `${name} was left as it is: ${why}`);
    return;
  }
  const cell = row.cells[field];
  if (!planField || !cell) {
    draft.leave(effect, `${name} was left as it is: its column is no longer mapped.`);
    return;
  }
  const now = encodeValue(cell.value);
  if (cell.formula !== null) {
    const message = `${name} holds a formula now and was left as it is. The sync wrote ${quoteCell(after)}. It was ${quoteCell(before)} before.`;
    draft.leave(effect, message);
  } else if (isSameCell(planField, now, after, input.zone)) {
    const crm = input.snapshot.get(recordId)?.[field]?.crm ?? effect.crm;
    draft.write(effect, { field, from: now, to: before, crm, rule: UNDO_RULE });
  } else if (isSameCell(planField, now, before, input.zone)) {
    draft.leave(effect, `${name} shows ${quoteCell(before)} again already.`);
  } else {
    const message = `${name} changed since: the sync wrote ${quoteCell(after)}, the cell shows ${quoteCell(now)} now. It was ${quoteCell(before)} before.`;
    draft.leave(effect, message);
  }
}

/** Do two CRM values mean the same in this field? */
export function isSameCrm(planField: PlanField, one: CrmValue, other: CrmValue, zone: Zone): boolean {
  return canonicalCrm(planField.field, one, zone) === canonicalCrm(planField.field, other, zone);
}

/** Do two contents of a cell mean the same in this field? */
export function isSameCell(planField: PlanField, one: EncodedValue, other: EncodedValue, zone: Zone): boolean {
  const form = (encoded: EncodedValue) => canonicalSheet(planField.field, decodeValue(encoded), zone);
  return form(one) === form(other);
}
