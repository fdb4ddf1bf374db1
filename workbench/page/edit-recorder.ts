import { type CellChange, toCellEdits } from "./cell-edits";
import type { Command, Zone } from "./o-spreadsheet-api";
import type { SheetEdit } from "./sheet-edit";
import { toStructureEdits, undoStructure } from "./structure-edits";

/** What the recorder must know of the grid's present state. */
export interface SheetReader {
  /** What a person would have to type to get this cell. */
  text(sheetId: string, col: number, row: number): string;
  format(sheetId: string, col: number, row: number): string;
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

  constructor(private readonly reader: SheetReader) {}

  before(command: Command): void {
    if (command.type === "SORT_CELLS") this.sort = command;
    // What the grid does to move columns, cell by cell, is one edit here.
    if (this.move === null) this.addStructure(toStructureEdits(command));
    if (command.type === "MOVE_COLUMNS_ROWS") this.move = command;
  }

  handled(command: Command): void {
    if (command.type === "UNDO" || command.type === "REDO") {
      this.replay(command.commands as readonly Command[], command.type === "UNDO");
    } else if (command.type === "UPDATE_CELL" && this.move === null) {
      const change = toChange(command, this.reader);
      if (change !== null) this.note(change);
    } else if (command.type === "DUPLICATE_SHEET") this.noteSheet(String(command.sheetIdTo));
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

  private noteZone(sheetId: string, zone: Zone): void {
    const { reader } = this;
    const used = reader.used(sheetId);
    for (let row = zone.top; row <= Math.min(zone.bottom, Math.max(used.rows - 1, zone.top)); row += 1) {
      for (let col = zone.left; col <= Math.min(zone.right, Math.max(used.columns - 1, zone.left)); col += 1) {
        this.note({
          sheetId,
          col,
          row,
          text: reader.text(sheetId, col, row),
          format: reader.format(sheetId, col, row),
        });
      }
    }
  }

  private noteSheet(sheetId: string): void {
    const { rows, columns } = this.reader.used(sheetId);
    if (rows > 0 && columns > 0) this.noteZone(sheetId, { left: 0, top: 0, right: columns - 1, bottom: rows - 1 });
  }

  /** Undo and redo bring old commands: rows and tabs by their inverse, cells by what they hold now. */
  private replay(commands: readonly Command[], undone: boolean): void {
    const ordered = undone ? [...commands].reverse() : commands;
    const structure = ordered.flatMap((command) =>
      undone ? undoStructure(command, this.reader) : toStructureEdits(command),
    );
    this.addStructure(structure);
    const touched = commands.flatMap((command) => (command.sheetId === undefined ? [] : [command.sheetId]));
    if (structure.length > 0) for (const sheetId of new Set(touched)) this.noteSheet(sheetId);
    else
      for (const command of commands) for (const zone of zonesOf(command)) this.noteZone(command.sheetId ?? "", zone);
  }
}

function toChange(command: Command, reader: SheetReader): CellChange | null {
  const { sheetId = "", col, row, content, formula, format } = command;
  if (typeof col !== "number" || typeof row !== "number") return null;
  const text = typeof content === "string" ? content : formula === undefined ? null : reader.text(sheetId, col, row);
  const newFormat = typeof format === "string" ? format : null;
  return text === null && newFormat === null ? null : { sheetId, col, row, text, format: newFormat };
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

function zonesOf(command: Command): readonly Zone[] {
  const { col, row, target } = command;
  if (command.type === "SET_BORDER" || command.type === "SET_ZONE_BORDERS") return [];
  if (typeof col === "number" && typeof row === "number") return [{ left: col, right: col, top: row, bottom: row }];
  return Array.isArray(target) ? (target as readonly Zone[]) : [];
}
