import type { GridTab, GridValue } from "../../../ports/grid";
import { gridKey, toCellText } from "../tab/cell";
import { ID_TAG, tagKey } from "../tab/column-tag";
import type { MappedTab } from "../tab/mapped-tab";
import { readValueBlock } from "../tab/read-block";
import type { TableBlock } from "../tab/table-block";

/**
 * Puts back rows that were deleted by mistake down to the header row, without which nothing is found any more: in new rows
 * above the data. Only while the columns stand where they stood. Gives whether anything was put back.
 */
export function restoreFrame(place: MappedTab, before: TableBlock): boolean {
  const { grid, mapping } = place;
  const tab = grid.tab(mapping.tabId);
  const key = tagKey(mapping.id);
  const idTag = tab?.tags().find((tag) => tag.key === key && tag.value === ID_TAG);
  if (tab === null || (idTag !== undefined && idTag.column !== before.binding.idColumn)) return false;
  const { usedRows, usedColumns } = tab.size();
  const now = readValueBlock(tab, { row: 1, column: 1, rows: usedRows, columns: usedColumns });
  let next = firstDataRow(before, now);
  let isChanged = false;
  for (let row = before.headerRow; row >= 1; row--) {
    const line = lineKey(before.values[row - 1] ?? []);
    if (line === "") continue;
    const above = now.slice(0, next - 1).map(lineKey);
    const standing = above.lastIndexOf(line);
    if (standing >= 0) next = standing + 1;
    else {
      isChanged = true;
      insertLine(tab, before, { row, at: next });
    }
  }
  if (isChanged) grid.flush();
  return isChanged;
}

/** First row that carries an id of before, or says all that a data row said; below everything when there is none. */
function firstDataRow(before: TableBlock, now: readonly (readonly GridValue[])[]): number {
  const lines = new Set(before.values.slice(before.headerRow).map(lineKey));
  const first = now.findIndex((line) => {
    const id = toCellText(line[before.binding.idColumn - 1] ?? "");
    return before.rowsById.has(id) || (lineKey(line) !== "" && lines.has(lineKey(line)));
  });
  return first < 0 ? now.length + 1 : first + 1;
}

/** What a row says as one text; `""`: nothing. */
function lineKey(line: readonly GridValue[]): string {
  const filled = line.flatMap((value, c) => (value === "" ? [] : [`${c}${gridKey(value)}`]));
  return filled.length === 0 ? "" : JSON.stringify(filled);
}

function insertLine(
  tab: GridTab,
  before: TableBlock,
  { row, at }: { readonly row: number; readonly at: number },
): void {
  const line = before.values[row - 1] ?? [];
  const rect = { row: at, column: 1, rows: 1, columns: line.length };
  tab.grow(at, line.length);
  tab.insertRows(at, 1);
  tab.writeValues(rect, [line]);
  (before.formulas[row - 1] ?? []).forEach((formula, c) => {
    if (formula !== "") tab.writeFormula(at, c + 1, formula);
  });
  if (row === before.headerRow) tab.styleHeader(rect);
}
