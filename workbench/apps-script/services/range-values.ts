import { ERROR_TEXTS, ServiceError } from "../error-texts";
import { cellName } from "../grid/a1-notation";
import { formulaOf, hasContent, noteOf, patchSlot, type Slot, storedValue, validationOf } from "../grid/cell";
import {
  requireCellLength,
  toDisplayValue,
  toNumberFormat,
  toScriptValue,
  type WriteContext,
  writeContextAt,
  writtenSlot,
} from "../grid/cell-access";
import { calculate } from "../grid/formula-engine";
import { normalizeFormat } from "../grid/number-format";
import { changeRect, mapRect } from "../grid/rect-cells";
import { type MethodTable, read, type ServiceCall, type ServiceMethod, write } from "../host/service-method";
import type { Json, JsonObject } from "../json";
import { isValid } from "./validation-check";
import { type RangeTarget, targetOf } from "./wire-objects";

type ReadCell = (slot: Slot, target: RangeTarget) => Json;
type WriteCell = (slot: Slot, value: Json, context: WriteContext) => Slot;

const readAll = (readCell: ReadCell): ServiceMethod =>
  read((call) => {
    const target = readable(call);
    return mapRect(target.tab, target.rect, (slot) => readCell(slot, target));
  });

const readFirst = (readCell: ReadCell): ServiceMethod =>
  read((call) => {
    const target = readable(call);
    call.cells = 1;
    return readCell(target.tab.slot(target.rect.row, target.rect.column), target);
  });

function readable(call: ServiceCall): RangeTarget {
  const target = targetOf(call);
  call.cells = target.rect.rows * target.rect.columns;
  calculate(target.workbook);
  return target;
}

/** Throws Google's mismatch texts unless the data has the shape of the range. */
function requireShape(rows: readonly (readonly Json[])[], target: RangeTarget): void {
  const { rect } = target;
  if (rows.length !== rect.rows) {
    throw new ServiceError(ERROR_TEXTS.rowMismatch(rows.length, rect.rows));
  }
  for (const row of rows) {
    if (row.length !== rect.columns) {
      throw new ServiceError(ERROR_TEXTS.columnMismatch(row.length, rect.columns));
    }
  }
}

/** Writes a rectangle of values, checked now and applied with the other buffered writes. */
export const writeRows = (writeCell: WriteCell, check?: (value: Json) => void): ServiceMethod =>
  write((call) => {
    const target = targetOf(call);
    const rows = call.args.rows(0);
    requireShape(rows, target);
    return applyLater(call, target, (row, column) => rows[row]?.[column] ?? null, { writeCell, check });
  });

/** Writes one value into every cell of the range. */
export const writeEach = (writeCell: WriteCell, check?: (value: Json) => void): ServiceMethod =>
  write((call) => {
    const value = call.args.at(0);
    return applyLater(call, targetOf(call), () => value, { writeCell, check });
  });

/** Writes one value into every cell of every range of a list. */
export const writeEachOfList = (writeCell: WriteCell, check?: (value: Json) => void): ServiceMethod =>
  write((call) => {
    const value = call.args.at(0);
    const ranges = (call.self.ranges ?? []) as readonly JsonObject[];
    let cells = 0;
    const writes = ranges.map((range) => {
      const apply = applyLater(call, targetOf(call, range), () => value, { writeCell, check });
      cells += call.cells;
      return apply;
    });
    call.cells = cells;
    return () => {
      for (const apply of writes) {
        apply();
      }
    };
  });

interface CellWriter {
  readonly writeCell: WriteCell;
  readonly check?: ((value: Json) => void) | undefined;
}

function applyLater(
  call: ServiceCall,
  target: RangeTarget,
  valueAt: (row: number, column: number) => Json,
  writer: CellWriter,
): () => void {
  const { workbook, tab, rect } = target;
  const { writeCell, check } = writer;
  const context = writeContextAt(workbook, call.state.nowFor(call.execution));
  call.cells = rect.rows * rect.columns;
  if (check !== undefined) {
    for (let row = 0; row < rect.rows; row++) {
      for (let column = 0; column < rect.columns; column++) {
        check(valueAt(row, column));
      }
    }
  }
  return () => {
    // The sheet may have lost rows since the call was made: what is gone is not written.
    if (workbook.findTab(tab.id) === undefined || !tab.contains(rect)) {
      throw new ServiceError(ERROR_TEXTS.outsideGrid);
    }
    changeRect(tab, rect, (slot, row, column) => {
      const written = writeCell(slot, valueAt(row, column), context);
      const rule = validationOf(slot);
      if (rule !== null && rule === validationOf(written) && !isValid(rule, storedValue(written))) {
        throw new ServiceError(ERROR_TEXTS.validationRefused(cellName(rect.row + row, rect.column + column)));
      }
      return written;
    });
    workbook.cellsChanged(tab, rect, "script");
  };
}

const writeValue: WriteCell = writtenSlot;

const writeFormula: WriteCell = (slot, value, context) => {
  if (value === "" || value === null) {
    return patchSlot(slot, { value: null, formula: undefined });
  }
  const text = String(value);
  return writtenSlot(slot, text.startsWith("=") ? text : `=${text}`, context);
};

const writeFormat: WriteCell = (slot, value) =>
  patchSlot(slot, { format: value === null ? undefined : (normalizeFormat(String(value)) ?? undefined) });

const writeNote: WriteCell = (slot, value) =>
  patchSlot(slot, { note: value === null || value === "" ? undefined : String(value) });

/** Values, formulas, number formats and notes of ranges. */
export const rangeValueMethods: MethodTable = {
  "Range.getValue": readFirst((slot, { workbook }) => toScriptValue(slot, workbook)),
  "Range.getValues": readAll((slot, { workbook }) => toScriptValue(slot, workbook)),
  "Range.getDisplayValue": readFirst((slot, { workbook }) => toDisplayValue(slot, workbook)),
  "Range.getDisplayValues": readAll((slot, { workbook }) => toDisplayValue(slot, workbook)),
  "Range.getFormula": readFirst((slot) => formulaOf(slot) ?? ""),
  "Range.getFormulas": readAll((slot) => formulaOf(slot) ?? ""),
  "Range.getNumberFormat": readFirst(toNumberFormat),
  "Range.getNumberFormats": readAll(toNumberFormat),
  "Range.getNote": readFirst((slot) => noteOf(slot) ?? ""),
  "Range.getNotes": readAll((slot) => noteOf(slot) ?? ""),
  "Range.isBlank": read((call) => {
    const { tab, rect } = readable(call);
    return mapRect(tab, rect, hasContent).every((row) => row.every((filled) => !filled));
  }),
  "Range.setValue": writeEach(writeValue, requireCellLength),
  "Range.setValues": writeRows(writeValue, requireCellLength),
  "Range.setFormula": writeEach(writeFormula, requireCellLength),
  "Range.setFormulas": writeRows(writeFormula, requireCellLength),
  "Range.setNumberFormat": writeEach(writeFormat),
  "Range.setNumberFormats": writeRows(writeFormat),
  "RangeList.setValue": writeEachOfList(writeValue, requireCellLength),
  "RangeList.setFormula": writeEachOfList(writeFormula, requireCellLength),
  "RangeList.setNumberFormat": writeEachOfList(writeFormat),
  "RangeList.setNote": writeEachOfList(writeNote),
  "Range.setNote": writeEach(writeNote),
  "Range.setNotes": writeRows(writeNote),
};
