/** `Utilities.formatString`: printf with %s %d %f %e %x %X %o %b %c %%, flags `-+ 0,`, width and precision. */
export function formatString(template: string, ...args: readonly unknown[]): string {
  let next = 0;
  const pattern = /%(?:(\d+)\$)?([-+ 0,#]*)(\d+)?(?:\.(\d+))?([sdifexXobcj%])/g;
  return String(template).replace(
    pattern,
    (_match, index: string | undefined, flags: string, width: string, precision: string, kind: string) => {
      if (kind === "%") {
        return "%";
      }
      const value = index === undefined ? args[next++] : args[Number(index) - 1];
      const text = convert(value, kind, precision === undefined ? undefined : Number(precision), flags);
      return padTo(text, Number(width ?? 0), flags);
    },
  );
}

function convert(value: unknown, kind: string, precision: number | undefined, flags: string): string {
  const number = Number(value);
  switch (kind) {
    case "d":
    case "i":
      return signed(number, group(String(Math.trunc(Math.abs(number))), flags), flags);
    case "f":
      return signed(number, group(Math.abs(number).toFixed(precision ?? 6), flags), flags);
    case "e":
      return signed(number, Math.abs(number).toExponential(precision ?? 6), flags);
    case "x":
      return (number >>> 0).toString(16);
    case "X":
      return (number >>> 0).toString(16).toUpperCase();
    case "o":
      return (number >>> 0).toString(8);
    case "b":
      return (number >>> 0).toString(2);
    case "c":
      return typeof value === "number" ? String.fromCharCode(value) : String(value).charAt(0);
    case "j":
      return JSON.stringify(value) ?? "undefined";
    default:
      return precision === undefined ? String(value) : String(value).slice(0, precision);
  }
}

function group(digits: string, flags: string): string {
  const [whole = "", fraction] = digits.split(".");
  const grouped = flags.includes(",") ? whole.replace(/\B(?=(\d{3})+$)/g, ",") : whole;
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

function signed(number: number, digits: string, flags: string): string {
  if (number < 0) {
    return `-${digits}`;
  }
  return flags.includes("+") ? `+${digits}` : flags.includes(" ") ? ` ${digits}` : digits;
}

function padTo(text: string, width: number, flags: string): string {
  if (flags.includes("-")) {
    return text.padEnd(width);
  }
  if (!flags.includes("0")) {
    return text.padStart(width);
  }
  const sign = /^[+-]/.test(text) ? text.charAt(0) : "";
  return sign + text.slice(sign.length).padStart(width - sign.length, "0");
}
