import type { Command } from "./o-spreadsheet-api";
import type { SheetEdit } from "./sheet-edit";
import { toTabName } from "./tab-name";

interface NameReader {
  name(sheetId: string): string;
}

/** Edits for a command that changes rows, columns or tabs; none for any other command. */
export function toStructureEdits(command: Command): readonly SheetEdit[] {
  const { sheetId = "" } = command;
  switch (command.type) {
    case "ADD_COLUMNS_ROWS":
      return [insertion(command)];
    case "REMOVE_COLUMNS_ROWS":
      return runsOf(command.elements).map((run) => deletion(command, run));
    case "MOVE_COLUMNS_ROWS":
      return command.dimension === "COL" ? movedColumns(command) : movedRows(command);
    case "CREATE_SHEET":
      return [{ kind: "add-tab", sheetId, name: toTabName(String(command.name)) }];
    case "DUPLICATE_SHEET":
      return [{ kind: "add-tab", sheetId: String(command.sheetIdTo), name: toTabName(String(command.sheetNameTo)) }];
    case "DELETE_SHEET":
      return [{ kind: "delete-tab", sheetId }];
    case "RENAME_SHEET":
      return [{ kind: "rename-tab", sheetId, name: toTabName(String(command.newName)) }];
    case "HIDE_SHEET":
    case "SHOW_SHEET":
      return [{ kind: "set-tab-hidden", sheetId, hidden: command.type === "HIDE_SHEET" }];
    default:
      return [];
  }
}

/** Edits that take such a command back. */
export function undoStructure(command: Command, reader: NameReader): readonly SheetEdit[] {
  const { sheetId = "" } = command;
  switch (command.type) {
    case "ADD_COLUMNS_ROWS": {
      const start = firstInserted(command);
      return [deletion(command, { start, count: Number(command.quantity) })];
    }
    case "REMOVE_COLUMNS_ROWS":
      return [...runsOf(command.elements)]
        .reverse()
        .map(({ start, count }) =>
          command.dimension === "COL"
            ? { kind: "insert-columns", sheetId, beforeColumn: start + 1, count }
            : { kind: "insert-rows", sheetId, beforeRow: start + 1, count },
        );
    case "CREATE_SHEET":
      return [{ kind: "delete-tab", sheetId }];
    case "DUPLICATE_SHEET":
      return [{ kind: "delete-tab", sheetId: String(command.sheetIdTo) }];
    case "DELETE_SHEET":
      return [{ kind: "add-tab", sheetId, name: reader.name(sheetId) }];
    case "RENAME_SHEET":
      return [{ kind: "rename-tab", sheetId, name: reader.name(sheetId) }];
    case "HIDE_SHEET":
    case "SHOW_SHEET":
      return [{ kind: "set-tab-hidden", sheetId, hidden: command.type === "SHOW_SHEET" }];
    default:
      return [];
  }
}

interface Run {
  /** 0-based. */
  readonly start: number;
  readonly count: number;
}

function firstInserted(command: Command): number {
  const base = Number(command.base);
  return command.position === "before" ? base : base + 1;
}

function insertion(command: Command): SheetEdit {
  const { sheetId = "" } = command;
  const before = firstInserted(command) + 1;
  const count = Number(command.quantity);
  return command.dimension === "COL"
    ? { kind: "insert-columns", sheetId, beforeColumn: before, count }
    : { kind: "insert-rows", sheetId, beforeRow: before, count };
}

function deletion(command: Command, { start, count }: Run): SheetEdit {
  const { sheetId = "" } = command;
  return command.dimension === "COL"
    ? { kind: "delete-columns", sheetId, column: start + 1, count }
    : { kind: "delete-rows", sheetId, row: start + 1, count };
}

/** Neighbouring indexes joined, the last ones first, so that deleting one run does not move the next. */
function runsOf(elements: unknown): readonly Run[] {
  const sorted = Array.isArray(elements) ? elements.map(Number).sort((left, right) => left - right) : [];
  const runs: Run[] = [];
  for (const element of sorted) {
    const last = runs.at(-1);
    if (last !== undefined && last.start + last.count === element) {
      runs[runs.length - 1] = { start: last.start, count: last.count + 1 };
    } else runs.push({ start: element, count: 1 });
  }
  return runs.reverse();
}

function movedColumns(command: Command): readonly SheetEdit[] {
  const { sheetId = "" } = command;
  const beforeColumn = firstInserted(command) + 1;
  return runsOf(command.elements).map(({ start, count }) => ({
    kind: "move-columns",
    sheetId,
    column: start + 1,
    count,
    beforeColumn,
  }));
}

/** Where a block of columns that was moved stood, and stands now; 0-based, both with the block in the sheet. */
interface ColumnMove {
  readonly sheetId: string;
  readonly count: number;
  readonly from: number;
  readonly to: number;
}

/** The grid keeps a move as columns put in at one place and taken out at another. */
function readColumnMove(commands: readonly Command[]): ColumnMove | null {
  const lines = commands.filter(({ type }) => structureTypes.includes(type));
  const [added, removed] = lines;
  if (lines.length !== 2 || added?.type !== "ADD_COLUMNS_ROWS" || removed?.type !== "REMOVE_COLUMNS_ROWS") return null;
  const [run, ...others] = runsOf(removed.elements);
  const count = Number(added.quantity);
  const sameSheet = added.sheetId !== undefined && added.sheetId === removed.sheetId;
  if (!sameSheet || added.dimension !== "COL" || removed.dimension !== "COL") return null;
  if (run === undefined || others.length > 0 || run.count !== count) return null;
  const place = firstInserted(added);
  return {
    sheetId: added.sheetId,
    count,
    from: run.start > place ? run.start - count : run.start,
    to: run.start < place ? place - count : place,
  };
}

const structureTypes: readonly string[] = [
  "ADD_COLUMNS_ROWS",
  "REMOVE_COLUMNS_ROWS",
  "CREATE_SHEET",
  "DUPLICATE_SHEET",
  "DELETE_SHEET",
];

/** The edit that takes a move of columns back, so that nothing of them is lost; `null` when these commands are none. */
export function undoneColumnMove(commands: readonly Command[]): SheetEdit | null {
  const move = readColumnMove(commands);
  return move === null ? null : toMove({ ...move, from: move.to, to: move.from });
}

/** The edit that does such a move again. */
export function redoneColumnMove(commands: readonly Command[]): SheetEdit | null {
  const move = readColumnMove(commands);
  return move === null ? null : toMove(move);
}

function toMove({ sheetId, count, from, to }: ColumnMove): SheetEdit {
  const beforeColumn = to < from ? to + 1 : to + count + 1;
  return { kind: "move-columns", sheetId, column: from + 1, count, beforeColumn };
}

/** The workbook has no move of rows: an empty place is made, the rows are copied there, the old ones deleted. */
function movedRows(command: Command): readonly SheetEdit[] {
  const { sheetId = "" } = command;
  const beforeRow = firstInserted(command) + 1;
  return runsOf(command.elements).flatMap(({ start, count }): readonly SheetEdit[] => {
    const row = start + 1 >= beforeRow ? start + 1 + count : start + 1;
    return [
      { kind: "insert-rows", sheetId, beforeRow, count },
      { kind: "copy-rows", sheetId, fromRow: row, count, toRow: beforeRow },
      { kind: "delete-rows", sheetId, row, count },
    ];
  });
}
