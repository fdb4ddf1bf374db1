import { columnLetters } from "../grid/a1-notation";
import type { JsonObject } from "../json";
import { TYPE_TAG } from "../json";
import { callService, createNamespace } from "./bridge";
import { installConditionalFormat, newConditionalFormatRule } from "./conditional-format-builder";
import { enumObject } from "./enum-value";
import { createMenuBuilder } from "./menu-builder";
import { createServiceObject, defineLocalMethods } from "./service-object";
import { installDataValidation, newDataValidation } from "./validation-builder";

interface RangeWire {
  readonly file: string;
  readonly tab: number;
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

const rangeOf = (self: { readonly wire: JsonObject }): RangeWire => self.wire as unknown as RangeWire;

function a1Of(range: RangeWire): string {
  const start = `${columnLetters(range.column)}${range.row}`;
  const end = `${columnLetters(range.column + range.columns - 1)}${range.row + range.rows - 1}`;
  return start === end ? start : `${start}:${end}`;
}

/** What a Range knows of itself needs no call. */
function installRangeGeometry(): void {
  defineLocalMethods("Range", {
    getRow() {
      return rangeOf(this).row;
    },
    getColumn() {
      return rangeOf(this).column;
    },
    getRowIndex() {
      return rangeOf(this).row;
    },
    getColumnIndex() {
      return rangeOf(this).column;
    },
    getNumRows() {
      return rangeOf(this).rows;
    },
    getNumColumns() {
      return rangeOf(this).columns;
    },
    getHeight() {
      return rangeOf(this).rows;
    },
    getWidth() {
      return rangeOf(this).columns;
    },
    getLastRow() {
      return rangeOf(this).row + rangeOf(this).rows - 1;
    },
    getLastColumn() {
      return rangeOf(this).column + rangeOf(this).columns - 1;
    },
    getA1Notation() {
      return a1Of(rangeOf(this));
    },
    getGridId() {
      return rangeOf(this).tab;
    },
    getSheet() {
      return createServiceObject({ [TYPE_TAG]: "Sheet", file: rangeOf(this).file, tab: rangeOf(this).tab });
    },
  });
  defineLocalMethods("Sheet", {
    getSheetId() {
      return rangeOf(this).tab;
    },
    getParent() {
      return createServiceObject({ [TYPE_TAG]: "Spreadsheet", file: rangeOf(this).file });
    },
  });
}

export function createSpreadsheetApp(): object {
  installRangeGeometry();
  installDataValidation();
  installConditionalFormat();
  return createNamespace("SpreadsheetApp", {
    BandingTheme: enumObject("BandingTheme"),
    BooleanCriteria: enumObject("BooleanCriteria"),
    BorderStyle: enumObject("BorderStyle"),
    CopyPasteType: enumObject("CopyPasteType"),
    DataValidationCriteria: enumObject("DataValidationCriteria"),
    DeveloperMetadataLocationType: enumObject("DeveloperMetadataLocationType"),
    DeveloperMetadataVisibility: enumObject("DeveloperMetadataVisibility"),
    Dimension: enumObject("Dimension"),
    Direction: enumObject("Direction"),
    ProtectionType: enumObject("ProtectionType"),
    SheetType: enumObject("SheetType"),
    WrapStrategy: enumObject("WrapStrategy"),
    newDataValidation: () => newDataValidation(),
    newConditionalFormatRule: () => newConditionalFormatRule(),
    getUi: () => {
      callService("SpreadsheetApp.getUi");
      return createUi();
    },
  });
}

/** The Ui object: its Button and ButtonSet enums are own members, its methods calls. */
function createUi(): object {
  return createNamespace("Ui", {
    Button: enumObject("Button"),
    ButtonSet: enumObject("ButtonSet"),
    createMenu: (caption: string) => createMenuBuilder(caption, false),
    createAddonMenu: () => createMenuBuilder("", true),
  });
}
