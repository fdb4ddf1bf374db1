import type { CellPatch } from "../server/workbook-snapshot";
import { createCellNotes } from "./cell-notes";
import type { TypedTextRules } from "./cell-text";
import { watchEdits } from "./edit-plugin";
import {
  type Comparison,
  cellDifferences,
  fits,
  type GridCommand,
  tabDifferences,
  wholePatches,
} from "./grid-difference";
import type { GridEvents, GridView, PageRect, Place, ShownCell } from "./grid-view";
import { addNotes } from "./note-popover";
import { loadedLibraries, type SpreadsheetLibrary, type SpreadsheetModel } from "./o-spreadsheet-api";
import { addMenus, type MenuTargets } from "./sheet-menus";
import { mountSpreadsheet } from "./spreadsheet-mount";
import { createTabSheets } from "./tab-sheets";
import { type DataTools, toWorkbookData } from "./workbook-data";

/** What the grid is made with. */
export interface SpreadsheetOptions {
  readonly element: HTMLElement;
  readonly events: GridEvents;
  readonly menus: MenuTargets;
  readonly locale: string;
}

interface Transport {
  sendMessage(message: object): Promise<void>;
}

/** A grid made of o-spreadsheet. Its script must be on the page already. */
export async function createSpreadsheetView(options: SpreadsheetOptions): Promise<GridView> {
  const { o_spreadsheet: library, owl } = loadedLibraries();
  const sheets = createTabSheets();
  const notes = createCellNotes();
  const tools = createDataTools(library, options.locale);
  let model: SpreadsheetModel | null = null;
  let transport: Transport | null = null;
  /** True while the page itself moves the selection: that is no news for the workbook. */
  let quiet = false;
  let place: Place | null = null;

  addMenus(library, options.menus);
  addNotes({ library, owl, notes, sheets });
  watchEdits(library, (edits) => options.events.edited(edits));
  const mount = await mountSpreadsheet(library, owl, options.element);

  const shownModel = (): SpreadsheetModel => {
    if (model === null) throw new Error("The grid shows no workbook yet.");
    return model;
  };
  const comparison = (): Comparison => ({ getters: shownModel().getters, sheets, tools });
  const quietly = (work: () => void): void => {
    quiet = true;
    work();
    place = placeOf(shownModel());
    quiet = false;
  };
  const noticeMove = (): void => {
    const now = placeOf(shownModel());
    if (quiet || isSamePlace(place, now)) return;
    place = now;
    options.events.moved(now);
  };
  const send = (commands: readonly GridCommand[]): void => {
    if (commands.length > 0) sendAsScript(shownModel(), transport, commands);
  };
  const applyCells = (patches: readonly CellPatch[]): void => {
    for (const patch of patches) notes.apply(patch);
    send(patches.flatMap((patch) => cellDifferences(patch, comparison())));
  };
  return {
    show: async (snapshot) => {
      const before = place === null || model === null ? null : { ...place, tabId: sheets.tabOf(place.sheetId) };
      sheets.forgetAll();
      notes.replaceAll(snapshot);
      transport = new library.LocalTransportService();
      const shown = new library.Model(toWorkbookData(snapshot, tools), { transportService: transport });
      model = shown;
      mount(shown);
      await untilSized(shown);
      quietly(() => {
        const cell = before?.tabId === snapshot.activeTabId ? before : { row: 1, column: 1 };
        goTo(shown, sheets.sheetOf(snapshot.activeTabId), cell.row, cell.column);
      });
      shown.on("update", mount, noticeMove);
    },
    apply: (patches) => {
      if (!patches.every((patch) => fits(patch, comparison()))) return false;
      quietly(() => applyCells(patches));
      return true;
    },
    reconcile: (snapshot) => {
      const commands = tabDifferences(snapshot, comparison());
      if (commands === null) return false;
      quietly(() => {
        send(commands);
        notes.replaceAll(snapshot);
        applyCells(wholePatches(snapshot, comparison()));
      });
      return true;
    },
    learnTab: (sheetId, tabId) => sheets.learn(sheetId, tabId),
    tabIdOf: (sheetId) => sheets.tabOf(sheetId),
    select: (tabId, row, column) => quietly(() => goTo(shownModel(), sheets.sheetOf(tabId), row, column)),
    rectangleOf: (tabId, row, column) =>
      rectangleOf(shownModel(), options.element, { sheetId: sheets.sheetOf(tabId), row, column }),
    read: (tabId, row, column) => ({
      ...readCell(shownModel(), { sheetId: sheets.sheetOf(tabId), row, column }),
      note: notes.get(tabId, row, column),
    }),
    visibleTabs: () => {
      const { getters } = shownModel();
      return getters.getVisibleSheetIds().map((sheetId) => getters.getSheetName(sheetId));
    },
    focus: () => options.element.querySelector<HTMLElement>(".o-grid textarea, .o-grid-composer, .o-grid")?.focus(),
  };
}

