import { SyncError } from "../../../src/domain/errors";
import { noise, type StateWorld, stateWorld as setUp, stateTabId as stateTab } from "./state-world";

describe("documents in the state tab", () => {
  it("is empty without a tab, and makes none by reading", () => {
    const { grid, store } = setUp();
    expect([store.load("config"), store.keys(""), store.committed()]).toEqual([null, [], 0]);
    expect(grid.storedTabs()).toHaveLength(1);
  });

  it("gives back what was saved, at once and in the next execution", () => {
    const { grid, store, again } = setUp();
    const large = { text: noise(150_000), list: [1, null, true, "=1+1", "ünïcode 😀"] };
    store.save("config", { a: 1 });
    store.save("base/1", large);
    expect(store.load("config")).toEqual({ a: 1 });
    store.flush();
    expect(JSON.stringify(store.load("base/1")) === JSON.stringify(large)).toBe(true);
    expect(JSON.stringify(again().load("base/1")) === JSON.stringify(large)).toBe(true);
    expect(again().keys("base/")).toEqual(["base/1"]);
    expect(grid.stored(stateTab(grid)).hidden).toBe(true);
  });

  it("writes all that is buffered in one call, and reads the tab once", () => {
    const { grid, store, again } = setUp();
    store.save("a", 1);
    store.flush();
    grid.resetCalls();
    store.save("a", 2);
    store.save("b", 3);
    store.remove("a");
    store.flush();
    expect(grid.sheetCalls()).toBe(1);
    grid.resetCalls();
    const next = again();
    expect([next.load("a"), next.load("b"), next.keys(""), next.committed()]).toEqual([null, 3, ["b"], 0]);
    expect(grid.sheetCalls()).toBe(1);
  });

  it("every cell is text that could be nothing else", () => {
    const { grid, store } = setUp();
    store.save("config", 12);
    store.save("m", "=x");
    store.save("n", noise(60_000));
    store.commit(3);
    for (const line of grid.values(stateTab(grid))) {
      for (const value of line) if (value !== "") expect(value).toMatch(/^([a-zA-Z]+ [a-zA-Z]+ [a-z]+|[a-z]+:)/);
    }
  });

  it("notices what another execution wrote", () => {
    const { store, again } = setUp();
    const other = again();
    store.save("lease", "mine");
    store.flush();
    expect(other.load("lease")).toBe("mine");
    other.save("lease", "theirs");
    other.flush();
    expect(store.load("lease")).toBe("theirs");
    store.save("lease", "mine again");
    store.flush();
    expect(again().load("lease")).toBe("mine again");
  });

  it("does not mind rows that were sorted, or the tab deleted", () => {
    const { grid, store, again } = setUp();
    for (let i = 0; i < 5; i++) {
      store.save(`doc${i % 2}`, { version: i, text: noise(46_000) });
      store.commit(i + 1);
    }
    grid.user.sortRows(stateTab(grid), 1, 6, false);
    const next = again();
    expect(next.load("doc0")).toMatchObject({ version: 4 });
    expect(next.committed()).toBe(5);
    next.save("doc0", { version: 5 });
    next.flush();
    expect(again().load("doc0")).toEqual({ version: 5 });
    grid.user.deleteTab(stateTab(grid));
    expect([again().load("doc0"), next.load("doc0"), again().committed()]).toEqual([null, null, 0]);
    next.save("new", 1);
    next.flush();
    expect(again().load("new")).toBe(1);
  });

  it("R19: says which document is damaged", () => {
    const { grid, store, again } = setUp();
    store.save("base/7", { a: 1 });
    store.save("other", { b: 2 });
    store.flush();
    grid.user.type(stateTab(grid), 2, 6, 'j:{"a":2}');
    let thrown: unknown;
    try {
      again().load("base/7");
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(SyncError);
    expect(thrown).toMatchObject({ kind: "fatal", code: "state-damaged" });
    expect(String(thrown)).toContain("base/7");
    expect(again().load("other")).toEqual({ b: 2 });
  });

  it("uses the generation before when rows of the newest are missing", () => {
    const { grid, store, again } = setUp();
    store.save("doc", "old");
    store.flush();
    store.save("doc", noise(150_000));
    store.flush();
    grid.user.deleteRows(stateTab(grid), 5, 1);
    expect(again().load("doc") === "old").toBe(true);
  });
});

describe("a kill between any two calls", () => {
  it("I13: each document is the one before or the one after, and the commit never comes before its documents", () => {
    const play = ({ again }: StateWorld) => {
      const store = again();
      store.save("a", "a1");
      store.save("b", "b1");
      store.commit(1);
      store.save("b", "b2");
      store.remove("a");
      store.flush();
      store.save("c", noise(120_000));
      store.commit(2);
    };
    const whole = setUp();
    play(whole);
    const states = ["-,-,0", "a1,-,0", "a1,b1,0", "a1,b1,1", "a1,b2,1", "-,b2,1", "-,b2,1", "-,b2,2"];
    for (let k = 1; k <= whole.grid.calls.length; k++) {
      for (const outcome of ["lost", "kept", { prefix: 1 }, { prefix: 2 }, { prefix: 3 }] as const) {
        const world = setUp();
        const { grid, again } = world;
        grid.hooks.before = (call) => {
          if (call.k === k) throw new Error("killed");
        };
        expect(() => play(world)).toThrow("killed");
        grid.settle(outcome);
        grid.hooks = {};
        const store = again();
        const seen = `${store.load("a") ?? "-"},${store.load("b") ?? "-"},${store.committed()}`;
        expect(states).toContain(seen);
        if (store.committed() === 2) expect(store.load("c")).not.toBeNull();
        // And it can be written again.
        store.save("d", 1);
        store.commit(9);
        expect([again().load("d"), again().committed()]).toEqual([1, 9]);
      }
    }
  });

  it("deletes superseded rows now and then, and keeps every document", () => {
    const { grid, store, again } = setUp();
    store.save("constant", "stays");
    for (let n = 1; n <= 300; n++) {
      store.save(`doc${n % 7}`, n);
      if (n % 10 === 0) store.remove("doc3");
      store.commit(n);
    }
    expect(grid.values(stateTab(grid)).length).toBeLessThan(200);
    const next = again();
    expect(next.load("constant")).toBe("stays");
    expect(next.committed()).toBe(300);
    expect([0, 1, 2, 4, 5, 6].map((i) => next.load(`doc${i}`))).toEqual([294, 295, 296, 298, 299, 300]);
    expect(next.load("doc3")).toBeNull();
  });

  it("deletes nothing when the rows do not stand where they stood", () => {
    const { grid, store, again } = setUp();
    for (let n = 1; n <= 118; n++) {
      store.save("doc", n);
      store.flush();
    }
    grid.user.sortRows(stateTab(grid), 2, 5, true);
    for (let n = 119; n <= 260; n++) {
      store.save("doc", n);
      store.flush();
      expect(again().load("doc")).toBe(n);
    }
  });
});
