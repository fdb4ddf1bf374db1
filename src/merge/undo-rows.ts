import type { Effect } from "../domain/effect";
import { type Row, UNLINKED_PREFIX } from "../domain/row";
import type { FieldName } from "../domain/schema";
import { type CrmValue, encodeValue } from "../domain/value";
import type { PlanField } from "./plan-field";
import { rowFingerprint } from "./row-values";
import { findRecord, quoteCell, quoteCrm, type UndoDraft } from "./undo-draft";
import { UNDO_RULE } from "./undo-rule";
import { isSameCell, isSameCrm } from "./undo-values";

type EffectOf<K extends Effect["kind"]> = Extract<Effect, { kind: K }>;

/**
 * A record that was created is archived while it still holds what it was created with; its row is kept without a link. A
 * tombstone keeps the record out should its archiving fail.
 */
export function undoCreate(draft: UndoDraft, effect: EffectOf<"created">): void {
  const { input } = draft;
  const { recordId, title } = effect;
  const found = findRecord(input, recordId);
  if (found.problem !== undefined) {
    draft.leave(effect, `The new record was not archived: ${found.problem}`);
    return;
  }
  if (draft.rowsOf(recordId).length > 1) {
    draft.leave(effect, "The new record was not archived: its record ID stands in several rows.");
    return;
  }
  const changed = changedFields(draft, effect, found.record.values);
  if (changed.length > 0) {
    draft.leave(effect, `The new record changed since and was not archived: ${changed.join("; ")}.`);
    return;
  }
  const expected: Record<FieldName, CrmValue> = {};
  for (const { field } of input.fields) {
    if (field.updatable) expected[field.name] = found.record.values[field.name] ?? "";
  }
  const row = draft.rowOf(recordId);
  const operation = { rule: UNDO_RULE, title, recordId };
  if (row) draft.whole.push({ ...operation, kind: "unlink", id: `n:${recordId}`, ...placeOf(row, input.fields) });
  draft.whole.push({
    ...operation,
    kind: "archive",
    id: `x:${recordId}`,
    rowNumber: row?.rowNumber ?? null,
    expected,
  });
  draft.tombstones.push(recordId);
}

/** Fields that people can change and that no longer hold what the record was created with. */
function changedFields(
  { input }: UndoDraft,
  effect: EffectOf<"created">,
  values: Readonly<Record<FieldName, CrmValue>>,
): string[] {
  const changed: string[] = [];
  for (const planField of input.fields) {
    const { name, updatable } = planField.field;
    // A column that was mapped later says nothing about the record as it was created.
    if (!updatable || !(name in effect.row || name in effect.values)) continue;
    const then = effect.values[name] ?? "";
    const now = values[name] ?? "";
    if (isSameCrm(planField, now, then, input.zone)) continue;
    const show = (value: CrmValue) => quoteCrm(planField, value, input.zone);
    changed.push(`"${planField.header}" was ${show(then)} and is ${show(now)} now`);
  }
  return changed;
}

/** A row that was appended is deleted while all its mapped cells show what was written; the record is not brought back. */
export function undoAppend(draft: UndoDraft, effect: EffectOf<"appended">): void {
  const { input } = draft;
  const { recordId, title } = effect;
  const row = draft.rowOf(recordId);
  if (!row) {
    const many = draft.rowsOf(recordId).length > 1;
    const message = many
      ? "The new row was not deleted: its record ID stands in several rows."
      : "The new row is no longer in the sheet.";
    draft.leave(effect, message);
    return;
  }
  const changed = changedCells(draft, effect, row);
  if (changed.length > 0) {
    draft.leave(effect, `The new row changed since and was not deleted: ${changed.join("; ")}.`);
    return;
  }
  draft.whole.push({
    kind: "remove-row",
    id: `r:${recordId}`,
    rule: UNDO_RULE,
    title,
    recordId,
    ...placeOf(row, input.fields),
    onlyIfUnmappedBlank: true,
  });
  draft.tombstones.push(recordId);
}

function changedCells({ input }: UndoDraft, effect: EffectOf<"appended">, row: Row): string[] {
  const changed: string[] = [];
  for (const planField of input.fields) {
    const { name } = planField.field;
    const cell = row.cells[name];
    // A column of formulas fills itself, in new rows too.
    if (!cell || (planField.formulaColumn && cell.formula !== null)) continue;
    const then = effect.cells[name] ?? "";
    const now = encodeValue(cell.value);
    if (cell.formula !== null) changed.push(`"${planField.header}" holds a formula now`);
    else if (!isSameCell(planField, now, then, input.zone))
      changed.push(`"${planField.header}" was ${quoteCell(then)} and is ${quoteCell(now)} now`);
  }
  return changed;
}

/** A row that was removed comes back at the end of the table, without a link to its record. */
export function undoRemoval(draft: UndoDraft, effect: EffectOf<"removed-row">): void {
  const { recordId, title, content } = effect;
  if (draft.rowsOf(recordId).length > 0 || draft.rowsOf(UNLINKED_PREFIX + recordId).length > 0) {
    draft.leave(effect, "The removed row is in the sheet again already.");
    return;
  }
  draft.whole.push({ kind: "restore-row", id: `b:${recordId}`, rule: UNDO_RULE, title, recordId, content });
}

/** Archives and links are not taken back: what can be done is said. */
export function leaveAsIs(draft: UndoDraft, effect: EffectOf<"archived" | "unlinked" | "linked">): void {
  draft.leave(effect, LEFT_TEXT[effect.kind]);
}

const LEFT_TEXT = {
  archived:
    "The record was archived. It can be restored in the CRM only: look for deleted records there. A CRM keeps them for some weeks.",
  unlinked: "The row stays without a link to its record. Clear its record ID to sync it as a new row.",
  linked: 'The row stays linked to its record. To take the link off, put "unlinked:" before its record ID.',
} as const;

function placeOf(row: Row, fields: readonly PlanField[]) {
  return { rowNumber: row.rowNumber, row: rowFingerprint(row, fields) };
}
