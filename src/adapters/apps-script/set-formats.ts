import type { GridBlock, GridValue, Rect } from "../../ports/grid";
import { MAX_FORMAT_READ_CELLS, MAX_LIST_RANGES } from "./assumed";
import { columnLetters } from "./column-letters";
import { couldBeReread } from "./reread-text";
import { DATE_FORMAT, DATE_TIME_FORMAT, isDateFormat } from "./serial-day";

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

const TEXT_FORMAT = "@";

/** A cell that needs a format before its value is entered. */
interface FormatNeed {
  readonly row: number;
  readonly column: number;
  readonly format: string;
}

/**
 * Sets the number formats that values need before they are entered. Texts that could be read as something else get the
 * text format whatever they have, in one write without a look. Dates keep the date format that their cell has, so where
 * there are dates the formats are read first and only missing ones are set. Needs that are too scattered for that are met
 * block by block: one read, one write.
 */
export function setFormats(sheet: Sheet, blocks: readonly GridBlock[]): void {
  const needs = blocks.flatMap(({ rect, values }) => needsOf(rect, values));
  const lists = needs.every((need) => need.format === TEXT_FORMAT) ? toLists(needs) : listMissing(sheet, needs);
  if (lists === null) for (const { rect, values } of blocks) setBlockFormats(sheet, rect, needsOf(rect, values));
  else for (const [format, ranges] of lists) sheet.getRangeList([...ranges]).setNumberFormat(format);
}

/** Lists of ranges that lack a format; null: too many ranges, or too far apart for one read. */
function listMissing(sheet: Sheet, needs: readonly FormatNeed[]): FormatLists | null {
  const around = boundsOf(needs);
  if (around === null) return [];
  if (around.rows * around.columns > MAX_FORMAT_READ_CELLS) return null;
  const now = sheet.getRange(around.row, around.column, around.rows, around.columns).getNumberFormats();
  return toLists(needs.filter((need) => isMissing(need, now[need.row - around.row]?.[need.column - around.column])));
}

type FormatLists = readonly (readonly [format: string, ranges: readonly string[]])[];

function toLists(needs: readonly FormatNeed[]): FormatLists | null {
  const lists = [TEXT_FORMAT, DATE_FORMAT, DATE_TIME_FORMAT].map(
    (format) => [format, toRanges(needs.filter((need) => need.format === format))] as const,
  );
  if (lists.some(([, ranges]) => ranges.length > MAX_LIST_RANGES)) return null;
  return lists.filter(([, ranges]) => ranges.length > 0);
}

function isMissing(need: FormatNeed, now = ""): boolean {
  return need.format === TEXT_FORMAT ? now !== TEXT_FORMAT : !isDateFormat(now);
}

function needsOf(rect: Rect, values: readonly (readonly GridValue[])[]): readonly FormatNeed[] {
  const needs: FormatNeed[] = [];
  values.forEach((line, r) => {
    line.forEach((value, c) => {
      const format = formatFor(value);
      if (format !== null) needs.push({ row: rect.row + r, column: rect.column + c, format });
    });
  });
  return needs;
}

function formatFor(value: GridValue): string | null {
  if (typeof value === "string") return couldBeReread(value) ? TEXT_FORMAT : null;
  if (typeof value !== "object") return null;
  return value.wall.length > 10 ? DATE_TIME_FORMAT : DATE_FORMAT;
}

/** Ranges in A1 form that cover exactly these cells: runs down a column. */
function toRanges(cells: readonly FormatNeed[]): readonly string[] {
  const sorted = [...cells].sort((a, b) => a.column - b.column || a.row - b.row);
  const runs: { column: number; row: number; last: number }[] = [];
  for (const { row, column } of sorted) {
    const run = runs[runs.length - 1];
    if (run !== undefined && run.column === column && row <= run.last + 1) run.last = row;
    else runs.push({ column, row, last: row });
  }
  return runs.map(({ column, row, last }) => `${columnLetters(column)}${row}:${columnLetters(column)}${last}`);
}

/** Sets the formats that are missing in one block, in one rectangle around them. */
function setBlockFormats(sheet: Sheet, rect: Rect, needs: readonly FormatNeed[]): void {
  if (needs.length === 0) return;
  const formats = sheet.getRange(rect.row, rect.column, rect.rows, rect.columns).getNumberFormats();
  const missing = needs.filter((need) => isMissing(need, formats[need.row - rect.row]?.[need.column - rect.column]));
  for (const { row, column, format } of missing) {
    const line = formats[row - rect.row];
    if (line !== undefined) line[column - rect.column] = format;
  }
  const around = boundsOf(missing);
  if (around === null) return;
  const top = around.row - rect.row;
  const left = around.column - rect.column;
  const part = formats.slice(top, top + around.rows).map((line) => line.slice(left, left + around.columns));
  sheet.getRange(around.row, around.column, around.rows, around.columns).setNumberFormats(part);
}

function boundsOf(cells: readonly FormatNeed[]): Rect | null {
  if (cells.length === 0) return null;
  let [top, left, bottom, right] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0, 0];
  for (const { row, column } of cells) {
    top = Math.min(top, row);
    bottom = Math.max(bottom, row);
    left = Math.min(left, column);
    right = Math.max(right, column);
  }
  return { row: top, column: left, rows: bottom - top + 1, columns: right - left + 1 };
}
