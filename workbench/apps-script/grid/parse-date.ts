import { datePattern, type SheetLocale } from "./locale";
import { serialFromParts } from "./serial-date";

/** A typed date or time as serial with the format it brings along. */
export interface TypedDate {
  readonly serial: number;
  readonly format: string;
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTH_NAME =
  "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

const TIME = /^(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,3}))?)?\s*(am|pm)?$/i;
const NUMERIC = /^(\d{1,4})([/.-])(\d{1,2})(?:\2(\d{1,4}))?$/;
const DAY_MONTH = new RegExp(`^(\\d{1,2})[\\s-]+${MONTH_NAME}(?:[\\s,-]+(\\d{2,4}))?$`, "i");
const MONTH_DAY = new RegExp(`^${MONTH_NAME}[\\s-]+(\\d{1,2})(?:st|nd|rd|th)?(?:[\\s,-]+(\\d{4}))?$`, "i");
const MONTH_YEAR = new RegExp(`^${MONTH_NAME}[\\s-]+(\\d{4})$`, "i");

/** Reads a date, a time or both as Sheets does for typed text; null: it is none. ISO texts with "T" stay text (assumed). */
export function parseDate(text: string, locale: SheetLocale, currentYear: number): TypedDate | null {
  const time = parseTime(text);
  if (time !== null) {
    return time;
  }
  const split = /^(.*?)\s+(\d{1,2}:\d{1,2}.*)$/.exec(text);
  if (split !== null) {
    const day = parseDay(split[1] ?? "", locale, currentYear);
    const clock = parseTime(split[2] ?? "");
    return day === null || clock === null || clock.serial >= 1
      ? null
      : { serial: day.serial + clock.serial, format: `${datePattern(locale)} ${clock.format}` };
  }
  return parseDay(text, locale, currentYear);
}

function parseTime(text: string): TypedDate | null {
  const match = TIME.exec(text);
  if (match === null) {
    return null;
  }
  const [, hourText, minuteText, secondText = "0", fraction = "0", half] = match;
  const typedHours = Number(hourText);
  const minutes = Number(minuteText);
  const seconds = Number(secondText) + Number(`0.${fraction}`);
  if (minutes > 59 || seconds >= 60 || (half !== undefined && (typedHours < 1 || typedHours > 12))) {
    return null;
  }
  const hours = half === undefined ? typedHours : (typedHours % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
  const clock = match[3] === undefined ? "h:mm" : "h:mm:ss";
  const format = half === undefined ? clock.replace("h", hours > 23 ? "[h]" : "H") : `${clock} AM/PM`;
  return { serial: (hours * 3_600 + minutes * 60 + seconds) / 86_400, format };
}

const dated = (serial: number | null, format: string): TypedDate | null =>
  serial === null ? null : { serial, format };

const fullYear = (year: number, digits: number): number => (digits > 2 ? year : year < 30 ? 2000 + year : 1900 + year);

const monthNumber = (name: string): number => MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;

function parseDay(text: string, locale: SheetLocale, currentYear: number): TypedDate | null {
  const numeric = NUMERIC.exec(text);
  if (numeric !== null) {
    return parseNumericDay(numeric, locale, currentYear);
  }
  const dayMonth = DAY_MONTH.exec(text);
  if (dayMonth !== null) {
    const [, day, month = "", year] = dayMonth;
    const typedYear = year === undefined ? currentYear : fullYear(Number(year), year.length);
    return dated(
      serialFromParts(typedYear, monthNumber(month), Number(day)),
      year === undefined ? "d mmm" : "d mmm yyyy",
    );
  }
  const monthYear = MONTH_YEAR.exec(text);
  if (monthYear !== null) {
    return dated(serialFromParts(Number(monthYear[2]), monthNumber(monthYear[1] ?? ""), 1), "mmm yyyy");
  }
  const monthDay = MONTH_DAY.exec(text);
  if (monthDay !== null) {
    const [, month = "", day, year] = monthDay;
    const typedYear = year === undefined ? currentYear : Number(year);
    return dated(
      serialFromParts(typedYear, monthNumber(month), Number(day)),
      year === undefined ? "mmm d" : "mmm d, yyyy",
    );
  }
  return null;
}

function parseNumericDay(match: RegExpExecArray, locale: SheetLocale, currentYear: number): TypedDate | null {
  const [, first = "", separator = "", second = "", third] = match;
  if (first.length > 2) {
    if (first.length !== 4 || third === undefined) {
      return null;
    }
    const format = ["yyyy", "mm", "dd"].join(separator);
    return dated(serialFromParts(Number(first), Number(second), Number(third)), format);
  }
  // A dot is the decimal sign of most such locales: dates with dots are typed only where the locale writes them so.
  if (separator === "." && locale.dateSeparator !== ".") {
    return null;
  }
  const monthFirst = locale.dateOrder === "mdy";
  const [month, day] = monthFirst ? [Number(first), Number(second)] : [Number(second), Number(first)];
  if (third === undefined) {
    // "1.5" in a German sheet is a day, "1/2" everywhere.
    return dated(serialFromParts(currentYear, month, day), monthFirst ? `m${separator}d` : `d${separator}m`);
  }
  const pattern = monthFirst ? ["m", "d", "yyyy"] : ["d", "m", "yyyy"];
  const year = fullYear(Number(third), third.length);
  return third.length === 3 ? null : dated(serialFromParts(year, month, day), pattern.join(separator));
}
