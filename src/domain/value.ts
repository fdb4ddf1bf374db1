import { numberToDecimal, shiftDecimal } from "./decimal";

/**
 * Values as the two sides hold them. The core never sees a `Date`, a locale or a JSON number of a CRM:
 * adapters turn what they read into these two forms, which are plain JSON and lose nothing.
 */

/**
 * A CRM value in wire form, always text; `""` is the one blank (null, "" and missing are the same).
 * number: plain decimal · boolean: `true`/`false` · date: `YYYY-MM-DD` · datetime: ISO instant, UTC ·
 * choice: internal value · multi-choice: internal values joined by `;` · reference: record id.
 */
export type CrmValue = string;

/** What a cell holds. `wall` is a date (`YYYY-MM-DD`) or a date with time (`YYYY-MM-DDTHH:mm:ss`) in the spreadsheet's zone. */
export type SheetValue =
  | { readonly kind: "blank" }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "number"; readonly number: number; readonly percent?: true }
  | { readonly kind: "boolean"; readonly boolean: boolean }
  | { readonly kind: "wall"; readonly text: string }
  /** Error value, `Loading…` or a value of unknown make: takes no part in a run (rule F8). */
  | { readonly kind: "unreadable"; readonly text: string };

/** A sheet value as one string, for shadows and comparison: a letter for the kind, then the text. Blank is `""`. */
export type EncodedValue = string;

/** A cell: its value and, where there is one, its formula (with the leading `=`). */
export interface Cell {
  readonly value: SheetValue;
  readonly formula: string | null;
}

export const BLANK: SheetValue = { kind: "blank" };

/** Text of a cell; the empty string is blank. */
export function textValue(text: string): SheetValue {
  return text === "" ? BLANK : { kind: "text", text };
}

/** One string per distinct value; the inverse of `decodeValue`. */
export function encodeValue(value: SheetValue): EncodedValue {
  switch (value.kind) {
    case "blank":
      return "";
    case "text":
      return `t${value.text}`;
    case "number":
      return `${value.percent ? "p" : "n"}${value.number}`;
    case "boolean":
      return value.boolean ? "b1" : "b0";
    case "wall":
      return `w${value.text}`;
    case "unreadable":
      return `u${value.text}`;
  }
}

/** Is this what `encodeValue` gives? Makes no string of a text, for a table has millions of them. */
export function isEncodedAs(value: SheetValue, encoded: EncodedValue): boolean {
  if (value.kind !== "text") return encodeValue(value) === encoded;
  const { text } = value;
  return encoded.length === text.length + 1 && encoded.startsWith("t") && encoded.endsWith(text);
}

/** The value that `encodeValue` was given. */
export function decodeValue(encoded: EncodedValue): SheetValue {
  if (encoded === "") return BLANK;
  const text = encoded.slice(1);
  switch (encoded[0]) {
    case "n":
      return { kind: "number", number: Number(text) };
    case "p":
      return { kind: "number", number: Number(text), percent: true };
    case "b":
      return { kind: "boolean", boolean: text === "1" };
    case "w":
      return { kind: "wall", text };
    case "u":
      return { kind: "unreadable", text };
    default:
      return { kind: "text", text };
  }
}

/** How a person would read the value: for previews, messages and the history; never compared. */
export function showValue(value: SheetValue): string {
  switch (value.kind) {
    case "blank":
      return "";
    case "number":
      return value.percent ? `${shiftDecimal(numberToDecimal(value.number) ?? "", 2)} %` : String(value.number);
    case "boolean":
      return value.boolean ? "TRUE" : "FALSE";
    case "wall":
      return value.text.replace("T", " ");
    case "text":
    case "unreadable":
      return value.text;
  }
}
