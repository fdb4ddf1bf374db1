import { errorOf, evaluate } from "./support/start-host";

const SHEET = "const sheet = SpreadsheetApp.getActiveSheet();";

/** What getValue() gives after setValue(), with the type, and the formula if there is one. */
const written = (value: string, before = ""): Promise<unknown> =>
  evaluate(`${SHEET} const cell = sheet.getRange("A1"); ${before} cell.setValue(${value});
    const read = cell.getValue();
    return [read instanceof Date ? "Date " + read.toISOString() : read, cell.getFormula()];`);

it.each([
  [`"007"`, 7],
  [`"1,234.5"`, 1234.5],
  [`"-12"`, -12],
  [`"+5"`, 5],
  [`"50%"`, 0.5],
  [`"$12.50"`, 12.5],
  [`"(5)"`, -5],
  [`"1e3"`, 1000],
  [`".5"`, 0.5],
  [`"TRUE"`, true],
  [`"false"`, false],
  [`"1/2"`, "Date 2026-01-02T00:00:00.000Z"],
  [`"1/2/2025"`, "Date 2025-01-02T00:00:00.000Z"],
  [`"2025-12-31"`, "Date 2025-12-31T00:00:00.000Z"],
  [`"Jan 2, 2025"`, "Date 2025-01-02T00:00:00.000Z"],
  [`"2 Jan 2025"`, "Date 2025-01-02T00:00:00.000Z"],
  [`"1/2/2025 13:30"`, "Date 2025-01-02T13:30:00.000Z"],
  [`"10:30 PM"`, "Date 1899-12-30T22:30:00.000Z"],
])("6: setValue(%s) is read as if typed", async (value, expected) => {
  expect(await written(value)).toEqual([expected, ""]);
});

it.each([
  `"Ada Lovelace"`,
  `"13/45/2025"`,
  `"2025-02-30"`,
  `"2025-01-02T10:00:00Z"`,
  `"1.2.3.4"`,
  `"12 Main Street"`,
  `"555-1234"`,
  `"(555) 123-4567"`,
  `"marching"`,
  `"1-2-3-4"`,
  `"a=b"`,
  `"Infinity"`,
  `"0x1F"`,
  `"@x"`,
])("6: setValue(%s) stays text", async (value) => {
  expect(await written(value)).toEqual([JSON.parse(value), ""]);
});

it("6: a leading = is a formula, a leading + too", async () => {
  expect(await written(`"=1+2"`)).toEqual([3, "=1+2"]);
  expect(await written(`"+1+2"`)).toEqual([3, "=+1+2"]);
  expect(await written(`"+1 555"`)).toEqual(["#ERROR!", "=+1 555"]);
});

