import { type CellChange, toCellEdits } from "./cell-edits";
import type { Command, Zone } from "./o-spreadsheet-api";
import { type ReplayedCells, toReplay } from "./replayed-edits";
import type { SheetEdit } from "./sheet-edit";
import { toStructureEdits } from "./structure-edits";
import { toTabFormula } from "./tab-name";

/** What the recorder must know of the grid's present state. */
export interface SheetReader {
  /** What a person would have to type to get this cell. */
  text(sheetId: string, col: number, row: number): string;
  format(sheetId: string, col: number, row: number): string;
  /** What a person typed, when the present change is of typing; it is given once. */
  takeTyped(): string | null;
  name(sheetId: string): string;
  /** Rows and columns up to the last cell with content; zeros for a sheet that is gone. */
  used(sheetId: string): { readonly rows: number; readonly columns: number };
}

/** Listens to the commands of one gesture and turns them into edits of the workbook. */
export interface EditRecorder {
  /** Before the grid handles a command. */
  before(command: Command): void;
  /** After it did. */
  handled(command: Command): void;
  /** The gesture is over: what it did, in order. */
  finish(): readonly SheetEdit[];
}

/** Creates a recorder. Commands of one gesture: what the person asked for first, then what the grid made of it. */
export function createEditRecorder(reader: SheetReader): EditRecorder {
  return new Recording(reader);
}

class Recording implements EditRecorder {
  private edits: SheetEdit[] = [];
  private cells = new Map<string, CellChange>();
  private sort: Command | null = null;
  private move: Command | null = null;
  /** A change of rows, columns or tabs that the grid is at: what it does to cells meanwhile is part of that one edit. */
  private outer: Command | null = null;

  constructor(private readonly reader: SheetReader) {}

  before(command: Command): void {
    if (command.type === "SORT_CELLS") this.sort = command;
    // What the grid does to move columns, cell by cell, is one edit here.
    if (this.move === null && this.outer === null) {
      const structure = toStructureEdits(command);
      this.addStructure(structure);
      if (structure.length > 0) this.outer = command;
    }
    if (command.type === "MOVE_COLUMNS_ROWS") this.move = command;
  }

  handled(command: Command): void {
    if (this.outer === command) this.outer = null;
    if (this.outer !== null) return;
    if (command.type === "UNDO" || command.type === "REDO") {
      this.replay(command.commands as readonly Command[], command.type === "UNDO");
    } else if (command.type === "UPDATE_CELL" && this.move === null) {
      const change = toChange(command, this.reader);
      if (change !== null) this.note(change);
    } else if (command.type === "DUPLICATE_SHEET") {
      const zone = { left: 0, top: 0, right: Number.POSITIVE_INFINITY, bottom: Number.POSITIVE_INFINITY };
      this.noteZone({ sheetId: String(command.sheetIdTo), zone, text: true, format: true, fresh: true });
    }
  }

  finish(): readonly SheetEdit[] {
    const sorted = this.sort === null ? null : toSort(this.sort, [...this.cells.values()], this.reader);
    if (sorted !== null) {
      this.cells.clear();
      this.edits.push(sorted);
    }
    this.flushCells();
    this.sort = null;
    this.move = null;
    this.outer = null;
    return this.edits.splice(0);
  }

  private flushCells(): void {
    this.edits.push(...toCellEdits([...this.cells.values()]));
    this.cells.clear();
  }

  private addStructure(added: readonly SheetEdit[]): void {
    if (added.length === 0) return;
    this.flushCells();
    this.edits.push(...added);
  }

  private note(change: CellChange): void {
    const key = `${change.sheetId} ${change.col} ${change.row}`;
    const known = this.cells.get(key);
    const text = change.text ?? known?.text ?? null;
    const format = change.format ?? known?.format ?? null;
    this.cells.set(key, { ...change, text, format });
  }

  private noteZone({ sheetId, zone, text, format, fresh }: ReplayedCells): void {
    const { reader } = this;
    const used = reader.used(sheetId);
    // Beyond the last cell with content there is nothing to fill, but there may be a cell that became empty.
    const last = fresh ? { row: used.rows - 1, col: used.columns - 1 } : reach(zone, used);
    for (let row = zone.top; row <= Math.min(zone.bottom, last.row); row += 1) {
      for (let col = zone.left; col <= Math.min(zone.right, last.col); col += 1) {
        const shown = { text: reader.text(sheetId, col, row), format: reader.format(sheetId, col, row) };
        const wanted = (on: boolean, value: string): string | null => (on && !(fresh && value === "") ? value : null);
        const change = { text: wanted(text, shown.text), format: wanted(format, shown.format) };
        if (change.text !== null || change.format !== null) this.note({ sheetId, col, row, ...change });
      }
    }
  }

  private replay(commands: readonly Command[], undone: boolean): void {
    const { structure, cells } = toReplay(commands, undone, this.reader);
    this.addStructure(structure);
    for (const part of cells) this.noteZone(part);
  }
}

function reach(zone: Zone, used: { readonly rows: number; readonly columns: number }): { row: number; col: number } {
  return { row: Math.max(used.rows - 1, zone.top), col: Math.max(used.columns - 1, zone.left) };
}

function toChange(command: Command, reader: SheetReader): CellChange | null {
  const { sheetId = "", col, row, content, formula, format } = command;
  if (typeof col !== "number" || typeof row !== "number") return null;
  const newFormat = typeof format === "string" ? format : null;
  const isText = (newFormat ?? reader.format(sheetId, col, row)) === "@";
  const given = typeof content === "string" ? toWorkbookText(content, isText, reader) : null;
  const text = given ?? (formula === undefined ? null : reader.text(sheetId, col, row));
  return text === null && newFormat === null ? null : { sheetId, col, row, text, format: newFormat };
}

/** The apostrophe that keeps a formula out of a cell of text format is the grid's own. */
export function withoutGuard(content: string, isTextFormat: boolean): string {
  return isTextFormat && content.startsWith("'") ? content.slice(1) : content;
}

function toWorkbookText(content: string, isTextFormat: boolean, reader: SheetReader): string {
  const typed = content === "" ? null : reader.takeTyped();
  if (isTextFormat) return typed ?? withoutGuard(content, true);
  const text = typed ?? content;
  return text.startsWith("=") ? toTabFormula(text) : text;
}

/** Sorting whole rows is a sort for the workbook too; a sort of less than that is many typed cells. */
function toSort(command: Command, cells: readonly CellChange[], reader: SheetReader): SheetEdit | null {
  const { sheetId = "", zone, col, sortDirection } = command;
  const { left, right, bottom } = zone as Zone;
  const used = reader.used(sheetId);
  const wholeRows = left === 0 && right >= used.columns - 1 && bottom >= used.rows - 1;
  if (!wholeRows || cells.length === 0 || typeof col !== "number") return null;
  const firstRow = cells.reduce((least, { row }) => Math.min(least, row), Number.POSITIVE_INFINITY) + 1;
  return { kind: "sort-rows", sheetId, firstRow, column: col + 1, ascending: sortDirection === "asc" };
}
