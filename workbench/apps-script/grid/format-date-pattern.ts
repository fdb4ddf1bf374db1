import { wallClockOf } from "./serial-date";

const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

const TOKEN = /"[^"]*"|\\.|\[h+\]|\[m+\]|\[s+\]|am\/pm|a\/p|y+|m+|d+|h+|s+|\.0+|[^"\\[\]]/gi;

const pad = (value: number, width: number): string => String(Math.floor(value)).padStart(width, "0");

/** Whether an "m" token means minutes: it follows hours or precedes seconds. */
function meansMinutes(tokens: readonly string[], index: number): boolean {
  const isClock = (token: string): boolean => /^(?:\[?h+\]?|\[?s+\]?|y+|d+|\[?m+\]?)$/i.test(token);
  const before = tokens.slice(0, index).reverse().find(isClock);
  const after = tokens.slice(index + 1).find(isClock);
  return (before !== undefined && /^\[?h/i.test(before)) || (after !== undefined && /^\[?s/i.test(after));
}

/** A serial by a date pattern of Sheets, English names. */
export function formatDatePattern(serial: number, pattern: string): string {
  const tokens = pattern.match(TOKEN) ?? [];
  const date = wallClockOf(serial);
  const half = tokens.some((token) => /^(?:am\/pm|a\/p)$/i.test(token));
  return tokens
    .map((token, index) => dateToken(token, { serial, date, half, minutes: () => meansMinutes(tokens, index) }))
    .join("");
}

interface TokenSetting {
  readonly serial: number;
  readonly date: Date;
  readonly half: boolean;
  readonly minutes: () => boolean;
}

function dateToken(token: string, setting: TokenSetting): string {
  const { date, serial } = setting;
  const width = token.length;
  const name = token.toLowerCase();
  if (name === "am/pm" || name === "a/p") {
    const text = date.getUTCHours() < 12 ? "AM" : "PM";
    return name === "a/p" ? text.charAt(0) : text;
  }
  if (name.startsWith("[")) {
    const unit = { h: 24, m: 1_440, s: 86_400 }[name.charAt(1)] ?? 1;
    return pad(serial * unit + 1e-9, width - 2);
  }
  switch (name.charAt(0)) {
    case '"':
      return token.slice(1, -1);
    case "\\":
      return token.slice(1);
    case "y":
      return width > 2 ? pad(date.getUTCFullYear(), 4) : pad(date.getUTCFullYear() % 100, 2);
    case "d":
      return dayToken(date, width);
    case "h":
      return pad(setting.half ? ((date.getUTCHours() + 11) % 12) + 1 : date.getUTCHours(), width);
    case "s":
      return pad(date.getUTCSeconds(), width);
    case "m":
      return setting.minutes() ? pad(date.getUTCMinutes(), width) : monthToken(date, width);
    case ".":
      return width > 1 ? `.${pad(date.getUTCMilliseconds(), 3).slice(0, width - 1)}` : ".";
    default:
      return token;
  }
}

function dayToken(date: Date, width: number): string {
  if (width <= 2) {
    return pad(date.getUTCDate(), width);
  }
  const name = WEEKDAYS[date.getUTCDay()] ?? "";
  return width === 3 ? name.slice(0, 3) : name;
}

function monthToken(date: Date, width: number): string {
  const name = MONTHS[date.getUTCMonth()] ?? "";
  switch (width) {
    case 1:
    case 2:
      return pad(date.getUTCMonth() + 1, width);
    case 3:
      return name.slice(0, 3);
    case 5:
      return name.charAt(0);
    default:
      return name;
  }
}
