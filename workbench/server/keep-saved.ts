import type { WorldStore } from "./saved-world";
import type { World } from "./world";

/** Keeps a world on disk while it runs. */
export interface Keeper {
  /** Saves a last time and stops. */
  close(): void;
}

const saveAfterMs = 1_000;
/** The sandbox tells nobody about changes, so it is looked at now and then. */
const lookEveryMs = 10_000;

/** Saves shortly after each change, and when it is closed. */
export function keepSaved(world: World, store: WorldStore): Keeper {
  let timer: NodeJS.Timeout | null = null;
  const saveNow = (): void => {
    timer = null;
    store.save(world.save());
  };
  const saveSoon = (): void => {
    timer ??= setTimeout(saveNow, saveAfterMs);
  };
  const stop = world.on(saveSoon);
  const look = setInterval(saveSoon, lookEveryMs);
  look.unref();
  return {
    close: () => {
      stop();
      clearInterval(look);
      if (timer !== null) clearTimeout(timer);
      saveNow();
    },
  };
}
