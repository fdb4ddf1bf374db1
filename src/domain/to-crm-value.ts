import { readChoice, readChoices } from "./choice";
import { canonicalDecimal, numberToDecimal, shiftDecimal } from "./decimal";
import type { Field } from "./schema";
import { type CrmValue, type SheetValue, showValue } from "./value";
import { isCalendarDay, parseInstant, toInstant, type Zone } from "./zone";

/** A cell's value in the field's type, or why it cannot become that (rule F10). `reason` names the allowed form. */
export type CrmValueRead =
  | { readonly kind: "value"; readonly value: CrmValue }
  | { readonly kind: "invalid"; readonly reason: string };

/** What may stand behind a day. */
const ISO_TIME = /^[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?$/;
const PERCENTAGE = /^([+-]?[\d.]+)\s*%$/;
/** Groups of three digits that nobody can take for a decimal comma: two groups or more, or a point behind them. */
const GROUPED = /^[+-]?\d{1,3}(?:(?:,\d{3}){2,}(?:\.\d+)?|,\d{3}\.\d+)$/;

/** Whole numbers above this are not exact in a cell. */
const MAX_EXACT = Number.MAX_SAFE_INTEGER;

/** Converts what a cell holds into the field's wire form; blank becomes `""`. Never throws. */
export function toCrmValue(field: Field, cell: SheetValue, zone: Zone): CrmValueRead {
  if (cell.kind === "blank") return value("");
  if (cell.kind === "unreadable") return invalid(`the cell shows ${cell.text}`);
  switch (field.type) {
    case "number":
    case "currency":
      return toDecimal(field, cell);
    case "percent":
      return toPercent(field, cell);
    case "boolean":
      return toBoolean(cell);
    case "date":
      return toDate(cell);
    case "datetime":
      return toDatetime(cell, zone);
    case "choice":
      return toChoice(field, cell);
    case "multi-choice":
      return toChoices(field, cell);
    default:
      return toText(field, cell);
  }
}

type FilledCell = Exclude<SheetValue, { kind: "blank" } | { kind: "unreadable" }>;

function value(text: CrmValue): CrmValueRead {
  return { kind: "value", value: text };
}

function invalid(reason: string): CrmValueRead {
  return { kind: "invalid", reason };
}

function cellText(cell: FilledCell): string | null {
  switch (cell.kind) {
    case "text":
      return cell.text;
    case "number":
      return Math.abs(cell.number) > MAX_EXACT ? null : numberToDecimal(cell.number);
    case "boolean":
      return cell.boolean ? "TRUE" : "FALSE";
    case "wall":
      return cell.text.replace("T", " ");
  }
}

/** Why a number of 16 digits and more is refused: the cell has lost some of them already. */
const TOO_LONG = "a number this long is not exact in a cell; format the column as plain text and type it again";

function toText(field: Field, cell: FilledCell): CrmValueRead {
  const text = cellText(cell);
  if (text === null) return invalid(TOO_LONG);
  const sent = field.trims ? text.trim() : text;
  if (field.maxLength !== null && sent.length > field.maxLength) {
    return invalid(`the text has ${sent.length} characters; ${field.maxLength} are allowed`);
  }
  return value(sent);
}

function toDecimal(field: Field, cell: FilledCell): CrmValueRead {
  const text = cellText(cell);
  if (text === null) return invalid(TOO_LONG);
  if (text.trim() === "") return value("");
  const plain = GROUPED.test(text.trim()) ? text.replace(/,/g, "") : text;
  const decimal = canonicalDecimal(plain, field.scale);
  return decimal === null ? invalid(`"${text}" is not a number; write digits, like 1250.5`) : value(decimal);
}

/** Only a percent cell or a text with a percent sign is a percentage: a plain number is never guessed (section 3). */
function toPercent(field: Field, cell: FilledCell): CrmValueRead {
  const text = cell.kind === "text" ? cell.text.trim() : null;
  if (text === "") return value("");
  const share = cell.kind === "number" && cell.percent ? numberToDecimal(cell.number) : null;
  const percent = share === null ? PERCENTAGE.exec(text ?? "")?.[1] : shiftDecimal(share, 2);
  const decimal = percent === undefined ? null : canonicalDecimal(percent, field.scale);
  return decimal === null ? invalid("write a percentage like 12.5 % or format the cell as percent") : value(decimal);
}

function toBoolean(cell: FilledCell): CrmValueRead {
  const text = cellText(cell);
  if (text === null) return invalid(TOO_LONG);
  const known = readBoolean(text);
  return known === null ? invalid(`"${text.trim()}" is neither yes nor no; write TRUE or FALSE`) : value(known);
}

/** `true`, `false` or blank, as people and CRMs write them; null for anything else. */
export function readBoolean(text: string): "true" | "false" | "" | null {
  const word = text.trim().toLowerCase();
  if (word === "") return "";
  if (word === "true" || word === "1" || word === "yes") return "true";
  return word === "false" || word === "0" || word === "no" ? "false" : null;
}

function toDate(cell: FilledCell): CrmValueRead {
  if (cell.kind === "wall") return value(cell.text.slice(0, 10));
  const text = showValue(cell).trim();
  return text === "" || isCalendarDay(text)
    ? value(text)
    : invalid(`"${text}" is not a date; write it as YYYY-MM-DD or as a date cell`);
}

function toDatetime(cell: FilledCell, zone: Zone): CrmValueRead {
  const text = showValue(cell).trim();
  if (text === "") return value("");
  const instant = parseInstant(text) ?? wallInstant(text, zone);
  if (instant === null) {
    return invalid(`"${text}" is not a date with time; write it as YYYY-MM-DD HH:MM`);
  }
  return value(new Date(instant).toISOString());
}

function wallInstant(text: string, zone: Zone): number | null {
  const [day, time] = [text.slice(0, 10), text.slice(10)];
  if (!isCalendarDay(day) || (time !== "" && !ISO_TIME.test(time))) return null;
  const twoDigits = (_: string, hour: string, minute: string, second = "00") =>
    `T${hour.padStart(2, "0")}:${minute}:${second}`;
  return toInstant(day + time.replace(ISO_TIME, twoDigits), zone);
}

function toChoice(field: Field, cell: FilledCell): CrmValueRead {
  const text = cellText(cell);
  if (text === null) return invalid(TOO_LONG);
  if (text.trim() === "") return value("");
  const read = readChoice(field, text);
  return read.kind === "option" ? value(read.value) : read;
}

function toChoices(field: Field, cell: FilledCell): CrmValueRead {
  const text = cellText(cell);
  if (text === null) return invalid(TOO_LONG);
  const read = readChoices(field, text);
  return read.kind === "options" ? value(read.values.join(";")) : read;
}
