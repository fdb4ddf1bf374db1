/**
 * A spreadsheet as plain rectangles, without any notion of mappings. Implemented on Google Sheets and in memory.
 * Rows and columns are 1-based. Reads see pending writes.
 */

/** A value as the grid gives and takes it. `wall`: date or date with time in the spreadsheet's zone. `""`: blank. */
export type GridValue = string | number | boolean | { readonly wall: string };

export interface Rect {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

/** Values for one rectangle: `values` has its shape. */
export interface GridBlock {
  readonly rect: Rect;
  readonly values: readonly (readonly GridValue[])[];
}

/** A tag on a whole column (developer metadata); moves with the column, dies with it. */
export interface ColumnTag {
  readonly column: number;
  readonly key: string;
  readonly value: string;
}

/** A data validation that refuses input. */
export interface StrictRule {
  /** All that it takes, as text; null: not known here. */
  readonly allowed: readonly string[] | null;
}

export interface TabSize {
  /** Rows and columns of the grid, empty ones included. */
  readonly rows: number;
  readonly columns: number;
  /** Last row and column with content; 0 when empty. */
  readonly usedRows: number;
  readonly usedColumns: number;
}

export interface GridTab {
  readonly id: number;
  name(): string;
  hidden(): boolean;
  size(): TabSize;
  readValues(rect: Rect): GridValue[][];
  /** Formulas with `=`; `""` where there is none. */
  readFormulas(rect: Rect): string[][];
  /** Number formats as pattern text. */
  readFormats(rect: Rect): string[][];
  /** Notes; `""` where there is none. */
  readNotes(rect: Rect): string[][];
  /** Data validations that refuse input; null where nothing is refused. A write that breaks one throws, at the latest in `flush`. */
  readStrictRules(rect: Rect): (StrictRule | null)[][];
  /**
   * Writes exactly these values: text stays text whatever it looks like (the adapter formats as text and quotes where
   * needed), a string never becomes a formula, `wall` becomes a real date.
   */
  writeValues(rect: Rect, values: readonly (readonly GridValue[])[]): void;
  /** Writes rectangles in this order, each as `writeValues` does; the formats they need are set for all of them before. */
  writeBlocks(blocks: readonly GridBlock[]): void;
  /** Writes formulas or values as given back by `readFormulas`: only for cells whose formula has to be put back. */
  writeFormula(row: number, column: number, formula: string): void;
  writeFormat(rect: Rect, format: string): void;
  /** Empties values, keeps formats and notes. */
  clearValues(rect: Rect): void;
  /** Makes the grid at least this large. */
  grow(rows: number, columns: number): void;
  deleteRows(firstRow: number, count: number): void;
  /** New blank rows above a row. */
  insertRows(beforeRow: number, count: number): void;
  tags(): readonly ColumnTag[];
  tagColumn(column: number, key: string, value: string): void;
  untagColumn(column: number, key: string): void;
  writeNotes(rect: Rect, notes: readonly (readonly string[])[]): void;
  /** Look of a header: bold on a light ground, wrapped. */
  styleHeader(rect: Rect): void;
  freezeRows(rows: number): void;
  setColumnWidth(column: number, widthPx: number): void;
  hideColumn(column: number): void;
  hide(): void;
  show(): void;
  activate(): void;
  select(row: number, column: number): void;
  /** Only a warning when somebody edits by hand. */
  protectWithWarning(rect: Rect, description: string): void;
  /** Dropdown that warns rather than blocks. */
  setDropdown(rect: Rect, options: readonly string[]): void;
}

export interface Grid {
  fileId(): string;
  fileName(): string;
  /** IANA name. */
  timeZone(): string;
  locale(): string;
  tabs(): readonly GridTab[];
  tab(id: number): GridTab | null;
  tabByName(name: string): GridTab | null;
  activeTab(): GridTab;
  /** A new tab behind the others; a name that is taken gets a number. */
  addTab(name: string, options: { readonly hidden: boolean; readonly rows: number; readonly columns: number }): GridTab;
  removeTab(id: number): void;
  /** Writes what is buffered. */
  flush(): void;
}
