import type { StoredValue } from "../host-api";
import { formatDatePattern } from "./format-date-pattern";
import type { SheetLocale } from "./locale";
import { AUTOMATIC_FORMAT, isDateFormat } from "./number-format";

/** What a person sees in a cell. */
export function formatValue(value: StoredValue, format: string | null, locale: SheetLocale): string {
  switch (typeof value) {
    case "string":
      return value;
    case "boolean":
      return value ? locale.trueText : locale.falseText;
    case "number":
      return formatNumber(value, format, locale);
    default:
      return "";
  }
}

function formatNumber(value: number, format: string | null, locale: SheetLocale): string {
  if (format === null || format === AUTOMATIC_FORMAT || format === "@") {
    return automatic(value).replace(".", locale.decimal);
  }
  if (isDateFormat(format)) {
    return formatDatePattern(value, format);
  }
  const sections = format.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/);
  const [positive = "0", negative, zero] = sections;
  if (value === 0 && zero !== undefined) {
    return byPattern(0, zero, locale);
  }
  if (value < 0) {
    return negative !== undefined && negative !== ""
      ? byPattern(-value, negative, locale)
      : `-${byPattern(-value, positive, locale)}`.replace(/^-(?=[0.,]*$)/, "");
  }
  return byPattern(value, positive, locale);
}

/** Digits of a number as people type them; a result that needs more is no round figure and is cut. */
const TYPED_DIGITS = 15;

/**
 * assumed: the automatic format shows what was typed with up to ten decimals, cuts the endless digits of a calculated
 * number after ten significant ones, and shows large numbers as powers of ten.
 */
function automatic(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e15 || size < 1e-9)) {
    const [mantissa = "", exponent = "0"] = value.toExponential(5).split("e");
    const power = Number(exponent);
    const digits = String(Math.abs(power)).padStart(2, "0");
    return `${mantissa.replace(/\.?0+$/, "")}E${power < 0 ? "-" : "+"}${digits}`;
  }
  if (Number.isInteger(value)) {
    return String(value);
  }
  const wholeDigits = size < 1 ? 0 : Math.floor(Math.log10(size)) + 1;
  const digits = String(size)
    .replace(/e.*$|\./g, "")
    .replace(/^0+/, "").length;
  const decimals = digits <= TYPED_DIGITS ? 10 : Math.max(0, 10 - wholeDigits);
  const text = value.toFixed(decimals);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** One section of a number pattern: literals around digit placeholders. */
function byPattern(value: number, pattern: string, locale: SheetLocale): string {
  const clean = pattern.replace(/\[\$([^\]-]*)[^\]]*\]/g, '"$1"').replace(/\[[^\]]*\]/g, "");
  const match = /((?:[^0#?"\\]|"[^"]*"|\\.)*)([0#?,]*)(?:\.([0#?]*))?(E[+-]0+)?((?:.|\s)*)/.exec(clean);
  const [, prefix = "", whole = "", fraction, exponent, suffix = ""] = match ?? [];
  const literal = (text: string): string =>
    text.replace(/"([^"]*)"|\\(.)|_.|\*./g, (_all, quoted?: string, escaped?: string) => quoted ?? escaped ?? "");
  if (whole === "" && fraction === undefined) {
    return clean.includes("@") ? literal(clean).replace("@", automatic(value)) : literal(clean);
  }
  const scaled = /%/.test(suffix.replace(/"[^"]*"/g, "")) ? value * 100 : value;
  const thousands = /,+$/.exec(whole)?.[0].length ?? 0;
  const digits =
    exponent === undefined
      ? decimalDigits(scaled / 1_000 ** thousands, whole, fraction ?? "", locale)
      : exponentDigits(scaled, fraction ?? "", locale);
  return `${literal(prefix)}${digits}${literal(suffix)}`;
}

function decimalDigits(value: number, whole: string, fraction: string, locale: SheetLocale): string {
  const [integer = "0", rest = ""] = toFixedHalfUp(value, fraction.length).split(".");
  const minimum = whole.replace(/[^0]/g, "").length;
  const padded = integer === "0" && minimum === 0 ? "" : integer.padStart(minimum, "0");
  const grouped = /[0#?],+[0#?]/.test(whole) ? padded.replace(/\B(?=(\d{3})+$)/g, locale.group) : padded;
  const required = fraction.replace(/[#]+$/, "").length;
  const decimals = rest.replace(/0+$/, "").padEnd(required, "0");
  return decimals === "" ? grouped : `${grouped}${locale.decimal}${decimals}`;
}

function exponentDigits(value: number, fraction: string, locale: SheetLocale): string {
  const [mantissa = "0", exponent = "0"] = value.toExponential(fraction.length).split("e");
  const power = Number(exponent);
  const digits = String(Math.abs(power)).padStart(2, "0");
  return `${mantissa.replace(".", locale.decimal)}E${power < 0 ? "-" : "+"}${digits}`;
}

/** Rounds as people do: 1.005 to 1.01, where binary arithmetic would give 1.00. */
function toFixedHalfUp(value: number, decimals: number): string {
  const shifted = Number(`${value.toPrecision(15)}`) * 10 ** decimals;
  return shifted < 1e15
    ? (Math.round(Number(shifted.toPrecision(15))) / 10 ** decimals).toFixed(decimals)
    : value.toFixed(decimals);
}
