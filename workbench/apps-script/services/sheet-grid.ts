import { ERROR_TEXTS, ServiceError } from "../error-texts";
import { requireCellLength, writeContextAt, writtenSlot } from "../grid/cell-access";
import { calculate } from "../grid/formula-engine";
import type { Axis, GridChange } from "../grid/grid-rect";
import { sortRows } from "../grid/sort-rows";
import type { Tab } from "../grid/tab";
import {
  type MethodTable,
  type ServiceCall,
  type ServiceMethod,
  structure,
  structureSelf,
  write,
} from "../host/service-method";
import { rectOf, tabOf, workbookOf } from "./wire-objects";

const sizeOf = (tab: Tab, axis: Axis): number => (axis === "row" ? tab.rowCount : tab.columnCount);

const outOfBounds = (axis: Axis): ServiceError =>
  new ServiceError(axis === "row" ? ERROR_TEXTS.rowsOutOfBounds : ERROR_TEXTS.columnsOutOfBounds);

function insert(call: ServiceCall, change: Omit<Extract<GridChange, { kind: "insert" }>, "kind">): void {
  const tab = tabOf(call);
  const { axis, at, count } = change;
  if (at < 1 || at > sizeOf(tab, axis) + 1 || count < 1) {
    throw outOfBounds(axis);
  }
  workbookOf(call).changeGrid(tab, { kind: "insert", ...change }, "script");
}

const countOf = (call: ServiceCall): number => call.args.optionalInteger(1) ?? 1;

const insertBefore = (axis: Axis): ServiceMethod =>
  structureSelf((call) => insert(call, { axis, at: call.args.integer(0), count: countOf(call), like: "after" }));

const insertAfter = (axis: Axis): ServiceMethod =>
  structureSelf((call) => {
    const after = call.args.integer(0);
    if (after < 1) {
      throw outOfBounds(axis);
    }
    insert(call, { axis, at: after + 1, count: countOf(call), like: "before" });
  });

function remove(call: ServiceCall, axis: Axis): void {
  const tab = tabOf(call);
  const at = call.args.integer(0);
  const count = call.args.optionalInteger(1) ?? 1;
  const size = sizeOf(tab, axis);
  if (at < 1 || count < 1 || at + count - 1 > size) {
    throw outOfBounds(axis);
  }
  const frozen = axis === "row" ? tab.frozenRows : tab.frozenColumns;
  if (count >= size || (frozen > 0 && at === frozen + 1 && count >= size - frozen)) {
    throw new ServiceError(axis === "row" ? ERROR_TEXTS.allRowsDeleted : ERROR_TEXTS.allColumnsDeleted);
  }
  workbookOf(call).changeGrid(tab, { kind: "delete", axis, at, count }, "script");
}

function move(call: ServiceCall, axis: Axis): void {
  const tab = tabOf(call);
  const rect = rectOf(call.args.tagged(0, "Range"));
  const before = call.args.integer(1);
  const [at, count] = axis === "row" ? [rect.row, rect.rows] : [rect.column, rect.columns];
  if (before < 1 || before > sizeOf(tab, axis) + 1 || (before > at && before < at + count)) {
    throw outOfBounds(axis);
  }
  workbookOf(call).changeGrid(tab, { kind: "move", axis, at, count, before }, "script");
}

/** Writes below the last row with content; the only write that makes the grid grow. */
function appendRow(call: ServiceCall): void {
  const workbook = workbookOf(call);
  const tab = tabOf(call);
  const values = call.args.array(0);
  values.forEach(requireCellLength);
  const row = tab.lastRow() + 1;
  if (row > tab.rowCount) {
    const at = tab.rowCount + 1;
    workbook.changeGrid(tab, { kind: "insert", axis: "row", at, count: 1, like: "before" }, "script");
  }
  if (values.length > tab.columnCount) {
    const at = tab.columnCount + 1;
    const count = values.length - tab.columnCount;
    workbook.changeGrid(tab, { kind: "insert", axis: "column", at, count, like: "before" }, "script");
  }
  const context = writeContextAt(workbook, call.state.nowFor(call.execution));
  values.forEach((value, index) => {
    tab.setSlot(row, index + 1, writtenSlot(tab.slot(row, index + 1), value, context));
  });
  call.cells = values.length;
  workbook.cellsChanged(tab, { row, column: 1, rows: 1, columns: Math.max(1, values.length) }, "script");
}

/** Empties every cell of the sheet as the range method of the same name does. */
const clearAll = (keepFormats: boolean): ServiceMethod =>
  write((call) => {
    const workbook = workbookOf(call);
    const tab = tabOf(call);
    return () => {
      tab.clearCells(keepFormats);
      const rect = { row: 1, column: 1, rows: tab.rowCount, columns: tab.columnCount };
      workbook.cellsChanged(tab, rect, "script");
    };
  });

/** Methods of a sheet that change its grid or fill it. */
export const sheetGridMethods: MethodTable = {
  "Sheet.appendRow": structureSelf(appendRow),
  "Sheet.insertRowBefore": insertBefore("row"),
  "Sheet.insertRowsBefore": insertBefore("row"),
  "Sheet.insertRowAfter": insertAfter("row"),
  "Sheet.insertRowsAfter": insertAfter("row"),
  "Sheet.insertRows": insertBefore("row"),
  "Sheet.insertColumnBefore": insertBefore("column"),
  "Sheet.insertColumnsBefore": insertBefore("column"),
  "Sheet.insertColumnAfter": insertAfter("column"),
  "Sheet.insertColumnsAfter": insertAfter("column"),
  "Sheet.insertColumns": insertBefore("column"),
  "Sheet.deleteRow": structureSelf((call) => remove(call, "row")),
  "Sheet.deleteRows": structureSelf((call) => remove(call, "row")),
  "Sheet.deleteColumn": structureSelf((call) => remove(call, "column")),
  "Sheet.deleteColumns": structureSelf((call) => remove(call, "column")),
  "Sheet.moveRows": structure((call) => {
    move(call, "row");
    return null;
  }),
  "Sheet.moveColumns": structure((call) => {
    move(call, "column");
    return null;
  }),
  "Sheet.clear": clearAll(false),
  "Sheet.clearContents": clearAll(true),
  "Sheet.sort": structureSelf((call) => {
    const workbook = workbookOf(call);
    const tab = tabOf(call);
    calculate(workbook);
    const first = tab.frozenRows + 1;
    const rect = { row: first, column: 1, rows: tab.rowCount - tab.frozenRows, columns: tab.columnCount };
    const used = { ...rect, rows: Math.max(0, tab.lastRow() - tab.frozenRows) };
    sortRows(tab, used, [{ column: call.args.integer(0), ascending: call.args.at(1) !== false }]);
    workbook.cellsChanged(tab, rect, "script");
  }),
};
