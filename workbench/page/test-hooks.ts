import type { GridView, PageRect, ShownCell } from "./grid-view";
import type { WorkbookSync } from "./workbook-sync";

/** What browser tests ask the page: the grid is drawn on a canvas, so there are no elements to look at. */
export interface WorkbenchHooks {
  /** Where a cell is drawn, in pixels of the page; `null` when it is not in view. */
  rectangleOf(tabId: number, row: number, column: number): PageRect | null;
  read(tabId: number, row: number, column: number): ShownCell;
  visibleTabs(): readonly string[];
  /** Resolves when nothing is under way and the page shows the workbook at this revision or a later one. */
  settled(revision: number): Promise<void>;
}

declare global {
  interface Window {
    workbench?: WorkbenchHooks;
  }
}

/** Puts the hooks on the window; it appears when the grid is ready. */
export function exposeForTests(grid: GridView, sync: WorkbookSync): void {
  window.workbench = {
    rectangleOf: (tabId, row, column) => grid.rectangleOf(tabId, row, column),
    read: (tabId, row, column) => grid.read(tabId, row, column),
    visibleTabs: () => grid.visibleTabs(),
    settled: (revision) => sync.settled(revision),
  };
}
