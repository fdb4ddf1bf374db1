import { errorOf, evaluate, startHost, valueFrom } from "./support/start-host";

const SHEET = "const file = SpreadsheetApp.getActive(); const sheet = file.getActiveSheet();";

it("16: metadata sits on the file, a sheet, a whole row or a whole column, nowhere else", async () => {
  expect(
    await evaluate(`${SHEET}
      file.addDeveloperMetadata("file", "1"); sheet.addDeveloperMetadata("sheet");
      sheet.getRange("2:2").addDeveloperMetadata("row", "2"); sheet.getRange("C:C").addDeveloperMetadata("column", "3", SpreadsheetApp.DeveloperMetadataVisibility.PROJECT);
      return file.createDeveloperMetadataFinder().find().map((entry) => [entry.getKey(), entry.getValue(), String(entry.getVisibility()), String(entry.getLocation().getLocationType())].join());`),
  ).toEqual(["file,1,DOCUMENT,SPREADSHEET", "sheet,,DOCUMENT,SHEET", "row,2,DOCUMENT,ROW", "column,3,PROJECT,COLUMN"]);
  expect(await errorOf(`${SHEET} sheet.getRange("A1:B2").addDeveloperMetadata("k");`)).toContain(
    "Adding developer metadata to arbitrary ranges is not currently supported",
  );
});

it("16: a column keeps its metadata when columns are inserted before it, moved or sorted, and loses it when deleted", async () => {
  expect(
    await evaluate(`${SHEET}
      sheet.getRange("B:B").addDeveloperMetadata("field", "email");
      const column = () => sheet.createDeveloperMetadataFinder().withKey("field").find().map((entry) => entry.getLocation().getColumn().getColumn()).join();
      const seen = [column()];
      sheet.insertColumnBefore(1); seen.push(column());
      sheet.insertColumnAfter(3); seen.push(column());
      sheet.moveColumns(sheet.getRange("C1"), 1); seen.push(column());
      sheet.moveColumns(sheet.getRange("A1"), 6); seen.push(column());
      sheet.deleteColumns(1, 2); seen.push(column());
      sheet.deleteColumn(3); seen.push(column());
      return seen;`),
  ).toEqual(["2", "3", "3", "1", "5", "3", ""]);
});

it("16: metadata follows what the user does with columns, and travels with a copy of the file", async () => {
  const host = startHost(`
    function bind() { SpreadsheetApp.getActiveSheet().getRange("B:B").addDeveloperMetadata("field", "email"); }
    function find() { return SpreadsheetApp.getActiveSheet().createDeveloperMetadataFinder().find().map((entry) => entry.getLocation().getColumn().getA1Notation()).join(); }`);
  await host.run("bind");
  host.user.moveColumns(0, 2, 1, 5);
  expect(valueFrom(await host.run("find"))).toBe("D:D");
  host.user.insertColumns(0, 1, 2);
  expect(valueFrom(await host.run("find"))).toBe("F:F");
  const old = host.workbook.id;
  host.user.copyFile();
  expect(host.workbook.id).not.toBe(old);
  expect(valueFrom(await host.run("find"))).toBe("F:F");
});

it("16: finders filter by key, value, id, place and visibility", async () => {
  expect(
    await evaluate(`${SHEET} const other = file.insertSheet("Other");
      sheet.getRange("A:A").addDeveloperMetadata("k", "1"); sheet.getRange("B:B").addDeveloperMetadata("k", "2"); other.getRange("A:A").addDeveloperMetadata("k", "3");
      const id = sheet.getRange("B:B").getDeveloperMetadata()[0].getId();
      const values = (finder) => finder.find().map((entry) => entry.getValue()).join();
      const place = SpreadsheetApp.DeveloperMetadataLocationType;
      return [values(file.createDeveloperMetadataFinder().withKey("k")), values(sheet.createDeveloperMetadataFinder().withKey("k")),
        values(sheet.createDeveloperMetadataFinder().withValue("2")), values(file.createDeveloperMetadataFinder().withId(id)),
        values(file.createDeveloperMetadataFinder().withLocationType(place.ROW)), values(sheet.getRange("A1:A").createDeveloperMetadataFinder())];`),
  ).toEqual(["1,2,3", "1,2", "2", "2", "", "1"]);
});

it("16: an entry can be changed, moved and removed", async () => {
  expect(
    await evaluate(`${SHEET} sheet.getRange("A:A").addDeveloperMetadata("k", "1");
      const entry = sheet.getRange("A:A").getDeveloperMetadata()[0];
      entry.setValue("2").setKey("j").moveToColumn(sheet.getRange("D:D"));
      const moved = sheet.getRange("D:D").getDeveloperMetadata().map((found) => found.getKey() + found.getValue()).join();
      entry.remove();
      return [moved, file.createDeveloperMetadataFinder().find().length];`),
  ).toEqual(["j2", 0]);
});

it("16: the file and each sheet hold 30,000 characters of metadata", async () => {
  expect(
    await errorOf(
      `${SHEET} sheet.addDeveloperMetadata("k".repeat(10), "v".repeat(29990)); sheet.getRange("A:A").addDeveloperMetadata("k");`,
    ),
  ).toContain("30000");
  expect(
    await evaluate(`${SHEET} sheet.addDeveloperMetadata("k".repeat(10), "v".repeat(29990)); file.addDeveloperMetadata("k", "v".repeat(29999));
      return file.createDeveloperMetadataFinder().find().length;`),
  ).toBe(2);
});
