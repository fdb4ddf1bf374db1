import { createEditRecorder, type EditRecorder, type SheetReader, withoutGuard } from "./edit-recorder";
import type { Command, Getters, PluginBase, SpreadsheetLibrary } from "./o-spreadsheet-api";
import type { SheetEdit } from "./sheet-edit";
import { toTabFormula, toTabName } from "./tab-name";
import { type TypedText, watchTyping } from "./typed-text";

/** Registers a plugin that reports what a person edits. Changes that come from outside do not pass such plugins. */
export function watchEdits(library: SpreadsheetLibrary, report: (edits: readonly SheetEdit[]) => void): void {
  const typing = watchTyping(library);
  class EditWatcher extends library.UIPlugin {
    static layers = [];
    static getters = [];
    private readonly recorder: EditRecorder;
    constructor(config: object) {
      super(config);
      this.recorder = createEditRecorder(createReader((this as unknown as PluginBase).getters, typing));
    }
    beforeHandle(command: Command): void {
      this.recorder.before(command);
    }
    handle(command: Command): void {
      this.recorder.handled(command);
    }
    finalize(): void {
      const edits = this.recorder.finish();
      if (edits.length > 0) report(edits);
    }
  }
  library.registries.featurePluginRegistry.add("workbench_edit_watcher", EditWatcher);
}

function createReader(getters: Getters, typing: TypedText): SheetReader {
  return {
    text: (sheetId, col, row) => {
      const cell = getters.getCell({ sheetId, col, row });
      if (cell === undefined) return "";
      if (cell.isFormula) return toTabFormula(cell.compiledFormula?.toFormulaString(getters) ?? "");
      return withoutGuard(cell.content ?? "", cell.format === "@");
    },
    format: (sheetId, col, row) => getters.getCell({ sheetId, col, row })?.format ?? "",
    takeTyped: () => typing.take(),
    name: (sheetId) => toTabName(getters.getSheetName(sheetId)),
    used: (sheetId) => {
      if (!getters.tryGetSheet(sheetId)) return { rows: 0, columns: 0 };
      const positions = getters.getCells(sheetId).map((cell) => getters.getCellPosition(cell.id));
      return {
        rows: positions.reduce((most, { row }) => Math.max(most, row + 1), 0),
        columns: positions.reduce((most, { col }) => Math.max(most, col + 1), 0),
      };
    },
  };
}
