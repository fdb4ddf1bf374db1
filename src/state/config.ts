import * as z from "zod/mini";
import { SyncError } from "../domain/errors";
import { type Mapping, NO_MAIL, type Schedule } from "../domain/mapping";
import type { Store } from "../ports/store";

/** Mappings and schedules of this file. */
export interface Config {
  readonly version: 2;
  readonly mappings: readonly Mapping[];
  readonly schedules: Readonly<Record<string, OwnedSchedule>>;
}

/** A schedule runs as the user who made it. */
export interface OwnedSchedule {
  readonly schedule: Schedule;
  /** E-mail, or "" where Google does not tell it. */
  readonly owner: string;
}

const KEY = "config";
const EMPTY: Config = { version: 2, mappings: [], schedules: {} };

const direction = z.enum(["pull", "push", "both"]);
const column = z.object({
  columnId: z.string(),
  header: z.string(),
  field: z.string(),
  direction,
  blank: z.enum(["keep", "clear"]),
});
const guard = z.object({
  deleteShare: z.number(),
  deleteFloor: z.number(),
  clearShare: z.number(),
  clearFloor: z.number(),
  changeShare: z.number(),
  changeFloor: z.number(),
  createMax: z.number(),
  createShare: z.number(),
  createFloor: z.number(),
});
/** A mapping of version 1, which sent mail about every schedule that stopped: nobody was asked. */
const mappingV1 = z.object({
  id: z.string(),
  name: z.string(),
  crm: z.enum(["hubspot", "salesforce"]),
  accountId: z.string(),
  objectType: z.string(),
  tabId: z.number(),
  headerRow: z.number(),
  columns: z.array(column),
  keyField: z.nullable(z.string()),
  direction,
  conflicts: z.enum(["ask", "sheet-wins", "crm-wins", "newest-wins"]),
  gone: z.enum(["mark", "remove-row", "unlink"]),
  removedRows: z.enum(["leave", "bring-back", "archive"]),
  guard,
});
const mapping = z.extend(mappingV1, { notify: z.object({ onApproval: z.boolean(), onErrors: z.boolean() }) });
/** A schedule with its mapping; times that its kind does not have are null. */
const storedSchedule = z.object({
  mappingId: z.string(),
  kind: z.enum(["off", "hourly", "daily", "weekly"]),
  hour: z.nullable(z.number()),
  day: z.nullable(z.number()),
  owner: z.string(),
});
const schedules = z.array(storedSchedule);
const config = z.object({ version: z.literal(2), mappings: z.array(mapping), schedules });
const configV1 = z.object({ version: z.literal(1), mappings: z.array(mappingV1), schedules });

/** Throws SyncError `state-damaged` when the stored text is no configuration of this version or of an older one. */
export function loadConfig(store: Store): Config {
  const stored = store.load(KEY);
  if (stored === null) return EMPTY;
  const parsed = config.safeParse(migrate(stored));
  if (parsed.success) {
    const owned = parsed.data.schedules.map((one) => [one.mappingId, { schedule: toSchedule(one), owner: one.owner }]);
    return { ...parsed.data, schedules: Object.fromEntries(owned) };
  }
  throw new SyncError("fatal", "state-damaged", "The stored mappings cannot be read.", {
    hint: "Restore the tab _crm_sync_state from the file's version history, or remove CRM Sync from this file and map again.",
  });
}

/** Version 1 as version 2; anything else as it is. */
function migrate(stored: unknown): unknown {
  const old = configV1.safeParse(stored);
  if (!old.success) return stored;
  return { ...old.data, version: 2, mappings: old.data.mappings.map((one) => ({ ...one, notify: NO_MAIL })) };
}

/** Keeps mappings and schedules. */
export function saveConfig(store: Store, next: Config): void {
  const schedules = Object.entries(next.schedules).map(([mappingId, { schedule, owner }]) => ({
    mappingId,
    kind: schedule.kind,
    hour: "hour" in schedule ? schedule.hour : null,
    day: "day" in schedule ? schedule.day : null,
    owner,
  }));
  store.save(KEY, { ...next, schedules });
}

/** A schedule by its kind, from times that any of them may have. */
export function toSchedule(given: {
  readonly kind: Schedule["kind"];
  readonly hour: number | null;
  readonly day: number | null;
}): Schedule {
  switch (given.kind) {
    case "daily":
      return { kind: "daily", hour: given.hour ?? 0 };
    case "weekly":
      return { kind: "weekly", hour: given.hour ?? 0, day: given.day ?? 1 };
    default:
      return { kind: given.kind };
  }
}

/** Throws SyncError `mapping-missing`. */
export function findMapping(current: Config, mappingId: string): Mapping {
  const found = current.mappings.find((candidate) => candidate.id === mappingId);
  if (found) return found;
  throw new SyncError("config", "mapping-missing", "This mapping is gone.", {
    hint: "Somebody removed it. Reload the sidebar.",
  });
}
