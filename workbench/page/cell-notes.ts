import type { CellPatch, WorkbookSnapshot } from "../server/workbook-snapshot";

/** Notes of cells by tab; rows and columns are 1-based. The grid's component has none of its own. */
export interface CellNotes {
  get(tabId: number, row: number, column: number): string | null;
  /** All notes of a tab. */
  of(tabId: number): readonly { readonly row: number; readonly column: number; readonly text: string }[];
  replaceAll(snapshot: WorkbookSnapshot): void;
  apply(patch: CellPatch): void;
}

/** Creates an empty list of notes. */
export function createCellNotes(): CellNotes {
  const tabs = new Map<number, Map<string, string>>();
  const notesOf = (tabId: number): Map<string, string> => {
    const notes = tabs.get(tabId) ?? new Map<string, string>();
    tabs.set(tabId, notes);
    return notes;
  };
  const apply = (patch: CellPatch): void => {
    const notes = notesOf(patch.tabId);
    patch.cells.forEach((line, rowOffset) => {
      line.forEach((cell, columnOffset) => {
        const key = `${patch.row + rowOffset} ${patch.column + columnOffset}`;
        if (cell?.t === undefined || cell.t === "") notes.delete(key);
        else notes.set(key, cell.t);
      });
    });
  };
  return {
    get: (tabId, row, column) => tabs.get(tabId)?.get(`${row} ${column}`) ?? null,
    of: (tabId) =>
      [...(tabs.get(tabId) ?? [])].map(([key, text]) => {
        const [row = 0, column = 0] = key.split(" ").map(Number);
        return { row, column, text };
      }),
    replaceAll: (snapshot) => {
      tabs.clear();
      for (const { id, cells } of snapshot.tabs) {
        apply({ tabId: id, row: 1, column: 1, rows: cells.length, columns: 0, cells });
      }
    },
    apply,
  };
}
