import type { HostEvent } from "../../../workbench/apps-script/host-api";
import { startHost, valueFrom } from "./support/start-host";

const values = (host: ReturnType<typeof startHost>, rows: number, columns: number): unknown =>
  host.workbook.cells(host.workbook.activeTabId(), 1, 1, rows, columns).map((row) => row.map(({ display }) => display));

it("typing is read as Sheets reads it, and a running script sees it", async () => {
  const host = startHost(
    `function main() { return SpreadsheetApp.getActiveSheet().getRange("A1:C1").getValues()[0].map((value) => value instanceof Date ? value.toISOString() : value); }`,
  );
  host.user.typeInto(0, 1, 1, "007");
  host.user.typeInto(0, 1, 2, "'007");
  host.user.typeInto(0, 1, 3, "=A1*2");
  expect(valueFrom(await host.run("main"))).toEqual([7, "007", 14]);
  expect(host.workbook.cells(0, 1, 3, 1, 1)[0]?.[0]).toEqual({
    value: 14,
    display: "14",
    formula: "=A1*2",
    numberFormat: "0.###############",
    note: null,
  });
});

it("a paste grows the grid, a copy of rows shifts formulas", () => {
  const host = startHost("");
  host.user.paste(0, 1000, 1, [
    ["a", "1"],
    ["b", "=B1000+1"],
  ]);
  expect(host.workbook.tabs()[0]?.rows).toBe(1001);
  host.user.copyRows(0, 1001, 1, 1002);
  expect(host.workbook.cells(0, 1002, 2, 1, 1)[0]?.[0]).toMatchObject({ formula: "=B1001+1", value: 3 });
});

it("rows and columns are inserted, deleted, moved, sorted and cleared", () => {
  const host = startHost("");
  host.user.paste(0, 1, 1, [
    ["n", "x"],
    ["b", "2"],
    ["a", "1"],
  ]);
  host.user.sortRows(0, 2, 1, true);
  expect(values(host, 3, 2)).toEqual([
    ["n", "x"],
    ["a", "1"],
    ["b", "2"],
  ]);
  host.user.moveColumns(0, 2, 1, 1);
  host.user.insertRows(0, 2, 1);
  host.user.deleteRows(0, 3, 1);
  expect(values(host, 3, 2)).toEqual([
    ["x", "n"],
    ["", ""],
    ["2", "b"],
  ]);
  host.user.clear(0, 3, 1, 1, 1);
  host.user.deleteColumns(0, 2, 1);
  expect(host.workbook.used(0)).toEqual({ rows: 1, columns: 1 });
});

it("40: rows and columns that a person inserts look like what they push away", () => {
  const host = startHost("");
  host.user.setNumberFormat(0, 2, 2, 1, 1, "@");
  host.user.insertRows(0, 2, 1);
  host.user.insertColumns(0, 2, 1);
  host.user.typeInto(0, 2, 2, "007");
  expect(values(host, 2, 3)).toEqual([
    ["", "", ""],
    ["", "007", ""],
  ]);
});

it("a person moves and hides rows, and sizes and hidden lines stay with them", async () => {
  const host = startHost(
    `function size() { SpreadsheetApp.getActiveSheet().setColumnWidth(2, 180); }
    function hidden() { const sheet = SpreadsheetApp.getActiveSheet(); return [1, 2, 3].map((row) => sheet.isRowHiddenByUser(row)); }`,
  );
  host.user.paste(0, 1, 1, [["a"], ["b"], ["c"]]);
  host.user.hideRows(0, 1, 1);
  host.user.moveRows(0, 1, 1, 4);
  expect(values(host, 3, 1)).toEqual([["b"], ["c"], ["a"]]);
  expect(valueFrom(await host.run("hidden"))).toEqual([false, false, true]);
  host.user.showRows(0, 3, 1);
  expect(valueFrom(await host.run("hidden"))).toEqual([false, false, false]);
  await host.run("size");
  host.user.insertColumns(0, 1, 1);
  expect(host.workbook.tabs()[0]?.columnWidths).toEqual({ 3: 180 });
});

it("shows how a cell looks, and says nothing of a plain one", async () => {
  const host = startHost(
    `function main() { SpreadsheetApp.getActiveSheet().getRange("A1").setValue("x").setFontWeight("bold").setBackground("#e8f0fe"); }`,
  );
  await host.run("main");
  const [[styled, plain] = []] = host.workbook.cells(0, 1, 1, 1, 2);
  expect(styled?.style).toEqual({ fontWeight: "bold", background: "#e8f0fe" });
  expect(plain).not.toHaveProperty("style");
});

it("tabs are added, renamed, hidden and deleted", () => {
  const host = startHost("");
  const id = host.user.addTab("Second");
  host.user.renameTab(id, "Renamed");
  host.user.setTabHidden(id, true);
  expect(host.workbook.tabs().map(({ name, hidden }) => `${name} ${hidden}`)).toEqual(["Sheet1 false", "Renamed true"]);
  host.user.deleteTab(id);
  expect(host.workbook.tabs()).toHaveLength(1);
});

it("every change raises the revision and is announced with who made it", async () => {
  const host = startHost(
    `function main() { SpreadsheetApp.getActiveSheet().getRange("B2:C2").setValues([[1, 2]]); SpreadsheetApp.getActive().toast("Done", "Sync"); }`,
  );
  const events: HostEvent[] = [];
  const off = host.on((event) => events.push(event));
  const before = host.workbook.revision;
  host.user.typeInto(0, 1, 1, "x");
  await host.run("main");
  host.user.select(0, 4, 5);
  off();
  host.user.typeInto(0, 1, 1, "y");
  expect(host.workbook.revision).toBe(before + 3);
  expect(events.map((event) => ("by" in event ? `${event.kind} ${event.by}` : event.kind))).toEqual([
    "cells user",
    "execution-started",
    "toast",
    "cells script",
    "execution-ended",
    "selection",
  ]);
});

it("a copy of the file has its own id; a bound script's stores and triggers stay behind, an add-on's user store stays with the user", async () => {
  const code = `function put() { PropertiesService.getUserProperties().setProperty("k", "v"); PropertiesService.getDocumentProperties().setProperty("k", "v"); ScriptApp.newTrigger("put").timeBased().everyHours(1).create(); }`;
  for (const mode of ["bound", "add-on"] as const) {
    const host = startHost(code, { mode });
    await host.run("put");
    host.user.typeInto(0, 1, 1, "x");
    host.user.copyFile();
    expect(host.workbook.name).toBe("Copy of Untitled spreadsheet");
    expect(values(host, 1, 1)).toEqual([["x"]]);
    expect(host.properties("document")).toEqual({});
    expect(host.properties("user")).toEqual(mode === "bound" ? {} : { k: "v" });
    expect(host.triggers()).toHaveLength(mode === "bound" ? 0 : 1);
  }
});
