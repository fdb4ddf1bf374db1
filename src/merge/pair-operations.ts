import type { CellChange, CrmChange, Operation } from "../domain/plan";
import type { LinkedPair } from "./match-state";
import type { PlanInput } from "./plan-input";
import { rowFingerprint } from "./row-values";

/** What one pair sends and gets. */
export interface PairChanges {
  readonly sent: readonly CrmChange[];
  readonly written: readonly CellChange[];
}

/** Operations of one pair: `l:`, `u:` and `w:` plus the record id. `doubled`: copies of the row stand in the sheet (R13). */
export function pairOperations(
  pair: LinkedPair,
  about: { readonly title: string; readonly doubled: boolean },
  changes: PairChanges,
  { fields }: PlanInput,
): Operation[] {
  const operations: Operation[] = [];
  const { title } = about;
  const recordId = pair.record.id;
  const { rowNumber } = pair.row;
  if (pair.relink) {
    const row = rowFingerprint(pair.row, fields);
    const id = `l:${recordId}`;
    const ids = { recordId, baseId: pair.baseId, expectedId: pair.row.recordId };
    operations.push({ kind: "link", id, rule: pair.relink, title, ...ids, rowNumber, row });
  }
  const [firstSent] = changes.sent;
  if (firstSent) {
    const id = `u:${recordId}`;
    operations.push({ kind: "update", id, rule: firstSent.rule, title, recordId, rowNumber, changes: changes.sent });
  }
  const [firstWritten] = changes.written;
  if (firstWritten) {
    const id = `w:${recordId}`;
    const write = { id, rule: firstWritten.rule, title, recordId, rowNumber, cells: changes.written };
    const row = about.doubled ? { row: rowFingerprint(pair.row, fields) } : {};
    operations.push({ kind: "write-cells", ...write, ...row });
  }
  return operations;
}
