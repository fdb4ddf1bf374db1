import type { MappingSettings } from "../contract/views";
import { DEFAULT_GUARD, type Mapping, NO_MAIL } from "../domain/mapping";

/** Policies and limits of a new mapping: nothing is removed or decided unasked (sync rules F5, R6, R8, section 5). */
export const DEFAULT_SETTINGS: MappingSettings = {
  conflicts: "ask",
  gone: "mark",
  removedRows: "leave",
  guard: DEFAULT_GUARD,
  notify: NO_MAIL,
};

/** Policies and limits of a mapping; those of a new one where there is none yet. */
export function settingsOf(mapping: Mapping | null): MappingSettings {
  if (mapping === null) return DEFAULT_SETTINGS;
  const { conflicts, gone, removedRows, guard, notify } = mapping;
  return { conflicts, gone, removedRows, guard, notify };
}
