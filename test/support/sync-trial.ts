import type { RpcRequest } from "../../src/contract/rpc";
import { Actors } from "./sync-actors";
import type { TrialSettings } from "./sync-end";
import type { TrialWorld } from "./sync-trial-world";
import { TRIAL_COLUMNS } from "./sync-values";

type Draft = RpcRequest<"mapping.save">["draft"];

/** How the mapping of a trial is set. */
export interface TrialOptions extends Partial<Omit<TrialSettings, "mappingId">> {
  readonly conflicts?: "ask" | "sheet-wins" | "crm-wins" | "newest-wins";
}

/** A world with people in it and a saved mapping. */
export interface Trial {
  readonly world: TrialWorld;
  readonly actors: Actors;
  readonly settings: TrialSettings;
}

/** Connects, and maps the tab that the user made. */
export async function startTrial(world: TrialWorld, options: TrialOptions = {}): Promise<Trial> {
  const actors = new Actors(world);
  await world.connect();
  const { crm } = world;
  const { draft } = await world.call("editor.open", {
    crm: crm.name,
    objectType: crm.objectType,
    tabId: actors.tabId,
    headerRow: 1,
    mappingId: null,
  });
  const { direction = "both", gone = "mark", removedRows = "leave", conflicts = "ask", blank = "clear" } = options;
  const columns = draft.columns.map((column) => {
    const own = TRIAL_COLUMNS.find(({ header }) => header === column.header);
    return { ...column, field: own ? crm.fields[own.field] : null, direction, blank };
  });
  const settings = { ...draft.settings, conflicts, gone, removedRows };
  const saved = await world.call("mapping.save", {
    draft: { ...draft, direction, columns, keyField: crm.fields.email, settings } as Draft,
  });
  return { world, actors, settings: { mappingId: saved.mapping.id, direction, blank, gone, removedRows } };
}
