import type { GridTab, Rect, StrictRule, TabSize } from "../../ports/grid";
import { columnLetters } from "./column-letters";
import type { WallReader } from "./wall-reader";
import { type ApostropheHabit, writeBlocks } from "./write-blocks";

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

const HEADER_GROUND = "#e8f0fe";

/** What the tabs of one spreadsheet share in an execution. */
export interface TabContext {
  readonly spreadsheet: GoogleAppsScript.Spreadsheet.Spreadsheet;
  readonly habit: ApostropheHabit;
  reader(): WallReader;
}

/** A sheet as a tab of the grid. */
export function createGridTab(sheet: Sheet, context: TabContext): GridTab {
  const at = (rect: Rect) => sheet.getRange(rect.row, rect.column, rect.rows, rect.columns);
  return {
    id: sheet.getSheetId(),
    name: () => sheet.getName(),
    hidden: () => sheet.isSheetHidden(),
    size: () => sizeOf(sheet),
    readValues: (rect) => context.reader().toGridValues(at(rect).getValues()),
    readFormulas: (rect) => at(rect).getFormulas(),
    readFormats: (rect) => at(rect).getNumberFormats(),
    readNotes: (rect) => at(rect).getNotes(),
    readStrictRules: (rect) =>
      at(rect)
        .getDataValidations()
        .map((line) => line.map(toStrictRule)),
    writeValues: (rect, values) => writeBlocks(sheet, [{ rect, values }], context.habit),
    writeBlocks: (blocks) => writeBlocks(sheet, blocks, context.habit),
    writeFormula(row, column, formula) {
      sheet.getRange(row, column).setFormula(formula);
    },
    writeFormat(rect, format) {
      at(rect).setNumberFormat(format);
    },
    clearValues(rect) {
      at(rect).clearContent();
    },
    grow: (rows, columns) => grow(sheet, rows, columns),
    deleteRows(firstRow, count) {
      sheet.deleteRows(firstRow, count);
    },
    insertRows(beforeRow, count) {
      sheet.insertRowsBefore(beforeRow, count);
    },
    ...tagActions(sheet),
    ...lookActions(sheet, at),
    hide() {
      sheet.hideSheet();
    },
    show() {
      sheet.showSheet();
    },
    activate() {
      context.spreadsheet.setActiveSheet(sheet);
    },
    select(row, column) {
      context.spreadsheet.setActiveSheet(sheet);
      sheet.getRange(row, column).activate();
    },
  };
}

function toStrictRule(rule: GoogleAppsScript.Spreadsheet.DataValidation | null): StrictRule | null {
  if (rule === null || rule.getAllowInvalid()) return null;
  const isList = rule.getCriteriaType() === SpreadsheetApp.DataValidationCriteria.VALUE_IN_LIST;
  const [list] = isList ? (rule.getCriteriaValues() as readonly unknown[]) : [];
  return { allowed: Array.isArray(list) ? list.map(String) : null };
}

/** Each number is a call of its own, so it is asked for when it is looked at. */
function sizeOf(sheet: Sheet): TabSize {
  return {
    get rows() {
      return sheet.getMaxRows();
    },
    get columns() {
      return sheet.getMaxColumns();
    },
    get usedRows() {
      return sheet.getLastRow();
    },
    get usedColumns() {
      return sheet.getLastColumn();
    },
  };
}

function grow(sheet: Sheet, rows: number, columns: number): void {
  const maxRows = sheet.getMaxRows();
  const maxColumns = sheet.getMaxColumns();
  if (rows > maxRows) sheet.insertRowsAfter(maxRows, rows - maxRows);
  if (columns <= maxColumns) return;
  const added = columns - maxColumns;
  sheet.insertColumnsAfter(maxColumns, added);
  // New columns take the look of the last one, with a dropdown that may refuse everything else.
  sheet.getRange(1, maxColumns + 1, Math.max(rows, maxRows), added).clearDataValidations();
}

/** Tags are developer metadata of whole columns. */
function tagActions(sheet: Sheet): Pick<GridTab, "tags" | "tagColumn" | "untagColumn"> {
  const find = () =>
    sheet.createDeveloperMetadataFinder().withLocationType(SpreadsheetApp.DeveloperMetadataLocationType.COLUMN).find();
  return {
    tags: () =>
      find().flatMap((metadata) => {
        const column = metadata.getLocation().getColumn();
        if (column === null) return [];
        return [{ column: column.getColumn(), key: metadata.getKey(), value: metadata.getValue() ?? "" }];
      }),
    tagColumn(column, key, value) {
      const letters = columnLetters(column);
      sheet.getRange(`${letters}:${letters}`).addDeveloperMetadata(key, value);
    },
    untagColumn(column, key) {
      for (const metadata of find()) {
        if (metadata.getKey() === key && metadata.getLocation().getColumn()?.getColumn() === column) metadata.remove();
      }
    },
  };
}

function lookActions(
  sheet: Sheet,
  at: (rect: Rect) => GoogleAppsScript.Spreadsheet.Range,
): Pick<
  GridTab,
  "writeNotes" | "styleHeader" | "freezeRows" | "setColumnWidth" | "hideColumn" | "protectWithWarning" | "setDropdown"
> {
  return {
    writeNotes(rect, notes) {
      at(rect).setNotes(notes.map((line) => line.slice()));
    },
    styleHeader(rect) {
      at(rect).setFontWeight("bold").setBackground(HEADER_GROUND).setWrap(true);
    },
    freezeRows(rows) {
      sheet.setFrozenRows(rows);
    },
    setColumnWidth(column, widthPx) {
      sheet.setColumnWidth(column, widthPx);
    },
    hideColumn(column) {
      sheet.hideColumns(column);
    },
    protectWithWarning(rect, description) {
      at(rect).protect().setDescription(description).setWarningOnly(true);
    },
    setDropdown(rect, options) {
      const rule = SpreadsheetApp.newDataValidation()
        .requireValueInList([...options], true)
        .setAllowInvalid(true)
        .build();
      at(rect).setDataValidation(rule);
    },
  };
}
