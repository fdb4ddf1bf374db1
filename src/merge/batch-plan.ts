import type {
  ArchiveOperation,
  CreateOperation,
  LinkOperation,
  Operation,
  RemoveRowOperation,
  RestoreRowOperation,
  UnlinkOperation,
  UpdateOperation,
} from "../domain/plan";

/** One step of applying a plan: what one intent covers at most. Made anew from the plan by every execution. */
export type WorkItem =
  | { readonly kind: "links"; readonly operations: readonly LinkOperation[] }
  | { readonly kind: "unlinks"; readonly operations: readonly UnlinkOperation[] }
  | { readonly kind: "update"; readonly operations: readonly UpdateOperation[] }
  | { readonly kind: "create"; readonly operations: readonly CreateOperation[] }
  | { readonly kind: "archive"; readonly operations: readonly ArchiveOperation[] }
  | { readonly kind: "restores"; readonly operations: readonly RestoreRowOperation[] }
  | { readonly kind: "sheet"; readonly operations: readonly SheetOperation[] }
  | { readonly kind: "removals"; readonly operations: readonly RemoveRowOperation[] };

export type SheetOperation = Extract<Operation, { kind: "write-cells" | "append-row" }>;

export interface BatchLimits {
  /** Inputs of one CRM call. */
  readonly crmBatch: number;
  /** Cells that one sheet chunk may write. */
  readonly sheetCells: number;
}

/**
 * Work items in the order of writing: ids of known pairs, then the CRM, then the sheet, deleted rows last (section 6). An
 * item of the CRM is one batch; the engine lets up to ten of one kind share an intent.
 */
export function batchPlan(wanted: readonly Operation[], limits: BatchLimits): readonly WorkItem[] {
  const of = <K extends Operation["kind"]>(kind: K) =>
    wanted.filter((operation): operation is Extract<Operation, { kind: K }> => operation.kind === kind);
  const batches = <T>(operations: readonly T[]) => slices(operations, limits.crmBatch);
  const sheet = wanted.filter((operation) => operation.kind === "write-cells" || operation.kind === "append-row");
  const items: readonly WorkItem[] = [
    { kind: "links", operations: of("link") },
    { kind: "unlinks", operations: of("unlink") },
    ...batches(of("update")).map((operations) => ({ kind: "update" as const, operations })),
    ...batches(of("create")).map((operations) => ({ kind: "create" as const, operations })),
    ...batches(of("archive")).map((operations) => ({ kind: "archive" as const, operations })),
    { kind: "restores", operations: of("restore-row") },
    ...sheetChunks(sheet, limits.sheetCells).map((operations) => ({ kind: "sheet" as const, operations })),
    { kind: "removals", operations: of("remove-row") },
  ];
  return items.filter(({ operations }) => operations.length > 0);
}

function slices<T>(list: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < list.length; at += size) parts.push(list.slice(at, at + size));
  return parts;
}

/** The first chunk may be empty: its operation is larger than the limit. */
function sheetChunks(operations: readonly SheetOperation[], cells: number): SheetOperation[][] {
  const chunks: SheetOperation[][] = [];
  let open: SheetOperation[] = [];
  let size = 0;
  for (const operation of operations) {
    if (size + operation.cells.length > cells) {
      chunks.push(open);
      open = [];
      size = 0;
    }
    open.push(operation);
    size += operation.cells.length;
  }
  return [...chunks, open];
}
