import { cellWrite, type PeopleTab, people, peopleTab } from "./people-tab";

const ROWS = 90;
const NAMES = ["Ada Lovelace", "Grace Hopper", "Alan Turing"];

/** Rows whose names are words and whose phone numbers stand in the given number format. */
function manyPeople(phoneFormat: string): PeopleTab {
  const rows = people(ROWS).map((row, i) => [
    row[0] ?? "",
    NAMES[i % NAMES.length] ?? "",
    row[2] ?? "",
    `+49 30 ${1000 + i}`,
    ...row.slice(4),
  ]);
  const tab = peopleTab(rows);
  tab.grid.tab(tab.tabId)?.writeFormat({ row: 2, column: 4, rows: ROWS, columns: 1 }, phoneFormat);
  tab.grid.flush();
  tab.grid.resetCalls();
  return tab;
}

/** New values for the phone or name of every third person: thirty rectangles of their own. */
function everyThird(field: "phone" | "name") {
  return Array.from({ length: ROWS / 3 }, (_, i) => {
    const n = i * 3 + 1;
    const from = field === "phone" ? `+49 30 ${999 + n}` : "Ada Lovelace";
    return cellWrite(`10${n}`, field, { from, to: `NEW.10${n}` });
  });
}

describe("cells that are written again as they are, to save calls", () => {
  it("are numbers in text that stand in a text format: thirty scattered phones take one write", () => {
    const { table, grid } = manyPeople("@");
    const outcomes = table.write({ cells: everyThird("phone"), appends: [] });
    expect(outcomes.filter((one) => one.kind === "written")).toHaveLength(ROWS / 3);
    expect([grid.count("writeValues"), grid.count("readFormats")]).toEqual([1, 1]);
  });

  it("are not numbers in text in any other format", () => {
    const { table, grid } = manyPeople("0");
    table.write({ cells: everyThird("phone"), appends: [] });
    expect(grid.count("writeValues")).toBe(ROWS / 3);
  });

  it("are not cells of rows without an id, or whose id stands twice", () => {
    const { table, grid, tabId } = manyPeople("@");
    grid.user.type(tabId, 3, 6, "");
    grid.user.type(tabId, 7, 6, "109");
    table.write({ cells: everyThird("phone"), appends: [] });
    expect(grid.count("writeValues")).toBe(4);
  });

  it.each(["phone", "name"] as const)("I6: come back with all others when rows move at any call (%s)", (field) => {
    const calls = (() => {
      const { table, grid } = manyPeople("@");
      table.write({ cells: everyThird(field), appends: [] });
      return grid.calls.length;
    })();
    for (let k = 1; k <= calls; k++) {
      const { table, grid, tabId } = manyPeople("@");
      const byId = (): Map<string, string> =>
        new Map(grid.values(tabId).map((line) => [String(line[5]), JSON.stringify([line[1], line[3]])]));
      const before = byId();
      grid.before(k, () => grid.user.sortRows(tabId, 2, 1, false));
      table.write({ cells: everyThird(field), appends: [] });
      for (const [id, now] of byId()) {
        if (!now.includes("NEW.")) expect(`${k} ${id} ${now}`).toBe(`${k} ${id} ${before.get(id)}`);
        else expect(`${k} ${now}`).toContain(`"NEW.${id}"`);
      }
    }
  });
});