it("6: a leading minus before text is a formula (assumed)", async () => {
  expect(await written(`"-x"`)).toEqual([expect.stringMatching(/^#/), "=-x"]);
});

it("6: a German sheet reads German numbers, dates and truth values", async () => {
  const body = `${SHEET} sheet.getRange("A1:E1").setValues([["1.234,5", "2.1.2025", "WAHR", "1.5", "1,5"]]);
    return [sheet.getRange("A1:E1").getValues()[0].map((value) => value instanceof Date ? value.toISOString() : value),
      sheet.getRange("A1:E1").getDisplayValues()[0]];`;
  expect(await evaluate(body, { spreadsheet: { locale: "de_DE" } })).toEqual([
    [1234.5, "2025-01-02T00:00:00.000Z", true, "2026-05-01T00:00:00.000Z", 1.5],
    ["1.234,50", "2.1.2025", "WAHR", "1.5", "1,5"],
  ]);
});

it("6: numbers and truth values written as such keep their type", async () => {
  expect(await written("7")).toEqual([7, ""]);
  expect(await written("true")).toEqual([true, ""]);
  expect(await written("null")).toEqual(["", ""]);
  expect(await written("undefined")).toEqual(["", ""]);
});

it("7: a leading apostrophe keeps text and is not read back", async () => {
  expect(await written(`"'007"`)).toEqual(["007", ""]);
  expect(await written(`"'=1+2"`)).toEqual(["=1+2", ""]);
  expect(await written(`"'+1 555 0100"`)).toEqual(["+1 555 0100", ""]);
});

it("7: the number format @ set before the write keeps text", async () => {
  const asText = `cell.setNumberFormat("@");`;
  expect(await written(`"007"`, asText)).toEqual(["007", ""]);
  expect(await written(`"1/2"`, asText)).toEqual(["1/2", ""]);
  expect(await written(`"TRUE"`, asText)).toEqual(["TRUE", ""]);
  expect(await written(`"=1+2"`, asText)).toEqual(["=1+2", ""]);
});

it.each([
  [true, "'007"],
  [false, "007"],
])("7: whether a text cell keeps an apostrophe is a switch: %s gives %s", async (textCellsKeepApostrophe, read) => {
  const body = `return SpreadsheetApp.getActiveSheet().getRange("A1").setNumberFormat("@").setValue("'007").getValue();`;
  expect(await evaluate(body, { textCellsKeepApostrophe })).toBe(read);
});

it("7: the number format @ set after the write does not bring the text back", async () => {
  expect(
    await evaluate(
      `${SHEET} const cell = sheet.getRange("A1"); cell.setValue("007"); cell.setNumberFormat("@"); return cell.getValue();`,
    ),
  ).toBe(7);
});

it("8: getValues gives numbers, truth values, dates, texts and '' for empty cells", async () => {
  expect(
    await evaluate(`${SHEET} sheet.getRange("A1:E1").setValues([[1, true, new Date(2026, 0, 2), "x", ""]]);
      return sheet.getRange("A1:E1").getValues()[0].map((value) => value instanceof Date ? "Date" : value);`),
  ).toEqual([1, true, "Date", "x", ""]);
});

it("8: arrays and dates are the execution's own", async () => {
  expect(
    await evaluate(`${SHEET} sheet.getRange("A1").setValue(new Date());
      const values = sheet.getRange("A1").getValues();
      return [values instanceof Array, values[0] instanceof Array, values[0][0] instanceof Date, values[0][0].constructor === Date];`),
  ).toEqual([true, true, true, true]);
});

it("8: formula errors are read as texts", async () => {
  expect(
    await evaluate(`${SHEET} sheet.getRange("A1:C1").setValues([["=1/0", "=nofunction(1)", "=1+"]]);
      return sheet.getRange("A1:C1").getValues()[0];`),
  ).toEqual(["#DIV/0!", "#NAME?", "#ERROR!"]);
});

it("formulas follow the cells they mean when rows move, and are recalculated", async () => {
  expect(
    await evaluate(`${SHEET}
      sheet.getRange("A1:A3").setValues([[1], [2], ["=SUM(A1:A2)"]]);
      const before = sheet.getRange("A3").getValue();
      sheet.insertRowBefore(2);
      sheet.getRange("A2").setValue(10);
      const moved = [sheet.getRange("A4").getFormula(), sheet.getRange("A4").getValue()];
      sheet.deleteRow(1);
      return [before, moved, sheet.getRange("A3").getFormula(), sheet.getRange("A3").getValue()];`),
  ).toEqual([3, ["=SUM(A1:A3)", 13], "=SUM(A1:A2)", 12]);
});

it("formulas read other sheets", async () => {
  expect(
    await evaluate(`const file = SpreadsheetApp.getActive(); file.insertSheet("Other Tab").getRange("B2").setValue(21);
      const cell = file.getSheetByName("Sheet1").getRange("A1").setFormula("='Other Tab'!B2*2");
      return [cell.getValue(), cell.getDisplayValue()];`),
  ).toEqual([42, "42"]);
});

it("a rejecting validation refuses a value that is not in its list", async () => {
  const list = `${SHEET} const cell = sheet.getRange("B3");
    cell.setDataValidation(SpreadsheetApp.newDataValidation().requireValueInList(["new", "open"], true).setAllowInvalid(false).build());`;
  expect(await evaluate(`${list} cell.setValue("open"); return cell.getValue();`)).toBe("open");
  expect(await errorOf(`${list} cell.setValue("wrong"); SpreadsheetApp.flush();`)).toBe(
    "The data you entered in cell B3 violates the data validation rules set on this cell.",
  );
});
