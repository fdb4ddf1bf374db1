import { ERROR_TEXTS, ServiceError } from "../error-texts";
import type { OpenEnds } from "../grid/a1-notation";
import type { GridRect } from "../grid/grid-rect";
import type { Tab } from "../grid/tab";
import type { Workbook } from "../grid/workbook";
import type { ServiceCall } from "../host/service-method";
import { type Json, type JsonObject, TYPE_TAG } from "../json";

/** Service objects on the wire, and back to what they stand for in the host. */

export const spreadsheetWire = (workbook: Workbook): Json => ({ [TYPE_TAG]: "Spreadsheet", file: workbook.id });

export const sheetWire = (workbook: Workbook, tab: Tab): Json => ({
  [TYPE_TAG]: "Sheet",
  file: workbook.id,
  tab: tab.id,
});

const BOUNDED: OpenEnds = { rows: "no", columns: "no" };

export const rangeWire = (workbook: Workbook, tab: Tab, rect: GridRect, open: OpenEnds = BOUNDED): Json => ({
  [TYPE_TAG]: "Range",
  file: workbook.id,
  tab: tab.id,
  row: rect.row,
  column: rect.column,
  rows: rect.rows,
  columns: rect.columns,
  openRows: open.rows,
  openColumns: open.columns,
});

export const enumWire = (type: string, name: string): Json => ({ [TYPE_TAG]: "Enum", type, name });

export interface RangeTarget {
  readonly workbook: Workbook;
  readonly tab: Tab;
  readonly rect: GridRect;
}

export const workbookOf = (call: ServiceCall, wire: JsonObject = call.self): Workbook =>
  call.state.file(String(wire.file));

export const tabOf = (call: ServiceCall, wire: JsonObject = call.self): Tab =>
  workbookOf(call, wire).tab(Number(wire.tab));

export const rectOf = (wire: JsonObject): GridRect => ({
  row: Number(wire.row),
  column: Number(wire.column),
  rows: Number(wire.rows),
  columns: Number(wire.columns),
});

/** The cells behind a Range; throws when the sheet has shrunk below them. */
export function targetOf(call: ServiceCall, wire: JsonObject = call.self): RangeTarget {
  const workbook = workbookOf(call, wire);
  const tab = tabOf(call, wire);
  const rect = rectOf(wire);
  if (!tab.contains(rect)) {
    throw new ServiceError(ERROR_TEXTS.outsideGrid);
  }
  return { workbook, tab, rect };
}

/** The open document of the execution; null for a clock run without one. */
export function activeWorkbook(call: ServiceCall): Workbook | null {
  const { fileId } = call.execution.start;
  return fileId === null ? null : call.state.file(fileId);
}
