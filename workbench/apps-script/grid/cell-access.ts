import { ERROR_TEXTS, ServiceError } from "../error-texts";
import type { CellView, StoredValue } from "../host-api";
import { isJsonObject, type Json, TYPE_TAG, tagOf } from "../json";
import { MAX_CELL_CHARACTERS } from "../limits";
import { formatOf, formulaOf, noteOf, patchSlot, type Slot, storedValue } from "./cell";
import { formatValue } from "./format-value";
import { datePattern, dateTimePattern, type SheetLocale } from "./locale";
import { AUTOMATIC_FORMAT, isDateFormat, isTextFormat } from "./number-format";
import { parseInput } from "./parse-input";
import { instantFromSerial, serialFromInstant, wallClockOf } from "./serial-date";
import type { Workbook } from "./workbook";

/** The value of a cell as getValue() gives it, in wire form: dates for numbers in a date format, "" for empty. */
export function toScriptValue(slot: Slot, workbook: Workbook): Json {
  if (slot === undefined) {
    return "";
  }
  const value = storedValue(slot);
  if (typeof value === "number" && isDateFormat(formatOf(slot))) {
    return { [TYPE_TAG]: "Date", ms: instantFromSerial(value, workbook.offsets) };
  }
  return value ?? "";
}

export const toDisplayValue = (slot: Slot, workbook: Workbook): string =>
  formatValue(storedValue(slot), formatOf(slot), workbook.locale);

/** getNumberFormat(): the format of the cell or what stands for automatic. */
export const toNumberFormat = (slot: Slot): string => formatOf(slot) ?? AUTOMATIC_FORMAT;

/** A cell as page and tests see it. */
export function toCellView(slot: Slot, workbook: Workbook): CellView {
  const style = typeof slot === "object" ? slot.style : undefined;
  return {
    value: storedValue(slot),
    display: toDisplayValue(slot, workbook),
    formula: formulaOf(slot),
    numberFormat: toNumberFormat(slot),
    note: noteOf(slot),
    ...(style === undefined ? {} : { style }),
  };
}

/** Throws for a text that no cell can hold. */
export function requireCellLength(value: Json): void {
  if (typeof value === "string" && value.length > MAX_CELL_CHARACTERS) {
    throw new ServiceError(ERROR_TEXTS.cellTooLong);
  }
}

/** What reading typed texts takes, worked out once for many cells. */
export interface WriteContext {
  readonly workbook: Workbook;
  readonly locale: SheetLocale;
  /** Year of a date that is typed without one. */
  readonly currentYear: number;
}

/** Context of a write at a moment. */
export function writeContextAt(workbook: Workbook, nowMs: number): WriteContext {
  const currentYear = wallClockOf(serialFromInstant(nowMs, workbook.offsets)).getUTCFullYear();
  return { workbook, locale: workbook.locale, currentYear };
}

/** The cell after a script wrote a value (wire form) into it: texts are read as if typed. */
export function writtenSlot(slot: Slot, value: Json, context: WriteContext): Slot {
  if (typeof value === "string") {
    return typedSlot(slot, value, context);
  }
  if (typeof value === "number" || typeof value === "boolean") {
    const oldDate = typeof value === "boolean" && isDateFormat(formatOf(slot));
    return withValue(slot, value, oldDate ? null : formatOf(slot));
  }
  if (value === null) {
    return withValue(slot, null, formatOf(slot));
  }
  if (isJsonObject(value) && tagOf(value) === "Date") {
    return dateSlot(slot, value.ms, context);
  }
  if (isJsonObject(value) && tagOf(value) === "Number") {
    return withValue(slot, "#NUM!", formatOf(slot));
  }
  return withValue(slot, JSON.stringify(value), formatOf(slot));
}

const withValue = (slot: Slot, value: StoredValue, format: string | null): Slot => {
  if (typeof slot !== "object") {
    return format === null ? (value === null || value === "" ? undefined : value) : { value, format };
  }
  return patchSlot(slot, { value: value === "" ? null : value, formula: undefined, format: format ?? undefined });
};

function dateSlot(slot: Slot, ms: Json | undefined, context: WriteContext): Slot {
  if (typeof ms !== "number") {
    return withValue(slot, "Invalid Date", formatOf(slot));
  }
  const { workbook } = context;
  const serial = serialFromInstant(ms, workbook.offsets);
  const old = formatOf(slot);
  const automatic = Number.isInteger(serial) ? datePattern(workbook.locale) : dateTimePattern(workbook.locale);
  return withValue(slot, serial, isDateFormat(old) ? old : automatic);
}

/** The cell after a text was typed or pasted into it. */
export function typedSlot(slot: Slot, text: string, context: WriteContext): Slot {
  const old = formatOf(slot);
  const { workbook, locale, currentYear } = context;
  const input = parseInput(text, {
    locale,
    plainText: isTextFormat(old),
    keepApostrophe: workbook.parts.textCellsKeepApostrophe,
    currentYear,
  });
  if (input.kind === "formula") {
    workbook.hasFormulas = true;
    return patchSlot(slot, { value: null, formula: input.formula });
  }
  // A format that was there stays; only a plain cell takes the format of what is typed.
  return withValue(slot, input.value, old ?? input.format);
}
