/**
 * Everything about HubSpot that this adapter guesses: no source shows it. A developer test account settles each of
 * them; docs/fidelity.md lists them.
 */
export const ASSUMED = {
  /** batch/read answers for records in the recycle bin when the address says `archived=true`, as list and read do. */
  batchReadArchived: true,
  /** A read by the id of a record that was merged away answers with the survivor, whose id differs. */
  readByMergedIdGivesSurvivor: true,
  /** A search may filter `hs_merged_object_ids` and `hs_additional_emails` with IN, which meets any entry of the list. */
  searchListPropertiesWithIn: true,
  /** The value of a calculated property may change without moving the modified time of its record. */
  calculatedWithoutStamp: true,
  /** How long the search index lags behind writes, ms: latest miss seen 5 s after the write. */
  searchLagMs: 10_000,
  /** Requests per 10 s of a token until the first answer tells: the lowest of the published tiers. */
  burstRequests: 100,
  /** A locked record (423) is free again after this time, ms: locks are said to last 2 s. */
  lockMs: 2_000,
  /** Characters that HubSpot takes for blanks at the ends of a value that is no text: which invisible ones is not said. */
  outerBlanks: /^[\s\u00ad\u180e\u200b-\u200f\u2060-\u2064\ufeff]+|[\s\u00ad\u180e\u200b-\u200f\u2060-\u2064\ufeff]+$/g,
  /** Code of a value that another record holds in a property with unique values. */
  uniqueValueCode: "CONFLICTING_UNIQUE_VALUE",
} as const;
