import { createEditRecorder, type SheetReader } from "../../workbench/page/edit-recorder";
import type { Command } from "../../workbench/page/o-spreadsheet-api";
import { toTypedParts } from "../../workbench/page/typed-text";

const zone = (left: number, top: number, right: number, bottom: number) => ({ left, top, right, bottom });

/** A sheet of 4 rows and 3 columns whose cells hold "row,column". */
const reader: SheetReader = {
  text: (_sheetId, col, row) => `${row},${col}`,
  format: () => "",
  takeTyped: () => null,
  name: () => "People",
  used: () => ({ rows: 4, columns: 3 }),
};

/** What the grid does: each command goes to the plugins before and after it is handled. */
function record(...commands: readonly Command[]) {
  return recordWith(reader, commands);
}

function recordWith(cells: SheetReader, commands: readonly Command[]) {
  const recorder = createEditRecorder(cells);
  for (const command of commands) {
    recorder.before(command);
    recorder.handled(command);
  }
  return recorder.finish();
}

const update = (row: number, col: number, fields: object): Command => ({
  type: "UPDATE_CELL",
  sheetId: "tab7",
  row,
  col,
  ...fields,
});

describe("turning the grid's commands into edits of the workbook", () => {
  it("passes typed text on as it was typed", () => {
    expect(record(update(1, 2, { content: "1/2/2026" }))).toEqual([
      { kind: "type-into", sheetId: "tab7", row: 2, column: 3, text: "1/2/2026" },
    ]);
  });

  it("makes one paste of cells that fill a rectangle", () => {
    const cells = [update(0, 0, { content: "a" }), update(0, 1, { content: "b" })];
    const below = [update(1, 0, { content: "c" }), update(1, 1, { content: "d" })];
    const values = [
      ["a", "b"],
      ["c", "d"],
    ];
    expect(record(...cells, ...below)).toEqual([{ kind: "paste", sheetId: "tab7", row: 1, column: 1, values }]);
  });

  it("does not touch cells between scattered ones", () => {
    const edits = record(update(0, 0, { content: "a" }), update(2, 0, { content: "b" }));
    expect(edits.map(({ kind }) => kind)).toEqual(["type-into", "type-into"]);
  });

  it("clears as a rectangle", () => {
    expect(record(update(0, 0, { content: "" }), update(1, 0, { content: "" }))).toEqual([
      { kind: "clear", sheetId: "tab7", row: 1, column: 1, rows: 2, columns: 1 },
    ]);
  });

  it("sets formats before texts, so that a text format keeps leading zeros", () => {
    const edits = record(update(0, 0, { content: "007", format: "@" }));
    expect(edits.map(({ kind }) => kind)).toEqual(["set-number-format", "type-into"]);
  });

  it("keeps only the last of several changes of a cell", () => {
    expect(record(update(0, 0, { content: "a" }), update(0, 0, { content: "b" }))).toMatchObject([{ text: "b" }]);
  });

  it("leaves styles to the page", () => {
    expect(record(update(0, 0, { style: { bold: true } }))).toEqual([]);
  });

  it("deletes scattered rows from the bottom, so that numbers stay right", () => {
    const command = { type: "REMOVE_COLUMNS_ROWS", sheetId: "tab7", dimension: "ROW", elements: [1, 5, 2] };
    expect(record(command)).toEqual([
      { kind: "delete-rows", sheetId: "tab7", row: 6, count: 1 },
      { kind: "delete-rows", sheetId: "tab7", row: 2, count: 2 },
    ]);
  });

  it.each([
    ["before", 3],
    ["after", 4],
  ])("inserts columns %s a column", (position, beforeColumn) => {
    const command = { type: "ADD_COLUMNS_ROWS", sheetId: "tab7", dimension: "COL", base: 2, quantity: 2, position };
    expect(record(command)).toEqual([{ kind: "insert-columns", sheetId: "tab7", beforeColumn, count: 2 }]);
  });

  it("moves columns as columns, without what the grid does cell by cell", () => {
    const move = {
      type: "MOVE_COLUMNS_ROWS",
      sheetId: "tab7",
      dimension: "COL",
      base: 4,
      elements: [1],
      position: "after",
    };
    const inner = {
      type: "ADD_COLUMNS_ROWS",
      sheetId: "tab7",
      dimension: "COL",
      base: 4,
      quantity: 1,
      position: "after",
    };
    expect(record(move, inner, update(0, 5, { content: "x" }))).toEqual([
      { kind: "move-columns", sheetId: "tab7", column: 2, count: 1, beforeColumn: 6 },
    ]);
  });

  it.each([
    [0, "before", { row: 5, from: 5, before: 1 }],
    [4, "after", { row: 4, from: 4, before: 6 }],
  ])("moves a row by insert, copy and delete, to %i %s", (base, position, { row, from, before }) => {
    const command = { type: "MOVE_COLUMNS_ROWS", sheetId: "tab7", dimension: "ROW", base, elements: [3], position };
    expect(record(command)).toEqual([
      { kind: "insert-rows", sheetId: "tab7", beforeRow: before, count: 1 },
      { kind: "copy-rows", sheetId: "tab7", fromRow: from, count: 1, toRow: before },
      { kind: "delete-rows", sheetId: "tab7", row, count: 1 },
    ]);
  });
});

