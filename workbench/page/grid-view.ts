import type { CellPatch, WorkbookSnapshot } from "../server/workbook-snapshot";
import type { SheetEdit } from "./sheet-edit";

/** A rectangle in pixels of the page. */
export interface PageRect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A cell as the grid shows it. */
export interface ShownCell {
  readonly value: string | number | boolean | null;
  readonly display: string;
  readonly formula: string | null;
  readonly note: string | null;
  /** Its look, in the grid's own words. */
  readonly style: Readonly<Record<string, unknown>>;
}

/** Where a person is in the grid; 1-based. */
export interface Place {
  readonly sheetId: string;
  readonly row: number;
  readonly column: number;
}

/** What a grid tells the page. */
export interface GridEvents {
  /** A person edited something; the grid shows it already. */
  edited(edits: readonly SheetEdit[]): void;
  /** A person went to another tab or cell. */
  moved(place: Place): void;
  /** The grid failed at a change from outside: it must be shown from scratch. */
  broken(): void;
}

/**
 * All that the page asks of the spreadsheet component, so that another one can take its place. Tabs are named by the
 * workbook's ids, rows and columns are 1-based.
 */
export interface GridView {
  /** Shows a workbook from scratch; the person's undo starts anew. */
  show(snapshot: WorkbookSnapshot): Promise<void>;
  /** Brings cells up to date without entering the person's undo. False when they do not fit: reload. */
  apply(patches: readonly CellPatch[]): boolean;
  /** Brings everything up to date, keeping selection and undo. False when only `show` can. */
  reconcile(snapshot: WorkbookSnapshot): boolean;
  /** A tab that the person made has got its id. */
  learnTab(sheetId: string, tabId: number): void;
  tabIdOf(sheetId: string): number | null;
  /** Goes to a cell, as a script asks for. */
  select(tabId: number, row: number, column: number): void;
  /** Where a cell is drawn; `null` when it is scrolled away or its tab is not shown. */
  rectangleOf(tabId: number, row: number, column: number): PageRect | null;
  read(tabId: number, row: number, column: number): ShownCell;
  /** Names of the tabs that are shown, in order. */
  visibleTabs(): readonly string[];
  focus(): void;
}
