import type { CellPatch, SnapshotCell, WorkbookSnapshot } from "../server/workbook-snapshot";
import { isSameFormula, toCellText } from "./cell-text";
import { missingStyle } from "./grid-style";
import type { Command, Getters } from "./o-spreadsheet-api";
import { toGridName } from "./tab-name";
import type { TabSheets } from "./tab-sheets";
import type { DataTools } from "./workbook-data";

/** A change for the grid, in its own words. */
export type GridCommand = Command;

/** What is needed to compare the grid with the workbook. */
export interface Comparison {
  readonly getters: Getters;
  readonly sheets: TabSheets;
  readonly tools: DataTools;
}

/** Commands that make the cells of a patch equal to the workbook's; cells that are equal are left alone. */
export function cellDifferences(patch: CellPatch, comparison: Comparison): readonly GridCommand[] {
  const sheetId = comparison.sheets.sheetOf(patch.tabId);
  return patch.cells.flatMap((line, rowOffset) =>
    line.flatMap((cell, columnOffset) => {
      const position = { sheetId, col: patch.column - 1 + columnOffset, row: patch.row - 1 + rowOffset };
      const command = cellDifference(position, cell, comparison);
      return command === null ? [] : [command];
    }),
  );
}

/** Whether a patch lies inside the grid's sheet. */
export function fits(patch: CellPatch, { getters, sheets }: Comparison): boolean {
  const sheetId = sheets.sheetOf(patch.tabId);
  if (patch.rows === 0 || patch.columns === 0) return true;
  if (!getters.tryGetSheet(sheetId)) return false;
  return (
    patch.row - 1 + patch.rows <= getters.getNumberRows(sheetId) &&
    patch.column - 1 + patch.columns <= getters.getNumberCols(sheetId)
  );
}

interface CellAddress {
  readonly sheetId: string;
  readonly col: number;
  readonly row: number;
}

function cellDifference(
  position: CellAddress,
  cell: SnapshotCell | null,
  { getters, tools }: Comparison,
): GridCommand | null {
  const shown = getters.getCell(position);
  const text = toCellText(cell, tools.rules);
  const format = tools.toGridFormat(cell?.n);
  const formula = shown?.isFormula ? (shown.compiledFormula?.toFormulaString(getters) ?? "") : null;
  const same = formula === null ? (shown?.content ?? "") === text : isSameFormula(formula, text);
  const sameFormat = (shown?.format ?? "") === format;
  const style = missingStyle(cell?.s, shown?.style);
  if (same && sameFormat && style === null) return null;
  return {
    type: "UPDATE_CELL",
    ...position,
    ...(same ? {} : { content: text }),
    ...(sameFormat ? {} : { format }),
    ...(style === null ? {} : { style }),
  };
}

