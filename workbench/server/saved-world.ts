import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SavedHost } from "../apps-script/host-api";

/** Everything that outlives a stop of the workbench. */
export interface SavedWorld {
  readonly version: 2;
  readonly host: SavedHost;
  /** By name of the CRM; what its sandbox saved. */
  readonly crms: Readonly<Record<string, unknown>>;
}

/** Where a world is kept between starts. */
export interface WorldStore {
  /** What was saved last; `null` when there is nothing or it is of another version. */
  load(): SavedWorld | null;
  save(world: SavedWorld): void;
  forget(): void;
}

const fileName = "world.json";

/** A store in one JSON file of a folder; the folder is made when it is needed. */
export function createWorldStore(folder: string): WorldStore {
  const path = join(folder, fileName);
  return {
    load: () => (existsSync(path) ? toSavedWorld(readFileSync(path, "utf8")) : null),
    save: (world) => {
      mkdirSync(folder, { recursive: true });
      // Written beside and renamed: a stop in the middle must not leave half a file. It holds the sandbox's tokens.
      writeFileSync(`${path}.new`, JSON.stringify(world), { mode: 0o600 });
      renameSync(`${path}.new`, path);
    },
    forget: () => rmSync(path, { force: true }),
  };
}

function toSavedWorld(text: string): SavedWorld | null {
  try {
    const world: unknown = JSON.parse(text);
    return typeof world === "object" && world !== null && "version" in world && world.version === 2
      ? (world as SavedWorld)
      : null;
  } catch {
    return null;
  }
}
