import { type OpenEnd, type OpenEnds, toA1 } from "../grid/a1-notation";
import type { JsonObject } from "../json";
import { TYPE_TAG } from "../json";
import { callService, createNamespace } from "./bridge";
import { installConditionalFormat, newConditionalFormatRule } from "./conditional-format-builder";
import { enumObject } from "./enum-value";
import { createMenuBuilder } from "./menu-builder";
import { installMetadataFinder } from "./metadata-finder";
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

const openEnd = (value: unknown): OpenEnd => (value === "end" || value === "all" ? value : "no");

const openOf = (self: { readonly wire: JsonObject }): OpenEnds => ({
  rows: openEnd(self.wire.openRows),
  columns: openEnd(self.wire.openColumns),
});

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
      return toA1(rangeOf(this), openOf(this));
    },
    isStartRowBounded() {
      return openOf(this).rows !== "all";
    },
    isEndRowBounded() {
      return openOf(this).rows === "no";
    },
    isStartColumnBounded() {
      return openOf(this).columns !== "all";
    },
    isEndColumnBounded() {
      return openOf(this).columns === "no";
    },
    getGridId() {
      return rangeOf(this).tab;
    },
    getSheet() {
      return createServiceObject({ [TYPE_TAG]: "Sheet", file: rangeOf(this).file, tab: rangeOf(this).tab });
    },
  });
}

function installSheetIdentity(): void {
  defineLocalMethods("Sheet", {
    getSheetId() {
      return rangeOf(this).tab;
    },
    getParent() {
      return createServiceObject({ [TYPE_TAG]: "Spreadsheet", file: rangeOf(this).file });
    },
  });
}

/** The global `SpreadsheetApp`. */
export function createSpreadsheetApp(): object {
  installRangeGeometry();
  installSheetIdentity();
  installDataValidation();
  installConditionalFormat();
  installMetadataFinder();
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