/** Commands that give the grid the workbook's tabs; `null` when rows or columns vanished inside of one. */
export function tabDifferences(snapshot: WorkbookSnapshot, comparison: Comparison): readonly GridCommand[] | null {
  const { getters, sheets } = comparison;
  const commands: GridCommand[] = [];
  const wanted = new Set(snapshot.tabs.map((tab) => sheets.sheetOf(tab.id)));
  snapshot.tabs.forEach((tab, position) => {
    const sheetId = sheets.sheetOf(tab.id);
    if (getters.tryGetSheet(sheetId)) return;
    commands.push({
      type: "CREATE_SHEET",
      sheetId,
      name: toGridName(tab.name),
      position,
      rows: tab.rows,
      cols: tab.columns,
    });
    if (tab.hidden) commands.push({ type: "HIDE_SHEET", sheetId });
    if (tab.frozenRows > 0) commands.push({ type: "FREEZE_ROWS", sheetId, quantity: tab.frozenRows });
    if (tab.frozenColumns > 0) commands.push({ type: "FREEZE_COLUMNS", sheetId, quantity: tab.frozenColumns });
    commands.push(...toColumnSizes(tab.widths).map(({ col, size }) => resize(sheetId, col, size)));
  });
  for (const tab of snapshot.tabs) {
    const sheetId = sheets.sheetOf(tab.id);
    if (!getters.tryGetSheet(sheetId)) continue;
    const rows = getters.getNumberRows(sheetId);
    const columns = getters.getNumberCols(sheetId);
    if (tab.rows < rows || tab.columns < columns) return null;
    if (tab.rows > rows) commands.push(growth(sheetId, "ROW", rows, tab.rows - rows));
    if (tab.columns > columns) commands.push(growth(sheetId, "COL", columns, tab.columns - columns));
    const oldName = getters.getSheetName(sheetId);
    const newName = toGridName(tab.name);
    if (oldName !== newName) commands.push({ type: "RENAME_SHEET", sheetId, newName, oldName });
    if (getters.isSheetVisible(sheetId) === tab.hidden) {
      commands.push({ type: tab.hidden ? "HIDE_SHEET" : "SHOW_SHEET", sheetId });
    }
    commands.push(...paneDifferences(sheetId, tab.frozenRows, tab.frozenColumns, getters));
    commands.push(...widthDifferences(sheetId, tab.widths, getters));
  }
  for (const sheetId of getters.getSheetIds()) {
    if (wanted.has(sheetId)) continue;
    commands.push({ type: "DELETE_SHEET", sheetId, sheetName: getters.getSheetName(sheetId) });
  }
  return commands;
}

function growth(sheetId: string, dimension: "ROW" | "COL", size: number, quantity: number): GridCommand {
  return { type: "ADD_COLUMNS_ROWS", sheetId, dimension, base: size - 1, position: "after", quantity };
}

function paneDifferences(sheetId: string, rows: number, columns: number, getters: Getters): readonly GridCommand[] {
  const { xSplit, ySplit } = getters.getPaneDivisions(sheetId);
  return [
    ...(ySplit === rows ? [] : [{ type: rows > 0 ? "FREEZE_ROWS" : "UNFREEZE_ROWS", sheetId, quantity: rows }]),
    ...(xSplit === columns
      ? []
      : [{ type: columns > 0 ? "FREEZE_COLUMNS" : "UNFREEZE_COLUMNS", sheetId, quantity: columns }]),
  ];
}

function widthDifferences(
  sheetId: string,
  widths: Readonly<Record<number, number>>,
  getters: Getters,
): readonly GridCommand[] {
  return toColumnSizes(widths)
    .filter(({ col, size }) => getters.getColSize(sheetId, col) !== size)
    .map(({ col, size }) => resize(sheetId, col, size));
}

function toColumnSizes(widths: Readonly<Record<number, number>>): readonly { col: number; size: number }[] {
  return Object.entries(widths).map(([column, size]) => ({ col: Number(column) - 1, size }));
}

function resize(sheetId: string, col: number, size: number): GridCommand {
  return { type: "RESIZE_COLUMNS_ROWS", sheetId, dimension: "COL", elements: [col], size };
}

/** Every cell of the snapshot as a patch, and beyond it the cells that the grid still has: they are empty now. */
export function wholePatches(snapshot: WorkbookSnapshot, comparison: Comparison): readonly CellPatch[] {
  const { getters, sheets } = comparison;
  return snapshot.tabs.flatMap((tab): readonly CellPatch[] => {
    const sheetId = sheets.sheetOf(tab.id);
    const columns = Math.max(0, ...tab.cells.map((line) => line.length));
    const whole = { tabId: tab.id, row: 1, column: 1, rows: tab.cells.length, columns, cells: tab.cells };
    const left = getters.tryGetSheet(sheetId)
      ? getters.getCells(sheetId).map((cell) => getters.getCellPosition(cell.id))
      : [];
    const beyond = left.filter(({ row, col }) => row >= whole.rows || col >= columns);
    return [
      whole,
      ...beyond.map(({ row, col }) => ({
        tabId: tab.id,
        row: row + 1,
        column: col + 1,
        rows: 1,
        columns: 1,
        cells: [[null]],
      })),
    ];
  });
}
