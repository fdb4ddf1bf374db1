import { createTable } from "../../../src/adapters/sheet/create-table";
import { tagKey } from "../../../src/adapters/sheet/tab/column-tag";
import { people, peopleMapping, peopleTab } from "./people-tab";

describe("reading a mapped tab", () => {
  it("gives rows with their id, cells and status, and leaves out blank ones", () => {
    const { table } = peopleTab([
      ["a@x.example", "Ada", "n", "0039", "Rome", 501, "Error"],
      ["", "", "only a note", "", "", "", ""],
      ["b@x.example", "", "", 5, true, "pending:t1", ""],
    ]);
    const read = table.read();
    expect(read.problem).toBeNull();
    expect(read.rows.map((row) => [row.rowNumber, row.recordId, row.status])).toEqual([
      [2, "501", "Error"],
      [4, "pending:t1", ""],
    ]);
    expect(read.rows[1]?.cells).toEqual({
      email: { value: { kind: "text", text: "b@x.example" }, formula: null },
      name: { value: { kind: "blank" }, formula: null },
      phone: { value: { kind: "number", number: 5 }, formula: null },
      city: { value: { kind: "boolean", boolean: true }, formula: null },
    });
  });

  it("gives rows that were unlinked as rows with that id", () => {
    const { table } = peopleTab([["a@x.example", "Ada", "", "", "", "unlinked:501", ""]]);
    expect(table.read().rows.map((row) => row.recordId)).toEqual(["unlinked:501"]);
  });

  it("takes two sheet calls whatever the number of rows; beyond 200,000 cells two per block and a look that the rows stayed", () => {
    const { table, grid } = peopleTab(people(300));
    table.read();
    expect(grid.sheetCalls()).toBe(2);
    const large = peopleTab(people(30_000));
    expect(large.table.read().rows).toHaveLength(30_000);
    expect(large.grid.sheetCalls()).toBe(5);
  });

  it("F8: an error value is unreadable, the same word inside a text is not", () => {
    const { table, grid, tabId } = peopleTab([["#N/A", "#N/A in a text", "", "Loading...", "", "1", ""]]);
    grid.user.type(tabId, 2, 5, "=A9", "#SPILL!");
    const [row] = table.read().rows;
    expect(row?.cells.email?.value).toEqual({ kind: "unreadable", text: "#N/A" });
    expect(row?.cells.name?.value.kind).toBe("text");
    expect(row?.cells.phone?.value.kind).toBe("unreadable");
    expect(row?.cells.city).toEqual({ value: { kind: "unreadable", text: "#SPILL!" }, formula: "=A9" });
  });

  it("F7: a cell below an array formula counts as a formula cell", () => {
    const { table, grid, tabId } = peopleTab(people(3));
    grid.user.type(tabId, 1, 5, '={"City";ARRAYFORMULA(A2:A)}', "City");
    const read = table.read();
    expect(read.rows[2]?.cells.city?.formula).toContain("ARRAYFORMULA");
    expect(read.formulaFields).toEqual(["city"]);
  });

  it("names fields whose last data row holds a formula", () => {
    const { table, grid, tabId } = peopleTab(people(3));
    grid.user.type(tabId, 4, 4, "=B4", "x");
    expect(table.read().formulaFields).toEqual(["phone"]);
  });
});

describe("binding columns", () => {
  it("R18: follows columns that were moved and renamed", () => {
    const { table, grid, tabId } = peopleTab(people(2));
    grid.user.type(tabId, 1, 2, "Full name");
    grid.user.moveColumn(tabId, 2, 7);
    grid.user.insertColumns(tabId, 1, 2);
    const read = table.read();
    expect(read.rows[0]?.cells.name?.value).toEqual({ kind: "text", text: "Name 1" });
    expect(read.rows[0]?.recordId).toBe("101");
    const name = read.columns.find((one) => one.mapping.field === "name");
    expect(name?.header).toBe("Full name");
    expect(name?.mapping.header).toBe("Name");
  });

  it("finds columns by their header when the tags are gone, and tags them again", () => {
    const { grid, tabId, mapping } = peopleTab(people(2), false);
    grid.user.type(tabId, 1, 2, "  nAME ");
    expect(createTable(grid, mapping).read().rows).toHaveLength(2);
    const tags = grid.tab(tabId)?.tags() ?? [];
    expect(tags.map((tag) => `${tag.column}=${tag.value}`).sort()).toEqual(
      ["1=c0", "2=c1", "4=c2", "5=c3", "6=id", "7=status"].sort(),
    );
    expect(new Set(tags.map((tag) => tag.key))).toEqual(new Set([tagKey("m1")]));
  });

  it("R18: a mapped column that is gone suspends its field only", () => {
    const { table, grid, tabId } = peopleTab(people(2));
    grid.user.deleteColumns(tabId, 4, 1);
    const read = table.read();
    expect(read.problem).toBeNull();
    expect(read.suspended.map((one) => one.field)).toEqual(["phone"]);
    expect(Object.keys(read.rows[0]?.cells ?? {})).toEqual(["email", "name", "city"]);
  });

  it("R18: tells a missing tab, header row and id column, and a column bound twice", () => {
    const gone = peopleTab(people(1));
    gone.grid.user.deleteTab(gone.tabId);
    expect(gone.table.read().problem).toEqual({ kind: "tab-missing" });

    const headless = peopleTab(people(3));
    headless.grid.user.deleteRows(headless.tabId, 1, 1);
    expect(headless.table.read().problem).toEqual({ kind: "header-missing", headerRow: 1 });

    const idless = peopleTab(people(1));
    idless.grid.user.deleteColumns(idless.tabId, 6, 1);
    expect(idless.table.read().problem).toEqual({ kind: "id-column-missing" });

    const doubled = peopleTab(people(1));
    doubled.grid.tab(doubled.tabId)?.tagColumn(3, tagKey("m1"), "c1");
    expect(doubled.table.read().problem).toEqual({ kind: "column-bound-twice", field: "name", columns: [2, 3] });
  });

  it("R18: an empty tab has no header row", () => {
    const { grid } = peopleTab([]);
    const empty = grid.addUserTab("Empty", []);
    expect(createTable(grid, peopleMapping(empty)).read().problem?.kind).toBe("header-missing");
  });

  it("follows a header row that rows were put above of", () => {
    const { table, grid, tabId } = peopleTab(people(2));
    grid.user.insertRows(tabId, 1, 2);
    grid.user.type(tabId, 1, 1, "Our customers");
    const read = table.read();
    expect(read.rows.map((row) => row.rowNumber)).toEqual([4, 5]);
  });

  it("R18: finds a header row that moved and lost a header by the names of its own columns", () => {
    const { table, grid, tabId } = peopleTab(people(2));
    grid.user.insertRows(tabId, 1, 1);
    grid.user.type(tabId, 2, 2, "overwritten");
    expect(table.read().rows.map((row) => [row.rowNumber, row.recordId])).toEqual([
      [3, "101"],
      [4, "102"],
    ]);
  });

  it("does not start when the header row was sorted into the data", () => {
    const { table, grid, tabId } = peopleTab(people(4));
    grid.user.moveRows(tabId, 1, 1, 4);
    expect(table.read().problem?.kind).toBe("header-missing");
  });

  it("keeps its tags apart from those of another mapping on the same tab", () => {
    const { grid, tabId } = peopleTab(people(2));
    const other = createTable(grid, peopleMapping(tabId, { id: "m2" }));
    expect(other.read().problem).toEqual({ kind: "id-column-missing" });
  });
});
