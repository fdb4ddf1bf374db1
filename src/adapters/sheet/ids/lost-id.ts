import { rowContent } from "../tab/row-content";
import { idAt, type TableBlock, valueAt } from "../tab/table-block";

/** Ids that stood in the tab before and stand nowhere now. */
export function vanishedIds(before: TableBlock, after: TableBlock): ReadonlySet<string> {
  return new Set([...before.rowsById.keys()].filter((id) => !after.rowsById.has(id)));
}

/**
 * Id that a row held before our write went into its cell by mistake: of a row with the same content whose id is nowhere
 * else now, else the only id that is missing, else none. A row that says nothing had none.
 */
export function lostId(before: TableBlock, after: TableBlock, row: number, missing: ReadonlySet<string>): string {
  const content = rowContent(after, row);
  if (after.binding.columns.every(({ column }) => valueAt(after, row, column) === "")) return "";
  const alike = new Set<string>();
  for (const id of missing) {
    for (const old of before.rowsById.get(id) ?? []) if (rowContent(before, old) === content) alike.add(id);
  }
  const [found] = alike;
  if (found !== undefined && alike.size === 1) return found;
  if (alike.size === 0 && isNewRow(before, content)) return "";
  const [only] = missing;
  return only !== undefined && missing.size === 1 ? only : "";
}

function isNewRow(before: TableBlock, content: string): boolean {
  for (let row = before.headerRow + 1; row <= before.values.length; row++) {
    if (idAt(before, row) === "" && rowContent(before, row) === content) return true;
  }
  return false;
}
