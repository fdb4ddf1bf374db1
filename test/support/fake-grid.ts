import type { ColumnTag, Grid, GridBlock, GridTab, GridValue, Rect } from "../../src/ports/grid";
import { FakeUser } from "./fake-user";
import {
  cellAt,
  copyWorkbook,
  eachPlace,
  type FakeCell,
  newTab,
  patchCell,
  readRect,
  type StoredTab,
  type StoredWorkbook,
  usedSize,
} from "./fake-workbook";

/** One call of the script on the workbook. `counted`: it reads or writes cells, notes, formats or the size of the grid. */
export interface FakeCall {
  /** 1-based number since the last `resetCalls`. */
  readonly k: number;
  readonly method: string;
  readonly tabName: string;
  readonly kind: "read" | "write" | "flush";
  readonly counted: boolean;
  /** Cells that are read or written; null: not a matter of cells. */
  readonly rect: Rect | null;
}

/** What a numbered call is about. */
interface CallPlace {
  readonly method: string;
  readonly tabName: string;
  readonly rect?: Rect;
}

/** What becomes of writes that no flush made last. `prefix`: the first n of them are kept. */
export type UnflushedWrites = "lost" | "kept" | { readonly prefix: number };

type Entry = { readonly by: "script" | "user"; readonly apply: (book: StoredWorkbook) => void };

const COUNTED = new Set(
  "readValues readFormulas readFormats readNotes writeValues writeFormula writeFormat clearValues grow deleteRows insertRows writeNotes".split(
    " ",
  ),
);

/**
 * A workbook in memory behind the `Grid` port. Calls are numbered, so that something can happen before call k or the
 * execution can be killed there; writes are buffered until `flush`, and `settle` decides what a kill leaves of them.
 */
export class FakeGrid implements Grid {
  /** What a person does; not a call of the script. */
  readonly user = new FakeUser((apply) => {
    this.change({ by: "user", apply });
  });
  /** Called before and after each numbered call; may throw to kill the execution there. */
  hooks: { before?: (call: FakeCall) => void; after?: (call: FakeCall) => void } = {};
  calls: FakeCall[] = [];
  private book: StoredWorkbook = { tabs: [], activeId: 0, selected: { row: 1, column: 1 }, formulaValues: new Map() };
  private flushed: StoredWorkbook | null = null;
  private pending: Entry[] = [];
  private due = new Map<number, () => void>();
  private nextId = 1;
  private inHook = false;

  constructor(private readonly file: { id?: string; name?: string; timeZone?: string; locale?: string } = {}) {}

  /** A tab with content, made by the user; gives its id. */
  addUserTab(name: string, values: readonly (readonly GridValue[])[], size = { rows: 1000, columns: 26 }): number {
    const id = this.nextId++;
    this.change({
      by: "user",
      apply: (book) => {
        book.tabs.push(newTab(id, name, { ...size, hidden: false }));
        if (book.activeId === 0) book.activeId = id;
      },
    });
    this.user.paste(id, 1, 1, values);
    return id;
  }

  /** Does something right before call number k, once. */
  before(k: number, action: () => void): void {
    this.due.set(k, action);
  }

  resetCalls(): void {
    this.calls = [];
    this.due.clear();
  }

  /** Calls that count as sheet calls, by method. */
  sheetCalls(): number {
    return this.calls.filter((call) => call.counted).length;
  }

  /** How often a method was called. */
  count(method: string): number {
    return this.calls.filter((call) => call.method === method).length;
  }

  /** Ends the execution: unflushed writes are kept, lost or kept up to a prefix; the user's actions stay. */
  settle(outcome: UnflushedWrites): void {
    const entries = this.pending;
    const start = this.flushed;
    this.flushed = null;
    this.pending = [];
    if (start === null || outcome === "kept") return;
    this.book = start;
    let left = outcome === "lost" ? 0 : outcome.prefix;
    for (const entry of entries) {
      if (entry.by === "user" || left-- > 0) entry.apply(this.book);
    }
  }

  /** Number of writes that no flush made last. */
  unflushed(): number {
    return this.pending.filter((entry) => entry.by === "script").length;
  }

