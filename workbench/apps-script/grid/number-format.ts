const QUOTED = /"[^"]*"|\\./g;

/** The first section of a pattern (positive numbers) without colours and conditions. */
const bare = (pattern: string): string => pattern.replace(QUOTED, "").replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, "");

/** Whether numbers in this format are dates or times: getValues() gives Dates for them. */
export function isDateFormat(pattern: string | null): boolean {
  if (pattern === null || pattern === "@") {
    return false;
  }
  return /[ymdhs]/i.test(bare(pattern).replace(/General/gi, "")) && !/[0#?]/.test(bare(pattern).replace(/\.0+/g, ""));
}

export const isTextFormat = (pattern: string | null): boolean => pattern === "@";

/** What getNumberFormat() answers for a cell without a format of its own. */
export const AUTOMATIC_FORMAT = "0.###############";

/** Null stands for automatic: what a script sets as "General" or "" is automatic again. */
export const normalizeFormat = (pattern: string): string | null =>
  pattern === "" || pattern === "General" || pattern === AUTOMATIC_FORMAT ? null : pattern;
