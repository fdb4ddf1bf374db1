import type { RemoveRowOperation, RestoreRowOperation, UnlinkOperation } from "../../domain/plan";
import type { RecordId } from "../../domain/record";
import { type RowContent, UNLINKED_PREFIX } from "../../domain/row";
import type { RemovalOutcome, RowRemoval, TableRead } from "../../ports/table";
import { readTable } from "../read/read-table";
import type { GroupWork } from "./group-result";
import { reasonToStay } from "./reason-to-stay";

/** Takes rows out of the sync: their id cells say `unlinked:<id>`, the base forgets them (R6, undo of a create). */
export function applyUnlinks(work: GroupWork, operations: readonly UnlinkOperation[]): void {
  const { result } = work;
  const placed = unlinkRows(work, operations);
  for (const operation of operations) {
    const { id, recordId, title } = operation;
    if (placed.has(id)) {
      result.delta.set(recordId, null);
      result.effects.push({ kind: "unlinked", recordId, title });
      result.count("successes");
    } else if (work.mode !== "look") {
      result.report("note", operation, "The row changed while the sync ran and keeps its record ID.");
    }
  }
}

/** Operations whose row is unlinked, now or by an execution that was cut off: that id stands for nothing else. */
function unlinkRows({ deps, mode }: GroupWork, operations: readonly UnlinkOperation[]): ReadonlySet<string> {
  const standing = new Set(mode === "fresh" ? [] : deps.table.read().rows.map((row) => row.recordId));
  const placed = new Set<string>();
  const open = operations.filter(({ id, recordId }) => {
    if (standing.has(UNLINKED_PREFIX + recordId)) placed.add(id);
    return !placed.has(id);
  });
  if (mode === "look" || open.length === 0) return placed;
  const writes = open.map(({ id, recordId, rowNumber, row }) => ({
    operationId: id,
    id: UNLINKED_PREFIX + recordId,
    rowNumber,
    row,
    expectedId: recordId,
  }));
  for (const outcome of deps.table.writeIds(writes)) if (outcome.placed) placed.add(outcome.operationId);
  return placed;
}

/**
 * Deletes rows (R6 by choice, undo of an appended row) while they are what the plan saw. The journal has all that they held
 * before anything was deleted.
 */
export function applyRemovals(work: GroupWork, operations: readonly RemoveRowOperation[]): void {
  const { deps, intent, result, mode } = work;
  const contents = new Map<RecordId, RowContent>(intent.contents);
  const table = readTable(deps);
  const removals: RowRemoval[] = [];
  const reasons = new Map<RecordId, keyof typeof KEPT_TEXT>();
  for (const operation of operations) {
    const content = contents.get(operation.recordId);
    const reason = content ? reasonToStay(operation, content, table) : "row-missing";
    if (reason !== null) reasons.set(operation.recordId, reason);
    else if (content) removals.push({ recordId: operation.recordId, content });
  }
  const gone = new Set<RecordId>();
  for (const outcome of mode === "look" ? lookForRows(table, removals) : removeRows(work, removals)) {
    // After a cut-off a missing row went by this very work; else somebody is at it, and the next plan finds out.
    if (outcome.kind === "removed" || (outcome.reason === "row-missing" && mode !== "fresh"))
      gone.add(outcome.recordId);
    else reasons.set(outcome.recordId, outcome.reason);
  }
  for (const operation of operations) {
    const { recordId, title } = operation;
    const content = contents.get(recordId);
    const reason = reasons.get(recordId);
    if (gone.has(recordId) && content) {
      result.delta.set(recordId, null);
      result.effects.push({ kind: "removed-row", recordId, title, content });
      result.count("successes");
      result.count("rowsRemoved");
    } else if (mode !== "look" && reason) result.report("note", operation, KEPT_TEXT[reason]);
  }
}

const KEPT_TEXT = {
  "edited-meanwhile": "The row was edited while the sync ran and was not deleted.",
  "row-missing": "The row is no longer in the sheet, or its record ID stands in several rows. Nothing was deleted.",
  "row-doubled": "The record ID now stands in several rows; nothing was deleted.",
  "unmapped-cells": "The row holds something in columns that are not mapped, so it was not deleted. Delete it by hand.",
} as const;

function removeRows({ deps }: GroupWork, removals: readonly RowRemoval[]): readonly RemovalOutcome[] {
  return removals.length > 0 ? deps.table.removeRows(removals) : [];
}

/** What a run that was given up has deleted. */
function lookForRows(table: TableRead, removals: readonly RowRemoval[]): readonly RemovalOutcome[] {
  const standing = new Set(table.rows.map((row) => row.recordId));
  return removals.flatMap(({ recordId }): RemovalOutcome[] =>
    standing.has(recordId) ? [] : [{ kind: "removed", recordId }],
  );
}

/** Puts deleted rows back at the end of the table, without a link to their records (undo of a removal). */
export function applyRestores({ deps, mode, result }: GroupWork, operations: readonly RestoreRowOperation[]): void {
  const idOf = (operation: RestoreRowOperation) => UNLINKED_PREFIX + operation.recordId;
  const rows = operations.map((operation) => ({ id: idOf(operation), content: operation.content }));
  const standing = () => deps.table.read().rows.map((row) => ({ id: row.recordId, placed: true }));
  // The table completes a row of which a cut-off left only the beginning.
  const outcomes = mode === "look" ? standing() : deps.table.restoreRows(rows);
  const placed = new Set(outcomes.filter((outcome) => outcome.placed).map(({ id }) => id));
  for (const operation of operations) {
    if (placed.has(idOf(operation))) {
      result.count("successes");
      result.count("appended");
    } else if (mode !== "look") {
      const place = { rowNumber: null, recordId: operation.recordId, title: operation.title };
      result.report("error", place, "The row could not be put back into the sheet. Undo again.");
    }
  }
}
