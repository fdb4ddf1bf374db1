import type { PageRect, Place, ShownCell } from "./grid-view";
import type { SpreadsheetModel } from "./o-spreadsheet-api";
import { toTabFormula } from "./tab-name";

/** The selected cell. */
export function placeOf({ getters }: SpreadsheetModel): Place {
  const { sheetId, row, col } = getters.getActivePosition();
  return { sheetId, row: row + 1, column: col + 1 };
}

/** Whether the selection did not move. */
export function isSamePlace(left: Place | null, right: Place): boolean {
  return left?.sheetId === right.sheetId && left.row === right.row && left.column === right.column;
}

/** Selects a cell and scrolls it into view; nothing when it is not there or its tab is hidden. */
export function goTo(model: SpreadsheetModel, { sheetId, row, column }: Place): void {
  const { getters } = model;
  if (!getters.tryGetSheet(sheetId) || !getters.isSheetVisible(sheetId)) return;
  const sheetIdFrom = getters.getActiveSheetId();
  if (sheetIdFrom !== sheetId) model.dispatch("ACTIVATE_SHEET", { sheetIdFrom, sheetIdTo: sheetId });
  if (row > getters.getNumberRows(sheetId) || column > getters.getNumberCols(sheetId)) return;
  model.selection.selectCell(column - 1, row - 1);
}

/** Where a cell is drawn; `null` when it is out of view. */
export function rectangleOf(
  { getters }: SpreadsheetModel,
  element: HTMLElement,
  { sheetId, row, column }: Place,
): PageRect | null {
  const [col, line] = [column - 1, row - 1];
  const canvas = element.querySelector(".o-grid canvas");
  if (canvas === null || getters.getActiveSheetId() !== sheetId) return null;
  if (!getters.isVisibleInViewport({ sheetId, row: line, col })) return null;
  const { x, y, width, height } = getters.getVisibleRect({ left: col, right: col, top: line, bottom: line });
  const origin = canvas.getBoundingClientRect();
  return { x: origin.x + x, y: origin.y + y, width, height };
}

/** A cell as the grid shows it. */
export function readCell({ getters }: SpreadsheetModel, { sheetId, row, column }: Place): Omit<ShownCell, "note"> {
  const position = { sheetId, row: row - 1, col: column - 1 };
  const cell = getters.getCell(position);
  const { value, formattedValue } = getters.getEvaluatedCell(position);
  const formula = cell?.isFormula ? toTabFormula(cell.compiledFormula?.toFormulaString(getters) ?? "") : null;
  return { value, display: formattedValue, formula, style: cell?.style ?? {} };
}
