import type { PeopleTab } from "./people-tab";

/** What a person may do to rows and columns in the middle of a write. */
export const TABLE_MOVES: readonly [string, (tab: PeopleTab) => void][] = [
  ["rows sorted", ({ grid, tabId }) => grid.user.sortRows(tabId, 2, 1, false)],
  ["a row inserted above", ({ grid, tabId }) => grid.user.insertRows(tabId, 2, 1)],
  ["a row inserted above the header", ({ grid, tabId }) => grid.user.insertRows(tabId, 1, 1)],
  ["a row deleted above", ({ grid, tabId }) => grid.user.deleteRows(tabId, 2, 1)],
  ["a column inserted", ({ grid, tabId }) => grid.user.insertColumns(tabId, 2, 1)],
  ["a column moved", ({ grid, tabId }) => grid.user.moveColumn(tabId, 3, 6)],
  ["an unmapped column deleted", ({ grid, tabId }) => grid.user.deleteColumns(tabId, 3, 1)],
  [
    "two columns deleted, so that the id column moves under the values",
    ({ grid, tabId }) => grid.user.deleteColumns(tabId, 2, 2),
  ],
  ["a row moved", ({ grid, tabId }) => grid.user.moveRows(tabId, 3, 1, 7)],
  [
    "rows sorted and a column moved",
    ({ grid, tabId }) => {
      grid.user.sortRows(tabId, 2, 1, false);
      grid.user.moveColumn(tabId, 5, 1);
    },
  ],
];
