import { SyncError } from "../../domain/errors";
import type { GridValue } from "../../ports/grid";
import { couldBeReread, needsApostrophe } from "./reread-text";
import { DATE_FORMAT, DATE_TIME_FORMAT, isDateFormat, toSerialDay } from "./serial-day";

type Range = GoogleAppsScript.Spreadsheet.Range;
type Entered = string | number | boolean;

const TEXT_FORMAT = "@";

/**
 * Nobody wrote down whether a text-formatted cell takes the leading apostrophe off a text that a script enters.
 * So formula-like texts are first written with one, which is safe either way, and the first of them is read back once.
 */
export interface ApostropheHabit {
  /** null: not looked at yet. */
  kept: boolean | null;
}

/**
 * Enters exactly these values: text in a text format (and behind an apostrophe) wherever it could be read as something
 * else, dates as day numbers in a date format. Text never becomes a formula. One write of the values, and one read and at
 * most one write of formats when there is such a text or a date.
 */
export function writeValues(range: Range, values: readonly (readonly GridValue[])[], habit: ApostropheHabit): void {
  if (values.some((line) => line.some(needsFormat))) writeFormats(range, values);
  const escaped = findEscaped(values);
  range.setValues(enter(values, habit.kept !== true));
  if (escaped === null || habit.kept !== null) return;
  const [row, column] = escaped;
  const cell = range.getCell(row + 1, column + 1);
  const shown: unknown = cell.getValue();
  habit.kept = shown === `'${String(values[row]?.[column])}`;
  if (habit.kept) range.setValues(enter(values, false));
}

function needsFormat(value: GridValue): boolean {
  return typeof value === "string" ? couldBeReread(value) : typeof value === "object";
}

/** Sets the formats that are missing, in one rectangle around them. */
function writeFormats(range: Range, values: readonly (readonly GridValue[])[]): void {
  const formats = range.getNumberFormats();
  let top = values.length;
  let bottom = -1;
  let left = Number.POSITIVE_INFINITY;
  let right = -1;
  for (let r = 0; r < values.length; r++) {
    const line = values[r] ?? [];
    const now = formats[r] ?? [];
    for (let c = 0; c < line.length; c++) {
      const wanted = formatOf(line[c] ?? "", now[c] ?? "");
      if (wanted === null) continue;
      now[c] = wanted;
      top = Math.min(top, r);
      bottom = r;
      left = Math.min(left, c);
      right = Math.max(right, c);
    }
  }
  if (bottom < 0) return;
  const part = formats.slice(top, bottom + 1).map((line) => line.slice(left, right + 1));
  range.offset(top, left, part.length, right - left + 1).setNumberFormats(part);
}

/** Format that a cell needs before the value is entered; null: the one it has will do. */
function formatOf(value: GridValue, now: string): string | null {
  if (typeof value === "string") return now !== TEXT_FORMAT && couldBeReread(value) ? TEXT_FORMAT : null;
  if (typeof value !== "object") return null;
  if (isDateFormat(now)) return null;
  return value.wall.length > 10 ? DATE_TIME_FORMAT : DATE_FORMAT;
}

function findEscaped(values: readonly (readonly GridValue[])[]): readonly [number, number] | null {
  for (let r = 0; r < values.length; r++) {
    const line = values[r] ?? [];
    for (let c = 0; c < line.length; c++) {
      const value = line[c];
      if (typeof value === "string" && needsApostrophe(value)) return [r, c];
    }
  }
  return null;
}

function enter(values: readonly (readonly GridValue[])[], withApostrophe: boolean): Entered[][] {
  const entered: Entered[][] = [];
  for (const line of values) {
    const out: Entered[] = [];
    for (const value of line) out.push(enterOne(value, withApostrophe));
    entered.push(out);
  }
  return entered;
}

function enterOne(value: GridValue, withApostrophe: boolean): Entered {
  if (typeof value === "string") return withApostrophe && needsApostrophe(value) ? `'${value}` : value;
  if (typeof value !== "object") return value;
  const serial = toSerialDay(value.wall);
  if (serial === null) throw new SyncError("bug", "no-wall-clock", "A date to be written is no date.");
  return serial;
}
