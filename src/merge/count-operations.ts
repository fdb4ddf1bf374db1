import type { Operation, PlanCounts } from "../domain/plan";

/** The part of a plan's counts that its operations alone say. */
export type OperationCounts = Pick<
  PlanCounts,
  | "creates"
  | "updates"
  | "clears"
  | "appends"
  | "rowWrites"
  | "cellWrites"
  | "links"
  | "archives"
  | "removedRows"
  | "unlinks"
  | "restoredRows"
>;

/** Counts operations by kind; `clears` are fields that are blanked in the CRM, `cellWrites` cells of existing rows. */
export function countOperations(operations: readonly Operation[]): OperationCounts {
  const counts = {
    creates: 0,
    updates: 0,
    clears: 0,
    appends: 0,
    rowWrites: 0,
    cellWrites: 0,
    links: 0,
    archives: 0,
    removedRows: 0,
    unlinks: 0,
    restoredRows: 0,
  };
  for (const operation of operations) {
    counts[COUNT_OF[operation.kind]] += 1;
    if (operation.kind === "write-cells") counts.cellWrites += operation.cells.length;
    if (operation.kind === "update") counts.clears += operation.changes.filter(({ to }) => to === "").length;
  }
  return counts;
}

const COUNT_OF = {
  create: "creates",
  update: "updates",
  archive: "archives",
  "append-row": "appends",
  "write-cells": "rowWrites",
  link: "links",
  unlink: "unlinks",
  "remove-row": "removedRows",
  "restore-row": "restoredRows",
} as const satisfies Record<Operation["kind"], keyof OperationCounts>;
