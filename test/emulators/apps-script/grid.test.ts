import { errorOf, evaluate } from "./support/start-host";

const SHEET = "const sheet = SpreadsheetApp.getActiveSheet();";

it("1: a new tab has 1,000 rows and 26 columns", async () => {
  expect(
    await evaluate(`const sheet = SpreadsheetApp.getActive().insertSheet("New");
      return [sheet.getMaxRows(), sheet.getMaxColumns(), sheet.getLastRow(), sheet.getLastColumn()];`),
  ).toEqual([1000, 26, 0, 0]);
});

it("1: setValues never grows the grid, insertRowsAfter and appendRow do", async () => {
  expect(
    await evaluate(`${SHEET}
      sheet.deleteRows(3, 998);
      sheet.getRange("A1:B2").setValues([[1, 2], [3, 4]]);
      const full = sheet.getMaxRows();
      sheet.appendRow(["a", "b"]);
      const appended = [sheet.getMaxRows(), sheet.getLastRow()];
      sheet.insertRowsAfter(sheet.getMaxRows(), 7);
      sheet.insertColumnsAfter(26, 2);
      return [full, appended, sheet.getMaxRows(), sheet.getMaxColumns()];`),
  ).toEqual([2, [3, 3], 10, 28]);
});

const LOOKS = `
      const looks = (row, column) => { const cell = sheet.getRange(row, column);
        return [cell.getNumberFormat(), cell.getBackground(), cell.getDataValidation() !== null, cell.getValue(), cell.getNote()]; };
      const dress = (a1, format, color) => {
        const rule = SpreadsheetApp.newDataValidation().requireValueInList(["x"]).setAllowInvalid(true).build();
        sheet.getRange(a1).setNumberFormat(format).setBackground(color).setValue("x").setNote("n");
        sheet.getRange(a1).setDataValidation(rule);
      };`;
const AUTOMATIC = ["0.###############", "#ffffff", false, "", ""];

it("40: rows inserted after a row take the look of that row, rows inserted before one that of the row below", async () => {
  expect(
    await evaluate(`${SHEET} ${LOOKS}
      dress("B2", "@", "#aa0000");
      dress("B3", "yyyy-mm-dd", "#00bb00");
      sheet.insertRowsAfter(2, 2);
      sheet.insertRowsBefore(5, 1);
      sheet.insertRows(1, 1);
      return [1, 4, 5, 6].map((row) => looks(row, 2)).concat([looks(4, 3)]);`),
  ).toEqual([
    AUTOMATIC,
    ["@", "#aa0000", true, "", ""],
    ["@", "#aa0000", true, "", ""],
    ["yyyy-mm-dd", "#00bb00", true, "", ""],
    AUTOMATIC,
  ]);
});

it("40: rows that make the grid longer look like its last row, also for appendRow", async () => {
  expect(
    await evaluate(`${SHEET} ${LOOKS}
      sheet.getRange("A1:A1000").setNumberFormat("@");
      sheet.insertRowsAfter(1000, 500);
      sheet.getRange("A1500").setValue("007");
      sheet.appendRow(["008"]);
      return [sheet.getRange("A1500").getValue(), sheet.getRange("A1501").getValue(), sheet.getMaxRows()];`),
  ).toEqual(["007", "008", 1501]);
});

it("40: inserted columns look like the column before, or after them", async () => {
  expect(
    await evaluate(`${SHEET} ${LOOKS}
      dress("Z2", "@", "#aa0000");
      sheet.insertColumnsAfter(26, 2);
      sheet.insertColumnBefore(26);
      return [26, 27, 28, 29].map((column) => looks(2, column)[0]).concat(looks(3, 28)[0]);`),
  ).toEqual(["@", "@", "@", "@", AUTOMATIC[0]]);
});

it("2: a range outside the grid is refused", async () => {
  expect(await errorOf(`${SHEET} sheet.getRange(1001, 1);`)).toBe(
    "The coordinates of the range are outside the dimensions of the sheet.",
  );
});

it("2: a range fails at use when its rows were deleted after it was made", async () => {
  expect(await errorOf(`${SHEET} const last = sheet.getRange(1000, 1); sheet.deleteRow(5); last.setValue("x");`)).toBe(
    "The coordinates of the range are outside the dimensions of the sheet.",
  );
});

it.each([
  ["sheet.getRange(0, 1)", "The starting row of the range is too small."],
  ["sheet.getRange(1, 0)", "The starting column of the range is too small."],
  ["sheet.getRange(1, 1, 0, 1)", "The number of rows in the range must be at least 1."],
  ["sheet.getRange(1, 1, 1, 0)", "The number of columns in the range must be at least 1."],
  ["sheet.getRange('what is this')", "Range not found"],
  ["sheet.deleteRows(999, 3)", "Those rows are out of bounds."],
  ["sheet.insertRowsBefore(1002, 1)", "Those rows are out of bounds."],
  ["sheet.deleteRows(1, 1000)", "You can't delete all the rows on the sheet."],
])("2: %s fails with Google's text", async (code, text) => {
  expect(await errorOf(`${SHEET} ${code};`)).toBe(text);
});

it("3: setValues names both numbers when rows or columns do not match", async () => {
  expect(await errorOf(`${SHEET} sheet.getRange("A1:B2").setValues([[1, 2]]);`)).toBe(
    "The number of rows in the data does not match the number of rows in the range. The data has 1 but the range has 2.",
  );
  expect(await errorOf(`${SHEET} sheet.getRange("A1:B1").setValues([[1, 2, 3]]);`)).toBe(
    "The number of columns in the data does not match the number of columns in the range. The data has 3 but the range has 2.",
  );
});

