import { gunzipSync, gzipSync } from "node:zlib";
import { createStateTab, STATE_TAB_NAME } from "../../../src/adapters/sheet/state-tab";
import type { Codec } from "../../../src/ports/codec";
import type { Store } from "../../../src/ports/store";
import { FakeGrid, type UnflushedWrites } from "../../support/fake-grid";

const codec: Codec = {
  pack: (text) => gzipSync(Buffer.from(text, "utf8")).toString("base64"),
  unpack: (packed) => gunzipSync(Buffer.from(packed, "base64")).toString("utf8"),
};

export interface StateWorld {
  readonly grid: FakeGrid;
  readonly store: Store;
  /** The store as another execution opens it. */
  again(): Store;
}

/** A workbook with a tab of the user's, and its state. */
export function stateWorld(): StateWorld {
  const grid = new FakeGrid();
  grid.addUserTab("People", [["Email"]]);
  return { grid, store: createStateTab(grid, codec), again: () => createStateTab(grid, codec) };
}

const noises = new Map<number, string>();

/** Text that packing cannot make smaller, so that it takes several parts. */
export function noise(characters: number): string {
  const known = noises.get(characters);
  if (known !== undefined) return known;
  let seed = 7;
  let text = "";
  const { fromCharCode } = String;
  while (text.length < characters) {
    seed ^= seed << 13;
    seed ^= seed >>> 17;
    seed ^= seed << 5;
    text += fromCharCode(33 + ((seed >>> 0) % 94));
  }
  noises.set(characters, text);
  return text;
}

/** Id of the state tab. */
export function stateTabId(grid: FakeGrid): number {
  const tab = grid.storedTabs().find((one) => one.name === STATE_TAB_NAME);
  if (tab === undefined) throw new Error("no state tab");
  return tab.id;
}

/** What a kill may leave of the writes that were not flushed. */
export const OUTCOMES: readonly UnflushedWrites[] = ["lost", "kept", { prefix: 1 }, { prefix: 2 }, { prefix: 3 }];

/** Plays until call k of this execution, where it is killed; false when it came to its end before. */
export function killAt(grid: FakeGrid, at: { k: number; outcome: UnflushedWrites }, play: () => void): boolean {
  grid.resetCalls();
  grid.hooks = {
    before: (call) => {
      if (call.k >= at.k) throw new Error("killed");
    },
  };
  let killed = false;
  try {
    play();
  } catch (error) {
    if (String(error) !== "Error: killed") throw error;
    killed = true;
  }
  grid.hooks = {};
  grid.settle(at.outcome);
  return killed;
}
