import { textValue } from "../../../src/domain/value";
import type { CellOutcome } from "../../../src/ports/table";
import { cellWrite, people, peopleTab } from "./people-tab";
import { TABLE_MOVES } from "./table-moves";

const reasons = (outcomes: readonly CellOutcome[]) =>
  outcomes.map((one) => `${one.recordId}.${one.field} ${one.kind === "written" ? `= ${one.readBack}` : one.reason}`);

/** All data cells by record id, to compare before and after whatever the order of rows. */
function byId(values: readonly (readonly unknown[])[], idColumn = 6): Record<string, string> {
  return Object.fromEntries(values.slice(1).map((line) => [String(line[idColumn - 1]), JSON.stringify(line)]));
}

describe("writing cells", () => {
  it("writes where the row is now and reads back", () => {
    const { table, grid, tabId } = peopleTab(people(5));
    table.read();
    grid.user.sortRows(tabId, 2, 1, false);
    grid.user.insertColumns(tabId, 1, 1);
    const outcomes = table.write({ cells: [cellWrite("102", "city", { from: "City 2", to: "Oslo" })], appends: [] });
    expect(reasons(outcomes)).toEqual(["102.city = tOslo"]);
    const line = grid.values(tabId).find((row) => row[6] === "102");
    expect(line).toEqual(["", "p2@x.example", "Name 2", "note 2", "Phone 2", "Oslo", "102", ""]);
  });

  it("F7: never writes over a formula", () => {
    const { table, grid, tabId } = peopleTab(people(2));
    grid.user.type(tabId, 2, 5, "=A2", "City 1");
    const outcomes = table.write({ cells: [cellWrite("101", "city", { from: "City 1", to: "Oslo" })], appends: [] });
    expect(reasons(outcomes)).toEqual(["101.city formula"]);
    expect(grid.count("writeValues")).toBe(0);
  });

  it("leaves what somebody typed since the plan, rows that went, rows that were copied, columns that went", () => {
    const { table, grid, tabId } = peopleTab(people(4));
    grid.user.type(tabId, 2, 5, "typed");
    grid.user.deleteRows(tabId, 3, 1);
    grid.user.copyRows(tabId, 3, 1, 6);
    grid.user.deleteColumns(tabId, 4, 1);
    const outcomes = table.write({
      cells: [
        cellWrite("101", "city", { from: "City 1", to: "x" }),
        cellWrite("102", "city", { from: "City 2", to: "x" }),
        cellWrite("103", "city", { from: "City 3", to: "x" }),
        cellWrite("104", "phone", { from: "Phone 4", to: "x" }),
        cellWrite("104", "city", { from: "City 4", to: "x" }),
      ],
      appends: [],
    });
    expect(reasons(outcomes)).toEqual([
      "101.city edited-meanwhile",
      "102.city row-missing",
      "103.city row-doubled",
      "104.phone column-missing",
      "104.city = tx",
    ]);
  });

  it("takes a number of calls that does not grow with the rows", () => {
    const { table, grid } = peopleTab(people(900));
    const cells = Array.from({ length: 300 }, (_, i) =>
      cellWrite(`10${i * 3 + 1}`, "name", { from: `Name ${i * 3 + 1}`, to: `New ${i}` }),
    );
    const outcomes = table.write({ cells, appends: [] });
    expect(outcomes.filter((one) => one.kind === "written")).toHaveLength(300);
    // Names with digits may not be written again, so no gap is bridged here; words may.
    grid.resetCalls();
    const words = peopleTab(people(900).map((row) => [row[0] ?? "", "Ada Lovelace", ...row.slice(2)]));
    words.table.write({
      cells: Array.from({ length: 300 }, (_, i) =>
        cellWrite(`10${i * 3 + 1}`, "name", { from: "Ada Lovelace", to: "Grace" }),
      ),
      appends: [],
    });
    expect(words.grid.count("writeValues")).toBeLessThanOrEqual(24);
    expect(words.grid.sheetCalls()).toBeLessThanOrEqual(29);
  });

  it("writes nothing for a value that stands there already", () => {
    const { table, grid } = peopleTab(people(2));
    const outcomes = table.write({ cells: [cellWrite("101", "city", { from: "City 1", to: "City 1" })], appends: [] });
    expect(reasons(outcomes)).toEqual(["101.city = tCity 1"]);
    expect(grid.count("writeValues")).toBe(0);
  });

  it("I13: a value that stands there already counts as written, however it was typed", () => {
    const { table, grid, tabId } = peopleTab(people(2));
    grid.user.type(tabId, 2, 5, " Oslo\n");
    grid.user.type(tabId, 3, 4, 39);
    const cells = [
      cellWrite("101", "city", { from: "City 1", to: "Oslo" }),
      cellWrite("102", "phone", { from: "Phone 2", to: "39" }),
    ];
    expect(reasons(table.write({ cells, appends: [] }))).toEqual(["101.city = t Oslo\n", "102.phone = n39"]);
    expect(grid.count("writeValues")).toBe(0);
  });

  it("writes a change of blanks and line ends into a cell that nobody edited", () => {
    const { table, grid, tabId } = peopleTab(people(2));
    const cells = [cellWrite("101", "city", { from: "City 1", to: "City\n1" })];
    expect(reasons(table.write({ cells, appends: [] }))).toEqual(["101.city = tCity\n1"]);
    expect(grid.cell(tabId, 2, 5).value).toBe("City\n1");
  });

  it("does not take an edit typed right after the write for its own", () => {
    const { table, grid, tabId } = peopleTab(people(2));
    grid.hooks.before = (call) => {
      if (call.method === "flush") grid.user.type(tabId, 2, 5, "typed later");
    };
    const outcomes = table.write({ cells: [cellWrite("101", "city", { from: "City 1", to: "Oslo" })], appends: [] });
    expect(reasons(outcomes)).toEqual(["101.city edited-meanwhile"]);
    expect(grid.cell(tabId, 2, 5).value).toBe("typed later");
  });
});