it("4: the limit of 10,000,000 cells counts empty cells", async () => {
  expect(await errorOf(`${SHEET} sheet.insertRowsAfter(1, 400000);`)).toBe(
    "This action would increase the number of cells in the workbook above the limit of 10000000 cells.",
  );
});

it("4: a text of 50,000 characters fits into a cell, one more does not", async () => {
  expect(
    await evaluate(
      `${SHEET} sheet.getRange("A1").setValue("x".repeat(50000)); return sheet.getRange("A1").getValue().length;`,
    ),
  ).toBe(50_000);
  expect(await errorOf(`${SHEET} sheet.getRange("A1").setValue("x".repeat(50001));`)).toBe(
    "Your input contains more than the maximum of 50000 characters in a single cell.",
  );
});

it("5: two sheets cannot have the same name", async () => {
  expect(await errorOf(`const file = SpreadsheetApp.getActive(); file.insertSheet("A"); file.insertSheet("A");`)).toBe(
    'A sheet with the name "A" already exists. Please enter another name.',
  );
});

it("5: the only visible sheet cannot be hidden, a second one can", async () => {
  expect(
    await evaluate(`const file = SpreadsheetApp.getActive(); const hidden = file.insertSheet("State").hideSheet();
      return [hidden.isSheetHidden(), file.getActiveSheet().getName()];`),
  ).toEqual([true, "Sheet1"]);
  expect(await errorOf(`${SHEET} sheet.hideSheet();`)).not.toBe("");
});

it("reads ranges by A1 text with open ends and sheet names", async () => {
  expect(
    await evaluate(`const file = SpreadsheetApp.getActive(); const sheet = file.getSheetByName("Sheet1");
      file.insertSheet("It's here");
      return ["B2:D4", "C:C", "2:3", "A5:A", "B2"].map((name) => sheet.getRange(name))
        .concat([file.getRange("'It''s here'!B1:B2")])
        .map((range) => [range.getRow(), range.getColumn(), range.getNumRows(), range.getNumColumns(), range.getSheet().getName()].join());`),
  ).toEqual([
    "2,2,3,3,Sheet1",
    "1,3,1000,1,Sheet1",
    "2,1,2,26,Sheet1",
    "5,1,996,1,Sheet1",
    "2,2,1,1,Sheet1",
    "1,2,2,1,It's here",
  ]);
});

it("moves rows and columns with their contents, formats and notes", async () => {
  expect(
    await evaluate(`${SHEET}
      sheet.getRange("A1:C3").setValues([["a", "b", "c"], [1, 2, 3], [4, 5, 6]]);
      sheet.getRange("B1").setNote("note").setBackground("#ff0000");
      sheet.moveColumns(sheet.getRange("B1"), 1);
      sheet.moveRows(sheet.getRange("A3:A3"), 2);
      sheet.insertColumnBefore(1);
      return [sheet.getDataRange().getValues(), sheet.getRange("B1").getNote(), sheet.getRange("B1").getBackground()];`),
  ).toEqual([
    [
      ["", "b", "a", "c"],
      ["", 5, 4, 6],
      ["", 2, 1, 3],
    ],
    "note",
    "#ff0000",
  ]);
});

it("sorts rows by a column, empty cells last", async () => {
  expect(
    await evaluate(`${SHEET}
      sheet.getRange("A1:B4").setValues([["b", 1], ["", 2], ["a", 3], ["c", 4]]);
      const up = sheet.getRange("A1:B4").sort(1).getValues();
      const down = sheet.getRange("A1:B4").sort({ column: 1, ascending: false }).getValues();
      return [up, down].map((rows) => rows.map((row) => row.join("")));`),
  ).toEqual([
    ["a3", "b1", "c4", "2"],
    ["c4", "b1", "a3", "2"],
  ]);
});

it("clears what it is asked to clear and keeps the rest", async () => {
  expect(
    await evaluate(`${SHEET} const range = sheet.getRange("A1");
      const fill = () => range.setValue("x").setNote("n").setBackground("#00ff00");
      const look = () => [range.getValue(), range.getNote(), range.getBackground()].join();
      const seen = [];
      fill().clearContent(); seen.push(look());
      fill().clearNote(); seen.push(look());
      fill().clearFormat(); seen.push(look());
      fill().clear({ contentsOnly: true }); seen.push(look());
      fill().clear(); seen.push(look());
      return seen;`),
  ).toEqual([",n,#00ff00", "x,,#00ff00", "x,n,#ffffff", ",n,#00ff00", ",n,#ffffff"]);
});

it("names the method that is not emulated", async () => {
  expect(await errorOf(`${SHEET} sheet.getRange("A1").createPivotTable();`)).toBe(
    "not emulated: Range.createPivotTable",
  );
  expect(await errorOf(`SpreadsheetApp.openByUrl("https://example.com");`)).toContain("SpreadsheetApp.openByUrl");
});

it("refuses arguments of the wrong type with Google's text", async () => {
  expect(await errorOf(`${SHEET} sheet.getRange("A1").setValues("x");`)).toBe(
    "The parameters (String) don't match the method signature for SpreadsheetApp.Range.setValues.",
  );
});

it("copies ranges with relative formulas", async () => {
  expect(
    await evaluate(`${SHEET}
      sheet.getRange("A1:B1").setValues([[2, "=A1*$A$1"]]);
      sheet.getRange("A1:B1").copyTo(sheet.getRange("A2"));
      sheet.getRange("A2").setValue(5);
      return [sheet.getRange("B2").getFormula(), sheet.getRange("B2").getValue()];`),
  ).toEqual(["=A2*$A$1", 10]);
});
