import { patchSlot } from "../grid/cell";
import { requireCellLength, typedSlot, writeContextAt } from "../grid/cell-access";
import { calculate } from "../grid/formula-engine";
import type { GridChange, GridRect } from "../grid/grid-rect";
import { normalizeFormat } from "../grid/number-format";
import { changeRect, mapRect } from "../grid/rect-cells";
import { sortRows } from "../grid/sort-rows";
import type { UserActions } from "../host-api";
import { copiedSlot } from "../services/range-actions";
import type { HostState } from "./host-state";
import { loadWorkbook, saveWorkbook } from "./save-workbook";

/** Told after each action of the user: installable and simple edit triggers hang on it. */
export interface UserActionListener {
  edited(tabId: number, rect: GridRect): void;
  changed(changeType: string): void;
}

/** What a person does in the grid, applied to the open file at once. */
export function createUserActions(state: HostState, listener: UserActionListener): UserActions {
  return { ...cellActions(state, listener), ...gridActions(state, listener), ...fileActions(state, listener) };
}

type CellAction = "typeInto" | "paste" | "copyRows" | "clear" | "sortRows" | "setNumberFormat";

function cellActions(state: HostState, listener: UserActionListener): Pick<UserActions, CellAction> {
  const paste: UserActions["paste"] = (tabId, row, column, values) => {
    const workbook = state.openFile();
    const tab = workbook.tab(tabId);
    const rect = { row, column, rows: values.length, columns: Math.max(0, ...values.map((cells) => cells.length)) };
    growTo(state, tabId, row + rect.rows - 1, column + rect.columns - 1);
    const context = writeContextAt(workbook, state.clock.now());
    values.flat().forEach(requireCellLength);
    changeRect(tab, rect, (slot, down, right) => typedSlot(slot, values[down]?.[right] ?? "", context));
    workbook.cellsChanged(tab, rect, "user");
    listener.edited(tabId, rect);
  };
  return {
    typeInto: (tabId, row, column, text) => paste(tabId, row, column, [[text]]),
    paste,
    copyRows: (tabId, fromRow, count, toRow) => {
      const workbook = state.openFile();
      const tab = workbook.tab(tabId);
      growTo(state, tabId, toRow + count - 1, 1);
      const source = { row: fromRow, column: 1, rows: count, columns: tab.columnCount };
      const slots = mapRect(tab, source, (slot) => copiedSlot(slot, toRow - fromRow, 0));
      const target = { ...source, row: toRow };
      changeRect(tab, target, (_slot, down, right) => slots[down]?.[right]);
      workbook.cellsChanged(tab, target, "user");
      listener.edited(tabId, target);
    },
    clear: (tabId, ...[row, column, rows, columns]) => {
      const workbook = state.openFile();
      const rect = { row, column, rows, columns };
      changeRect(workbook.tab(tabId), rect, (slot) => patchSlot(slot, { value: null, formula: undefined }));
      workbook.cellsChanged(workbook.tab(tabId), rect, "user");
      listener.edited(tabId, rect);
    },
    sortRows: (tabId, firstRow, column, ascending) => {
      const workbook = state.openFile();
      const tab = workbook.tab(tabId);
      const rect = { row: firstRow, column: 1, rows: tab.lastRow() - firstRow + 1, columns: tab.columnCount };
      calculate(workbook);
      sortRows(tab, rect, [{ column, ascending }]);
      workbook.cellsChanged(tab, rect, "user");
      listener.changed("OTHER");
    },
    setNumberFormat: (tabId, ...[row, column, rows, columns, format]) => {
      const workbook = state.openFile();
      const rect = { row, column, rows, columns };
      const pattern = normalizeFormat(format) ?? undefined;
      changeRect(workbook.tab(tabId), rect, (slot) => patchSlot(slot, { format: pattern }));
      workbook.cellsChanged(workbook.tab(tabId), rect, "user");
      listener.changed("FORMAT");
    },
  };
}

/** A paste beyond the grid makes it grow, as in the editor. */
function growTo(state: HostState, tabId: number, row: number, column: number): void {
  const workbook = state.openFile();
  const tab = workbook.tab(tabId);
  if (row > tab.rowCount) {
    const count = row - tab.rowCount;
    workbook.changeGrid(tab, { kind: "insert", axis: "row", at: tab.rowCount + 1, count, like: "before" }, "user");
  }
  if (column > tab.columnCount) {
    const count = column - tab.columnCount;
    const at = tab.columnCount + 1;
    workbook.changeGrid(tab, { kind: "insert", axis: "column", at, count, like: "before" }, "user");
  }
}

