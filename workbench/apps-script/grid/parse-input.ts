import type { StoredValue } from "../host-api";
import type { SheetLocale } from "./locale";
import { parseDate } from "./parse-date";

/** What a typed text becomes. */
export type TypedInput =
  | { readonly kind: "value"; readonly value: StoredValue; readonly format: string | null }
  | { readonly kind: "formula"; readonly formula: string };

export interface InputRules {
  readonly locale: SheetLocale;
  readonly currentYear: number;
  /** The cell holds plain text ("@"): nothing is read into it. */
  readonly plainText: boolean;
  /** Whether such a cell keeps a leading apostrophe. */
  readonly keepApostrophe: boolean;
}

/**
 * assumed: which leading signs make a text a formula, besides "=" and "+" (reported).
 * "-" is not verified on live Sheets by script; a typed "-x" shows #NAME? there. "@" is not verified.
 */
const FORMULA_SIGNS = { minus: true, at: false } as const;

const text = (value: string): TypedInput => ({ kind: "value", value, format: null });

/** Texts that cannot be anything but text: the quick way out for names, addresses and the like. */
const MAYBE_VALUE =
  /^\s*(?:[\d=+\-.,'@($€£]|true|false|wahr|falsch|vrai|faux|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i;

/** Reads a text as if a person typed it (USER_ENTERED). */
export function parseInput(typed: string, rules: InputRules): TypedInput {
  if (rules.plainText) {
    return text(typed.startsWith("'") && !rules.keepApostrophe ? typed.slice(1) : typed);
  }
  if (!MAYBE_VALUE.test(typed)) {
    return text(typed);
  }
  if (typed.startsWith("'")) {
    return text(typed.slice(1));
  }
  const trimmed = typed.trim();
  if (typed.startsWith("=") && typed.length > 1) {
    return { kind: "formula", formula: typed };
  }
  const plain = parseBoolean(trimmed, rules.locale) ?? parseNumber(trimmed, rules.locale);
  if (plain !== null) {
    return plain;
  }
  const date = parseDate(trimmed, rules.locale, rules.currentYear);
  if (date !== null) {
    return { kind: "value", value: date.serial, format: date.format };
  }
  return parseSigned(typed);
}

function parseSigned(typed: string): TypedInput {
  const isFormula =
    (typed.startsWith("+") ||
      (FORMULA_SIGNS.minus && typed.startsWith("-")) ||
      (FORMULA_SIGNS.at && typed.startsWith("@"))) &&
    typed.length > 1;
  return isFormula ? { kind: "formula", formula: `=${typed}` } : text(typed);
}

function parseBoolean(trimmed: string, locale: SheetLocale): TypedInput | null {
  const upper = trimmed.toUpperCase();
  if (upper === "TRUE" || upper === locale.trueText) {
    return { kind: "value", value: true, format: null };
  }
  return upper === "FALSE" || upper === locale.falseText ? { kind: "value", value: false, format: null } : null;
}

const escapeSign = (sign: string): string => sign.replace(/[.\s]/g, (char) => (char === "." ? "\\." : "\\s"));

const patterns = new Map<string, RegExp>();

/** sign, currency, digits with groups or without, fraction, exponent, percent. */
function numberPattern(locale: SheetLocale): RegExp {
  const known = patterns.get(locale.name);
  if (known !== undefined) {
    return known;
  }
  const group = escapeSign(locale.group);
  const decimal = escapeSign(locale.decimal);
  const created = new RegExp(
    `^([+-]?)\\s?([$€£]?)([+-]?)\\s?(\\d{1,3}(?:${group}\\d{3})+|\\d+)?(?:(${decimal})(\\d*))?(e[+-]?\\d+)?\\s?(%|[$€£])?$`,
    "i",
  );
  patterns.set(locale.name, created);
  return created;
}

function parseNumber(trimmed: string, locale: SheetLocale): TypedInput | null {
  const bracketed = /^\((.+)\)$/.exec(trimmed);
  const match = numberPattern(locale).exec(bracketed?.[1] ?? trimmed);
  if (match === null) {
    return null;
  }
  const [, sign1 = "", currency = "", sign2 = "", whole = "", point, fraction = "", exponent = "", suffix = ""] = match;
  if (
    (whole === "" && fraction === "") ||
    (sign1 !== "" && sign2 !== "") ||
    (bracketed !== null && sign1 + sign2 !== "")
  ) {
    return null;
  }
  const digits = whole.replace(/\D/g, "");
  const number = Number(`${digits === "" ? "0" : digits}.${fraction === "" ? "0" : fraction}${exponent}`);
  if (!Number.isFinite(number)) {
    return null;
  }
  const negative = sign1 + sign2 === "-" || bracketed !== null;
  const percent = suffix === "%";
  const signed = negative && number !== 0 ? -number : number;
  return {
    kind: "value",
    value: percent ? Number((signed / 100).toPrecision(15)) : signed,
    format: typedFormat({
      currency: percent ? currency : currency + suffix,
      percent,
      grouped: whole.length > digits.length,
      decimals: point === undefined ? 0 : fraction.length,
      exponent: exponent !== "",
    }),
  };
}

interface TypedForm {
  readonly currency: string;
  readonly percent: boolean;
  readonly grouped: boolean;
  readonly decimals: number;
  readonly exponent: boolean;
}

/** The format that a typed number brings along; null: automatic. */
function typedFormat(form: TypedForm): string | null {
  if (form.percent) {
    return form.decimals > 0 ? "0.00%" : "0%";
  }
  if (form.currency !== "") {
    return form.decimals > 0 ? `${form.currency}#,##0.00` : `${form.currency}#,##0`;
  }
  if (form.exponent) {
    return "0.00E+00";
  }
  return form.grouped ? (form.decimals > 0 ? "#,##0.00" : "#,##0") : null;
}
