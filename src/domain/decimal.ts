/** Exact decimals as text: CRM numbers never go through floating point for comparison (sync-rules section 3). */

const PLAIN = /^([+-]?)(\d*)\.?(\d*)$/;
const SCIENTIFIC = /^([+-]?\d+(?:\.\d+)?)[eE]([+-]?\d+)$/;

/** Largest power of ten that a number written with an exponent may have; beyond it the text is no sensible amount. */
const MAX_EXPONENT = 40;

/**
 * Canonical decimal text: no plus sign, no leading or trailing zeros, no `-0`, rounded half away from zero to `scale`
 * digits where a scale is given. Null when the text is no plain decimal (scientific notation of moderate size is taken).
 */
export function canonicalDecimal(text: string, scale: number | null): string | null {
  const match = PLAIN.exec(expandExponent(text.trim()));
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
  // The zero in front is no 9: the carry ends there at the latest.
  for (let at = digits.length - 1; up; at--) {
    if (digits[at] !== "9") {
      digits[at] = String(Number(digits[at]) + 1);
      break;
    }
    digits[at] = "0";
  }
  const text = digits.join("");
  const cut = text.length - scale;
  return [text.slice(0, cut).replace(/^0/, ""), text.slice(cut).replace(/0+$/, "")];
}

/** `1.2e3` as `1200`; text without an exponent as it is; blank when the exponent is out of bounds. */
function expandExponent(text: string): string {
  return text.replace(SCIENTIFIC, (_, mantissa: string, exponent: string) =>
    Math.abs(Number(exponent)) > MAX_EXPONENT ? "" : movePoint(mantissa, Number(exponent)),
  );
}

/** A plain decimal with its point moved to the right, with more zeros around it than it needs; other text as it is. */
function movePoint(decimal: string, places: number): string {
  const zeros = "0".repeat(Math.abs(places));
  return decimal.replace(PLAIN, (_, sign: string, whole: string, fraction: string) => {
    const digits = `${zeros}${whole}${fraction}${zeros}`;
    const point = zeros.length + whole.length + places;
    return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
  });
}

/** Digits of a fraction that spreadsheets hold exactly; the rest is noise of the arithmetic (0.1 + 0.2). */
const FRACTION_DIGITS = 15;

/** Decimal text of a cell number, without exponent and without the noise of binary fractions; null when it is not finite. */
export function numberToDecimal(value: number): string | null {
  return canonicalDecimal(Number.isInteger(value) ? String(value) : value.toPrecision(FRACTION_DIGITS), null);
}

/** The decimal with its point moved: `shiftDecimal("0.125", 2)` is `12.5`; exact, whatever the number of digits. */
export function shiftDecimal(decimal: string, places: number): string {
  return canonicalDecimal(movePoint(decimal, places), null) ?? decimal;
}
