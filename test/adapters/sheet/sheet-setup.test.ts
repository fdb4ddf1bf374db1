import { createTable } from "../../../src/adapters/sheet/create-table";
import { createHistoryTab, HISTORY_TAB_NAME } from "../../../src/adapters/sheet/history-tab";
import { createSheetSetup } from "../../../src/adapters/sheet/setup/create-sheet-setup";
import { UTC } from "../../../src/domain/zone";
import { FakeGrid } from "../../support/fake-grid";
import { people, peopleMapping, peopleTab } from "./people-tab";

const spec = {
  name: "People",
  columns: [
    { header: "Email", note: "Links rows and records.", text: true, widthPx: 220 },
    { header: "Size", note: "", text: false, widthPx: 90 },
  ],
};

describe("templates", () => {
  it("makes a tab with a frozen header, text columns and the add-on's own columns, and opens it", () => {
    const grid = new FakeGrid();
    grid.addUserTab("People", [["taken"]]);
    const { tabId, tabName } = createSheetSetup(grid).createTemplate(spec);
    expect(tabName).toBe("People 2");
    expect(grid.values(tabId)).toEqual([["Email", "Size", "CRM record ID", "CRM sync status"]]);
    expect([1, 2, 3].map((column) => grid.cell(tabId, 2, column).format)).toEqual(["@", "", "@"]);
    expect(grid.cell(tabId, 1, 1).note).toBe("Links rows and records.");
    expect(grid.stored(tabId)).toMatchObject({ frozenRows: 1, widths: { 1: 220, 2: 90 } });
    expect(grid.stored(tabId).protections).toHaveLength(1);
    expect(grid.activeTab().id).toBe(tabId);
  });
});

describe("headers", () => {
  it("finds the first row with two texts, and gives up to three different examples of each column", () => {
    const grid = new FakeGrid();
    const tabId = grid.addUserTab("List", [
      ["Our customers", "", ""],
      ["", "", ""],
      ["Email", "Size", ""],
      ["a@x.example", 5, "no header"],
      ["a@x.example", 5, ""],
      ["b@x.example", 7, ""],
      ["c@x.example", true, ""],
      ["d@x.example", { wall: "2026-01-02" }, ""],
    ]);
    expect(createSheetSetup(grid).readHeader(tabId, null)).toEqual({
      headerRow: 3,
      columns: [
        { column: 1, header: "Email", samples: ["a@x.example", "b@x.example", "c@x.example"], role: "data" },
        { column: 2, header: "Size", samples: ["5", "7", "TRUE"], role: "data" },
        { column: 3, header: "", samples: ["no header"], role: "data" },
      ],
    });
  });

  it("knows the add-on's own columns by their header or their tag", () => {
    const { grid, tabId } = peopleTab(people(1));
    grid.user.type(tabId, 1, 6, "Key");
    const roles = createSheetSetup(grid)
      .readHeader(tabId, 1)
      .columns.map((one) => one.role);
    expect(roles.slice(5)).toEqual(["record-id", "status"]);
  });

  it("says that a tab is missing", () => {
    expect(() => createSheetSetup(new FakeGrid()).readHeader(7, null)).toThrow(/deleted/);
  });
});

describe("binding and unbinding", () => {
  const places = new Map([
    ["c0", 1],
    ["c1", 2],
    ["c2", 4],
    ["c3", 5],
  ]);

  it("tags the columns and adds what is missing, once", () => {
    const grid = new FakeGrid();
    const tabId = grid.addUserTab("List", [["Email", "Name", "Notes", "Phone", "City"], ["a@x.example"]]);
    const mapping = peopleMapping(tabId);
    const setup = createSheetSetup(grid);
    setup.bind(mapping, places);
    expect(grid.values(tabId)[0]?.slice(5)).toEqual(["CRM record ID", "CRM sync status"]);
    expect(grid.cell(tabId, 2, 6).format).toBe("@");
    const tags = [...grid.stored(tabId).tags];
    setup.bind(mapping, places);
    expect(grid.stored(tabId).tags).toEqual(tags);
    expect(createTable(grid, mapping).read().problem).toBeNull();
    grid.user.moveColumn(tabId, 1, 6);
    expect(setup.columnsOf(mapping).get("c0")).toBe(5);
  });

  it("moves a tag when the mapping names another column", () => {
    const { grid, tabId, mapping } = peopleTab(people(1));
    const setup = createSheetSetup(grid);
    setup.bind(mapping, new Map([...places, ["c3", 3]]));
    expect(setup.columnsOf(mapping).get("c3")).toBe(3);
    expect(grid.stored(tabId).tags.filter((tag) => tag.value === "c3")).toHaveLength(1);
  });

  it("gives a second mapping of the tab columns of its own that name the CRM", () => {
    const { grid, tabId } = peopleTab(people(1));
    const other = peopleMapping(tabId, { id: "m2", crm: "salesforce" });
    createSheetSetup(grid).bind(other, places);
    expect(grid.values(tabId)[0]?.slice(7)).toEqual(["Salesforce record ID", "Salesforce sync status"]);
    expect(createTable(grid, other).read().problem).toBeNull();
  });

  it("takes over the columns that a lost mapping left behind, and leaves those of a living one", () => {
    const { grid, tabId, mapping } = peopleTab(people(1));
    const setup = createSheetSetup(grid);
    const next = peopleMapping(tabId, { id: "m2" });
    setup.bind(next, places, ["elsewhere"]);
    expect(grid.values(tabId)[0]?.slice(5)).toEqual(["CRM record ID", "CRM sync status"]);
    expect(createTable(grid, next).read()).toMatchObject({ problem: null, rows: [{ rowNumber: 2 }] });
    expect(grid.stored(tabId).tags.filter((tag) => tag.key.endsWith(mapping.id))).toEqual([]);

    setup.bind(peopleMapping(tabId, { id: "m3" }), places, ["m2"]);
    expect(grid.values(tabId)[0]?.slice(7)).toEqual(["HubSpot record ID", "HubSpot sync status"]);
    expect(createTable(grid, next).read().problem).toBeNull();
  });

  it("takes its tags off again, and nothing else", () => {
    const { grid, tabId, mapping } = peopleTab(people(1));
    grid.tab(tabId)?.tagColumn(1, "somebody.else", "x");
    const values = grid.values(tabId);
    createSheetSetup(grid).unbind(mapping);
    expect(grid.stored(tabId).tags).toEqual([{ column: 1, key: "somebody.else", value: "x" }]);
    expect(grid.values(tabId)).toEqual(values);
  });

  it("removes hidden tabs and all tags of the add-on from the file", () => {
    const { grid, tabId } = peopleTab(people(1));
    createHistoryTab(grid, UTC).append(
      {
        runId: "r",
        type: "Pull",
        mappingName: "",
        objectType: "",
        trigger: "user",
        user: "",
        startedMs: 0,
        durationMs: 0,
        totals: {} as never,
        outcome: "ok",
        messages: [],
      },
      false,
    );
    const removed = createSheetSetup(grid).removeAll();
    expect(removed.join()).toContain(HISTORY_TAB_NAME);
    expect(grid.storedTabs().map((tab) => tab.name)).toEqual(["People"]);
    expect(grid.stored(tabId).tags).toEqual([]);
  });
});
