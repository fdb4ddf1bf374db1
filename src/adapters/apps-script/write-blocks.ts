import { SyncError } from "../../domain/errors";
import type { GridBlock, GridValue } from "../../ports/grid";
import { needsApostrophe } from "./reread-text";
import { toSerialDay } from "./serial-day";
import { setFormats } from "./set-formats";

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;
type Entered = string | number | boolean;

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
 * else, dates as day numbers in a date format. Text never becomes a formula. One write per block, in their order, behind
 * what the formats of all of them take: a write, or a read and at most three writes.
 */
export function writeBlocks(sheet: Sheet, blocks: readonly GridBlock[], habit: ApostropheHabit): void {
  setFormats(sheet, blocks);
  for (const block of blocks) enterBlock(sheet, block, habit);
}

function enterBlock(sheet: Sheet, { rect, values }: GridBlock, habit: ApostropheHabit): void {
  const range = sheet.getRange(rect.row, rect.column, rect.rows, rect.columns);
  const escaped = findEscaped(values);
  range.setValues(enter(values, habit.kept !== true));
  if (escaped === null || habit.kept !== null) return;
  const [row, column] = escaped;
  const cell = range.getCell(row + 1, column + 1);
  const shown: unknown = cell.getValue();
  habit.kept = shown === `'${String(values[row]?.[column])}`;
  if (habit.kept) range.setValues(enter(values, false));
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
