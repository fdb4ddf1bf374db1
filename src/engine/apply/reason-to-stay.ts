import type { RemoveRowOperation } from "../../domain/plan";
import type { RowContent } from "../../domain/row";
import { encodeValue } from "../../domain/value";
import type { BoundColumn, TableRead } from "../../ports/table";

/** Why a row must not be deleted. */
export type StayReason = "edited-meanwhile" | "unmapped-cells";

/** null: its mapped cells are what the plan saw, and the others are blank where that counts. */
export function reasonToStay(operation: RemoveRowOperation, content: RowContent, table: TableRead): StayReason | null {
  const mapped = new Set<number>();
  for (const bound of table.columns) {
    const at = placeOf(bound, content);
    const expected = operation.row[bound.mapping.field];
    mapped.add(at);
    if (expected !== undefined && (content.cells[at]?.value ?? "") !== expected) return "edited-meanwhile";
  }
  if (!operation.onlyIfUnmappedBlank) return null;
  const isData = (cell: ContentCell, at: number) => !mapped.has(at) && !isOwn(cell, table) && isFilled(cell);
  return content.cells.some(isData) ? "unmapped-cells" : null;
}

type ContentCell = RowContent["cells"][number];

/** Place of a column among a row's cells: where it stands, and by its header text where columns moved since. */
function placeOf(bound: BoundColumn, content: RowContent): number {
  const at = bound.column - 1;
  return content.cells[at]?.header === bound.header
    ? at
    : content.cells.findIndex(({ header }) => header === bound.header);
}

function isOwn({ header }: ContentCell, table: TableRead): boolean {
  return table.ownHeaders?.includes(header) === true;
}

/** An unticked checkbox is as good as blank. */
function isFilled({ value, formula }: ContentCell): boolean {
  return formula !== null || (value !== "" && value !== UNTICKED);
}

const UNTICKED = encodeValue({ kind: "boolean", boolean: false });
