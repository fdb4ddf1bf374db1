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
  let edits: SheetEdit[] = [];
  let cells = new Map<string, CellChange>();
  let sort: Command | null = null;
  let move: Command | null = null;

  const flushCells = (): void => {
    edits.push(...toCellEdits([...cells.values()]));
    cells = new Map();
  };
  const note = (change: CellChange): void => {
    const key = `${change.sheetId} ${change.col} ${change.row}`;
    const known = cells.get(key);
    cells.set(key, {
      ...change,
      text: change.text ?? known?.text ?? null,
      format: change.format ?? known?.format ?? null,
    });
  };
  const noteZone = (sheetId: string, zone: Zone): void => {
    const used = reader.used(sheetId);
    for (let row = zone.top; row <= Math.min(zone.bottom, Math.max(used.rows - 1, zone.top)); row += 1) {
      for (let col = zone.left; col <= Math.min(zone.right, Math.max(used.columns - 1, zone.left)); col += 1) {
        note({ sheetId, col, row, text: reader.text(sheetId, col, row), format: reader.format(sheetId, col, row) });
      }
    }
  };
  const noteSheet = (sheetId: string): void => {
    const { rows, columns } = reader.used(sheetId);
    if (rows > 0 && columns > 0) noteZone(sheetId, { left: 0, top: 0, right: columns - 1, bottom: rows - 1 });
  };
  const addStructure = (added: readonly SheetEdit[]): void => {
    if (added.length === 0) return;
    flushCells();
    edits.push(...added);
  };
  /** Undo and redo bring old commands: rows and tabs by their inverse, cells by what they hold now. */
  const replay = (commands: readonly Command[], undone: boolean): void => {
    const ordered = undone ? [...commands].reverse() : commands;
    const structure = ordered.flatMap((command) =>
      undone ? undoStructure(command, reader) : toStructureEdits(command),
    );
    addStructure(structure);
    const touched = commands.filter(({ sheetId }) => sheetId !== undefined);
    if (structure.length > 0)
      for (const sheetId of new Set(touched.map((command) => command.sheetId ?? ""))) noteSheet(sheetId);
    else for (const command of touched) for (const zone of zonesOf(command)) noteZone(command.sheetId ?? "", zone);
  };
  return {
    before: (command) => {
      if (command.type === "SORT_CELLS") sort = command;
      else if (command.type === "MOVE_COLUMNS_ROWS") {
        move = command;
        addStructure(toStructureEdits(command));
      } else if (move === null) addStructure(toStructureEdits(command));
    },
    handled: (command) => {
      if (command.type === "UNDO" || command.type === "REDO") {
        replay(command.commands as readonly Command[], command.type === "UNDO");
      } else if (command.type === "UPDATE_CELL" && move === null) {
        const change = toChange(command, reader);
        if (change !== null) note(change);
      } else if (command.type === "DUPLICATE_SHEET") noteSheet(String(command.sheetIdTo));
    },
    finish: () => {
      const sorted = sort === null ? null : toSort(sort, [...cells.values()], reader);
      if (sorted !== null) {
        cells = new Map();
        edits.push(sorted);
      }
      flushCells();
      const done = edits;
      edits = [];
      sort = null;
      move = null;
      return done;
    },
  };
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
