import type { CellChange, LinkOperation } from "../domain/plan";
import type { FieldName } from "../domain/schema";
import type { Shadow } from "../domain/snapshot";
import { decodeValue } from "../domain/value";
import type { SheetOperation } from "../merge/batch-plan";
import type { CellOutcome, CellWrite, RowAppend } from "../ports/table";
import { loadSnapshot } from "../state/snapshot-store";
import type { GroupResult } from "./group-result";
import type { RunDeps } from "./run-deps";

/** Writes one chunk into the sheet; the base takes what was read back (section 6.3). */
export function applySheet(deps: RunDeps, operations: readonly SheetOperation[], result: GroupResult): void {
  const cells: CellWrite[] = [];
  const appends: RowAppend[] = [];
  for (const operation of operations) {
    if (operation.kind === "append-row") appends.push(toAppend(operation.recordId, operation.cells));
    else for (const cell of operation.cells) cells.push(toWrite(operation.recordId, cell));
  }
  const outcomes = new Map<string, CellOutcome[]>();
  for (const outcome of deps.table.write({ cells, appends })) {
    const list = outcomes.get(outcome.recordId);
    if (list) list.push(outcome);
    else outcomes.set(outcome.recordId, [outcome]);
  }
  for (const operation of operations) recordOperation(operation, outcomes.get(operation.recordId) ?? [], result);
  result.itemsDone += 1;
}

function toAppend(recordId: string, changes: readonly CellChange[]): RowAppend {
  const cells: RowAppend["cells"] = Object.fromEntries(changes.map((change) => [change.field, decodeValue(change.to)]));
  return { recordId, cells };
}

function toWrite(recordId: string, change: CellChange): CellWrite {
  return { recordId, field: change.field, expected: change.from, value: decodeValue(change.to) };
}

function recordOperation(operation: SheetOperation, outcomes: readonly CellOutcome[], result: GroupResult): void {
  const shadows: Record<FieldName, Shadow> = {};
  const changes = new Map(operation.cells.map((change) => [change.field, change]));
  const rowNumber = operation.kind === "write-cells" ? operation.rowNumber : null;
  let written = 0;
  for (const outcome of outcomes) {
    const change = changes.get(outcome.field);
    if (outcome.kind === "written" && change) {
      shadows[outcome.field] = { sheet: outcome.readBack, crm: change.crm };
      written += 1;
    } else if (outcome.kind === "skipped") {
      const at = { rowNumber, recordId: operation.recordId, field: outcome.field, title: operation.title };
      result.report(outcome.reason === "validation" ? "error" : "note", at, SKIP_TEXT[outcome.reason]);
    }
  }
  if (written === 0) {
    // An append without any mapped cell still made a row; one without outcome did not happen.
    if (outcomes.length === 0 && operation.cells.length > 0) {
      result.report(
        "note",
        { rowNumber, recordId: operation.recordId, title: operation.title },
        SKIP_TEXT["row-missing"],
      );
    }
    return;
  }
  result.shadows(operation.recordId, shadows);
  result.count("successes");
  result.count("cellsWritten", written);
  if (operation.kind === "append-row") result.count("appended");
}

const SKIP_TEXT: Record<Extract<CellOutcome, { kind: "skipped" }>["reason"], string> = {
  "edited-meanwhile": "The cell was edited while the sync ran and was left as it is; the next sync compares it again.",
  formula: "The cell holds a formula now and was left as it is.",
  "row-missing": "The row is no longer in the sheet.",
  "row-doubled": "The record ID now stands in several rows; nothing was written.",
  "column-missing": "The column is no longer in the sheet.",
  misplaced: "Rows moved while the sync wrote. The cell was put back; the next sync writes it.",
  validation:
    "The cell's data validation refuses the value from the CRM. Allow it (Data, Data validation) or correct the record.",
};

/** Puts record ids into rows (R2, R11, R24); a row of a merged record keeps its base under the new id. */
export function applyLinks(deps: RunDeps, operations: readonly LinkOperation[], result: GroupResult): void {
  const base = loadSnapshot(deps.store, deps.mapping.id).pairs;
  const byId = new Map(operations.map((operation) => [operation.id, operation]));
  const writes = operations.map((operation) => ({
    operationId: operation.id,
    id: operation.recordId,
    rowNumber: operation.rowNumber,
    row: operation.row,
    expectedId: operation.expectedId,
  }));
  for (const outcome of deps.table.writeIds(writes)) {
    const operation = byId.get(outcome.operationId);
    if (!operation) continue;
    if (!outcome.placed) {
      result.report("note", operation, "The row changed while the sync ran; it is linked by the next sync.");
      result.failed.add(operation.id);
      continue;
    }
    const shadows = operation.baseId === operation.recordId ? undefined : base.get(operation.baseId);
    if (shadows) {
      result.shadows(operation.recordId, shadows);
      result.delta.set(operation.baseId, null);
    }
    result.count("successes");
    result.count("linked");
  }
  result.itemsDone += 1;
}
