import { toCellView } from "../grid/cell-access";
import { calculate } from "../grid/formula-engine";
import { mapRect } from "../grid/rect-cells";
import type { WorkbookView } from "../host-api";
import type { HostState } from "./host-state";

/** Read access to the open file; it follows when another file is opened. */
export function createWorkbookView(state: HostState): WorkbookView {
  return {
    get id() {
      return state.openFile().id;
    },
    get name() {
      return state.openFile().name;
    },
    get timeZone() {
      return state.openFile().timeZone;
    },
    get locale() {
      return state.openFile().localeName;
    },
    get revision() {
      return state.openFile().revision;
    },
    tabs: () =>
      state.openFile().tabs.map((tab) => ({
        id: tab.id,
        name: tab.name,
        hidden: tab.hidden,
        rows: tab.rowCount,
        columns: tab.columnCount,
        frozenRows: tab.frozenRows,
        frozenColumns: tab.frozenColumns,
        ...(tab.columnWidths.size === 0 ? {} : { columnWidths: Object.fromEntries(tab.columnWidths) }),
      })),
    activeTabId: () => state.openFile().activeTabId,
    cells: (tabId, ...[row, column, rows, columns]) => {
      const workbook = state.openFile();
      calculate(workbook);
      return mapRect(workbook.tab(tabId), { row, column, rows, columns }, (slot) => toCellView(slot, workbook));
    },
    used: (tabId) => {
      const tab = state.openFile().tab(tabId);
      return { rows: tab.lastRow(), columns: tab.lastColumn() };
    },
  };
}
