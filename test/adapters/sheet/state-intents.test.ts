import type { Store } from "../../../src/ports/store";
import { describeStoreIntents } from "../../state/store.contract";
import { killAt, noise, OUTCOMES, type StateWorld, stateTabId, stateWorld } from "./state-world";

describeStoreIntents("the state tab", () => stateWorld().store);

const LARGE = noise(60_000);
const OLD = JSON.stringify(["a0", "b0", "there", null]);
const NEW = JSON.stringify(["a1", LARGE, null, "n1"]);

/** Four documents that an intent changes, adds and removes, as one text. */
const seen = (store: Store) => JSON.stringify(["a", "b", "gone", "new"].map((key) => store.load(key)));

function saveOld({ store }: StateWorld): void {
  store.save("a", "a0");
  store.save("b", "b0");
  store.save("gone", "there");
  store.commit(1);
}

function saveNew(store: Store, n: number): void {
  store.save("a", "a1", n);
  store.save("b", LARGE, n);
  store.remove("gone", n);
  store.save("new", "n1", n);
}

describe("an intent in the state tab", () => {
  it("waits over the end of its execution and of others", () => {
    const { store, again } = prepared();
    saveNew(store, 2);
    store.flush();
    expect(seen(again()) === OLD).toBe(true);
    const other = again();
    other.save("lease", "theirs");
    other.flush();
    const third = again();
    expect(third.nextIntent()).toBe(3);
    third.commit(2);
    expect(seen(again()) === NEW).toBe(true);
    expect(again().load("lease")).toBe("theirs");
  });

  it.each([1, 2, 3, 5, 6])(
    "does not mind rows that are sorted by column %i while it waits and afterwards",
    (column) => {
      const { grid, store, again } = prepared();
      saveNew(store, 2);
      store.flush();
      grid.user.sortRows(stateTabId(grid), 2, column, false);
      const next = again();
      expect(seen(next) === OLD).toBe(true);
      next.commit(2);
      grid.user.sortRows(stateTabId(grid), 2, column, true);
      expect(seen(again()) === NEW).toBe(true);
      expect([again().committed(), again().nextIntent()]).toEqual([2, 3]);
    },
  );

  it("is dropped when rows of what it saved are missing, and no later commit brings the rest", () => {
    const { grid, store, again } = prepared();
    saveNew(store, 2);
    store.flush();
    const rows = grid.values(stateTabId(grid));
    const part = rows.findIndex((row) => row[0] === "k:b" && row[1] === "g:2@2") + 1;
    grid.user.deleteRows(stateTabId(grid), part, 1);
    const next = again();
    next.rollBack();
    next.commit(next.nextIntent());
    expect(seen(again()) === OLD).toBe(true);
  });

  it("is closed by a cell of its own, written after what it closes was made last, and made last itself", () => {
    const { grid, again } = prepared();
    const store = again();
    saveNew(store, 2);
    grid.resetCalls();
    store.commit(2);
    const calls = grid.calls.filter(({ kind }) => kind !== "read");
    expect(calls.map(({ method }) => method)).toEqual(["writeValues", "flush", "writeValues", "flush"]);
    expect(calls[2]?.rect).toMatchObject({ rows: 1, columns: 1 });
  });

  it("writes nothing at a roll-back when nothing waits", () => {
    const { grid, store, again } = prepared();
    store.flush();
    grid.resetCalls();
    const next = again();
    next.rollBack();
    expect(grid.calls.filter((call) => call.kind !== "read")).toEqual([]);
    expect(grid.sheetCalls()).toBe(1);
  });
});

function prepared(): StateWorld {
  const world = stateWorld();
  saveOld(world);
  return world;
}

/** Calls of the workbook that a piece of work takes. */
function callsOf(world: StateWorld, play: () => void): number {
  world.grid.resetCalls();
  play();
  return world.grid.calls.length;
}