describe("what the grid does to cells while it changes rows and columns", () => {
  /** The grid clears and formats cells inside of the outer command, and goes on after it. */
  function recordInside(outer: Command, inner: readonly Command[], after: readonly Command[] = []) {
    const recorder = createEditRecorder(reader);
    recorder.before(outer);
    for (const command of inner) recorder.before(command);
    for (const command of inner) recorder.handled(command);
    recorder.handled(outer);
    for (const command of after) recorder.before(command);
    for (const command of after) recorder.handled(command);
    return recorder.finish();
  }
  const lines = (type: string, dimension: string, more: object): Command => ({
    type,
    sheetId: "tab7",
    dimension,
    ...more,
  });
  const cleared = [update(1, 0, { content: "", format: "" }), update(1, 1, { content: "", format: "" })];

  it.each([
    ["ROW", "delete-rows"],
    ["COL", "delete-columns"],
  ])("is not an edit of the %s that takes the place of a deleted one", (dimension, kind) => {
    const edits = recordInside(lines("REMOVE_COLUMNS_ROWS", dimension, { elements: [1] }), cleared);
    expect(edits).toMatchObject([{ kind, count: 1 }]);
  });

  it.each([
    ["ROW", "insert-rows"],
    ["COL", "insert-columns"],
  ])("is not an edit when a %s is inserted, but what comes after it is", (dimension, kind) => {
    const added = lines("ADD_COLUMNS_ROWS", dimension, { base: 1, quantity: 1, position: "before" });
    const edits = recordInside(added, [update(1, 0, { format: "0.00" })], [update(3, 1, { content: "x" })]);
    expect(edits).toMatchObject([{ kind }, { kind: "type-into", row: 4, column: 2, text: "x" }]);
  });
});

describe("typed text", () => {
  const typing = (text: string, format: string): SheetReader => {
    let waiting: string | null = text;
    const takeTyped = () => {
      const typed = waiting;
      waiting = null;
      return typed;
    };
    return { ...reader, format: () => format, takeTyped };
  };

  it("is sent as it was typed, whatever the grid made of it", () => {
    const edits = recordWith(typing("+1 555 0100", "@"), [update(0, 0, { content: "+1 555 0100" })]);
    expect(edits).toMatchObject([{ kind: "type-into", text: "+1 555 0100" }]);
    expect(toTypedParts("+1 555 0100", "=1 555 0100", true)).toEqual({
      typed: "+1 555 0100",
      content: "+1 555 0100",
    });
  });

  it("is no formula in a cell of text format", () => {
    expect(toTypedParts("=SUM(A1", "=SUM(A1)", true)).toEqual({ typed: "=SUM(A1", content: "'=SUM(A1" });
    const pasted = update(0, 0, { content: "'=1", format: "@" });
    expect(record(pasted).at(-1)).toMatchObject({ kind: "type-into", text: "=1" });
  });

  it("keeps its plus and the brackets that the grid closed, elsewhere", () => {
    expect(toTypedParts("+SUM(A1", "=SUM(A1)", false)).toEqual({ typed: "+SUM(A1)", content: "=SUM(A1)" });
    expect(toTypedParts("1,5", "1.5", false)).toEqual({ typed: "1,5", content: "1.5" });
  });

  it("belongs to the first cell that it changes, not to those that are filled after it", () => {
    const edits = recordWith(typing("+7", "@"), [update(0, 0, { content: "+7" }), update(2, 0, { content: "other" })]);
    expect(edits).toMatchObject([{ text: "+7" }, { text: "other" }]);
  });
});

