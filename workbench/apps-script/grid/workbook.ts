import { ERROR_TEXTS, ServiceError } from "../error-texts";
import type { HostEvent } from "../host-api";
import { MAX_METADATA_CHARACTERS, MAX_WORKBOOK_CELLS } from "../limits";
import { formulaOf, patchSlot } from "./cell";
import type { GridChange, GridRect } from "./grid-rect";
import { localeOf, type SheetLocale } from "./locale";
import { allowanceOf, type MetadataEntry, type MetadataPlace, movedEntry } from "./metadata-entry";
import { shiftFormula } from "./shift-formula";
import { Tab } from "./tab";
import { type OffsetAt, offsetsOf } from "./time-zone";

export type Actor = "script" | "user";

export interface WorkbookParts {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly localeName: string;
  /** Ids of tabs and metadata: whole numbers below 2^31. */
  readonly newNumber: () => number;
  readonly emit: (event: HostEvent) => void;
  /** Whether cells formatted as text keep a leading apostrophe. */
  readonly textCellsKeepApostrophe: boolean;
}

/** What a workbook takes from its host. */
export type WorkbookSurroundings = Pick<WorkbookParts, "newNumber" | "emit" | "textCellsKeepApostrophe">;

/** What changed since the formulas were last calculated. */
export interface CalculationBacklog {
  /** Grid or formulas moved: calculate everything anew. */
  structure: boolean;
  readonly cells: { readonly tabId: number; readonly rect: GridRect }[];
}

/** A spreadsheet file: tabs in order, developer metadata, selection. Every change raises the revision and is announced. */
export class Workbook {
  readonly id: string;
  name: string;
  timeZone: string;
  localeName: string;
  revision = 0;
  tabs: Tab[] = [];
  metadata: readonly MetadataEntry[] = [];
  activeTabId = 0;
  selection = { tabId: 0, row: 1, column: 1, rows: 1, columns: 1 };
  hasFormulas = false;
  readonly backlog: CalculationBacklog = { structure: true, cells: [] };

  constructor(readonly parts: WorkbookParts) {
    this.id = parts.id;
    this.name = parts.name;
    this.timeZone = parts.timeZone;
    this.localeName = parts.localeName;
  }

  get locale(): SheetLocale {
    return localeOf(this.localeName);
  }

  get offsets(): OffsetAt {
    return offsetsOf(this.timeZone);
  }

  findTab(id: number): Tab | undefined {
    return this.tabs.find((tab) => tab.id === id);
  }

  tab(id: number): Tab {
    const tab = this.findTab(id);
    if (tab === undefined) {
      throw new ServiceError(ERROR_TEXTS.sheetGone(id));
    }
    return tab;
  }

  tabNamed(name: string): Tab | undefined {
    return this.tabs.find((tab) => tab.name.toLowerCase() === name.toLowerCase());
  }

  /** Adds a tab at a 0-based position and makes it the active one. */
  addTab(name: string, position: number, by: Actor): Tab {
    if (this.tabNamed(name) !== undefined) {
      throw new ServiceError(ERROR_TEXTS.sheetNameTaken(name));
    }
    const id = this.tabs.length === 0 && this.revision === 0 ? 0 : this.parts.newNumber();
    const tab = new Tab(id, name);
    this.requireCells(tab.cellCount);
    this.tabs.splice(Math.min(position, this.tabs.length), 0, tab);
    this.activeTabId = id;
    this.restructured(by);
    return tab;
  }

  deleteTab(tab: Tab, by: Actor): void {
    if (this.tabs.every((each) => each === tab || each.hidden)) {
      throw new ServiceError(ERROR_TEXTS.lastSheet);
    }
    const index = this.tabs.indexOf(tab);
    this.tabs.splice(index, 1);
    this.metadata = this.metadata.filter(({ place }) => allowanceOf(place) !== tab.id);
    if (this.activeTabId === tab.id) {
      const visible = this.tabs.filter((each) => !each.hidden);
      this.activeTabId = (visible.filter((each) => this.tabs.indexOf(each) < index).at(-1) ?? visible[0] ?? tab).id;
    }
    this.restructured(by);
  }