describe("I6: rows or columns move between the read and the write", () => {
  const cells = () => [
    cellWrite("101", "name", { from: "Name 1", to: "NEW.101.name" }),
    cellWrite("102", "city", { from: "City 2", to: "NEW.102.city" }),
    cellWrite("103", "city", { from: "City 3", to: "NEW.103.city" }),
    cellWrite("103", "name", { from: "Name 3", to: "NEW.103.name" }),
    cellWrite("105", "phone", { from: "Phone 5", to: "" }),
  ];

  it.each(TABLE_MOVES)("%s: at every call, no value ends in another row or column", (_, move) => {
    const calls = (() => {
      const { table, grid } = peopleTab(people(6));
      table.write({ cells: cells(), appends: [] });
      return grid.calls.length;
    })();
    for (let k = 1; k <= calls + 1; k++) {
      const tab = peopleTab(people(6));
      const { grid, tabId, table } = tab;
      // A formula of the user that a misplaced write could hit.
      grid.user.type(tabId, 4, 3, "=A4", "shown");
      const expected = peopleTab(people(6));
      expected.grid.user.type(expected.tabId, 4, 3, "=A4", "shown");
      move(expected);
      const untouched = expected.grid.values(expected.tabId);
      grid.before(k, () => move(tab));
      const outcomes = table.write({ cells: cells(), appends: [] });
      const after = tab.table.read();
      for (const row of after.rows) {
        for (const [field, cell] of Object.entries(row.cells)) {
          const text = cell.value.kind === "text" ? cell.value.text : "";
          if (text.startsWith("NEW.")) expect(`${k} ${text}`).toBe(`${k} NEW.${row.recordId}.${field}`);
          const asked = cells().find((one) => one.recordId === row.recordId && one.field === field);
          if (asked === undefined) expect(`${k} ${text}`).toMatch(/ (Name|City|Phone|p)\d?| $/);
        }
      }
      for (const one of outcomes) {
        const cell = after.rows.find((row) => row.recordId === one.recordId)?.cells[one.field];
        if (cell === undefined) continue;
        const isNew = cell.value.kind === "blank" || (cell.value.kind === "text" && cell.value.text.startsWith("NEW."));
        expect(`${k} ${one.recordId}.${one.field} ${one.kind === "written"}`).toBe(
          `${k} ${one.recordId}.${one.field} ${isNew}`,
        );
      }
      // Everything that was not asked for, unmapped columns and the formula included, is as the user left it.
      const now = grid.values(tabId);
      const shape = (values: typeof now) =>
        values.map((line) => line.map((value) => (isAsked(value) ? "*" : value === "Phone 5" ? "" : value)));
      expect(shape(now)).toEqual(shape(untouched));
    }
  });

  function isAsked(value: unknown): boolean {
    return (
      typeof value === "string" &&
      (value.startsWith("NEW.") || ["Name 1", "City 2", "City 3", "Name 3"].includes(value))
    );
  }
});

