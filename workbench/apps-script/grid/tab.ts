import type { Json } from "../json";
import { NEW_TAB_COLUMNS, NEW_TAB_ROWS } from "../limits";
import { hasContent, lookOf, patchSlot, type Slot } from "./cell";
import { type GridChange, type GridRect, movedPosition, movedRect } from "./grid-rect";

export interface TabProtection {
  readonly id: string;
  readonly kind: "SHEET" | "RANGE";
  readonly rect: GridRect | null;
  readonly description: string;
  readonly warningOnly: boolean;
  readonly unprotected: readonly GridRect[];
}

/** Rules in wire form, first match first. */
export interface TabFilter {
  readonly rect: GridRect;
  readonly criteria: Readonly<Record<string, Json>>;
}

/** One sheet of a workbook: a grid of cells and what belongs to it. Rows and columns are 1-based. */
export class Tab {
  hidden = false;
  frozenRows = 0;
  frozenColumns = 0;
  color: string | null = null;
  conditionalFormats: readonly Json[] = [];
  protections: readonly TabProtection[] = [];
  filter: TabFilter | null = null;
  hiddenRows = new Set<number>();
  hiddenColumns = new Set<number>();
  columnWidths = new Map<number, number>();
  rowHeights = new Map<number, number>();
  private rows: (Slot[] | undefined)[] = [];

  constructor(
    readonly id: number,
    public name: string,
    public rowCount = NEW_TAB_ROWS,
    public columnCount = NEW_TAB_COLUMNS,
  ) {}

  get cellCount(): number {
    return this.rowCount * this.columnCount;
  }

  slot(row: number, column: number): Slot {
    return this.rows[row - 1]?.[column - 1];
  }

  setSlot(row: number, column: number, slot: Slot): void {
    let cells = this.rows[row - 1];
    if (cells === undefined) {
      if (slot === undefined) {
        return;
      }
      cells = [];
      this.rows[row - 1] = cells;
    }
    cells[column - 1] = slot;
  }

  contains(rect: GridRect): boolean {
    return (
      rect.row >= 1 &&
      rect.column >= 1 &&
      rect.row + rect.rows - 1 <= this.rowCount &&
      rect.column + rect.columns - 1 <= this.columnCount
    );
  }

  /** Last row with content; 0 for an empty sheet. */
  lastRow(): number {
    for (let row = this.rows.length; row > 0; row--) {
      if (this.rows[row - 1]?.some(hasContent) === true) {
        return row;
      }
    }
    return 0;
  }

  /** Last column with content; 0 for an empty sheet. */
  lastColumn(): number {
    let last = 0;
    for (const cells of this.rows) {
      for (let column = cells?.length ?? 0; column > last; column--) {
        if (hasContent(cells?.[column - 1])) {
          last = column;
        }
      }
    }
    return last;
  }

  /** Every cell that is not plainly empty. */
  forEachSlot(visit: (row: number, column: number, slot: Exclude<Slot, undefined>) => void): void {
    this.rows.forEach((cells, rowIndex) => {
      cells?.forEach((slot, columnIndex) => {
        if (slot !== undefined) {
          visit(rowIndex + 1, columnIndex + 1, slot);
        }
      });
    });
  }

  /** The rows for saving; null stands for an empty row or cell. */
  saveRows(): (Slot[] | null)[] {
    return Array.from(this.rows, (cells) => cells ?? null);
  }

  loadRows(rows: readonly (readonly (Slot | null)[] | null)[]): void {
    this.rows = rows.map((cells) => cells?.map((slot) => slot ?? undefined));
  }

  /** Empties all cells; formats, notes and validations stay when asked. */
  clearCells(keepFormats: boolean): void {
    if (!keepFormats) {
      this.rows = [];
      return;
    }
    this.rows = this.rows.map((cells) => cells?.map((slot) => patchSlot(slot, { value: null, formula: undefined })));
  }

