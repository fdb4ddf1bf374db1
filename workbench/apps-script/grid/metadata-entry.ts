import { type GridChange, movedPosition } from "./grid-rect";

export type MetadataPlace =
  | { readonly kind: "SPREADSHEET" }
  | { readonly kind: "SHEET"; readonly tabId: number }
  | { readonly kind: "ROW"; readonly tabId: number; readonly position: number }
  | { readonly kind: "COLUMN"; readonly tabId: number; readonly position: number };

/** Developer metadata: sticks to the file, a sheet, or one whole row or column, and moves with it. */
export interface MetadataEntry {
  readonly id: number;
  readonly key: string;
  readonly value: string | null;
  readonly visibility: "DOCUMENT" | "PROJECT";
  readonly place: MetadataPlace;
}

/** The entry after a change of the grid; null: its row or column was deleted. */
export function movedEntry(entry: MetadataEntry, tabId: number, change: GridChange): MetadataEntry | null {
  const { place } = entry;
  const axis = change.axis === "row" ? "ROW" : "COLUMN";
  if (place.kind !== axis || place.tabId !== tabId) {
    return entry;
  }
  const position = movedPosition(place.position, change);
  return position === null ? null : { ...entry, place: { ...place, position } };
}

/** Tab whose character allowance an entry uses; null: the spreadsheet's own. */
export const allowanceOf = (place: MetadataPlace): number | null => (place.kind === "SPREADSHEET" ? null : place.tabId);
