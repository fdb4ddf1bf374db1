import { evaluate } from "./support/start-host";

const SHEET = "const sheet = SpreadsheetApp.getActiveSheet(); const cell = sheet.getRange('A1');";
const inZone = (timeZone: string) => ({ spreadsheet: { timeZone } });

it("9: a date is a serial in the time zone of the spreadsheet, not of the script", async () => {
  expect(
    await evaluate(
      `${SHEET} cell.setValue(new Date(Date.UTC(2026, 0, 2, 3)));
      const display = cell.getDisplayValue(); cell.setNumberFormat("0.000");
      return [display, cell.getValue(), Session.getScriptTimeZone(), SpreadsheetApp.getActive().getSpreadsheetTimeZone()];`,
      inZone("America/New_York"),
    ),
  ).toEqual(["1/1/2026 22:00:00", expect.closeTo(46023.916667, 5), "Etc/UTC", "America/New_York"]);
});

it("9: a typed day is midnight in the spreadsheet's zone", async () => {
  expect(
    await evaluate(`${SHEET} cell.setValue("2026-01-02"); return cell.getValue().toISOString();`, inZone("Asia/Tokyo")),
  ).toBe("2026-01-01T15:00:00.000Z");
});

it.each([
  // Clocks go forward on 2026-03-29 at 02:00 and back on 2026-10-25 at 03:00.
  ["2026-03-29 01:59:59", "2026-03-29T00:59:59.000Z"],
  ["2026-03-29 03:00:00", "2026-03-29T01:00:00.000Z"],
  ["2026-03-29 02:30:00", "2026-03-29T01:30:00.000Z"],
  ["2026-10-25 01:30:00", "2026-10-24T23:30:00.000Z"],
  ["2026-10-25 02:30:00", "2026-10-25T00:30:00.000Z"],
  ["2026-10-25 03:30:00", "2026-10-25T02:30:00.000Z"],
])("9: %s in Berlin is %s", async (typed, instant) => {
  expect(
    await evaluate(
      `${SHEET} cell.setValue("${typed}"); return cell.getValue().toISOString();`,
      inZone("Europe/Berlin"),
    ),
  ).toBe(instant);
});

it("9: every hour of the days of change survives a round trip", async () => {
  expect(
    await evaluate(
      `${SHEET} const wrong = [];
      for (const day of [Date.UTC(2026, 2, 8), Date.UTC(2026, 10, 1)]) {
        const dates = Array.from({ length: 36 }, (_, hour) => [new Date(day + hour * 3600000)]);
        const range = sheet.getRange(1, 1, 36, 1).setValues(dates);
        range.getValues().forEach(([read], index) => { if (read.getTime() !== dates[index][0].getTime()) wrong.push(dates[index][0].toISOString()); });
      }
      return wrong;`,
      inZone("America/New_York"),
    ),
  ).toEqual(["2026-11-01T06:00:00.000Z"]);
});

it("9: the local time of Date is that of the script project", async () => {
  const manifest = { timeZone: "America/New_York" };
  expect(
    await evaluate(
      `const date = new Date(2026, 6, 4, 12, 30);
      const later = new Date(date); later.setHours(23, 59);
      return [date.toISOString(), date.getHours(), date.getTimezoneOffset(), date.toString(), later.toISOString(),
        new Date("2026-07-04T12:00:00").toISOString(), new Date("2026-07-04").toISOString(), new Date("2026-07-04T12:00:00Z").getHours(),
        Utilities.formatDate(date, "Asia/Tokyo", "yyyy-MM-dd HH:mm")];`,
      { manifest },
    ),
  ).toEqual([
    "2026-07-04T16:30:00.000Z",
    12,
    240,
    "Sat Jul 04 2026 12:30:00 GMT-0400 (Eastern Daylight Time)",
    "2026-07-05T03:59:00.000Z",
    "2026-07-04T16:00:00.000Z",
    "2026-07-04T00:00:00.000Z",
    8,
    "2026-07-05 01:30",
  ]);
});

it.each([
  ["1234.5", "General", "1234.5"],
  ["1/3", "General", "0.3333333333"],
  ["0.1+0.2", "General", "0.3"],
  ["1234567890.25", "General", "1234567890.25"],
  ["-12345678901.125", "General", "-12345678901.125"],
  ["1e6/3", "General", "333333.3333"],
  ["Math.PI", "General", "3.141592654"],
  ["1234.5", "0", "1235"],
  ["1234.565", "0.00", "1234.57"],
  ["1234567.891", "#,##0.00", "1,234,567.89"],
  ["-1234.5", "#,##0.00", "-1,234.50"],
  ["0.256", "0%", "26%"],
  ["0.256", "0.00%", "25.60%"],
  ["1234.5", "$#,##0.00", "$1,234.50"],
  ["-5", "0;(0)", "(5)"],
  ["5", "000", "005"],
  ["12345", "0.00E+00", "1.23E+04"],
  ["7", "@", "7"],
  ["46023.5", "yyyy-mm-dd", "2026-01-01"],
  ["46023.5", "m/d/yyyy", "1/1/2026"],
  ["46023.5", "yyyy-mm-dd hh:mm:ss", "2026-01-01 12:00:00"],
  ["46023.75", "h:mm AM/PM", "6:00 PM"],
  ["46023", "dddd, mmmm d", "Thursday, January 1"],
  ["46023.0625", "mm:ss", "30:00"],
  ["1.5", "[h]:mm", "36:00"],
])("10: %s in the format %s is shown as %s", async (value, format, shown) => {
  expect(
    await evaluate(`${SHEET} cell.setNumberFormat("${format}").setValue(${value}); return cell.getDisplayValue();`),
  ).toBe(shown);
});

it("10: typed values bring their format along", async () => {
  expect(
    await evaluate(`${SHEET} const range = sheet.getRange("A1:F1").setValues([["50%", "$12.50", "1/2/2026", "1,234", "2026-01-02", "plain"]]);
      return [range.getDisplayValues()[0], range.getNumberFormats()[0]];`),
  ).toEqual([
    ["50%", "$12.50", "1/2/2026", "1,234", "2026-01-02", "plain"],
    ["0%", "$#,##0.00", "m/d/yyyy", "#,##0", "yyyy-mm-dd", "0.###############"],
  ]);
});

it("10: truth values, texts and empty cells are shown as such", async () => {
  expect(
    await evaluate(`${SHEET} return sheet.getRange("A1:C1").setValues([[true, "x", ""]]).getDisplayValues()[0];`),
  ).toEqual(["TRUE", "x", ""]);
});
