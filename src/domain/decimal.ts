/** Exact decimals as text: CRM numbers never go through floating point for comparison (sync-rules section 3). */

const PLAIN = /^([+-]?)(\d*)(?:\.(\d*))?$/;
const SCIENTIFIC = /^([+-]?\d+(?:\.\d+)?)[eE]([+-]?\d+)$/;

/** Largest power of ten that a number written with an exponent may have; beyond it the text is no sensible amount. */
const MAX_EXPONENT = 40;

/**
 * Canonical decimal text: no plus sign, no leading or trailing zeros, no `-0`, rounded half away from zero to `scale`
 * digits where a scale is given. Null when the text is no plain decimal (scientific notation of moderate size is taken).
 */
export function canonicalDecimal(text: string, scale: number | null): string | null {
  const plain = expandExponent(text.trim());
  const match = plain === null ? null : PLAIN.exec(plain);
  if (!match || (!match[2] && !match[3])) return null;
  let whole = (match[2] ?? "").replace(/^0+/, "");
  let fraction = (match[3] ?? "").replace(/0+$/, "");
  if (scale !== null && fraction.length > scale) {
    [whole, fraction] = roundDigits(whole, fraction, scale);
  }
  if (whole === "") whole = "0";
  const digits = fraction === "" ? whole : `${whole}.${fraction}`;
  return match[1] === "-" && digits !== "0" ? `-${digits}` : digits;
}

function roundDigits(whole: string, fraction: string, scale: number): [string, string] {
  const up = fraction.charCodeAt(scale) >= 53; // "5"
  const digits = `0${whole}${fraction.slice(0, scale)}`.split("");
  for (let at = digits.length - 1; up && at >= 0; at--) {
    if (digits[at] !== "9") {
      digits[at] = String(Number(digits[at]) + 1);
      break;
    }
    digits[at] = "0";
  }
  const text = digits.join("");
  const cut = text.length - scale;
  return [text.slice(0, cut).replace(/^0+/, ""), text.slice(cut).replace(/0+$/, "")];
}

/** `1.2e3` as `1200`; text without an exponent as it is; null when the exponent is out of bounds. */
function expandExponent(text: string): string | null {
  const match = SCIENTIFIC.exec(text);
  if (!match) return text;
  const exponent = Number(match[2]);
  if (Math.abs(exponent) > MAX_EXPONENT) return null;
  const [sign, mantissa] = splitSign(match[1] ?? "");
  const [whole = "", fraction = ""] = mantissa.split(".");
  const digits = whole + fraction;
  const point = whole.length + exponent;
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  if (point >= digits.length) return `${sign}${digits}${"0".repeat(point - digits.length)}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

function splitSign(text: string): [string, string] {
  return text[0] === "-" || text[0] === "+" ? [text[0], text.slice(1)] : ["", text];
}

/** Digits of a fraction that spreadsheets hold exactly; the rest is noise of the arithmetic (0.1 + 0.2). */
const FRACTION_DIGITS = 15;

/** Decimal text of a finite cell number, without exponent and without the noise of binary fractions. */
export function numberToDecimal(value: number): string | null {
  if (!Number.isFinite(value)) return null;
  return canonicalDecimal(Number.isInteger(value) ? String(value) : value.toPrecision(FRACTION_DIGITS), null);
}

/** The decimal with its point moved: `shiftDecimal("0.125", 2)` is `12.5`; exact, whatever the number of digits. */
export function shiftDecimal(decimal: string, places: number): string {
  const [sign, digits] = splitSign(decimal);
  const [whole = "", fraction = ""] = digits.split(".");
  const point = whole.length + places;
  const all = (point < 0 ? "0".repeat(-point) : "") + (whole + fraction).padEnd(point, "0");
  const at = Math.max(point, 0);
  return canonicalDecimal(`${sign}${all.slice(0, at) || "0"}.${all.slice(at)}`, null) ?? decimal;
}
