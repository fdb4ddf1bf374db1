import type { Slot } from "../grid/cell";
import { Tab } from "../grid/tab";
import { Workbook, type WorkbookSurroundings } from "../grid/workbook";
import type { Json } from "../json";

interface SavedTab {
  readonly id: number;
  readonly name: string;
  readonly rowCount: number;
  readonly columnCount: number;
  readonly look: Pick<
    Tab,
    "hidden" | "frozenRows" | "frozenColumns" | "color" | "conditionalFormats" | "protections" | "filter"
  >;
  readonly hiddenRows: readonly number[];
  readonly hiddenColumns: readonly number[];
  readonly columnWidths: readonly (readonly [number, number])[];
  readonly rowHeights: readonly (readonly [number, number])[];
  /** Rows of cells; null stands for an empty row or cell. */
  readonly rows: readonly (readonly (Slot | null)[] | null)[];
}

interface SavedWorkbook
  extends Pick<
    Workbook,
    "id" | "name" | "timeZone" | "localeName" | "revision" | "metadata" | "activeTabId" | "selection" | "hasFormulas"
  > {
  readonly tabs: readonly SavedTab[];
}

function saveTab(tab: Tab): SavedTab {
  const { hidden, frozenRows, frozenColumns, color, conditionalFormats, protections, filter } = tab;
  return {
    id: tab.id,
    name: tab.name,
    rowCount: tab.rowCount,
    columnCount: tab.columnCount,
    look: { hidden, frozenRows, frozenColumns, color, conditionalFormats, protections, filter },
    hiddenRows: [...tab.hiddenRows],
    hiddenColumns: [...tab.hiddenColumns],
    columnWidths: [...tab.columnWidths],
    rowHeights: [...tab.rowHeights],
    rows: tab.saveRows(),
  };
}

function loadTab(saved: SavedTab): Tab {
  const tab = new Tab(saved.id, saved.name, saved.rowCount, saved.columnCount);
  Object.assign(tab, saved.look);
  tab.hiddenRows = new Set(saved.hiddenRows);
  tab.hiddenColumns = new Set(saved.hiddenColumns);
  tab.columnWidths = new Map(saved.columnWidths);
  tab.rowHeights = new Map(saved.rowHeights);
  tab.loadRows(saved.rows);
  return tab;
}

/** A workbook as JSON. */
export function saveWorkbook(workbook: Workbook): Json {
  const { id, name, timeZone, localeName, revision, metadata, activeTabId, selection, hasFormulas } = workbook;
  const saved: SavedWorkbook = {
    id,
    name,
    timeZone,
    localeName,
    revision,
    metadata,
    activeTabId,
    selection,
    hasFormulas,
    tabs: workbook.tabs.map(saveTab),
  };
  return JSON.parse(JSON.stringify(saved)) as Json;
}

/** A workbook from its JSON; another id makes it a copy of the file. */
export function loadWorkbook(
  json: Json,
  parts: WorkbookSurroundings,
  copy?: { readonly id: string; readonly name: string },
): Workbook {
  const saved = json as unknown as SavedWorkbook;
  const { id, name } = copy ?? saved;
  const workbook = new Workbook({ ...parts, id, name, timeZone: saved.timeZone, localeName: saved.localeName });
  workbook.tabs = saved.tabs.map(loadTab);
  workbook.revision = saved.revision;
  workbook.metadata = saved.metadata;
  workbook.activeTabId = saved.activeTabId;
  workbook.selection = saved.selection;
  workbook.hasFormulas = saved.hasFormulas;
  return workbook;
}