  /** Another execution works in between: it sees what was flushed, and what this one had not flushed comes after it. */
  asOther<T>(work: () => T): T {
    const own = this.pending;
    if (this.flushed !== null) this.book = this.flushed;
    for (const entry of own) if (entry.by === "user") entry.apply(this.book);
    this.flushed = null;
    this.pending = [];
    try {
      return work();
    } finally {
      this.settle("kept");
      for (const { apply } of own.filter((entry) => entry.by === "script")) this.change({ by: "script", apply });
    }
  }

  /** What the tab shows, used part only; not a call. */
  values(tabId: number): GridValue[][] {
    const tab = this.stored(tabId);
    const { rows, columns } = usedSize(tab);
    return readRect(tab, { row: 1, column: 1, rows, columns }, (cell) => cell.value);
  }

  cell(tabId: number, row: number, column: number): FakeCell {
    return cellAt(this.stored(tabId), row, column);
  }

  /** The tab as it is stored; not a call. */
  stored(tabId: number): StoredTab {
    const tab = this.book.tabs.find((one) => one.id === tabId);
    if (tab === undefined) throw new Error(`There is no tab ${tabId}.`);
    return tab;
  }

  storedTabs(): readonly StoredTab[] {
    return this.book.tabs;
  }

  selected(): { readonly row: number; readonly column: number } {
    return this.book.selected;
  }

  /** A copy of the file with another id. */
  copyFile(id: string): FakeGrid {
    const copy = new FakeGrid({ ...this.file, id });
    copy.book = copyWorkbook(this.book);
    copy.nextId = this.nextId;
    return copy;
  }

  fileId(): string {
    return this.file.id ?? "file-1";
  }

  fileName(): string {
    return this.file.name ?? "Customers";
  }

  timeZone(): string {
    return this.file.timeZone ?? "Etc/UTC";
  }

  locale(): string {
    return this.file.locale ?? "en_US";
  }

  tabs(): readonly GridTab[] {
    return this.book.tabs.map((tab) => new FakeTab(this, tab.id));
  }

  tab(id: number): GridTab | null {
    return this.book.tabs.some((tab) => tab.id === id) ? new FakeTab(this, id) : null;
  }

  tabByName(name: string): GridTab | null {
    const tab = this.book.tabs.find((one) => one.name === name);
    return tab === undefined ? null : new FakeTab(this, tab.id);
  }

  activeTab(): GridTab {
    return new FakeTab(this, this.book.activeId);
  }

  addTab(
    name: string,
    options: { readonly hidden: boolean; readonly rows: number; readonly columns: number },
  ): GridTab {
    const id = this.nextId++;
    this.write({ method: "addTab", tabName: name }, (book) => {
      const taken = new Set(book.tabs.map((tab) => tab.name));
      let free = name;
      for (let n = 2; taken.has(free); n++) free = `${name} ${n}`;
      book.tabs.push(newTab(id, free, { rows: options.rows, columns: options.columns, hidden: options.hidden }));
    });
    return new FakeTab(this, id);
  }

  removeTab(id: number): void {
    this.write({ method: "removeTab", tabName: "" }, (book) => {
      book.tabs = book.tabs.filter((tab) => tab.id !== id);
    });
  }

  flush(): void {
    this.numbered({ method: "flush", tabName: "", kind: "flush", rect: null }, () => {
      this.flushed = null;
      this.pending = [];
    });
  }

  /** A numbered read. */
  read<T>(at: CallPlace, work: () => T): T {
    return this.numbered({ rect: null, ...at, kind: "read" }, work);
  }

  /** A numbered, buffered write. */
  write(at: CallPlace, apply: (book: StoredWorkbook) => void, check?: () => void): void {
    this.numbered({ rect: null, ...at, kind: "write" }, () => {
      check?.();
      this.change({ by: "script", apply });
    });
  }

  private numbered<T>(what: Omit<FakeCall, "k" | "counted">, work: () => T): T {
    const call: FakeCall = { k: this.calls.length + 1, ...what, counted: COUNTED.has(what.method) };
    this.calls.push(call);
    const action = this.due.get(call.k);
    this.due.delete(call.k);
    if (action !== undefined && !this.inHook) {
      this.inHook = true;
      try {
        action();
      } finally {
        this.inHook = false;
      }
    }
    this.hooks.before?.(call);
    const result = work();
    this.hooks.after?.(call);
    return result;
  }

