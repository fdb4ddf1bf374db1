import { createTable } from "../../../src/adapters/sheet/create-table";
import type { RowRestore } from "../../../src/ports/table";
import { type PeopleTab, people, peopleTab } from "./people-tab";
import { TABLE_MOVES } from "./table-moves";

const GONE = ["103", "104"];

interface Town {
  readonly tab: PeopleTab;
  readonly rows: readonly RowRestore[];
}

/** Eight people; the third and the fourth were removed, with a formula in a column of the user's own. */
function emptied(): Town {
  const tab = peopleTab(people(8));
  tab.grid.user.type(tab.tabId, 4, 3, "=A$4", "shown");
  const contents = tab.table.contents(GONE);
  tab.grid.user.deleteRows(tab.tabId, 4, 2);
  tab.grid.resetCalls();
  return { tab, rows: [...contents].map(([id, content]) => ({ id: `unlinked:${id}`, content })) };
}

/** Lines by what stands in their id cell; blank cells left out. */
function linesById({ grid, tabId }: PeopleTab): Record<string, string> {
  const lines = grid
    .values(tabId)
    .map((line, r) => line.map((value, c) => grid.cell(tabId, r + 1, c + 1).formula || String(value)))
    .filter((line) => line.some((text) => text !== ""))
    .map((line): [string, string] => {
      const id = line.find((text) => /^(unlinked:)?10\d$/.test(text)) ?? "header";
      return [id, line.filter((text) => text !== "" && text !== id).join(" | ")];
    });
  return Object.fromEntries(lines.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const PLACED = GONE.map((id) => ({ id: `unlinked:${id}`, placed: true }));

describe("putting rows back", () => {
  it("appends them with all their cells, the id given to them first, formulas last", () => {
    const { tab, rows } = emptied();
    expect(tab.table.restoreRows(rows)).toEqual(PLACED);
    expect(tab.grid.values(tab.tabId).slice(7)).toEqual([
      ["p3@x.example", "Name 3", "shown", "Phone 3", "City 3", "unlinked:103", ""],
      ["p4@x.example", "Name 4", "note 4", "Phone 4", "City 4", "unlinked:104", ""],
    ]);
    expect(tab.grid.cell(tab.tabId, 8, 3).formula).toBe("=A$4");
    const calls = tab.grid.calls.filter((call) => call.counted || call.kind === "flush").map((call) => call.method);
    const look = ["readValues", "readFormulas"];
    const values = ["writeValues", "writeValues", "writeValues", "writeValues", "flush"];
    expect(calls).toEqual([...look, ...values, ...look, "writeFormula", "flush", ...look]);
  });

  it("finds columns by their header and leaves out those that are gone, and the add-on's status", () => {
    const { tab, rows } = emptied();
    tab.grid.user.moveColumn(tab.tabId, 3, 1);
    tab.grid.user.deleteColumns(tab.tabId, 4, 1);
    tab.grid.user.type(tab.tabId, 1, 8, "New");
    const [first, ...others] = rows;
    const cells = first?.content.cells.map((cell) =>
      cell.header === "CRM sync status" ? { ...cell, value: "tDeleted" } : cell,
    );
    tab.table.restoreRows([{ id: "103", content: { cells: cells ?? [] } }, ...others]);
    expect(tab.grid.values(tab.tabId).slice(7)).toEqual([
      ["shown", "p3@x.example", "Name 3", "City 3", "103", "", "", ""],
      ["note 4", "p4@x.example", "Name 4", "City 4", "unlinked:104", "", "", ""],
    ]);
  });

  it("leaves out values of columns that a formula fills from above", () => {
    const { tab, rows } = emptied();
    tab.grid.user.type(tab.tabId, 1, 5, '={"City";ARRAYFORMULA(A2:A)}', "City");
    tab.table.restoreRows(rows);
    expect(tab.grid.values(tab.tabId)[7]).toEqual([
      "p3@x.example",
      "Name 3",
      "shown",
      "Phone 3",
      "",
      "unlinked:103",
      "",
    ]);
  });

  it("gives percentages the number format of the row above, and leaves other formats alone", () => {
    const { tab, rows } = emptied();
    const { grid, tabId } = tab;
    for (let row = 2; row < 8; row++) grid.user.type(tabId, row, 4, row / 8);
    grid.tab(tabId)?.writeFormat({ row: 2, column: 4, rows: 6, columns: 1 }, "0.0%");
    grid.flush();
    const cells = (n: number) => [
      { header: "Phone", value: `n${n / 16}`, formula: null },
      { header: "Notes", value: "n5", formula: null },
    ];
    tab.table.restoreRows(rows.map(({ id }, i) => ({ id, content: { cells: cells(i) } })));
    expect([8, 9].map((row) => [grid.cell(tabId, row, 4).format, grid.cell(tabId, row, 3).format])).toEqual([
      ["0.0%", ""],
      ["0.0%", ""],
    ]);
  });

  it("does not double a row that stands already, nor touch one that holds something else; ids in two rows are not placed", () => {
    const { tab, rows } = emptied();
    tab.grid.user.type(tab.tabId, 2, 6, "unlinked:103");
    const before = tab.grid.values(tab.tabId);
    tab.grid.user.copyRows(tab.tabId, 3, 1, 9);
    const [first] = rows;
    const twice = { id: "102", content: { cells: [] } };
    expect(tab.table.restoreRows(first ? [first, twice] : [])).toEqual([
      { id: "unlinked:103", placed: true },
      { id: "102", placed: false },
    ]);
    expect(tab.grid.values(tab.tabId).slice(0, 7)).toEqual(before);
  });

  it("I13: killed at any call and done again, whatever is left of its writes, it comes to the same", () => {
    const peace = emptied();
    peace.tab.table.restoreRows(peace.rows);
    const wanted = linesById(peace.tab);
    for (let k = 1; ; k++) {
      let killed = false;
      for (const left of ["lost", "kept", { prefix: 1 }, { prefix: 2 }, { prefix: 3 }] as const) {
        const { tab, rows } = emptied();
        tab.grid.hooks.before = (call) => {
          if (call.k === k) throw new Error("killed");
        };
        try {
          tab.table.restoreRows(rows);
        } catch {
          killed = true;
          tab.grid.hooks = {};
          tab.grid.settle(left);
          expect(createTable(tab.grid, tab.mapping).restoreRows(rows)).toEqual(PLACED);
        }
        expect({ k, left, lines: linesById(tab) }).toEqual({ k, left, lines: wanted });
      }
      if (!killed) break;
    }
  });

  it.each(TABLE_MOVES)("I7: %s: at every call, the rows come back whole and all others stay so", (_, move) => {
    for (let k = 1; ; k++) {
      const peace = emptied();
      move(peace.tab);
      peace.tab.table.restoreRows(peace.rows);
      const wanted = linesById(peace.tab);
      const { tab, rows } = emptied();
      tab.grid.before(k, () => move(tab));
      const placed = tab.table.restoreRows(rows);
      if (tab.grid.calls.length < k) break;
      const lines = linesById(tab);
      expect({ k, placed, lines }).toEqual({ k, placed: PLACED, lines: wanted });
    }
  });
});
