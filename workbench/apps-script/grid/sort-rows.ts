import type { StoredValue } from "../host-api";
import { storedValue } from "./cell";
import type { GridRect } from "./grid-rect";
import type { Tab } from "./tab";

export interface SortKey {
  /** Column of the sheet, 1-based. */
  readonly column: number;
  readonly ascending: boolean;
}

/** Order of Sheets: numbers, texts, booleans; empty cells last in both directions. */
const rank = (value: StoredValue): number => {
  switch (typeof value) {
    case "number":
      return 0;
    case "string":
      return value === "" ? 3 : 1;
    case "boolean":
      return 2;
    default:
      return 3;
  }
};

function compareValues(one: StoredValue, other: StoredValue): number {
  const byRank = rank(one) - rank(other);
  if (byRank !== 0) {
    return byRank;
  }
  if (typeof one === "string" && typeof other === "string") {
    return one.localeCompare(other, "en", { sensitivity: "base" });
  }
  return Number(one) - Number(other);
}

/** Sorts the rows of a rectangle; equal rows keep their order. */
export function sortRows(tab: Tab, rect: GridRect, keys: readonly SortKey[]): void {
  const rows = Array.from({ length: rect.rows }, (_, index) => rect.row + index);
  const order = [...rows].sort((one, other) => {
    for (const { column, ascending } of keys) {
      const left = storedValue(tab.slot(one, column));
      const right = storedValue(tab.slot(other, column));
      const compared = compareValues(left, right);
      if (compared !== 0) {
        return ascending || rank(left) === 3 || rank(right) === 3 ? compared : -compared;
      }
    }
    return one - other;
  });
  tab.reorderRows(rect.row, order, rect);
}
