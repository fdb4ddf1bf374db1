import { serviceError } from "./bridge";

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

const pad = (value: number, width: number): string => String(value).padStart(width, "0");

const offsetText = (offsetMs: number, colon: string): string => {
  const minutes = Math.round(Math.abs(offsetMs) / 60_000);
  return `${offsetMs < 0 ? "-" : "+"}${pad(Math.floor(minutes / 60), 2)}${colon}${pad(minutes % 60, 2)}`;
};

const hour12 = (hours: number): number => (hours % 12 === 0 ? 12 : hours % 12);

const dayOfYear = (local: Date): number =>
  Math.floor((local.getTime() - Date.UTC(local.getUTCFullYear(), 0, 1)) / 86_400_000) + 1;

function field(letter: string, width: number, local: Date, offsetMs: number): string {
  const number = (value: number): string => pad(value, width);
  const weekday = WEEKDAYS[local.getUTCDay()] ?? "";
  const month = MONTHS[local.getUTCMonth()] ?? "";
  switch (letter) {
    case "y":
    case "Y":
      return width === 2 ? pad(local.getUTCFullYear() % 100, 2) : number(local.getUTCFullYear());
    case "M":
    case "L":
      return width > 3 ? month : width === 3 ? month.slice(0, 3) : number(local.getUTCMonth() + 1);
    case "d":
      return number(local.getUTCDate());
    case "D":
      return number(dayOfYear(local));
    case "E":
      return width > 3 ? weekday : weekday.slice(0, 3);
    case "u":
      return number(local.getUTCDay() === 0 ? 7 : local.getUTCDay());
    case "a":
      return local.getUTCHours() < 12 ? "AM" : "PM";
    case "H":
      return number(local.getUTCHours());
    case "k":
      return number(local.getUTCHours() === 0 ? 24 : local.getUTCHours());
    case "K":
      return number(local.getUTCHours() % 12);
    case "h":
      return number(hour12(local.getUTCHours()));
    case "m":
      return number(local.getUTCMinutes());
    case "s":
      return number(local.getUTCSeconds());
    case "S":
      return number(local.getUTCMilliseconds());
    case "Z":
      return offsetText(offsetMs, "");
    case "X":
      return offsetMs === 0
        ? "Z"
        : width === 1
          ? offsetText(offsetMs, "").slice(0, 3)
          : offsetText(offsetMs, width === 3 ? ":" : "");
    case "z":
      return offsetMs === 0 ? "GMT" : `GMT${offsetText(offsetMs, ":")}`;
    default:
      throw serviceError("Exception", `Illegal pattern character '${letter}'`);
  }
}

/** `Utilities.formatDate`: the common letters of Java's SimpleDateFormat, English names. */
export function formatDate(date: Date, _timeZone: string, pattern: string, offsetAt: (ms: number) => number): string {
  if (!(date instanceof Date)) {
    throw serviceError("Exception", "The parameters don't match the method signature for Utilities.formatDate.");
  }
  const offsetMs = offsetAt(date.getTime());
  const local = new Date(date.getTime() + offsetMs);
  return String(pattern).replace(
    /'((?:[^']|'')*)'|([A-Za-z])\2*/g,
    (match, quoted: string | undefined, letter: string) => {
      if (quoted !== undefined) {
        return quoted === "" ? "'" : quoted.replace(/''/g, "'");
      }
      return field(letter, match.length, local, offsetMs);
    },
  );
}