  renameTab(tab: Tab, name: string, by: Actor): void {
    if (name === "") {
      throw new ServiceError(ERROR_TEXTS.emptySheetName);
    }
    const other = this.tabNamed(name);
    if (other !== undefined && other !== tab) {
      throw new ServiceError(ERROR_TEXTS.sheetNameTaken(name));
    }
    tab.name = name;
    this.restructured(by);
  }

  setHidden(tab: Tab, hidden: boolean, by: Actor): void {
    if (hidden && !tab.hidden && this.tabs.filter((each) => !each.hidden).length === 1) {
      throw new ServiceError(ERROR_TEXTS.lastVisibleSheet);
    }
    tab.hidden = hidden;
    if (hidden && this.activeTabId === tab.id) {
      this.activeTabId = (this.tabs.find((each) => !each.hidden) ?? tab).id;
    }
    this.restructured(by);
  }

  /** Throws when so many more cells would pass the limit of the workbook. */
  requireCells(added: number): void {
    const total = this.tabs.reduce((sum, tab) => sum + tab.cellCount, 0);
    if (total + added > MAX_WORKBOOK_CELLS) {
      throw new ServiceError(ERROR_TEXTS.tooManyCells);
    }
  }

  /** Inserts, deletes or moves rows or columns; cells, metadata, protections and formulas follow. */
  changeGrid(tab: Tab, change: GridChange, by: Actor): void {
    if (change.kind === "insert") {
      this.requireCells(change.count * (change.axis === "row" ? tab.columnCount : tab.rowCount));
    }
    tab.applyChange(change);
    this.metadata = this.metadata.flatMap((entry) => movedEntry(entry, tab.id, change) ?? []);
    if (this.hasFormulas) {
      this.shiftFormulas(tab, change);
    }
    this.restructured(by);
  }

  addMetadata(entry: Omit<MetadataEntry, "id">): MetadataEntry {
    this.requireMetadataRoom(entry.place, entry.key.length + (entry.value?.length ?? 0));
    const added = { ...entry, id: this.parts.newNumber() };
    this.metadata = [...this.metadata, added];
    this.revision++;
    return added;
  }

  /** Replaces an entry; null removes it. */
  changeMetadata(id: number, change: (entry: MetadataEntry) => MetadataEntry | null): void {
    const found = this.metadata.find((entry) => entry.id === id);
    if (found === undefined) {
      throw new ServiceError(ERROR_TEXTS.metadataGone);
    }
    const changed = change(found);
    this.metadata = this.metadata.filter((entry) => entry.id !== id);
    if (changed !== null) {
      try {
        this.requireMetadataRoom(changed.place, changed.key.length + (changed.value?.length ?? 0));
      } catch (thrown) {
        this.metadata = [...this.metadata, found];
        throw thrown;
      }
      this.metadata = [...this.metadata, changed].sort((one, other) => one.id - other.id);
    }
    this.revision++;
  }

  /** Announces changed cells. */
  cellsChanged(tab: Tab, rect: GridRect, by: Actor): void {
    this.revision++;
    if (this.hasFormulas) {
      this.backlog.cells.push({ tabId: tab.id, rect });
    }
    const { row, column, rows, columns } = rect;
    this.parts.emit({ kind: "cells", tabId: tab.id, row, column, rows, columns, by });
  }

  /** Announces a change of tabs or of the grid. */
  restructured(by: Actor): void {
    this.revision++;
    this.backlog.structure = true;
    this.parts.emit({ kind: "structure", by });
  }

  private requireMetadataRoom(place: MetadataPlace, characters: number): void {
    const allowance = allowanceOf(place);
    const used = this.metadata
      .filter((entry) => allowanceOf(entry.place) === allowance)
      .reduce((sum, entry) => sum + entry.key.length + (entry.value?.length ?? 0), 0);
    if (used + characters > MAX_METADATA_CHARACTERS) {
      throw new ServiceError(ERROR_TEXTS.metadataFull);
    }
  }

  private shiftFormulas(changed: Tab, change: GridChange): void {
    for (const tab of this.tabs) {
      tab.forEachSlot((row, column, slot) => {
        const formula = formulaOf(slot);
        if (formula === null) {
          return;
        }
        const shifted = shiftFormula(formula, { onChangedTab: tab === changed, changedTab: changed.name, change });
        if (shifted !== formula) {
          tab.setSlot(row, column, patchSlot(slot, { formula: shifted }));
        }
      });
    }
  }
}