  private change(entry: Entry): void {
    if (entry.by === "script" && this.flushed === null) this.flushed = copyWorkbook(this.book);
    entry.apply(this.book);
    if (this.flushed !== null) this.pending.push(entry);
  }
}

const OUTSIDE = "The coordinates of the range are outside the dimensions of the sheet.";
const MAX_CELL_CHARACTERS = 50_000;

class FakeTab implements GridTab {
  constructor(
    private readonly grid: FakeGrid,
    readonly id: number,
  ) {}

  name(): string {
    return this.stored().name;
  }

  hidden(): boolean {
    return this.stored().hidden;
  }

  size() {
    const tab = this.stored();
    const used = usedSize(tab);
    return { rows: tab.rows, columns: tab.columns, usedRows: used.rows, usedColumns: used.columns };
  }

  readValues(rect: Rect): GridValue[][] {
    return this.readCells("readValues", rect, (cell) => cell.value);
  }

  readFormulas(rect: Rect): string[][] {
    return this.readCells("readFormulas", rect, (cell) => cell.formula);
  }

  readFormats(rect: Rect): string[][] {
    return this.readCells("readFormats", rect, (cell) => cell.format);
  }

  readNotes(rect: Rect): string[][] {
    return this.readCells("readNotes", rect, (cell) => cell.note);
  }

  /** Nobody refuses anything here: data validations are tried on the emulated spreadsheet. */
  readStrictRules(rect: Rect): null[][] {
    return this.readCells("readStrictRules", rect, () => null);
  }

  writeValues(rect: Rect, values: readonly (readonly GridValue[])[]): void {
    checkShape(rect, values);
    const copy = values.map((line) => line.slice());
    this.writeCells("writeValues", rect, (r, c) => ({ value: copy[r]?.[c] ?? "", formula: "" }));
  }

  writeBlocks(blocks: readonly GridBlock[]): void {
    for (const { rect, values } of blocks) this.writeValues(rect, values);
  }

  writeFormula(row: number, column: number, formula: string): void {
    const rect = { row, column, rows: 1, columns: 1 };
    this.onTab(
      "writeFormula",
      (tab, book) => {
        patchCell(tab, { row, column }, { formula, value: book.formulaValues.get(formula) ?? "" });
      },
      () => this.requireInside(rect),
    );
  }

  writeFormat(rect: Rect, format: string): void {
    this.writeCells("writeFormat", rect, () => ({ format }));
  }

  clearValues(rect: Rect): void {
    this.writeCells("clearValues", rect, () => ({ value: "", formula: "" }));
  }

  grow(rows: number, columns: number): void {
    const now = this.stored();
    if (now.rows >= rows && now.columns >= columns) return;
    this.onTab("grow", (tab) => {
      tab.rows = Math.max(tab.rows, rows);
      tab.columns = Math.max(tab.columns, columns);
    });
  }

  deleteRows(firstRow: number, count: number): void {
    const { rows } = this.stored();
    if (firstRow < 1 || firstRow + count - 1 > rows) throw new Error("Those rows are out of bounds.");
    if (count >= rows) throw new Error("You can't delete all the rows on the sheet.");
    const rect = { row: firstRow, column: 1, rows: count, columns: this.stored().columns };
    this.onTab({ method: "deleteRows", rect }, (tab) => {
      tab.cells.splice(firstRow - 1, count);
      tab.rows -= count;
    });
  }

  insertRows(beforeRow: number, count: number): void {
    if (beforeRow < 1 || beforeRow > this.stored().rows) throw new Error("Those rows are out of bounds.");
    this.onTab("insertRows", (tab) => {
      const blank = Array.from({ length: count }, () => []);
      if (beforeRow - 1 < tab.cells.length) tab.cells.splice(beforeRow - 1, 0, ...blank);
      tab.rows += count;
    });
  }

  tags(): readonly ColumnTag[] {
    return this.grid.read({ method: "tags", tabName: this.name() }, () => this.stored().tags.slice());
  }

