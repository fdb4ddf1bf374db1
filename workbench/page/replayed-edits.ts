import type { Command, Zone } from "./o-spreadsheet-api";
import type { SheetEdit } from "./sheet-edit";
import { redoneColumnMove, toStructureEdits, undoneColumnMove, undoStructure } from "./structure-edits";

/** Cells that an undo or redo changed, where they are after it. Zones may reach beyond the sheet. */
export interface ReplayedCells {
  readonly sheetId: string;
  readonly zone: Zone;
  readonly text: boolean;
  readonly format: boolean;
  /** The workbook has made them anew, so that empty ones need nothing. */
  readonly fresh: boolean;
}

/** What an undo or redo does to the workbook: rows, columns and tabs first, then cells. */
export interface Replay {
  readonly structure: readonly SheetEdit[];
  readonly cells: readonly ReplayedCells[];
}

const everything: Zone = { left: 0, top: 0, right: Number.POSITIVE_INFINITY, bottom: Number.POSITIVE_INFINITY };

/** Reads the commands of an undo or redo: only what they touched is part of it. */
export function toReplay(
  commands: readonly Command[],
  undone: boolean,
  reader: { name(sheetId: string): string },
): Replay {
  const move = undone ? undoneColumnMove(commands) : redoneColumnMove(commands);
  if (move !== null) return { structure: [move], cells: [] };
  const structure: SheetEdit[] = [];
  let cells: readonly ReplayedCells[] = [];
  for (const command of undone ? [...commands].reverse() : commands) {
    const edits = undone ? undoStructure(command, reader) : toStructureEdits(command);
    for (const edit of edits) {
      structure.push(edit);
      cells = cells.flatMap((part) => shift(part, edit));
    }
    cells = [...cells, ...(edits.length > 0 ? edits.flatMap((edit) => refilled(edit, undone)) : touched(command))];
  }
  return { structure, cells };
}

/** Lines that an undo puts back in, and tabs that come back, are empty in the workbook. */
function refilled(edit: SheetEdit, undone: boolean): readonly ReplayedCells[] {
  const fresh = { text: true, format: true, fresh: true };
  if (edit.kind === "add-tab") return [{ sheetId: edit.sheetId, zone: everything, ...fresh }];
  if (!undone) return [];
  if (edit.kind === "insert-rows") {
    const top = edit.beforeRow - 1;
    return [{ sheetId: edit.sheetId, zone: { ...everything, top, bottom: top + edit.count - 1 }, ...fresh }];
  }
  if (edit.kind !== "insert-columns") return [];
  const left = edit.beforeColumn - 1;
  return [{ sheetId: edit.sheetId, zone: { ...everything, left, right: left + edit.count - 1 }, ...fresh }];
}

/** What a command changes in cells; a style is not the workbook's. */
function touched(command: Command): readonly ReplayedCells[] {
  const text = changesText(command);
  const format = changesFormat(command);
  if (!text && !format) return [];
  return zonesOf(command).map((zone) => ({ sheetId: command.sheetId ?? "", zone, text, format, fresh: false }));
}

const clearing: readonly string[] = ["CLEAR_CELL", "CLEAR_CELLS"];
const moving: readonly string[] = ["DELETE_CONTENT", "ADD_MERGE", "MOVE_RANGES"];

function changesText({ type, content, formula }: Command): boolean {
  if (type === "UPDATE_CELL") return content !== undefined || formula !== undefined;
  return clearing.includes(type) || moving.includes(type);
}

function changesFormat({ type, format }: Command): boolean {
  if (type === "UPDATE_CELL" || type === "SET_FORMATTING") return format !== undefined;
  return clearing.includes(type) || type === "CLEAR_FORMATTING";
}

function zonesOf({ col, row, target }: Command): readonly Zone[] {
  if (typeof col === "number" && typeof row === "number") return [{ left: col, right: col, top: row, bottom: row }];
  return Array.isArray(target) ? (target as readonly Zone[]) : [];
}

/** Where cells are after lines were put in or taken out; nowhere when they are gone. */
function shift(cells: ReplayedCells, edit: SheetEdit): readonly ReplayedCells[] {
  if (!("sheetId" in edit) || edit.sheetId !== cells.sheetId) return [cells];
  const { zone } = cells;
  switch (edit.kind) {
    case "delete-tab":
      return [];
    case "insert-rows":
    case "delete-rows": {
      const at = edit.kind === "insert-rows" ? edit.beforeRow - 1 : edit.row - 1;
      const ends = moved(zone.top, zone.bottom, at, edit.kind === "insert-rows" ? edit.count : -edit.count);
      return ends === null ? [] : [{ ...cells, zone: { ...zone, top: ends.first, bottom: ends.last } }];
    }
    case "insert-columns":
    case "delete-columns": {
      const at = edit.kind === "insert-columns" ? edit.beforeColumn - 1 : edit.column - 1;
      const ends = moved(zone.left, zone.right, at, edit.kind === "insert-columns" ? edit.count : -edit.count);
      return ends === null ? [] : [{ ...cells, zone: { ...zone, left: ends.first, right: ends.last } }];
    }
    default:
      return [cells];
  }
}

/** Ends of a stretch after `by` lines were put in at a place, or taken out when `by` is negative. */
function moved(
  first: number,
  last: number,
  at: number,
  by: number,
): { readonly first: number; readonly last: number } | null {
  if (by >= 0) return { first: first >= at ? first + by : first, last: last >= at ? last + by : last };
  const after = at - by;
  const newFirst = first >= after ? first + by : Math.min(first, at);
  const newLast = last >= after ? last + by : Math.min(last, at - 1);
  return newLast < newFirst ? null : { first: newFirst, last: newLast };
}
