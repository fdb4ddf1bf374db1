import type { CreateOperation, LinkOperation, Operation, UpdateOperation } from "../domain/plan";

/** One step of applying a plan: what one intent covers at most. Made anew from the plan by every execution. */
export type WorkItem =
  | { readonly kind: "links"; readonly operations: readonly LinkOperation[] }
  | { readonly kind: "create"; readonly operations: readonly CreateOperation[] }
  | { readonly kind: "update"; readonly operations: readonly UpdateOperation[] }
  | { readonly kind: "sheet"; readonly operations: readonly SheetOperation[] };

export type SheetOperation = Extract<Operation, { kind: "write-cells" | "append-row" }>;

export interface BatchLimits {
  /** Inputs of one CRM call. */
  readonly crmBatch: number;
  /** Cells that one sheet chunk may write. */
  readonly sheetCells: number;
}

/**
 * Work items in the order of writing: ids of known pairs, then the CRM, then the sheet (section 6). An item of the CRM is
 * one batch; the engine lets up to ten of them share an intent.
 */
export function batchPlan(wanted: readonly Operation[], limits: BatchLimits): readonly WorkItem[] {
  const items: WorkItem[] = [];
  const links = wanted.filter((operation) => operation.kind === "link");
  if (links.length > 0) items.push({ kind: "links", operations: links });
  const updates = wanted.filter((operation) => operation.kind === "update");
  for (const operations of slices(updates, limits.crmBatch)) items.push({ kind: "update", operations });
  const creates = wanted.filter((operation) => operation.kind === "create");
  for (const operations of slices(creates, limits.crmBatch)) items.push({ kind: "create", operations });
  const sheet = wanted.filter((operation) => operation.kind === "write-cells" || operation.kind === "append-row");
  for (const operations of sheetChunks(sheet, limits.sheetCells)) items.push({ kind: "sheet", operations });
  return items;
}

function slices<T>(list: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < list.length; at += size) parts.push(list.slice(at, at + size));
  return parts;
}

function sheetChunks(operations: readonly SheetOperation[], cells: number): SheetOperation[][] {
  const chunks: SheetOperation[][] = [];
  let open: SheetOperation[] = [];
  let size = 0;
  for (const operation of operations) {
    if (open.length > 0 && size + operation.cells.length > cells) {
      chunks.push(open);
      open = [];
      size = 0;
    }
    open.push(operation);
    size += operation.cells.length;
  }
  if (open.length > 0) chunks.push(open);
  return chunks;
}
