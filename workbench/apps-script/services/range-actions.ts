import { ERROR_TEXTS, ServiceError } from "../error-texts";
import { formulaOf, patchSlot, type Slot, storedValue } from "../grid/cell";
import { calculate } from "../grid/formula-engine";
import type { GridRect } from "../grid/grid-rect";
import { mapRect } from "../grid/rect-cells";
import { translateFormula } from "../grid/shift-formula";
import { type SortKey, sortRows } from "../grid/sort-rows";
import { lookup, type MethodTable, SELF, type ServiceCall, structure, structureSelf } from "../host/service-method";
import { isJsonObject, type Json } from "../json";
import { writeEach, writeEachOfList } from "./range-values";
import { rangeWire, targetOf } from "./wire-objects";

/** What a clear leaves behind, by the options of Range.clear(); no option: contents and formats go. */
function clearedSlot(slot: Slot, options: Json): Slot {
  const chosen = isJsonObject(options) ? options : {};
  const all = Object.keys(chosen).length === 0;
  const contents = all || chosen.contentsOnly === true;
  const formats = all || chosen.formatOnly === true;
  const comments = chosen.commentsOnly === true;
  const validations = chosen.validationsOnly === true;
  return patchSlot(slot, {
    ...(contents ? { value: null, formula: undefined } : {}),
    ...(formats ? { format: undefined, style: undefined } : {}),
    ...(comments ? { note: undefined } : {}),
    ...(validations ? { validation: undefined } : {}),
  });
}

const clearContent = (slot: Slot): Slot => patchSlot(slot, { value: null, formula: undefined });

function sortKeys(call: ServiceCall): readonly SortKey[] {
  const given = call.args.at(0);
  const specs = Array.isArray(given) ? (given as readonly Json[]) : [given];
  return specs.map((spec) => {
    if (typeof spec === "number") {
      return { column: spec, ascending: true };
    }
    if (!isJsonObject(spec) || typeof spec.column !== "number") {
      throw call.args.mismatch();
    }
    return { column: spec.column, ascending: spec.ascending !== false };
  });
}

function offsetRange(call: ServiceCall): Json {
  const { workbook, tab, rect } = targetOf(call);
  const moved: GridRect = {
    row: rect.row + call.args.integer(0),
    column: rect.column + call.args.integer(1),
    rows: call.args.optionalInteger(2) ?? rect.rows,
    columns: call.args.optionalInteger(3) ?? rect.columns,
  };
  if (moved.rows < 1 || moved.columns < 1 || !tab.contains(moved)) {
    throw new ServiceError(ERROR_TEXTS.outsideGrid);
  }
  return rangeWire(workbook, tab, moved);
}

/** Copies values, formats, notes and formulas; a larger destination is filled by repetition. */
function copyRange(call: ServiceCall): void {
  const source = targetOf(call);
  const destination = targetOf(call, call.args.tagged(0, "Range"));
  const options = call.args.at(1);
  const valuesOnly = isJsonObject(options) && options.contentsOnly === true;
  const rows = Math.max(source.rect.rows, destination.rect.rows);
  const columns = Math.max(source.rect.columns, destination.rect.columns);
  const rect = { ...destination.rect, rows, columns };
  if (!destination.tab.contains(rect)) {
    throw new ServiceError(ERROR_TEXTS.outsideGrid);
  }
  const slots = mapRect(source.tab, source.rect, (slot) => slot);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const fromRow = row % source.rect.rows;
      const fromColumn = column % source.rect.columns;
      const slot = slots[fromRow]?.[fromColumn];
      const down = rect.row + row - source.rect.row - fromRow;
      const right = rect.column + column - source.rect.column - fromColumn;
      const copied = valuesOnly ? storedValue(slot) : copiedSlot(slot, down, right);
      destination.tab.setSlot(rect.row + row, rect.column + column, copied ?? undefined);
    }
  }
  destination.workbook.hasFormulas ||= source.workbook.hasFormulas;
  destination.workbook.cellsChanged(destination.tab, rect, "script");
}

/** A cell as a copy carries it: relative references of its formula move along. */
export function copiedSlot(slot: Slot, rowsDown: number, columnsRight: number): Slot {
  const formula = formulaOf(slot);
  return formula === null ? slot : patchSlot(slot, { formula: translateFormula(formula, rowsDown, columnsRight) });
}

const activate = lookup((call) => {
  const { workbook, tab, rect } = targetOf(call);
  workbook.activeTabId = tab.id;
  workbook.selection = { tabId: tab.id, ...rect };
  call.state.emit({ kind: "selection", tabId: tab.id, row: rect.row, column: rect.column });
  return SELF;
});

/** Clearing, sorting, copying and moving around. */
export const rangeActionMethods: MethodTable = {
  "Range.clear": writeEach(clearedSlot),
  "Range.clearContent": writeEach(clearContent),
  "RangeList.clear": writeEachOfList(clearedSlot),
  "RangeList.clearContent": writeEachOfList(clearContent),
  "Range.clearFormat": writeEach((slot) => patchSlot(slot, { format: undefined, style: undefined })),
  "Range.clearNote": writeEach((slot) => patchSlot(slot, { note: undefined })),
  "Range.sort": structureSelf((call) => {
    const { workbook, tab, rect } = targetOf(call);
    call.cells = rect.rows * rect.columns;
    calculate(workbook);
    sortRows(tab, rect, sortKeys(call));
    workbook.cellsChanged(tab, rect, "script");
  }),
  "Range.copyTo": structure((call) => {
    copyRange(call);
    return null;
  }),
  "Range.offset": lookup(offsetRange),
  "Range.getCell": lookup((call) => {
    const { workbook, tab, rect } = targetOf(call);
    const row = rect.row + call.args.integer(0) - 1;
    const column = rect.column + call.args.integer(1) - 1;
    if (row >= rect.row + rect.rows || column >= rect.column + rect.columns) {
      throw new ServiceError("Cell reference out of range");
    }
    return rangeWire(workbook, tab, { row, column, rows: 1, columns: 1 });
  }),
  "Range.activate": activate,
  "Range.activateAsCurrentCell": activate,
};
