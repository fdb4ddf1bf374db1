import type { ColumnTag, GridValue } from "../../src/ports/grid";
import { cellAt, EMPTY_CELL, patchCell, type StoredTab, type StoredWorkbook, usedSize } from "./fake-workbook";

type Change = (change: (book: StoredWorkbook) => void) => void;

/** What a person does in the fake workbook, between any two calls of the script. */
export class FakeUser {
  constructor(private readonly change: Change) {}

  /** Types a value; a string that starts with `=` is a formula that shows `shows`. `""` clears. */
  type(tabId: number, row: number, column: number, value: GridValue, shows: GridValue = ""): void {
    this.onTab(tabId, (tab, book) => {
      tab.rows = Math.max(tab.rows, row);
      tab.columns = Math.max(tab.columns, column);
      const isFormula = typeof value === "string" && value.startsWith("=");
      if (isFormula) book.formulaValues.set(value, shows);
      patchCell(tab, { row, column }, isFormula ? { value: shows, formula: value } : { value, formula: "" });
    });
  }

  /** Types a rectangle, top left at the place. */
  paste(tabId: number, row: number, column: number, values: readonly (readonly GridValue[])[]): void {
    values.forEach((line, r) => {
      line.forEach((value, c) => {
        this.type(tabId, row + r, column + c, value);
      });
    });
  }

  insertRows(tabId: number, beforeRow: number, count: number): void {
    this.onTab(tabId, (tab) => {
      const blank = Array.from({ length: count }, () => []);
      if (beforeRow - 1 < tab.cells.length) tab.cells.splice(beforeRow - 1, 0, ...blank);
      tab.rows += count;
    });
  }

  deleteRows(tabId: number, row: number, count: number): void {
    this.onTab(tabId, (tab) => {
      tab.cells.splice(row - 1, count);
      tab.rows = Math.max(1, tab.rows - count);
    });
  }

  /** Sorts whole rows from `firstRow` down by one column; blanks stay last. */
  sortRows(tabId: number, firstRow: number, column: number, ascending = true): void {
    this.onTab(tabId, (tab) => {
      const head = tab.cells.slice(0, firstRow - 1);
      const body = tab.cells.slice(firstRow - 1);
      const sortKey = (row: StoredTab["cells"][number]): string => {
        const value = (row[column - 1] ?? EMPTY_CELL).value;
        return typeof value === "object" ? value.wall : String(value);
      };
      body.sort((a, b) => {
        const [x, y] = [sortKey(a), sortKey(b)];
        if (x === "" || y === "") return x === y ? 0 : x === "" ? 1 : -1;
        const order = x < y ? -1 : x > y ? 1 : 0;
        return ascending ? order : -order;
      });
      tab.cells = [...head, ...body];
    });
  }

  /** Moves rows in front of another row, as dragging does. */
  moveRows(tabId: number, row: number, count: number, beforeRow: number): void {
    this.onTab(tabId, (tab) => {
      for (let r = tab.cells.length; r < Math.max(row + count - 1, beforeRow - 1); r++) tab.cells.push([]);
      const moved = tab.cells.splice(row - 1, count);
      tab.cells.splice(beforeRow > row ? beforeRow - 1 - count : beforeRow - 1, 0, ...moved);
    });
  }

  /** Copies whole rows over others: values, formulas, formats, notes. */
  copyRows(tabId: number, fromRow: number, count: number, toRow: number): void {
    this.onTab(tabId, (tab) => {
      const { columns } = usedSize(tab);
      for (let r = 0; r < count; r++) {
        for (let c = 1; c <= columns; c++) {
          patchCell(tab, { row: toRow + r, column: c }, cellAt(tab, fromRow + r, c));
        }
      }
      tab.rows = Math.max(tab.rows, toRow + count - 1);
    });
  }

  insertColumns(tabId: number, beforeColumn: number, count: number): void {
    const blank = Array.from({ length: count }, () => EMPTY_CELL);
    this.onTab(tabId, (tab) => {
      for (const row of tab.cells) if (row.length >= beforeColumn) row.splice(beforeColumn - 1, 0, ...blank);
      tab.columns += count;
      tab.tags = tab.tags.map((tag) => (tag.column < beforeColumn ? tag : { ...tag, column: tag.column + count }));
    });
  }

  deleteColumns(tabId: number, column: number, count: number): void {
    this.onTab(tabId, (tab) => {
      for (const row of tab.cells) row.splice(column - 1, count);
      tab.columns = Math.max(1, tab.columns - count);
      tab.tags = tab.tags
        .filter((tag) => tag.column < column || tag.column >= column + count)
        .map((tag) => (tag.column < column ? tag : { ...tag, column: tag.column - count }));
    });
  }

  /** Moves one column in front of another; tags go with it. */
  moveColumn(tabId: number, column: number, beforeColumn: number): void {
    this.onTab(tabId, (tab) => {
      const target = beforeColumn > column ? beforeColumn - 1 : beforeColumn;
      for (const row of tab.cells) {
        for (let c = row.length; c < Math.max(column, target); c++) row.push(EMPTY_CELL);
        row.splice(target - 1, 0, ...row.splice(column - 1, 1));
      }
      const order = Array.from({ length: Math.max(tab.columns, column, target) }, (_, index) => index + 1);
      order.splice(target - 1, 0, ...order.splice(column - 1, 1));
      tab.tags = tab.tags.map((tag): ColumnTag => ({ ...tag, column: order.indexOf(tag.column) + 1 }));
    });
  }

  clear(tabId: number, row: number, column: number): void {
    this.type(tabId, row, column, "");
  }

  renameTab(tabId: number, name: string): void {
    this.onTab(tabId, (tab) => {
      tab.name = name;
    });
  }

  deleteTab(tabId: number): void {
    this.change((book) => {
      book.tabs = book.tabs.filter((tab) => tab.id !== tabId);
      if (book.activeId === tabId) book.activeId = book.tabs[0]?.id ?? 0;
    });
  }

  activate(tabId: number): void {
    this.change((book) => {
      book.activeId = tabId;
    });
  }

  private onTab(tabId: number, work: (tab: StoredTab, book: StoredWorkbook) => void): void {
    this.change((book) => {
      const tab = book.tabs.find((one) => one.id === tabId);
      if (tab !== undefined) work(tab, book);
    });
  }
}
