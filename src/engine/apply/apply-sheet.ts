import type { CellChange, WriteCellsOperation } from "../../domain/plan";
import type { RecordId } from "../../domain/record";
import type { FieldName } from "../../domain/schema";
import type { Shadow } from "../../domain/snapshot";
import { decodeValue, type EncodedValue, encodeValue } from "../../domain/value";
import type { SheetOperation } from "../../merge/batch-plan";
import { shadowAfter } from "../../merge/next-shadows";
import type { BaseShows, CellOutcome, CellWrite, RowAppend, TableChunk } from "../../ports/table";
import { loadSnapshot } from "../../state/snapshot-store";
import type { RunDeps } from "../run-deps";
import type { GroupResult, GroupWork } from "./group-result";

/** The cells and rows that operations write. */
export function toChunk(operations: readonly SheetOperation[]): TableChunk {
  const cells: CellWrite[] = [];
  const appends: RowAppend[] = [];
  for (const operation of operations) {
    if (operation.kind === "append-row") appends.push(toAppend(operation.recordId, operation.cells));
    else for (const cell of operation.cells) cells.push(toWrite(operation, cell));
  }
  return { cells, appends };
}

function toAppend(recordId: RecordId, changes: readonly CellChange[]): RowAppend {
  const cells: RowAppend["cells"] = Object.fromEntries(changes.map((change) => [change.field, decodeValue(change.to)]));
  return { recordId, cells };
}

function toWrite({ recordId, row }: WriteCellsOperation, change: CellChange): CellWrite {
  const write = { recordId, field: change.field, expected: change.from, value: decodeValue(change.to) };
  return row === undefined ? write : { ...write, row };
}

/** What the base says that cells show. */
export function baseShows(deps: RunDeps): BaseShows {
  const { pairs } = loadSnapshot(deps.store, deps.mapping.id);
  return (recordId, field) => pairs.get(recordId)?.[field]?.sheet;
}

/** Writes one chunk into the sheet; the base takes what was read back (section 6.3). */
export function applySheet(work: GroupWork, operations: readonly SheetOperation[]): void {
  const { deps, intent, result } = work;
  const chunk = toChunk(operations);
  if (work.mode !== "fresh" && intent.before) deps.table.repair(chunk, intent.before, baseShows(deps));
  if (work.mode === "look") {
    lookAtRows(work, operations);
    return;
  }
  const outcomes = new Map<RecordId, CellOutcome[]>();
  for (const outcome of deps.table.write(chunk)) {
    const list = outcomes.get(outcome.recordId);
    if (list) list.push(outcome);
    else outcomes.set(outcome.recordId, [outcome]);
  }
  for (const operation of operations) recordOperation(operation, outcomes.get(operation.recordId) ?? [], result);
}

/**
 * What a run that was given up left in the sheet: cells that show what it meant to write count. The others of a row that it
 * appended were never written: nobody emptied them, so the base has them blank on both sides and the next run fills them.
 */
function lookAtRows({ deps, result }: GroupWork, operations: readonly SheetOperation[]): void {
  const shown = new Map<RecordId, Readonly<Record<FieldName, EncodedValue>>[]>();
  for (const { recordId, cells } of deps.table.read().rows) {
    const values = Object.entries(cells)
      .filter(([, cell]) => cell.formula === null)
      .map(([field, cell]) => [field, encodeValue(cell.value)]);
    shown.set(recordId, [...(shown.get(recordId) ?? []), Object.fromEntries(values)]);
  }
  for (const operation of operations) {
    const { recordId, cells, kind } = operation;
    const [row, ...copies] = shown.get(recordId) ?? [];
    if (!row || copies.length > 0) continue;
    const inPlace = cells.filter(({ field, to }) => row[field] === to);
    if (kind === "append-row" && inPlace.length < cells.length) {
      const never = cells.map(({ field }) => [field, { sheet: "", crm: "" }]);
      result.shadows(recordId, { ...blankShadows(operation), ...Object.fromEntries(never) });
    }
    const outcomes = inPlace.map(({ field, to }) => ({ kind: "written", recordId, field, readBack: to }) as const);
    if (outcomes.length > 0) recordOperation(operation, outcomes, result);
  }
}

function recordOperation(operation: SheetOperation, outcomes: readonly CellOutcome[], result: GroupResult): void {
  const { recordId, title } = operation;
  const changes = new Map(operation.cells.map((change) => [change.field, change]));
  const rowNumber = operation.kind === "write-cells" ? operation.rowNumber : null;
  const shadows: Record<FieldName, Shadow> = {};
  for (const outcome of outcomes) {
    const change = changes.get(outcome.field);
    if (outcome.kind === "written" && change) {
      shadows[outcome.field] = shadowAfter(change.rule, { sheet: outcome.readBack, crm: change.crm });
    } else if (outcome.kind === "skipped") {
      const at = { rowNumber, recordId, field: outcome.field, title };
      result.report(outcome.reason === "validation" ? "error" : "note", at, SKIP_TEXT[outcome.reason]);
    }
  }
  const written = Object.keys(shadows).length;
  if (written === 0) {
    // An append without any mapped cell still made a row; one without outcome did not happen.
    if (outcomes.length === 0 && operation.cells.length > 0)
      result.report("note", { rowNumber, recordId, title }, SKIP_TEXT["row-missing"]);
    return;
  }
  result.shadows(recordId, { ...blankShadows(operation), ...shadows });
  recordEffects(operation, shadows, result);
  result.count("successes");
  result.count("cellsWritten", written);
  if (operation.kind === "append-row") result.count("appended");
}

/** Fields that an appended row leaves blank on purpose: they are no cells that somebody emptied. */
function blankShadows(operation: SheetOperation): Readonly<Record<FieldName, Shadow>> {
  const blanks = operation.kind === "append-row" ? (operation.blanks ?? {}) : {};
  return Object.fromEntries(Object.entries(blanks).map(([field, crm]) => [field, { sheet: "", crm }]));
}

function recordEffects(
  operation: SheetOperation,
  shadows: Readonly<Record<FieldName, Shadow>>,
  result: GroupResult,
): void {
  const { recordId, title } = operation;
  if (operation.kind === "append-row") {
    const cells = Object.fromEntries(Object.entries(shadows).map(([field, shadow]) => [field, shadow.sheet]));
    result.effects.push({ kind: "appended", recordId, title, cells });
    return;
  }
  for (const { field, from: before, crm, overwrites } of operation.cells) {
    const after = shadows[field]?.sheet;
    if (after === undefined) continue;
    result.effects.push({ kind: "cell", recordId, title, field, before, after, crm, loser: overwrites === true });
  }
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
