/** Sizes of HubSpot's calls: records of a list page and of a batch, hits of a search page. */
const PAGE = 100;
const BATCH = 100;
const SEARCH_PAGE = 200;

/** Calls that every run may make beside the bounds: account, fields, one search that finds nothing. */
const PER_RUN = 5;

/** What a step moves, in records. */
export interface StepWork {
  /** Records of a complete list. */
  readonly listed?: number;
  /** Records that changed in the CRM. */
  readonly changedInCrm?: number;
  /** Records that are written to the CRM. */
  readonly written?: number;
  /** Records that the run before wrote: the window shows them once more, and they count for nothing. */
  readonly echoes?: number;
}

/** Fewest calls that any program needs for it (sync-rules section 9): it has to ask at least once what changed. */
export function lowerBound({ listed, changedInCrm = 0, written = 0 }: StepWork): number {
  const read = listed === undefined ? Math.max(1, Math.ceil(changedInCrm / SEARCH_PAGE)) : Math.ceil(listed / PAGE);
  return read + Math.ceil(written / BATCH);
}

/** Most calls that a run may make for it (sync-rules I10), reads of unchanged records apart. */
export function callLimit({ listed, changedInCrm = 0, written = 0, echoes = 0 }: StepWork): number {
  const list = listed === undefined ? 0 : Math.ceil(1.1 * Math.ceil(listed / PAGE));
  const pull = Math.ceil((changedInCrm + echoes) / SEARCH_PAGE) + Math.ceil(changedInCrm / BATCH);
  return list + pull + 2 * Math.ceil(written / BATCH) + PER_RUN;
}
