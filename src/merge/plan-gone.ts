import type { Finding, Operation } from "../domain/plan";
import { showValue } from "../domain/value";
import type { MatchResult } from "./match-rows";
import type { GoneRow } from "./match-state";
import { type PlanInput, recordTitle } from "./plan-input";
import { rowFingerprint } from "./row-values";

/**
 * R6: rows that nobody edited and whose record is gone, by the mapping's choice. A row is only marked where the run may not
 * infer a deletion (R19, R22) or not write rows, and where copies of it stand (R13).
 */
export function planGone(
  match: MatchResult,
  input: PlanInput,
): { readonly operations: readonly Operation[]; readonly findings: readonly Finding[] } {
  const operations: Operation[] = [];
  const findings: Finding[] = [];
  for (const gone of match.goneRows) {
    const { rowNumber } = gone.row;
    const title = rowTitle(gone, input);
    const operation = match.doubled.has(gone.recordId) ? null : goneOperation(gone, title, input);
    if (operation) operations.push(operation);
    else {
      const message = "Deleted in the CRM. The row was kept.";
      const place = { rowNumber, recordId: gone.recordId, field: null, title: `Row ${rowNumber}` };
      findings.push({ severity: "note", rule: "R6", ...place, message });
    }
  }
  return { operations, findings };
}

/** Ids of operations are `n:` (no longer linked) or `d:` (delete the row) plus the record id. */
function goneOperation({ row, recordId }: GoneRow, title: string, input: PlanInput): Operation | null {
  if (!input.mayDelete || input.baseDamaged) return null;
  const about = {
    rule: "R6",
    title,
    recordId,
    rowNumber: row.rowNumber,
    row: rowFingerprint(row, input.fields),
  };
  if (input.gone === "unlink") return { kind: "unlink", id: `n:${recordId}`, ...about };
  if (input.gone !== "remove-row" || input.run === "push") return null;
  return { kind: "remove-row", id: `d:${recordId}`, ...about, onlyIfUnmappedBlank: false };
}

function rowTitle({ row }: GoneRow, input: PlanInput): string {
  return recordTitle(input.fields, input.keyField?.name ?? null, (name) => {
    const cell = row.cells[name];
    return cell ? showValue(cell.value) : "";
  });
}
