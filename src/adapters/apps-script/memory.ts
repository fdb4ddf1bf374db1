import type { Memory } from "../../ports/memory";

/** Apart from connections and triggers, which share the store. */
const PREFIX = "crmsync.memory.";

/** Small settings in the properties of the user, over all files. */
export function createMemory(): Memory {
  const properties = () => PropertiesService.getUserProperties();
  return {
    read: (key) => properties().getProperty(PREFIX + key),
    save(key, value) {
      properties().setProperty(PREFIX + key, value);
    },
    remove(key) {
      properties().deleteProperty(PREFIX + key);
    },
    keys: (prefix) =>
      properties()
        .getKeys()
        .filter((key) => key.startsWith(PREFIX + prefix))
        .map((key) => key.slice(PREFIX.length))
        .sort(),
  };
}
