import { createTable } from "../../../src/adapters/sheet/create-table";
import type { RemovalOutcome, RowRemoval, Table } from "../../../src/ports/table";
import { type PeopleTab, people, peopleTab } from "./people-tab";
import { TABLE_MOVES } from "./table-moves";

/** Eight linked people and one row without id; row 5 holds a formula in a column of the user's own. */
function townsfolk(): PeopleTab {
  const tab = peopleTab([...people(8), ["x@x.example", "Name x", "note x", "", "City x", "", ""]]);
  tab.grid.user.type(tab.tabId, 5, 3, "=A$5", "shown");
  tab.grid.resetCalls();
  return tab;
}

const MEANT = ["102", "103", "106"];

function removalsOf(table: Table, ids: readonly string[] = MEANT): RowRemoval[] {
  return [...table.contents(ids)].map(([recordId, content]) => ({ recordId, content }));
}

const reasons = (outcomes: readonly RemovalOutcome[]) =>
  outcomes.map((one) => `${one.recordId} ${one.kind === "removed" ? "removed" : one.reason}`);

/** Cells of all rows, whatever their order, blank rows and blank cells left out. */
function linesOf({ grid, tabId }: PeopleTab): readonly string[] {
  return grid
    .values(tabId)
    .map((line, r) => line.map((value, c) => grid.cell(tabId, r + 1, c + 1).formula || value))
    .map((line) => line.filter((value) => value !== "").join(" | "))
    .filter((line) => line !== "")
    .sort();
}

describe("all that rows hold", () => {
  it("gives every cell by its header, mapped or not, with formulas; columns without one by their letter", () => {
    const { table, grid, tabId } = townsfolk();
    grid.user.type(tabId, 5, 9, { wall: "2026-03-01" });
    grid.user.type(tabId, 5, 8, 0.125);
    const content = table.contents(["104", "999"]).get("104");
    expect(content).toEqual({
      rowNumber: 5,
      cells: [
        { header: "Email", value: "tp4@x.example", formula: null },
        { header: "Name", value: "tName 4", formula: null },
        { header: "Notes", value: "tshown", formula: "=A$5" },
        { header: "Phone", value: "tPhone 4", formula: null },
        { header: "City", value: "tCity 4", formula: null },
        { header: "CRM record ID", value: "t104", formula: null },
        { header: "CRM sync status", value: "", formula: null },
        { header: "(H)", value: "n0.125", formula: null },
        { header: "(I)", value: "w2026-03-01", formula: null },
      ],
    });
    expect(grid.sheetCalls()).toBe(3);
  });

  it("leaves out rows that are missing or stand twice", () => {
    const { table, grid, tabId } = townsfolk();
    grid.user.copyRows(tabId, 2, 1, 11);
    expect([...table.contents(["101", "102", "555"]).keys()]).toEqual(["102"]);
  });
});

describe("removing rows", () => {
  it("deletes them in stretches from the bottom up: four reads, one deletion a stretch", () => {
    const { table, grid, tabId } = townsfolk();
    const removals = removalsOf(table);
    grid.resetCalls();
    expect(reasons(table.removeRows(removals))).toEqual(["102 removed", "103 removed", "106 removed"]);
    expect(grid.count("deleteRows")).toBe(2);
    expect(grid.sheetCalls()).toBe(6);
    expect(grid.values(tabId).map((line) => line[5])).toEqual(["CRM record ID", "101", "104", "105", "107", "108", ""]);
  });

  it("leaves rows that hold something else by now, are gone, or stand twice", () => {
    const { table, grid, tabId } = townsfolk();
    const removals = removalsOf(table, ["101", "102", "103", "104", "105"]);
    grid.user.type(tabId, 2, 3, "a new note");
    grid.user.type(tabId, 5, 3, "=B5", "Name 4");
    grid.user.copyRows(tabId, 6, 1, 11);
    grid.user.deleteRows(tabId, 3, 1);
    expect(reasons(table.removeRows(removals))).toEqual([
      "101 edited-meanwhile",
      "102 row-missing",
      "103 removed",
      "104 edited-meanwhile",
      "105 row-doubled",
    ]);
  });

  it("takes a moved row, a moved column and another status for no edit, a new cell for one", () => {
    const { table, grid, tabId } = townsfolk();
    const removals = removalsOf(table, ["101", "102"]);
    grid.user.moveColumn(tabId, 3, 6);
    grid.user.sortRows(tabId, 2, 1, false);
    for (let row = 2; row < 11; row++) grid.user.type(tabId, row, 7, "Error");
    const row = grid.values(tabId).findIndex((line) => line[5] === "102") + 1;
    grid.user.type(tabId, row, 9, "outside of the old columns");
    expect(reasons(table.removeRows(removals))).toEqual(["101 removed", "102 edited-meanwhile"]);
  });

  it("removes the last rows of a tab that has no others", () => {
    const tab = peopleTab(people(2));
    tab.grid.stored(tab.tabId).rows = 3;
    expect(reasons(tab.table.removeRows(removalsOf(tab.table, ["101", "102"])))).toEqual([
      "101 removed",
      "102 removed",
    ]);
    expect(tab.grid.values(tab.tabId)).toHaveLength(1);
    expect(tab.grid.stored(tab.tabId).rows).toBeGreaterThan(1);
  });

  it("removes rows that were unlinked like any others", () => {
    const { table, grid, tabId } = townsfolk();
    grid.user.type(tabId, 3, 6, "unlinked:102");
    expect(reasons(table.removeRows(removalsOf(table, ["unlinked:102"])))).toEqual(["unlinked:102 removed"]);
  });
});

