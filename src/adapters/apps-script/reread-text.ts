import { BOOLEAN_WORDS, MAX_VALUE_CHARACTERS } from "./assumed";

/**
 * Which texts a spreadsheet would read as something else when they are entered: numbers, dates, percentages, currencies,
 * booleans, formulas, error values. Wide on purpose: a text that is called unsafe is only given a text format.
 */

/** Nothing but letters before the first digit: "Jan 5", "EUR 12", "Monday, 3 May". */
const WORDS_THEN_DIGIT = /^(?:\p{L}+\.?[\s,./\-$€£¥]*){1,4}\d/u;

/** First characters that may start a formula or hide themselves: the text also needs an apostrophe. */
const ESCAPED_START = /^[=+\-@'\t\r]/;

/** First characters with which a text of no digits is nothing but text. */
const PLAIN_START = /^[\p{L}\p{Extended_Pictographic}"*_—–…?!¿¡«»“”„•&<>/\\|~^{}[\]]/u;

/** Could the text be read as something else than this text? */
export function couldBeReread(text: string): boolean {
  if (text === "") return false;
  const first = text.charCodeAt(0);
  const isAsciiLetter = (first >= 65 && first <= 90) || (first >= 97 && first <= 122);
  if (!isAsciiLetter && !PLAIN_START.test(text)) return true;
  if (text.length > MAX_VALUE_CHARACTERS) return false;
  if (/\d/.test(text)) return !text.includes("@") && (!isAsciiLetter || WORDS_THEN_DIGIT.test(text));
  return BOOLEAN_WORDS.has(text.trim().toLowerCase());
}

/** Does the text start like a formula or with a sign that the sheet would take away? */
export function needsApostrophe(text: string): boolean {
  return ESCAPED_START.test(text);
}
