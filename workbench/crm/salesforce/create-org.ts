import { createSandboxClock } from "../sandbox-clock";
import { createRandom } from "../seeded-random";
import type { Org, OrgOptions, OrgSettings, OrgUser } from "./org";
import { makeId } from "./rows/record-id";
import { createRowStore } from "./rows/row-store";
import { createCatalog, NO_CHANGES } from "./schema/create-catalog";
import type { CatalogChanges } from "./sobject-def";

/** Calls of a rolling day in a Developer Edition (assumed; matches the recorded headers). */
const DAILY_CALLS = 15_000;

/** Characters behind the prefix of the org's own id, and of its users. */
const ORG_POD = "Aa00000";

/** Definitions that nobody changed since the org was made. */
const CREATED_MS = Date.UTC(2026, 0, 12, 9);

const NAMES = ["Sync Integration", "Mara Lindqvist", "Jonas Okafor", "Priya Raman"] as const;

/** The user that a connection acts for comes first. */
const USERS: readonly OrgUser[] = NAMES.map((name, at) => {
  const address = `${name.toLowerCase().replace(" ", ".")}@northwind.example`;
  return { id: makeId("005", ORG_POD, at + 1), name, email: address, username: address, active: true };
});

/** Creates an org without rows. */
export function createOrg(options: OrgOptions = {}): Org {
  const seed = options.seed ?? 1;
  return {
    settings: toSettings(options),
    clock: createSandboxClock(options.now ?? Date.now),
    users: USERS,
    changes: NO_CHANGES,
    catalog: createCatalog(NO_CHANGES, () => false, CREATED_MS),
    rows: createRowStore(),
    random: createRandom(seed),
  };
}

function toSettings(options: OrgOptions): OrgSettings {
  return {
    orgId: makeId("00D", ORG_POD, 1),
    orgName: options.orgName ?? "Northwind Traders",
    dailyLimit: DAILY_CALLS,
    hiddenFields: new Set(),
    validationRules: [],
    duplicateRules: [],
    automations: [],
    lockedRows: new Map(),
  };
}

/** Makes the catalogue anew with these changes, and without the fields that are hidden by now. */
export function changeCatalog(org: Org, changes: CatalogChanges = org.changes): void {
  org.changes = changes;
  org.catalog = createCatalog(changes, (name) => org.settings.hiddenFields.has(name), CREATED_MS);
}