  tagColumn(column: number, key: string, value: string): void {
    this.onTab("tagColumn", (tab) => {
      tab.tags.push({ column, key, value });
    });
  }

  untagColumn(column: number, key: string): void {
    this.onTab("untagColumn", (tab) => {
      tab.tags = tab.tags.filter((tag) => tag.column !== column || tag.key !== key);
    });
  }

  writeNotes(rect: Rect, notes: readonly (readonly string[])[]): void {
    checkShape(rect, notes);
    this.writeCells("writeNotes", rect, (r, c) => ({ note: notes[r]?.[c] ?? "" }));
  }

  styleHeader(rect: Rect): void {
    this.onTab("styleHeader", (tab) => {
      tab.styledHeaders.push(rect);
    });
  }

  freezeRows(rows: number): void {
    this.onTab("freezeRows", (tab) => {
      tab.frozenRows = rows;
    });
  }

  setColumnWidth(column: number, widthPx: number): void {
    this.onTab("setColumnWidth", (tab) => {
      tab.widths[column] = widthPx;
    });
  }

  hideColumn(column: number): void {
    this.onTab("hideColumn", (tab) => {
      tab.hiddenColumns.push(column);
    });
  }

  hide(): void {
    this.onTab("hide", (tab) => {
      tab.hidden = true;
    });
  }

  show(): void {
    this.onTab("show", (tab) => {
      tab.hidden = false;
    });
  }

  activate(): void {
    this.grid.write({ method: "activate", tabName: this.name() }, (book) => {
      book.activeId = this.id;
    });
  }

  select(row: number, column: number): void {
    this.grid.write({ method: "select", tabName: this.name() }, (book) => {
      book.activeId = this.id;
      book.selected = { row, column };
    });
  }

  protectWithWarning(rect: Rect, description: string): void {
    this.onTab("protectWithWarning", (tab) => {
      tab.protections.push({ rect, description });
    });
  }

  setDropdown(rect: Rect, options: readonly string[]): void {
    this.onTab("setDropdown", (tab) => {
      tab.dropdowns.push({ rect, options });
    });
  }

  private stored(): StoredTab {
    return this.grid.stored(this.id);
  }

  private readCells<T>(method: string, rect: Rect, pick: (cell: FakeCell) => T): T[][] {
    return this.grid.read({ method, tabName: this.name(), rect }, () => {
      this.requireInside(rect);
      return readRect(this.stored(), rect, pick);
    });
  }

  private writeCells(method: string, rect: Rect, patch: (r: number, c: number) => Partial<FakeCell>): void {
    this.onTab(
      { method, rect },
      (tab) => {
        eachPlace(rect, (row, column, r, c) => {
          patchCell(tab, { row, column }, patch(r, c));
        });
      },
      () => this.requireInside(rect),
    );
  }

  private onTab(
    what: string | { readonly method: string; readonly rect: Rect },
    work: (tab: StoredTab, book: StoredWorkbook) => void,
    check?: () => void,
  ): void {
    const apply = (book: StoredWorkbook) => {
      const tab = book.tabs.find((one) => one.id === this.id);
      if (tab !== undefined) work(tab, book);
    };
    const at = typeof what === "string" ? { method: what } : what;
    this.grid.write({ ...at, tabName: this.name() }, apply, check ?? (() => this.stored()));
  }

  private requireInside(rect: Rect): void {
    const { rows, columns } = this.stored();
    const inside =
      rect.row >= 1 &&
      rect.column >= 1 &&
      rect.rows >= 1 &&
      rect.columns >= 1 &&
      rect.row + rect.rows - 1 <= rows &&
      rect.column + rect.columns - 1 <= columns;
    if (!inside) throw new Error(OUTSIDE);
  }
}

function checkShape(rect: Rect, values: readonly (readonly GridValue[])[]): void {
  if (values.length !== rect.rows || values.some((line) => line.length !== rect.columns)) {
    throw new Error("The number of rows or columns in the data does not match the range.");
  }
  for (const line of values) {
    for (const value of line) {
      if (typeof value === "string" && value.length > MAX_CELL_CHARACTERS) {
        throw new Error(
          `Your input contains more than the maximum of ${MAX_CELL_CHARACTERS} characters in a single cell.`,
        );
      }
    }
  }
}
