import { SyncError } from "../../../domain/errors";
import type { Mapping } from "../../../domain/mapping";
import type { ColumnTag, Grid, GridTab } from "../../../ports/grid";
import { bindColumns } from "../tab/bind-columns";
import { toCellText } from "../tab/cell";
import { ID_TAG, isOwnTag, ownHeaders, STATUS_TAG, tagKey } from "../tab/column-tag";

/** Where the add-on's own columns stand. */
export interface OwnColumnPlaces {
  readonly idColumn: number;
  readonly statusColumn: number;
}

/**
 * Ties a mapping to its tab: tags the mapped columns (`places`: 1-based column by column id) and the record id and status
 * columns, which are added on the right where they are missing. Throws `config` `tab-missing`.
 */
export function prepareColumns(grid: Grid, mapping: Mapping, places: ReadonlyMap<string, number>): OwnColumnPlaces {
  const tab = grid.tab(mapping.tabId);
  if (tab === null) {
    throw new SyncError("config", "tab-missing", "The tab of this mapping is gone.", { hint: "Choose another tab." });
  }
  const key = tagKey(mapping.id);
  const tags = tab.tags();
  const header = readHeaderTexts(tab, mapping.headerRow);
  const found = bindColumns(mapping, tags, header);
  const wanted = new Map<string, number>(places);
  const several = tags.some((tag) => tag.key !== key && isOwnTag(tag.key) && tag.value === ID_TAG);
  const own = ownHeaders(mapping.crm);
  const idColumn = found.idColumn || addColumn(tab, mapping.headerRow, own.id[several ? 1 : 0]);
  const statusColumn = found.statusColumn || addColumn(tab, mapping.headerRow, own.status[several ? 1 : 0]);
  wanted.set(ID_TAG, idColumn);
  wanted.set(STATUS_TAG, statusColumn);
  retag(tab, key, { tags, wanted });
  return { idColumn, statusColumn };
}

/** Takes the tags of a mapping off its tab; columns and values stay. */
export function releaseColumns(grid: Grid, mapping: Mapping): void {
  const tab = grid.tab(mapping.tabId);
  if (tab === null) return;
  const key = tagKey(mapping.id);
  const columns = new Set(tab.tags().flatMap((tag) => (tag.key === key ? [tag.column] : [])));
  for (const column of columns) tab.untagColumn(column, key);
}

/**
 * Takes off the add-on's tags of mappings that no longer exist, as after a loss of the state tab: they would keep the
 * record id column from the mapping that comes next.
 */
export function dropForeignTags(tab: GridTab, livingIds: readonly string[]): void {
  const living = new Set(livingIds.map(tagKey));
  for (const { column, key } of tab.tags()) if (isOwnTag(key) && !living.has(key)) tab.untagColumn(column, key);
}

function readHeaderTexts(tab: GridTab, headerRow: number): readonly string[] {
  const { usedRows, usedColumns } = tab.size();
  if (usedRows < headerRow || usedColumns === 0) return [];
  const [line = []] = tab.readValues({ row: headerRow, column: 1, rows: 1, columns: usedColumns });
  return line.map(toCellText);
}

function addColumn(tab: GridTab, headerRow: number, header: string): number {
  const { usedColumns, rows } = tab.size();
  const column = usedColumns + 1;
  tab.grow(headerRow, column);
  const whole = { row: 1, column, rows, columns: 1 };
  tab.writeFormat(whole, "@");
  const cell = { row: headerRow, column, rows: 1, columns: 1 };
  tab.writeValues(cell, [[header]]);
  tab.styleHeader(cell);
  tab.protectWithWarning(whole, "CRM Sync fills this column. Changes by hand can unlink rows.");
  return column;
}

/** One tag of the mapping a column, and only on the columns that are wanted. */
function retag(
  tab: GridTab,
  key: string,
  change: { readonly tags: readonly ColumnTag[]; readonly wanted: ReadonlyMap<string, number> },
): void {
  const mine = change.tags.filter((tag) => tag.key === key);
  const isRight = (tag: ColumnTag) => change.wanted.get(tag.value) === tag.column;
  const wrong = new Set(mine.filter((tag) => !isRight(tag)).map((tag) => tag.column));
  for (const column of wrong) tab.untagColumn(column, key);
  const kept = new Set(mine.filter((tag) => isRight(tag) && !wrong.has(tag.column)).map((tag) => tag.value));
  for (const [value, column] of change.wanted) if (!kept.has(value)) tab.tagColumn(column, key, value);
}
