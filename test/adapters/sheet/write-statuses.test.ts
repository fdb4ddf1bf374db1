import { people, peopleTab } from "./people-tab";

const status = (recordId: string, rowNumber: number, words: string, note = `About ${words}`) => ({
  recordId,
  rowNumber,
  status: words,
  note,
});

describe("statuses", () => {
  it("shows them on the rows of the records, clears the others, and writes once", () => {
    const { table, grid, tabId } = peopleTab(people(5));
    grid.user.type(tabId, 6, 7, "Old");
    grid.user.sortRows(tabId, 2, 1, false);
    table.writeStatuses([status("102", 3, "Error"), status("103", 4, "Conflict")], false);
    const shown = grid
      .values(tabId)
      .slice(1)
      .map((line) => [line[5], line[6] ?? ""]);
    expect(shown).toEqual([
      ["105", ""],
      ["104", ""],
      ["103", "Conflict"],
      ["102", "Error"],
      ["101", ""],
    ]);
    expect(grid.cell(tabId, 5, 7).note).toBe("About Error");
    expect([grid.count("writeValues"), grid.count("writeNotes")]).toEqual([1, 1]);
    expect(grid.sheetCalls()).toBe(4);
  });

  it("I5: writes nothing the second time, and reads notes only when there is something to show", () => {
    const { table, grid } = peopleTab(people(5));
    table.writeStatuses([status("102", 3, "Error")], false);
    grid.resetCalls();
    table.writeStatuses([status("102", 3, "Error")], false);
    expect(grid.calls.filter((call) => call.kind === "write")).toEqual([]);
    table.writeStatuses([], false);
    grid.resetCalls();
    table.writeStatuses([], false);
    expect(grid.sheetCalls()).toBe(1);
  });

  it("I5: writes nothing where only outer blanks and line ends differ: two reads", () => {
    const { table, grid } = peopleTab(people(5));
    const wish = status("102", 3, " Error ", "first line\r\nsecond line\n");
    table.writeStatuses([wish], false);
    grid.resetCalls();
    table.writeStatuses([wish], false);
    expect(grid.calls.filter((call) => call.kind === "write")).toEqual([]);
    expect(grid.sheetCalls()).toBe(2);
  });

  it("changes the note of a status that stays", () => {
    const { table, grid, tabId } = peopleTab(people(2));
    table.writeStatuses([status("102", 3, "Error", "first")], false);
    grid.resetCalls();
    table.writeStatuses([status("102", 3, "Error", "second")], false);
    expect(grid.cell(tabId, 3, 7).note).toBe("second");
    expect(grid.count("writeValues")).toBe(0);
  });

  it("keeps the others when asked to", () => {
    const { table, grid, tabId } = peopleTab(people(3));
    table.writeStatuses([status("101", 2, "One"), status("103", 4, "Three")], false);
    table.writeStatuses([status("102", 3, "Two"), status("103", 4, "", "")], true);
    expect([2, 3, 4].map((row) => [grid.cell(tabId, row, 7).value, grid.cell(tabId, row, 7).note])).toEqual([
      ["One", "About One"],
      ["Two", "About Two"],
      ["", ""],
    ]);
  });

  it("finds rows without id by their number only while they have none", () => {
    const { table, grid, tabId } = peopleTab([["new@x.example", "", "", "", "", "", ""], ...people(1)]);
    table.writeStatuses([status("", 2, "Invalid"), status("", 3, "Wrong row")], false);
    expect(grid.values(tabId).map((line) => line[6])).toEqual(["CRM sync status", "Invalid", ""]);
  });

  it("names the row among several that carry one id", () => {
    const { table, grid, tabId } = peopleTab([...people(1), ...people(1)]);
    table.writeStatuses([status("101", 3, "Copy")], false);
    expect(grid.values(tabId).map((line) => line[6])).toEqual(["CRM sync status", "", "Copy"]);
  });

  it("does nothing without a status column, and keeps its header when rows were put above", () => {
    const without = peopleTab(people(2));
    without.grid.user.deleteColumns(without.tabId, 7, 1);
    without.table.writeStatuses([status("101", 2, "Error")], false);
    expect(without.grid.calls.filter((call) => call.kind === "write")).toEqual([]);

    const moved = peopleTab(people(2));
    moved.grid.user.insertRows(moved.tabId, 1, 2);
    moved.table.writeStatuses([status("101", 2, "Error")], false);
    expect(moved.grid.values(moved.tabId).map((line) => line[6])).toEqual(["", "", "CRM sync status", "Error", ""]);
  });
});