describe("sorting", () => {
  const sort = (area: object): Command => ({
    type: "SORT_CELLS",
    sheetId: "tab7",
    col: 1,
    row: 1,
    zone: area,
    sortDirection: "desc",
  });

  it("sorts whole rows in the workbook, below the header that the grid left alone", () => {
    expect(record(sort(zone(0, 0, 2, 3)), update(1, 0, { content: "x" }), update(2, 0, { content: "y" }))).toEqual([
      { kind: "sort-rows", sheetId: "tab7", firstRow: 2, column: 2, ascending: false },
    ]);
  });

  it("types the cells of a sort that covers only some columns", () => {
    const edits = record(sort(zone(1, 1, 1, 3)), update(1, 1, { content: "x" }), update(2, 1, { content: "y" }));
    expect(edits).toMatchObject([{ kind: "paste", row: 2, column: 2, values: [["x"], ["y"]] }]);
  });
});

describe("undo and redo", () => {
  const undo = (...commands: readonly Command[]): Command => ({ type: "UNDO", commands });

  it("types what the cells hold after an undo", () => {
    const edits = record(undo(update(1, 2, { content: "new" })));
    expect(edits).toContainEqual({ kind: "type-into", sheetId: "tab7", row: 2, column: 3, text: "1,2" });
  });

  it("covers the zones that a command named", () => {
    const edits = record(undo({ type: "DELETE_CONTENT", sheetId: "tab7", target: [zone(0, 1, 1, 2)] }));
    expect(edits).toContainEqual({
      kind: "paste",
      sheetId: "tab7",
      row: 2,
      column: 1,
      values: [
        ["1,0", "1,1"],
        ["2,0", "2,1"],
      ],
    });
  });

  it("puts deleted rows back in and writes no others", () => {
    const removed = { type: "REMOVE_COLUMNS_ROWS", sheetId: "tab7", dimension: "ROW", elements: [1, 2] };
    const edits = record(undo(removed));
    expect(edits[0]).toEqual({ kind: "insert-rows", sheetId: "tab7", beforeRow: 2, count: 2 });
    const values = ["1", "2"].map((row) => ["0", "1", "2"].map((column) => `${row},${column}`));
    expect(edits.slice(1)).toEqual([{ kind: "paste", sheetId: "tab7", row: 2, column: 1, values }]);
  });

  it("takes an inserted row out again, and a renamed tab back", () => {
    const added = {
      type: "ADD_COLUMNS_ROWS",
      sheetId: "tab7",
      dimension: "ROW",
      base: 1,
      quantity: 1,
      position: "before",
    };
    expect(record(undo(added))).toEqual([{ kind: "delete-rows", sheetId: "tab7", row: 2, count: 1 }]);
    const renamed = { type: "RENAME_SHEET", sheetId: "tab7", newName: "New", oldName: "People" };
    expect(record(undo(renamed))[0]).toEqual({ kind: "rename-tab", sheetId: "tab7", name: "People" });
  });

  it("touches only what the undone command changed: texts or formats", () => {
    expect(record(undo(update(1, 2, { content: "new" })))).toHaveLength(1);
    const formatted = { type: "SET_FORMATTING", sheetId: "tab7", target: [zone(0, 1, 0, 1)], format: "0.00" };
    expect(record(undo(formatted))).toMatchObject([{ kind: "set-number-format", row: 2, column: 1 }]);
    expect(record(undo({ ...formatted, format: undefined, style: { bold: true } }))).toEqual([]);
  });

  it("takes a move of columns back as a move, and does it again as one", () => {
    const commands = [
      { type: "ADD_COLUMNS_ROWS", sheetId: "tab7", dimension: "COL", base: 4, quantity: 1, position: "after" },
      update(0, 5, { content: "x" }),
      { type: "REMOVE_COLUMNS_ROWS", sheetId: "tab7", dimension: "COL", elements: [1] },
    ];
    expect(record(undo(...commands))).toEqual([
      { kind: "move-columns", sheetId: "tab7", column: 5, count: 1, beforeColumn: 2 },
    ]);
    expect(record({ type: "REDO", commands })).toEqual([
      { kind: "move-columns", sheetId: "tab7", column: 2, count: 1, beforeColumn: 6 },
    ]);
  });

  it("finds cells again that moved when rows beside them came or went", () => {
    const removed = { type: "REMOVE_COLUMNS_ROWS", sheetId: "tab7", dimension: "ROW", elements: [0] };
    const edits = record(undo(removed, update(1, 1, { content: "x" })));
    expect(edits).toContainEqual({ kind: "type-into", sheetId: "tab7", row: 3, column: 2, text: "2,1" });
  });

  it("does a redo forwards", () => {
    const removed = { type: "REMOVE_COLUMNS_ROWS", sheetId: "tab7", dimension: "ROW", elements: [1] };
    expect(record({ type: "REDO", commands: [removed] })[0]).toMatchObject({ kind: "delete-rows", row: 2 });
  });
});
