import type { AppView, TabView } from "../../src/contract/views";

/** The tab that is open in the sheet, when it has something in it and no sync yet: the next thing to map. Else null. */
export function unmappedTab({ tabs, mappings }: AppView): TabView | null {
  const open = tabs.find(({ active, empty }) => active && !empty) ?? null;
  return mappings.some(({ tabId }) => tabId === open?.id) ? null : open;
}