  /** Moves cells, sizes, protections and the filter; the caller has checked the bounds. */
  applyChange(change: GridChange): void {
    this.moveSlots(change);
    const delta = change.kind === "insert" ? change.count : change.kind === "delete" ? -change.count : 0;
    if (change.axis === "row") {
      this.rowCount += delta;
      this.rowHeights = movedSizes(this.rowHeights, change);
      this.hiddenRows = movedLines(this.hiddenRows, change);
    } else {
      this.columnCount += delta;
      this.columnWidths = movedSizes(this.columnWidths, change);
      this.hiddenColumns = movedLines(this.hiddenColumns, change);
    }
    this.frozenRows = Math.min(this.frozenRows, this.rowCount);
    this.protections = this.protections.flatMap((protection) => {
      const rect = protection.rect === null ? null : movedRect(protection.rect, change);
      return protection.rect !== null && rect === null ? [] : [{ ...protection, rect }];
    });
    if (this.filter !== null) {
      const rect = movedRect(this.filter.rect, change);
      this.filter = rect === null ? null : { ...this.filter, rect };
    }
  }

  private moveSlots(change: GridChange): void {
    if (change.axis === "row") {
      this.rows = changedLine(this.rows, change, this.rowCount);
    } else {
      this.rows = this.rows.map((cells) => cells && changedLine(cells, change, this.columnCount));
    }
    if (change.kind === "insert") {
      this.dressInserted(change);
    }
  }

  /** Inserted cells look like their neighbours in the line that the insertion takes after. */
  private dressInserted({ axis, at, count, like }: Extract<GridChange, { kind: "insert" }>): void {
    const atEnd = at > (axis === "row" ? this.rowCount : this.columnCount);
    const source = at > 1 && (like === "before" || atEnd) ? at - 1 : at + count;
    if (axis === "column") {
      for (const cells of this.rows) {
        const look = lookOf(cells?.[source - 1]);
        if (cells === undefined || look === undefined) {
          continue;
        }
        for (let column = at; column < at + count; column++) {
          cells[column - 1] = look;
        }
      }
      return;
    }
    const looks = this.rows[source - 1]?.map(lookOf) ?? [];
    if (looks.every((look) => look === undefined)) {
      return;
    }
    for (let row = at; row < at + count; row++) {
      this.rows[row - 1] = [...looks];
    }
  }

  /** Puts whole rows into a new order: `order` lists the old row numbers from `firstRow` on. */
  reorderRows(firstRow: number, order: readonly number[], rect: GridRect): void {
    const old = order.map((row) =>
      Array.from({ length: rect.columns }, (_, index) => this.slot(row, rect.column + index)),
    );
    old.forEach((cells, index) => {
      cells.forEach((slot, offset) => {
        this.setSlot(firstRow + index, rect.column + offset, slot);
      });
    });
  }
}

function movedLines(lines: ReadonlySet<number>, change: GridChange): Set<number> {
  return new Set([...lines].flatMap((line) => movedPosition(line, change) ?? []));
}

function movedSizes(sizes: ReadonlyMap<number, number>, change: GridChange): Map<number, number> {
  return new Map([...sizes].flatMap(([line, size]) => toEntry(movedPosition(line, change), size)));
}

function toEntry(line: number | null, size: number): readonly (readonly [number, number])[] {
  return line === null ? [] : [[line, size]];
}

/** A row of cells (or the rows of a tab) after an insert, delete or move. */
function changedLine<Item>(line: readonly Item[], change: GridChange, length: number): Item[] {
  const start = change.at - 1;
  if (start >= line.length && change.kind !== "move") {
    return [...line];
  }
  switch (change.kind) {
    case "insert":
      return [...line.slice(0, start), ...new Array<Item>(change.count), ...line.slice(start)];
    case "delete":
      return [...line.slice(0, start), ...line.slice(start + change.count)];
    case "move": {
      const padded = [...line, ...new Array<Item>(Math.max(0, length - line.length))];
      const moved = padded.splice(start, change.count);
      const target = change.before > change.at ? change.before - 1 - change.count : change.before - 1;
      return [...padded.slice(0, target), ...moved, ...padded.slice(target)];
    }
  }
}