describe("appending rows", () => {
  const append = (recordId: string) => ({
    recordId,
    cells: { email: textValue(`${recordId}@new.example`), city: textValue(`City of ${recordId}`) },
  });

  it("writes ids first, then values in runs of columns, and grows the grid", () => {
    const { table, grid, tabId } = peopleTab(people(3));
    grid.stored(tabId).rows = 4;
    const outcomes = table.write({ cells: [], appends: [append("901"), append("902")] });
    expect(reasons(outcomes)).toHaveLength(4);
    expect(outcomes.every((one) => one.kind === "written")).toBe(true);
    expect(grid.values(tabId).slice(4)).toEqual([
      ["901@new.example", "", "", "", "City of 901", "901", ""],
      ["902@new.example", "", "", "", "City of 902", "902", ""],
    ]);
    const writes = grid.calls.filter((call) => call.kind === "write").map((call) => call.method);
    expect(writes).toEqual(["grow", "writeValues", "writeValues", "writeValues"]);
  });

  it("a kept prefix of unflushed writes leaves ids without values, never values without an id", () => {
    for (let prefix = 0; prefix <= 3; prefix++) {
      const { table, grid, tabId } = peopleTab(people(3));
      grid.hooks.before = (call) => {
        if (call.kind === "flush") throw new Error("killed");
      };
      expect(() => table.write({ cells: [], appends: [append("901")] })).toThrow("killed");
      grid.settle({ prefix });
      const last = grid.values(tabId)[4] ?? [];
      if (last.some((value) => value !== "")) expect(last[5]).toBe("901");
    }
  });

  it("leaves columns with formulas blank and does not touch prefilled checkboxes below", () => {
    const { table, grid, tabId } = peopleTab(people(3));
    grid.user.type(tabId, 4, 5, "=B4", "x");
    for (let row = 5; row < 9; row++) grid.user.type(tabId, row, 3, false);
    const outcomes = table.write({ cells: [], appends: [append("901")] });
    expect(reasons(outcomes)).toEqual(["901.city formula", "901.email = t901@new.example"]);
    expect(grid.values(tabId)[4]).toEqual(["901@new.example", "", false, "", "", "901", ""]);
  });

  it("does not append a record that has a row already", () => {
    const { table, grid, tabId } = peopleTab(people(3));
    const outcomes = table.write({ cells: [], appends: [append("102"), append("901"), append("901")] });
    expect(outcomes.filter((one) => one.kind === "written")).toHaveLength(2);
    expect(grid.values(tabId)).toHaveLength(5);
  });

  it("I13: fills the blank cells of a row that a cut-off left with its id; equal cells count as written", () => {
    const { table, grid, tabId } = peopleTab([...people(2), ["901@new.example", "", "", "", "", "901", ""]]);
    expect(reasons(table.write({ cells: [], appends: [append("901")] }))).toEqual([
      "901.email = t901@new.example",
      "901.city = tCity of 901",
    ]);
    expect(grid.values(tabId)).toHaveLength(4);
    expect(grid.values(tabId)[3]).toEqual(["901@new.example", "", "", "", "City of 901", "901", ""]);
    expect(grid.count("writeValues")).toBe(1);
  });

  it("I13: an unticked checkbox of such a row is blank, but not once somebody typed into the row", () => {
    const ticked = {
      recordId: "901",
      cells: { email: textValue("e"), city: { kind: "boolean", boolean: true } as const },
    };
    const bare = peopleTab([...people(2), ["", "", "", "", false, "901", ""]]);
    expect(reasons(bare.table.write({ cells: [], appends: [ticked] }))).toEqual(["901.email = te", "901.city = b1"]);
    const typed = peopleTab([...people(2), ["", "typed", "", "", false, "901", ""]]);
    const outcomes = typed.table.write({ cells: [], appends: [ticked] });
    expect(reasons(outcomes)).toEqual(["901.city edited-meanwhile", "901.email = te"]);
  });

  it("I13: leaves the columns blank in such a row that a new row leaves blank, and what somebody typed as it is", () => {
    const { table, grid, tabId } = peopleTab([...people(2), ["", "", "", "", "", "901", ""]]);
    grid.user.type(tabId, 3, 5, "=B3", "x");
    grid.user.type(tabId, 4, 1, "typed@x.example");
    expect(reasons(table.write({ cells: [], appends: [append("901")] }))).toEqual([
      "901.email edited-meanwhile",
      "901.city formula",
    ]);
    expect(grid.count("writeValues")).toBe(0);
  });

  it("leaves both rows alone when the id of a new row stands twice", () => {
    const { table, grid } = peopleTab([...people(1), ...people(1)]);
    expect(reasons(table.write({ cells: [], appends: [append("101")] }))).toEqual([
      "101.email row-doubled",
      "101.city row-doubled",
    ]);
    expect(grid.count("writeValues")).toBe(0);
  });

  it("appends to a tab that holds nothing but its header", () => {
    const { table, grid, tabId } = peopleTab([]);
    table.write({ cells: [], appends: [append("901")] });
    expect(grid.values(tabId)[1]?.[5]).toBe("901");
  });

  it("I6: rows inserted above between read and write: the rows written over come back", () => {
    for (let k = 1; k <= 10; k++) {
      const { table, grid, tabId } = peopleTab(people(4));
      const before = byId(grid.values(tabId));
      grid.before(k, () => grid.user.insertRows(tabId, 3, 1));
      table.write({ cells: [], appends: [append("901"), append("902")] });
      const now = byId(grid.values(tabId).filter((line) => line.some((value) => value !== "")));
      for (const [id, line] of Object.entries(before)) expect(`${k} ${now[id]}`).toBe(`${k} ${line}`);
      for (const row of table.read().rows) {
        const text = JSON.stringify(row.cells);
        if (row.recordId.startsWith("90")) expect(text).not.toMatch(/Name|note/);
        if (text.includes("new.example")) expect(text).toContain(`${row.recordId}@new.example`);
      }
    }
  });
});
