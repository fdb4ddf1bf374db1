import type { CellPatch, WorkbookSnapshot } from "../server/workbook-snapshot";
import { type CellNotes, createCellNotes } from "./cell-notes";
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
import { goTo, isSamePlace, placeOf, readCell, rectangleOf } from "./grid-place";
import type { GridEvents, GridView, PageRect, Place, ShownCell } from "./grid-view";
import { addNotes } from "./note-popover";
import { loadedLibraries, type SpreadsheetLibrary, type SpreadsheetModel } from "./o-spreadsheet-api";
import { sendAsScript, type Transport } from "./script-revision";
import { addMenus, type MenuTargets } from "./sheet-menus";
import { mountSpreadsheet } from "./spreadsheet-mount";
import { toTabName } from "./tab-name";
import { createTabSheets, type TabSheets } from "./tab-sheets";
import { type DataTools, toWorkbookData } from "./workbook-data";

/** What the grid is made with. */
export interface SpreadsheetOptions {
  readonly element: HTMLElement;
  readonly events: GridEvents;
  readonly menus: MenuTargets;
  readonly locale: string;
}

/** A grid made of o-spreadsheet. Its script must be on the page already. */
export async function createSpreadsheetView(options: SpreadsheetOptions): Promise<GridView> {
  const { o_spreadsheet: library, owl } = loadedLibraries();
  const sheets = createTabSheets();
  const notes = createCellNotes();
  addMenus(library, options.menus);
  addNotes({ library, owl, notes, sheets });
  watchEdits(library, (edits) => options.events.edited(edits));
  const mount = await mountSpreadsheet(library, owl, options.element);
  return new SpreadsheetView({
    options,
    library,
    sheets,
    notes,
    mount,
    tools: createDataTools(library, options.locale),
  });
}

interface ViewParts {
  readonly options: SpreadsheetOptions;
  readonly library: SpreadsheetLibrary;
  readonly sheets: TabSheets;
  readonly notes: CellNotes;
  readonly tools: DataTools;
  readonly mount: (model: SpreadsheetModel) => void;
}

interface Shown {
  readonly model: SpreadsheetModel;
  readonly transport: Transport;
}

class SpreadsheetView implements GridView {
  private shown: Shown | null = null;
  /** True while the page itself moves the selection: that is no news for the workbook. */
  private quiet = false;
  private place: Place | null = null;
  /** Where a script went while the grid did not have that tab yet, or had it hidden. */
  private awaited: Place | null = null;

  constructor(private readonly parts: ViewParts) {}

  async show(snapshot: WorkbookSnapshot): Promise<void> {
    const { library, sheets, notes, tools, mount } = this.parts;
    const before = this.place;
    const stays = before !== null && sheets.tabOf(before.sheetId) === snapshot.activeTabId;
    this.awaited = null;
    sheets.forgetAll();
    notes.replaceAll(snapshot);
    const transport = new library.LocalTransportService();
    const model = new library.Model(toWorkbookData(snapshot, tools), { transportService: transport });
    this.shown = { model, transport };
    mount(model);
    await untilSized(model);
    const cell = stays ? before : { row: 1, column: 1 };
    this.quietly(() =>
      goTo(model, { sheetId: sheets.sheetOf(snapshot.activeTabId), row: cell.row, column: cell.column }),
    );
    model.on("update", this, () => this.noticeMove());
  }

  apply(patches: readonly CellPatch[]): boolean {
    const comparison = this.comparison();
    if (!patches.every((patch) => fits(patch, comparison))) return false;
    this.quietly(() => this.applyCells(patches));
    return true;
  }

  reconcile(snapshot: WorkbookSnapshot): boolean {
    const commands = tabDifferences(snapshot, this.comparison());
    if (commands === null) return false;
    return this.quietly(() => {
      this.send(commands);
      if (!this.hasTabs(snapshot)) return false;
      this.parts.notes.replaceAll(snapshot);
      this.applyCells(wholePatches(snapshot, this.comparison()));
      if (this.awaited !== null) goTo(this.model(), this.awaited);
      this.awaited = null;
      return true;
    });
  }

  learnTab(sheetId: string, tabId: number): void {
    this.parts.sheets.learn(sheetId, tabId);
  }

  tabIdOf(sheetId: string): number | null {
    return this.parts.sheets.tabOf(sheetId);
  }

  select(tabId: number, row: number, column: number): void {
    // The workbook that is about to be shown knows its active tab itself.
    if (this.shown === null) return;
    const place = this.placeOn(tabId, row, column);
    const { getters } = this.model();
    // A tab that a script shows and opens in one go is announced as opened first.
    const isThere = getters.tryGetSheet(place.sheetId) && getters.isSheetVisible(place.sheetId);
    this.awaited = isThere ? null : place;
    if (isThere) this.quietly(() => goTo(this.model(), place));
  }

  rectangleOf(tabId: number, row: number, column: number): PageRect | null {
    return rectangleOf(this.model(), this.parts.options.element, this.placeOn(tabId, row, column));
  }

  read(tabId: number, row: number, column: number): ShownCell {
    const note = this.parts.notes.get(tabId, row, column);
    return { ...readCell(this.model(), this.placeOn(tabId, row, column)), note };
  }

  visibleTabs(): readonly string[] {
    const { getters } = this.model();
    return getters.getVisibleSheetIds().map((sheetId) => toTabName(getters.getSheetName(sheetId)));
  }

  focus(): void {
    this.parts.options.element.querySelector<HTMLElement>(".o-grid")?.focus();
  }

  private model(): SpreadsheetModel {
    if (this.shown === null) throw new Error("The grid shows no workbook yet.");
    return this.shown.model;
  }

  private comparison(): Comparison {
    const { sheets, tools } = this.parts;
    return { getters: this.model().getters, sheets, tools };
  }

  private placeOn(tabId: number, row: number, column: number): Place {
    return { sheetId: this.parts.sheets.sheetOf(tabId), row, column };
  }

  /** Whether the grid took the tabs: it refuses a command without a word. */
  private hasTabs(snapshot: WorkbookSnapshot): boolean {
    const { getters, sheets } = this.comparison();
    return snapshot.tabs.every(({ id }) => getters.tryGetSheet(sheets.sheetOf(id)));
  }

  private quietly<Result>(work: () => Result): Result {
    this.quiet = true;
    try {
      const result = work();
      this.place = placeOf(this.model());
      return result;
    } finally {
      this.quiet = false;
    }
  }

  private noticeMove(): void {
    const now = placeOf(this.model());
    if (this.quiet || isSamePlace(this.place, now)) return;
    this.place = now;
    this.parts.options.events.moved(now);
  }

  private applyCells(patches: readonly CellPatch[]): void {
    for (const patch of patches) this.parts.notes.apply(patch);
    this.send(patches.flatMap((patch) => cellDifferences(patch, this.comparison())));
  }

  private send(commands: readonly GridCommand[]): void {
    const { shown } = this;
    if (shown === null) return;
    sendAsScript(shown.model, shown.transport, commands).catch(() => {
      // A command that fails leaves the component in the middle of it: only a new one goes on.
      if (this.shown === shown) this.parts.options.events.broken();
    });
  }
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

/** Selecting a cell scrolls it into view, which goes wrong while the view has no size. */
async function untilSized({ getters }: SpreadsheetModel): Promise<void> {
  for (let frame = 0; frame < 120 && getters.getSheetViewDimension().width === 0; frame += 1) {
    await new Promise((done) => requestAnimationFrame(done));
  }
}
