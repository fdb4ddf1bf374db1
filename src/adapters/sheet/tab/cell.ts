import { SyncError } from "../../../domain/errors";
import {
  BLANK,
  type Cell,
  decodeValue,
  type EncodedValue,
  encodeValue,
  type SheetValue,
  showValue,
} from "../../../domain/value";
import type { GridValue } from "../../../ports/grid";

/** What a cell shows instead of a value (rule F8). Texts of Google Sheets, the same in every locale. */
const ERROR_TEXTS: ReadonlySet<string> = new Set([
  "#N/A",
  "#REF!",
  "#VALUE!",
  "#ERROR!",
  "#NAME?",
  "#DIV/0!",
  "#NUM!",
  "#NULL!",
  "Loading...",
  "Loading…",
]);

const BLANK_CELL: Cell = { value: BLANK, formula: null };

/** Does the cell show an error or a value that is still on its way? */
export function isErrorText(value: GridValue): boolean {
  if (typeof value !== "string" || value === "") return false;
  const first = value.charCodeAt(0);
  return (first === 35 || first === 76) && ERROR_TEXTS.has(value);
}

/** Value as the core holds it. Any `#…!` that a formula shows is an error, also one of a later make. */
export function toSheetValue(value: GridValue, formula: string): SheetValue {
  if (value === "") return BLANK;
  switch (typeof value) {
    case "string":
      if (isErrorText(value) || (formula !== "" && /^#[A-Z/0]+[!?]$/.test(value))) {
        return { kind: "unreadable", text: value };
      }
      return { kind: "text", text: value };
    case "number":
      return { kind: "number", number: value };
    case "boolean":
      return { kind: "boolean", boolean: value };
    default:
      return { kind: "wall", text: value.wall };
  }
}

/** A cell as the core holds it; `formula` is `""` where there is none. */
export function toCell(value: GridValue, formula: string): Cell {
  if (value === "" && formula === "") return BLANK_CELL;
  return { value: toSheetValue(value, formula), formula: formula === "" ? null : formula };
}

/** Value as the grid takes it. Throws `bug` for an unreadable value: nobody may write one. */
export function toGridValue(value: SheetValue): GridValue {
  switch (value.kind) {
    case "blank":
      return "";
    case "text":
      return value.text;
    case "number":
      return value.number;
    case "boolean":
      return value.boolean;
    case "wall":
      return { wall: value.text };
    case "unreadable":
      throw new SyncError("bug", "unreadable-written", "A cell was about to be filled with an error value.");
  }
}

/** A cell's value as one string; a formula changes how an error reads. */
export function encodeCell(value: GridValue, formula: string): EncodedValue {
  return encodeValue(toSheetValue(value, formula));
}

/** What a cell showed, to be put back or compared; an error value as its text. */
export function decodeCell(encoded: EncodedValue): GridValue {
  const value = decodeValue(encoded);
  return value.kind === "unreadable" ? value.text : toGridValue(value);
}

/** Text of an id, status or header cell, trimmed; a number as plain digits. */
export function toCellText(value: GridValue): string {
  if (typeof value === "string") return value.trim();
  return showValue(toSheetValue(value, "")).trim();
}

/** One string per distinct grid value, to compare and to look up. */
export function gridKey(value: GridValue): string {
  if (value === "") return "";
  switch (typeof value) {
    case "string":
      return `t${value}`;
    case "number":
      return `n${value}`;
    case "boolean":
      return value ? "b1" : "b0";
    default:
      return `w${value.wall}`;
  }
}

/**
 * Do two values read the same to a person? Line ends, white space and the kind of the cell don't matter: what is left is
 * a value that the sheet itself normalised, not one that somebody typed.
 */
export function looksEqual(one: GridValue, other: GridValue): boolean {
  if (gridKey(one) === gridKey(other)) return true;
  return looseText(one) === looseText(other);
}

function looseText(value: GridValue): string {
  return showValue(toSheetValue(value, "")).normalize("NFC").replace(/\s+/g, " ").trim();
}