type GridAction =
  | "insertRows"
  | "deleteRows"
  | "insertColumns"
  | "deleteColumns"
  | "moveColumns"
  | "moveRows"
  | "hideRows"
  | "showRows";

function gridActions(state: HostState, listener: UserActionListener): Pick<UserActions, GridAction> {
  const change = (tabId: number, gridChange: GridChange, changeType: string): void => {
    const workbook = state.openFile();
    workbook.changeGrid(workbook.tab(tabId), gridChange, "user");
    listener.changed(changeType);
  };
  return {
    insertRows: (tabId, at, count) =>
      change(tabId, { kind: "insert", axis: "row", at, count, like: "after" }, "INSERT_ROW"),
    deleteRows: (tabId, at, count) => change(tabId, { kind: "delete", axis: "row", at, count }, "REMOVE_ROW"),
    insertColumns: (tabId, at, count) =>
      change(tabId, { kind: "insert", axis: "column", at, count, like: "after" }, "INSERT_COLUMN"),
    deleteColumns: (tabId, at, count) => change(tabId, { kind: "delete", axis: "column", at, count }, "REMOVE_COLUMN"),
    moveColumns: (tabId, at, count, before) =>
      change(tabId, { kind: "move", axis: "column", at, count, before }, "OTHER"),
    moveRows: (tabId, at, count, before) => change(tabId, { kind: "move", axis: "row", at, count, before }, "OTHER"),
    hideRows: (tabId, row, count) => setRowsHidden(state, { tabId, row, count }, true),
    showRows: (tabId, row, count) => setRowsHidden(state, { tabId, row, count }, false),
  };
}

function setRowsHidden(state: HostState, rows: { tabId: number; row: number; count: number }, hidden: boolean): void {
  const workbook = state.openFile();
  const { hiddenRows } = workbook.tab(rows.tabId);
  for (let row = rows.row; row < rows.row + rows.count; row++) {
    if (hidden) {
      hiddenRows.add(row);
    } else {
      hiddenRows.delete(row);
    }
  }
  workbook.restructured("user");
}

type FileAction = "renameTab" | "addTab" | "deleteTab" | "setTabHidden" | "activateTab" | "select" | "copyFile";

function fileActions(state: HostState, listener: UserActionListener): Pick<UserActions, FileAction> {
  return {
    renameTab: (tabId, name) => {
      state.openFile().renameTab(state.openFile().tab(tabId), name, "user");
      listener.changed("OTHER");
    },
    addTab: (name) => {
      const { id } = state.openFile().addTab(name, state.openFile().tabs.length, "user");
      listener.changed("INSERT_GRID");
      return id;
    },
    deleteTab: (tabId) => {
      state.openFile().deleteTab(state.openFile().tab(tabId), "user");
      listener.changed("REMOVE_GRID");
    },
    setTabHidden: (tabId, hidden) => state.openFile().setHidden(state.openFile().tab(tabId), hidden, "user"),
    activateTab: (tabId) => selectCell(state, tabId, 1, 1),
    select: (tabId, row, column) => selectCell(state, tabId, row, column),
    copyFile: () => copyFile(state),
  };
}

function selectCell(state: HostState, tabId: number, row: number, column: number): void {
  const workbook = state.openFile();
  workbook.activeTabId = workbook.tab(tabId).id;
  workbook.selection = { tabId, row, column, rows: 1, columns: 1 };
  state.emit({ kind: "selection", tabId, row, column });
}

/**
 * The copy becomes the open file. A bound script is copied with its file and starts with empty stores; an installed
 * add-on keeps the user's properties, and its triggers stay with the old file.
 */
function copyFile(state: HostState): void {
  const old = state.openFile();
  const copy = loadWorkbook(saveWorkbook(old), old.parts, { id: state.newId(44), name: `Copy of ${old.name}` });
  state.files.set(copy.id, copy);
  state.openFileId = copy.id;
  if (state.mode === "bound") {
    state.properties.clear();
    state.triggers = [];
    state.files.delete(old.id);
  }
  state.ui.menus = [];
  state.ui.sidebar = null;
  state.emit({ kind: "structure", by: "user" });
}
