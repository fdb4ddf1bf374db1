/** Published limits, as data. Sources: developer documentation of 2026-03 and the usage guidelines quoted in 2026. */
export const limits = {
  listPage: 100,
  listDefault: 10,
  searchPage: 200,
  searchDefault: 10,
  searchGroups: 5,
  searchFiltersPerGroup: 6,
  searchFilters: 18,
  searchBodyCharacters: 3_000,
  /** after + limit may not pass this. */
  searchDepth: 10_000,
  batchInputs: 100,
  /** Associations a page, inputs of an association batch. */
  associationPage: 500,
  associationRead: 1_000,
  associationCreate: 2_000,
  propertyCharacters: 65_536,
  uniqueProperties: 10,
  customProperties: 1_000,
  mergedIdentities: 250,
  searchesPerSecond: 5,
  burstWindowMs: 10_000,
  oauthBurst: 110,
} as const;

/** Subscription of the portal: decides the burst and the daily limit. */
export type Tier = "free" | "starter" | "professional" | "enterprise";

/** Calls per 10 seconds and per day of a service key or a private app. */
export const tierLimits: Readonly<Record<Tier, { readonly burst: number; readonly daily: number }>> = {
  free: { burst: 100, daily: 250_000 },
  starter: { burst: 100, daily: 250_000 },
  professional: { burst: 190, daily: 625_000 },
  enterprise: { burst: 190, daily: 1_000_000 },
};
