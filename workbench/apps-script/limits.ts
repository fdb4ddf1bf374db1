/** Limits of Apps Script and Sheets, from Google's quota page and method reference unless a line says otherwise. */

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

export const EXECUTION_DEADLINE_MS = 6 * MINUTE_MS;
export const SIMPLE_TRIGGER_DEADLINE_MS = 30_000;
export const MAX_SIMULTANEOUS_EXECUTIONS = 30;
/** Calls of google.script.run under way at once; the next one waits. */
export const MAX_CLIENT_CALLS = 10;

export const NEW_TAB_ROWS = 1_000;
export const NEW_TAB_COLUMNS = 26;
/** Empty grid cells count. */
export const MAX_WORKBOOK_CELLS = 10_000_000;
export const MAX_CELL_CHARACTERS = 50_000;

export const MAX_PROPERTY_VALUE_BYTES = 9 * 1_024;
export const MAX_PROPERTY_STORE_BYTES = 500 * 1_024;

export const MAX_CACHE_KEY_CHARACTERS = 250;
export const MAX_CACHE_VALUE_BYTES = 100 * 1_024;
export const DEFAULT_CACHE_SECONDS = 600;
export const MAX_CACHE_SECONDS = 21_600;
/** When a cache outgrows the first number, the items farthest from expiry stay, as many as the second. */
export const MAX_CACHE_ITEMS = 1_000;
export const CACHE_ITEMS_AFTER_EVICTION = 900;

/** Characters of keys and values, for the spreadsheet and for each sheet. */
export const MAX_METADATA_CHARACTERS = 30_000;

export const MAX_FETCH_URL_CHARACTERS = 2_082;
export const MAX_FETCH_BODY_BYTES = 50 * 1_024 * 1_024;
export const MAX_FETCH_HEADERS = 100;
export const MAX_FETCH_HEADER_BYTES = 8 * 1_024;
export const DEFAULT_FETCH_TIMEOUT_SECONDS = 360;
/** assumed: the redirects that UrlFetchApp follows. */
export const MAX_FETCH_REDIRECTS = 20;

export const MAX_TRIGGERS_PER_USER = 20;
export const ADDON_MIN_RECURRENCE_MS = 60 * MINUTE_MS;
export const EVERY_MINUTES_ACCEPTED: readonly number[] = [1, 5, 10, 15, 30];
/** assumed: one public report names these values as the accepted ones. */
export const EVERY_HOURS_ACCEPTED: readonly number[] = [1, 2, 4, 6, 8, 12];

export const MAX_STATE_TOKEN_SECONDS = 3_600;

/** Daily quotas per user: [consumer, Workspace]. They reset 24 h after the first use. */
export const DAILY_QUOTAS = {
  urlfetch: { consumer: 20_000, workspace: 100_000 },
  properties: { consumer: 50_000, workspace: 500_000 },
  email: { consumer: 100, workspace: 1_500 },
  /** Milliseconds of execution started by triggers. */
  "trigger total runtime": { consumer: 90 * MINUTE_MS, workspace: 6 * HOUR_MS },
} as const;

export type QuotaName = keyof typeof DAILY_QUOTAS;

/** Milliseconds of real time without a service call after which an execution counts as a loop and is ended. */
export const CPU_WATCHDOG_MS = 30_000;