function createDataTools(library: SpreadsheetLibrary, localeCode: string): DataTools {
  const { helpers, DEFAULT_LOCALES } = library;
  const american = DEFAULT_LOCALES.find(({ code }) => code === "en_US") ?? DEFAULT_LOCALES[0];
  const locale = DEFAULT_LOCALES.find(({ code }) => code === localeCode) ?? american ?? null;
  const rules: TypedTextRules = {
    isNumber: (text) => helpers.isNumber(text, american),
    isDateTime: (text) => helpers.isDateTime(text, locale),
  };
  const known = new Map<string, string>();
  return {
    library,
    rules,
    locale,
    toGridFormat: (format = "") => {
      const shown = known.get(format) ?? (isUnderstood(format, library, locale) ? format : "");
      known.set(format, shown);
      return shown;
    },
  };
}

function isUnderstood(format: string, library: SpreadsheetLibrary, locale: object | null): boolean {
  if (format === "" || format === "General") return false;
  try {
    library.helpers.formatValue(1.5, { format, locale });
    return true;
  } catch {
    return false;
  }
}

/** Too many commands at once overflow the component's stack. */
const chunkSize = 10_000;

/** As if another person had made the change: shown at once, and never in this person's undo. */
function sendAsScript(model: SpreadsheetModel, transport: Transport | null, commands: readonly GridCommand[]): void {
  for (let start = 0; start < commands.length; start += chunkSize) {
    transport?.sendMessage({
      type: "REMOTE_REVISION",
      version: 1,
      clientId: "apps-script",
      serverRevisionId: model.session.getRevisionId(),
      nextRevisionId: crypto.randomUUID(),
      commands: commands.slice(start, start + chunkSize),
    });
  }
}

/** Selecting a cell scrolls it into view, which goes wrong while the view has no size. */
async function untilSized({ getters }: SpreadsheetModel): Promise<void> {
  for (let frame = 0; frame < 120 && getters.getSheetViewDimension().width === 0; frame += 1) {
    await new Promise((done) => requestAnimationFrame(done));
  }
}

function placeOf({ getters }: SpreadsheetModel): Place {
  const { sheetId, row, col } = getters.getActivePosition();
  return { sheetId, row: row + 1, column: col + 1 };
}

function isSamePlace(left: Place | null, right: Place): boolean {
  return left?.sheetId === right.sheetId && left.row === right.row && left.column === right.column;
}

function goTo(model: SpreadsheetModel, sheetId: string, row: number, column: number): void {
  const { getters } = model;
  if (!getters.tryGetSheet(sheetId) || !getters.isSheetVisible(sheetId)) return;
  const sheetIdFrom = getters.getActiveSheetId();
  if (sheetIdFrom !== sheetId) model.dispatch("ACTIVATE_SHEET", { sheetIdFrom, sheetIdTo: sheetId });
  if (row > getters.getNumberRows(sheetId) || column > getters.getNumberCols(sheetId)) return;
  model.selection.selectCell(column - 1, row - 1);
}

function rectangleOf(
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

function readCell({ getters }: SpreadsheetModel, { sheetId, row, column }: Place): Omit<ShownCell, "note"> {
  const position = { sheetId, row: row - 1, col: column - 1 };
  const cell = getters.getCell(position);
  const { value, formattedValue } = getters.getEvaluatedCell(position);
  const formula = cell?.isFormula ? (cell.compiledFormula?.toFormulaString(getters) ?? null) : null;
  return { value, display: formattedValue, formula };
}