describe("a kill at any call of an intent, with buffered writes lost, kept or kept in part", () => {
  const apply = (store: Store) => {
    saveNew(store, 2);
    store.commit(2);
  };
  const goOn = (store: Store) => {
    store.rollBack();
    const n = store.nextIntent();
    store.save("later", "counts", n);
    store.commit(n);
  };
  const whole = prepared();
  const calls = callsOf(whole, () => apply(whole.again()));

  it("I13: everything counts or nothing, and what does not is gone for good", () => {
    const kinds = new Set<string>();
    for (let k = 1; k <= calls; k++) {
      for (const outcome of OUTCOMES) {
        const world = prepared();
        expect(killAt(world.grid, { k, outcome }, () => apply(world.again()))).toBe(true);
        const state = seen(world.again());
        expect([OLD, NEW].includes(state)).toBe(true);
        expect(world.again().committed()).toBe(state === NEW ? 2 : 1);
        kinds.add(state);
        goOn(world.again());
        expect(seen(world.again()) === state).toBe(true);
        expect(world.again().load("later")).toBe("counts");
      }
    }
    // Some kills came after the commit: both ends were tried.
    expect(kinds.size).toBe(2);
  });

  it("I13: neither does a second kill, while the first is being recovered", () => {
    const cut = () => {
      const world = prepared();
      const store = world.again();
      saveNew(store, 2);
      store.flush();
      return world;
    };
    const world = cut();
    const last = callsOf(world, () => goOn(world.again()));
    for (let k = 1; k <= last; k++) {
      for (const outcome of OUTCOMES) {
        const next = cut();
        expect(killAt(next.grid, { k, outcome }, () => goOn(next.again()))).toBe(true);
        expect(seen(next.again()) === OLD).toBe(true);
        goOn(next.again());
        expect(seen(next.again()) === OLD).toBe(true);
        expect(next.again().load("later")).toBe("counts");
      }
    }
  });

  it("I13: a document of several writes is the old one until the last of them and the commit", () => {
    const huge = noise(2_400_000);
    const play = (store: Store) => {
      store.save("a", huge, 2);
      store.commit(2);
    };
    const complete = prepared();
    callsOf(complete, () => play(complete.again()));
    const writes = complete.grid.calls.filter((call) => call.method === "writeValues").map((call) => call.k);
    expect(writes.length).toBeGreaterThan(2);
    for (const k of writes.slice(1)) {
      const world = prepared();
      killAt(world.grid, { k, outcome: "kept" }, () => play(world.again()));
      expect(world.again().load("a") === "a0").toBe(true);
      goOn(world.again());
      expect(world.again().load("a") === "a0").toBe(true);
    }
  });
});

describe("rows that nothing needs any more", () => {
  /** A state in which the next flush cleans up: much that is superseded beside something that waits. */
  function littered(): StateWorld {
    const world = prepared();
    const { store } = world;
    store.save("under", "old", 2);
    store.save("removed", "old", 2);
    store.commit(2);
    store.save("between", "stays");
    store.remove("removed", 3);
    store.save("under", "counts", 3);
    store.commit(3);
    saveNew(store, 4);
    for (let n = 0; n < 100; n++) store.save("many", n);
    store.flush();
    return world;
  }

  const trigger = (store: Store) => {
    for (let n = 100; n < 130; n++) store.save("many", n);
    store.flush();
  };

  it("are deleted without what waits and what counts", () => {
    const { grid, again } = littered();
    const before = grid.values(stateTabId(grid)).length;
    trigger(again());
    expect(grid.values(stateTabId(grid)).length).toBeLessThan(before - 70);
    const next = again();
    expect(seen(next) === OLD).toBe(true);
    expect([next.load("many"), next.load("under"), next.load("removed")]).toEqual([129, "counts", null]);
    next.commit(4);
    expect(seen(again()) === NEW).toBe(true);
  });

  it("I13: a kill at any call of the cleaning loses no document, and what waits can still be committed", () => {
    const whole = littered();
    const calls = callsOf(whole, () => trigger(whole.again()));
    expect(whole.grid.count("deleteRows")).toBeGreaterThan(1);
    for (let k = 1; k <= calls; k++) {
      for (const outcome of OUTCOMES) {
        const world = littered();
        expect(killAt(world.grid, { k, outcome }, () => trigger(world.again()))).toBe(true);
        const next = world.again();
        expect(seen(next) === OLD).toBe(true);
        expect([99, 129]).toContain(next.load("many"));
        expect([next.load("under"), next.load("removed"), next.committed()]).toEqual(["counts", null, 3]);
        expect(next.load("between")).toBe("stays");
        next.commit(4);
        expect(seen(world.again()) === NEW).toBe(true);
      }
    }
  });

  it("are deleted again and again over many intents, some of them rolled back, and the numbers go on rising", () => {
    const { grid, again } = prepared();
    let top = 1;
    for (let round = 1; round <= 60; round++) {
      const store = again();
      const n = store.nextIntent();
      expect(n).toBeGreaterThan(store.committed());
      for (let doc = 0; doc < 5; doc++) store.save(`doc${doc}`, `${round}.${doc}`, n);
      if (round % 3 === 0) {
        store.flush();
        again().rollBack();
      } else {
        store.commit(n);
        top = round;
      }
      for (let doc = 0; doc < 5; doc++) expect(again().load(`doc${doc}`)).toBe(`${top}.${doc}`);
    }
    expect(grid.values(stateTabId(grid)).length).toBeLessThan(160);
    expect(seen(again()) === OLD).toBe(true);
  });
});
