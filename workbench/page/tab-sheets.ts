import { toSheetId } from "./workbook-data";

/** Which sheet of the grid shows which tab of the workbook. */
export interface TabSheets {
  sheetOf(tabId: number): string;
  tabOf(sheetId: string): number | null;
  learn(sheetId: string, tabId: number): void;
  forgetAll(): void;
}

/** Creates the list. Sheets that the grid made itself, for a tab that a person added, have other names than ours. */
export function createTabSheets(): TabSheets {
  const learned = new Map<string, number>();
  return {
    sheetOf: (tabId) => [...learned].find(([, id]) => id === tabId)?.[0] ?? toSheetId(tabId),
    tabOf: (sheetId) => {
      const tabId = learned.get(sheetId) ?? Number(/^tab(\d+)$/.exec(sheetId)?.[1] ?? Number.NaN);
      return Number.isNaN(tabId) ? null : tabId;
    },
    learn: (sheetId, tabId) => {
      learned.set(sheetId, tabId);
    },
    forgetAll: () => learned.clear(),
  };
}
