import type { CrmLimits } from "../../ports/crm";
import { ASSUMED } from "./assumed";

/** Inputs of every object batch (read, create, update, archive); HubSpot's documentation. */
export const BATCH_SIZE = 100;
/** Records of one list page; HubSpot's documentation. */
export const LIST_SIZE = 100;
/** Records of one search page; HubSpot's documentation. */
export const SEARCH_SIZE = 200;
/** A search body may have this many characters; HubSpot's documentation. */
export const SEARCH_BODY_CHARACTERS = 3_000;
/** No search page may reach beyond this many results; HubSpot's documentation. */
export const SEARCH_DEPTH = 10_000;
/** Longest value of a text property, characters; HubSpot's documentation. */
export const TEXT_CHARACTERS = 65_536;
/** Rolling window of all calls but search, ms; seen in X-HubSpot-RateLimit-Interval-Milliseconds. */
export const BURST_WINDOW_MS = 10_000;
/** Searches per second of one account, all tokens together; HubSpot's documentation. */
export const SEARCHES_PER_SECOND = 5;

export const HUBSPOT_LIMITS: CrmLimits = {
  batchSize: BATCH_SIZE,
  pageSize: LIST_SIZE,
  searchLagMs: ASSUMED.searchLagMs,
};
