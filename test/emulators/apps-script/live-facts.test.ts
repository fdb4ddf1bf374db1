import { evaluate } from "./support/start-host";

/**
 * Facts that the gas-fakes test suite (github.com/brucemcpherson/gas-fakes, folder test) asserts on live Apps Script as well,
 * stated anew. The title names the file and the section there.
 */
const SHEET = "const file = SpreadsheetApp.getActive(); const sheet = file.getActiveSheet();";

it("39: testsheetsdeveloper.js, A1 notation: open ranges keep their notation, inverted ones are put right, $ is dropped", async () => {
  expect(
    await evaluate(
      `${SHEET} return ["B2:D5", "$C$3", "5:7", "D:F", "Sheet1!E10:F12", "C5:B2", "5:2", "D:B"].map((name) => sheet.getRange(name).getA1Notation());`,
    ),
  ).toEqual(["B2:D5", "C3", "5:7", "D:F", "E10:F12", "B2:C5", "2:5", "B:D"]);
});

it("39: testsheetsdeveloper.js, range bounds: rows of a column range are unbounded, columns of a row range too", async () => {
  expect(
    await evaluate(`${SHEET} return ["A5:C10", "3:5", "B:D"].map((name) => { const range = sheet.getRange(name);
      return [range.isStartRowBounded(), range.isEndRowBounded(), range.isStartColumnBounded(), range.isEndColumnBounded()]; });`),
  ).toEqual([
    [true, true, true, true],
    [true, true, false, false],
    [false, false, true, true],
  ]);
});

it("39: testsheetsdeveloper.js, metadata: a cell of the column has none, finders change in place, adding gives the range back", async () => {
  expect(
    await evaluate(`${SHEET} const added = sheet.getRange("G:G").addDeveloperMetadata("key", "value").getA1Notation();
      const finder = file.createDeveloperMetadataFinder(); finder.withKey("other");
      return [added, sheet.getRange("G3").getDeveloperMetadata().length, sheet.getDeveloperMetadata().length, finder.find().length];`),
  ).toEqual(["G:G", 0, 0, 0]);
});

it("39: testsheetsdeveloper.js, metadata: an entry moves to a column, a row, a sheet and the file", async () => {
  expect(
    await evaluate(`${SHEET} const other = file.insertSheet("Other"); sheet.getRange("8:8").addDeveloperMetadata("key");
      const entry = sheet.getRange("8:8").getDeveloperMetadata()[0]; const place = () => entry.getLocation();
      entry.moveToColumn(sheet.getRange("J:J")); const column = place().getColumn().getA1Notation();
      entry.moveToRow(sheet.getRange("9:9")); const row = place().getRow().getA1Notation();
      entry.moveToSheet(other); const name = place().getSheet().getName();
      entry.moveToSpreadsheet();
      return [column, row, name, place().getLocationType().toString(), place().getSpreadsheet().getId() === file.getId()];`),
  ).toEqual(["J:J", "9:9", "Other", "SPREADSHEET", true]);
});

it("39: testsheetsvalues.js, insertSheet: after the active sheet or at the given place, indexes follow", async () => {
  expect(
    await evaluate(`${SHEET} file.insertSheet("s1"); file.insertSheet("s2"); file.insertSheet("s3", 1); file.insertSheet("s4", 0);
      return file.getSheets().map((each) => each.getName() + each.getIndex()).join();`),
  ).toBe("s41,Sheet12,s33,s14,s25");
});

it("39: testsheetsvalues.js, sorting: columns are those of the sheet, truth values come after numbers", async () => {
  expect(
    await evaluate(`${SHEET} const range = sheet.getRange("B21:F23").setValues([[1, 2, 3, 4, false], [6, 7, 8, 9, 10], [11, 12, 13, 14, 15]]);
      range.sort([{ column: 6, ascending: false }, { column: 5 }, 2]);
      return range.getValues().map((row) => row[4]);`),
  ).toEqual([false, 15, 10]);
});

it("39: testsheetsvalues.js, white space: a text that starts with spaces before = is text", async () => {
  expect(await evaluate(`${SHEET} return sheet.getRange("A1").setValue("   =SUM(1,2)").getValue();`)).toBe(
    "   =SUM(1,2)",
  );
});

it("39: testsheetsvalues.js, isBlank: of an empty range true, of one with a value false", async () => {
  expect(
    await evaluate(`${SHEET} const range = sheet.getRange("A1:C3"); const before = range.isBlank(); sheet.getRange("B2").setValue(0);
      return [before, range.isBlank(), range.offset(0, 0, 1, 1).isBlank()];`),
  ).toEqual([true, false, true]);
});

it("39: teststores.js, cache: put and remove give null, an item of 2 seconds is gone after 2 seconds", async () => {
  expect(
    await evaluate(`const cache = CacheService.getUserCache(); const seen = [cache.put("t", "x"), cache.get("t"), cache.remove("t"), cache.get("t"), cache.put("t", "y", 2), cache.get("t")];
      Utilities.sleep(2000); return seen.concat([cache.get("t")]);`),
  ).toEqual([null, "x", null, null, null, "y", null]);
});