describe("I7: rows or columns move while rows are removed", () => {
  const typed = ({ grid, tabId }: PeopleTab): void => {
    grid.user.type(tabId, grid.values(tabId).findIndex((line) => line.includes("107")) + 1, 5, "typed");
  };
  const actions = [...TABLE_MOVES, ["a cell typed in a row that stays", typed]] as typeof TABLE_MOVES;

  it.each(actions)("%s: at every call, the right rows go and all others stay whole", (_, action) => {
    for (let k = 1; ; k++) {
      const peace = townsfolk();
      const ids = peace.table.contents(MEANT);
      action(peace);
      const kept = linesOf(peace).filter((line) => !MEANT.some((id) => line.split(" | ").includes(id)));
      const tab = townsfolk();
      tab.grid.before(k, () => action(tab));
      const outcomes = tab.table.removeRows([...ids].map(([recordId, content]) => ({ recordId, content })));
      const done = tab.grid.calls.length < k;
      if (done) break;
      const left = linesOf(tab);
      const skipped = outcomes.filter((one) => one.kind === "skipped").map((one) => one.recordId);
      const meant = left.filter((line) => MEANT.some((id) => line.split(" | ").includes(id)));
      expect({ k, left: left.filter((line) => !meant.includes(line)) }).toEqual({ k, left: kept });
      expect({ k, meant: meant.length }).toEqual({
        k,
        meant: skipped.filter((id) => left.some((line) => line.split(" | ").includes(id))).length,
      });
    }
  });

  it("R18: a header row that falls for the first data row is put back, at every call", () => {
    for (let k = 1; ; k++) {
      const tab = townsfolk();
      const removals = removalsOf(tab.table, ["101", "104"]);
      tab.grid.user.insertRows(tab.tabId, 1, 1);
      tab.grid.user.type(tab.tabId, 1, 1, "Our customers");
      tab.grid.resetCalls();
      const wanted = linesOf(tab).filter((line) => !/\| 10[14]( |$)/.test(line));
      tab.grid.before(k, () => tab.grid.user.insertRows(tab.tabId, 1, 1));
      const outcomes = tab.table.removeRows(removals);
      if (tab.grid.calls.length < k) break;
      expect({ k, outcomes: reasons(outcomes) }).toEqual({ k, outcomes: ["101 removed", "104 removed"] });
      expect({ k, lines: linesOf(tab) }).toEqual({ k, lines: wanted });
      expect(tab.table.read().problem).toBeNull();
    }
  });

  it.each([
    ["a row above", 2],
    ["a row between", 5],
    ["a row below", 8],
    ["one of the rows themselves", 3],
  ])("a person deletes %s at any call: it stays deleted, and nothing else goes", (_, row) => {
    for (let k = 1; ; k++) {
      const tab = townsfolk();
      const removals = removalsOf(tab.table);
      tab.grid.resetCalls();
      const wanted = linesOf(tab).filter((line) => !MEANT.some((id) => line.split(" | ").includes(id)));
      let deleted: readonly string[] = [];
      tab.grid.before(k, () => {
        const before = linesOf(tab);
        tab.grid.user.deleteRows(tab.tabId, row, 1);
        const now = linesOf(tab);
        deleted = before.filter((line) => !now.includes(line));
      });
      tab.table.removeRows(removals);
      if (tab.grid.calls.length < k) break;
      const left = linesOf(tab);
      const lost = wanted.filter((line) => !left.includes(line) && !deleted.includes(line));
      expect({ k, lost }).toEqual({ k, lost: [] });
      expect({ k, meant: left.filter((line) => MEANT.some((id) => line.split(" | ").includes(id))) }).toEqual({
        k,
        meant: [],
      });
      const back = left.filter((line) => deleted.includes(line));
      // A row next to one that goes may have fallen by either hand: it is put back rather than lost.
      if (row === 2) expect({ k, back }).toEqual({ k, back: [] });
    }
  });

  it("I13: an execution that is killed at any call leaves only rows that were meant to go", () => {
    for (let k = 1; ; k++) {
      const tab = townsfolk();
      const removals = removalsOf(tab.table);
      const others = linesOf(tab).filter((line) => !MEANT.some((id) => line.split(" | ").includes(id)));
      tab.grid.resetCalls();
      tab.grid.hooks.before = (call) => {
        if (call.k === k) throw new Error("killed");
      };
      let killed = true;
      try {
        tab.table.removeRows(removals);
        killed = false;
      } catch {
        tab.grid.hooks = {};
        tab.grid.settle({ prefix: 1 });
        const again = createTable(tab.grid, tab.mapping).removeRows(removals);
        expect(again.every((one) => one.kind === "removed" || one.reason === "row-missing")).toBe(true);
      }
      expect({ k, left: linesOf(tab) }).toEqual({ k, left: others });
      if (!killed) break;
    }
  });
});
