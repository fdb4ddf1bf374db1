/** What a clock trigger of ours is for. */
export interface TriggerEntry {
  readonly id: string;
  readonly fileId: string;
  readonly kind: "dispatcher" | "continuation";
}

/**
 * Which file each clock trigger belongs to. The clock's event names no document, and the list of triggers spans all files
 * of the user, so only this tells them apart.
 */
export interface TriggerIndex {
  all(): readonly TriggerEntry[];
  find(id: string): TriggerEntry | null;
  save(entry: TriggerEntry): void;
  remove(id: string): void;
}

const PREFIX = "crmsync.trigger.";

/** The index in the properties of the user. */
export function createTriggerIndex(): TriggerIndex {
  const properties = () => PropertiesService.getUserProperties();
  return {
    all: () =>
      Object.entries(properties().getProperties()).flatMap(([key, text]) =>
        key.startsWith(PREFIX) ? parseEntry(key.slice(PREFIX.length), text) : [],
      ),
    find(id) {
      const text = properties().getProperty(PREFIX + id);
      return text === null ? null : (parseEntry(id, text)[0] ?? null);
    },
    save({ id, fileId, kind }) {
      properties().setProperty(PREFIX + id, JSON.stringify({ fileId, kind }));
    },
    remove(id) {
      properties().deleteProperty(PREFIX + id);
    },
  };
}

function parseEntry(id: string, text: string): readonly TriggerEntry[] {
  try {
    const stored: unknown = JSON.parse(text);
    if (typeof stored !== "object" || stored === null) return [];
    const { fileId, kind }: { fileId?: unknown; kind?: unknown } = stored;
    if (typeof fileId !== "string" || (kind !== "dispatcher" && kind !== "continuation")) return [];
    return [{ id, fileId, kind }];
  } catch {
    return [];
  }
}
