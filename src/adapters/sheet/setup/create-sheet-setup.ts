import { SyncError } from "../../../domain/errors";
import type { Mapping } from "../../../domain/mapping";
import type { Grid, GridTab } from "../../../ports/grid";
import type { SetupColumn, SetupHeader, SheetSetup } from "../../../ports/sheet-setup";
import { HISTORY_TAB_NAME } from "../history-tab";
import { STATE_TAB_NAME } from "../state-tab";
import { bindColumns } from "../tab/bind-columns";
import { toCellText } from "../tab/cell";
import { ID_TAG, isOwnTag, ownHeaders, STATUS_TAG } from "../tab/column-tag";
import { guessHeaderRow, headerKey, readHeader } from "../tab/header";
import { dropForeignTags, prepareColumns, releaseColumns } from "./prepare-columns";
import { createTemplateTab } from "./template";

/** Prepares tabs of a spreadsheet for mappings and cleans up after them. */
export function createSheetSetup(grid: Grid): SheetSetup {
  return {
    createTemplate(spec) {
      const tab = createTemplateTab(grid, spec);
      return { tabId: tab.id, tabName: tab.name() };
    },
    readHeader: (tabId, headerRow) => readSetupHeader(requireTab(grid, tabId), headerRow),
    columnsOf: (mapping) => columnsOf(grid, mapping),
    bind: (mapping, columns, livingIds) => {
      const tab = grid.tab(mapping.tabId);
      if (tab && livingIds) dropForeignTags(tab, [...livingIds, mapping.id]);
      prepareColumns(grid, mapping, columns);
    },
    unbind: (mapping) => releaseColumns(grid, mapping),
    removeAll: () => removeAll(grid),
  };
}

function requireTab(grid: Grid, tabId: number): GridTab {
  const tab = grid.tab(tabId);
  if (tab) return tab;
  throw new SyncError("config", "tab-missing", "That tab was deleted.", { hint: "Choose another tab." });
}

function readSetupHeader(tab: GridTab, headerRow: number | null): SetupHeader {
  const row = headerRow ?? guessHeaderRow(tab);
  const tagged = new Map(tab.tags().flatMap((tag) => (isOwnTag(tag.key) ? [[tag.column, tag.value] as const] : [])));
  const columns = readHeader(tab, row).map(
    (column): SetupColumn => ({ ...column, role: roleOf(column.header, tagged.get(column.column)) }),
  );
  return { headerRow: row, columns };
}

/** The add-on's own columns are known by their tag, in a template or a copied tab by their header. */
function roleOf(header: string, tag: string | undefined): SetupColumn["role"] {
  if (tag === ID_TAG || isOwnHeader(header, "id")) return "record-id";
  return tag === STATUS_TAG || isOwnHeader(header, "status") ? "status" : "data";
}

function isOwnHeader(header: string, kind: "id" | "status"): boolean {
  const names = [...ownHeaders("hubspot")[kind], ...ownHeaders("salesforce")[kind]];
  return names.some((name) => headerKey(name) === headerKey(header));
}

function columnsOf(grid: Grid, mapping: Mapping): ReadonlyMap<string, number> {
  const tab = grid.tab(mapping.tabId);
  if (!tab) return new Map();
  const { usedColumns, usedRows } = tab.size();
  const rect = { row: mapping.headerRow, column: 1, rows: 1, columns: usedColumns };
  const [line = []] = usedColumns > 0 && usedRows >= mapping.headerRow ? tab.readValues(rect) : [];
  const bound = bindColumns(mapping, tab.tags(), line.map(toCellText));
  return new Map(bound.columns.map((column) => [column.mapping.columnId, column.column]));
}

function removeAll(grid: Grid): readonly string[] {
  const removed: string[] = [];
  for (const tab of grid.tabs()) {
    const own = tab.tags().filter((tag) => isOwnTag(tag.key));
    for (const tag of own) tab.untagColumn(tag.column, tag.key);
    if (own.length > 0) removed.push(`column marks on "${tab.name()}"`);
  }
  for (const name of [STATE_TAB_NAME, HISTORY_TAB_NAME]) {
    const tab = grid.tabByName(name);
    if (!tab) continue;
    grid.removeTab(tab.id);
    removed.push(`tab ${name}`);
  }
  return removed;
}
