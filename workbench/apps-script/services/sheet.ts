import type { Tab } from "../grid/tab";
import {
  alter,
  alterSelf,
  lookup,
  type MethodTable,
  SELF,
  type ServiceCall,
  type ServiceMethod,
} from "../host/service-method";
import { type Json, TYPE_TAG } from "../json";
import { enumWire, rangeWire, rectOf, tabOf, workbookOf } from "./wire-objects";

/** Marks a change of how the sheet looks. */
const changeLook = (change: (tab: Tab, call: ServiceCall) => void): ServiceMethod =>
  alterSelf((call) => {
    change(tabOf(call), call);
    workbookOf(call).restructured("script");
  });

function setEach(numbers: Map<number, number>, call: ServiceCall, count: number, size: number): void {
  const start = call.args.integer(0);
  for (let position = start; position < start + count; position++) {
    numbers.set(position, size);
  }
}

const hide = (hidden: boolean): ServiceMethod =>
  alterSelf((call) => workbookOf(call).setHidden(tabOf(call), hidden, "script"));

function hideSpan(positions: Set<number>, call: ServiceCall, hidden: boolean): void {
  const start = call.args.integer(0);
  const count = call.args.optionalInteger(1) ?? 1;
  for (let position = start; position < start + count; position++) {
    if (hidden) {
      positions.add(position);
    } else {
      positions.delete(position);
    }
  }
}

const activate = lookup((call) => {
  const workbook = workbookOf(call);
  workbook.activeTabId = tabOf(call).id;
  workbook.selection = { tabId: workbook.activeTabId, row: 1, column: 1, rows: 1, columns: 1 };
  call.state.emit({ kind: "selection", tabId: workbook.activeTabId, row: 1, column: 1 });
  return SELF;
});

/** Name, place, look and filters of a sheet. */
export const sheetMethods: MethodTable = {
  "Sheet.getName": lookup((call) => tabOf(call).name),
  "Sheet.getSheetName": lookup((call) => tabOf(call).name),
  "Sheet.setName": alterSelf((call) => workbookOf(call).renameTab(tabOf(call), call.args.string(0), "script")),
  "Sheet.getIndex": lookup((call) => workbookOf(call).tabs.indexOf(tabOf(call)) + 1),
  "Sheet.getType": lookup(() => enumWire("SheetType", "GRID")),
  "Sheet.activate": activate,
  "Sheet.hideSheet": hide(true),
  "Sheet.showSheet": hide(false),
  "Sheet.isSheetHidden": lookup((call) => tabOf(call).hidden),
  "Sheet.getFrozenRows": lookup((call) => tabOf(call).frozenRows),
  "Sheet.getFrozenColumns": lookup((call) => tabOf(call).frozenColumns),
  "Sheet.setFrozenRows": changeLook((tab, call) => {
    tab.frozenRows = call.args.integer(0);
  }),
  "Sheet.setFrozenColumns": changeLook((tab, call) => {
    tab.frozenColumns = call.args.integer(0);
  }),
  "Sheet.setTabColor": changeLook((tab, call) => {
    tab.color = call.args.optionalString(0);
  }),
  "Sheet.getTabColor": lookup((call) => tabOf(call).color),
  "Sheet.setColumnWidth": changeLook((tab, call) => setEach(tab.columnWidths, call, 1, call.args.integer(1))),
  "Sheet.setColumnWidths": changeLook((tab, call) =>
    setEach(tab.columnWidths, call, call.args.integer(1), call.args.integer(2)),
  ),
  "Sheet.getColumnWidth": lookup((call) => tabOf(call).columnWidths.get(call.args.integer(0)) ?? 100),
  "Sheet.setRowHeight": changeLook((tab, call) => setEach(tab.rowHeights, call, 1, call.args.integer(1))),
  "Sheet.setRowHeights": changeLook((tab, call) =>
    setEach(tab.rowHeights, call, call.args.integer(1), call.args.integer(2)),
  ),
  "Sheet.getRowHeight": lookup((call) => tabOf(call).rowHeights.get(call.args.integer(0)) ?? 21),
  "Sheet.autoResizeColumn": changeLook((_tab, call) => void call.args.integer(0)),
  "Sheet.autoResizeColumns": changeLook((_tab, call) => void call.args.integer(1)),
  "Sheet.hideColumns": alter((call) => {
    hideSpan(tabOf(call).hiddenColumns, call, true);
    workbookOf(call).restructured("script");
    return null;
  }),
  "Sheet.showColumns": alter((call) => {
    hideSpan(tabOf(call).hiddenColumns, call, false);
    workbookOf(call).restructured("script");
    return null;
  }),
  "Sheet.hideRows": alter((call) => {
    hideSpan(tabOf(call).hiddenRows, call, true);
    workbookOf(call).restructured("script");
    return null;
  }),
  "Sheet.isColumnHiddenByUser": lookup((call) => tabOf(call).hiddenColumns.has(call.args.integer(0))),
  "Sheet.isRowHiddenByUser": lookup((call) => tabOf(call).hiddenRows.has(call.args.integer(0))),
  "Sheet.setConditionalFormatRules": alter((call) => {
    tabOf(call).conditionalFormats = call.args.array(0);
    workbookOf(call).restructured("script");
    return null;
  }),
  "Sheet.getConditionalFormatRules": lookup((call) => tabOf(call).conditionalFormats),
  "Sheet.clearConditionalFormatRules": alter((call) => {
    tabOf(call).conditionalFormats = [];
    workbookOf(call).restructured("script");
    return null;
  }),
  "Sheet.getFilter": lookup((call) => filterWire(call)),
  "Range.createFilter": alter((call) => {
    const tab = tabOf(call);
    tab.filter = { rect: rectOf(call.self), criteria: {} };
    workbookOf(call).restructured("script");
    return filterWire(call);
  }),
  "Range.getFilter": lookup((call) => filterWire(call)),
  "Filter.getRange": lookup((call) => {
    const tab = tabOf(call);
    return tab.filter === null ? null : rangeWire(workbookOf(call), tab, tab.filter.rect);
  }),
  "Filter.remove": alter((call) => {
    tabOf(call).filter = null;
    workbookOf(call).restructured("script");
    return null;
  }),
};

const filterWire = (call: ServiceCall): Json => {
  const tab = tabOf(call);
  return tab.filter === null ? null : { [TYPE_TAG]: "Filter", file: workbookOf(call).id, tab: tab.id };
};
