import type { PairShadows, SnapshotDelta } from "../../src/domain/snapshot";
import { compactSnapshot, loadSnapshot, removeSnapshot, saveDelta } from "../../src/state/snapshot-store";
import { catchSyncError } from "../support/catch-error";
import { MemoryStore } from "./memory-store";

const shadows = (crm: string, sheet = crm === "" ? "" : `t${crm}`): PairShadows => ({ name: { crm, sheet } });

function saveCommitted(store: MemoryStore, n: number, delta: Record<string, PairShadows | null>, mapping = "m1"): void {
  saveDelta(store, mapping, n, new Map(Object.entries(delta)));
  store.commit(n);
}

function pairsOf(store: MemoryStore, mapping = "m1"): Record<string, PairShadows> {
  const { pairs, damaged } = loadSnapshot(store, mapping);
  expect(damaged).toBe(false);
  return Object.fromEntries([...pairs].sort(([a], [b]) => Number(a) - Number(b)));
}

const NOTHING: SnapshotDelta = new Map();

/** Takes all deltas into chunks, as the end of a run does. */
function compact(store: MemoryStore, mapping = "m1", last = NOTHING): boolean {
  const n = store.nextIntent();
  const changed = compactSnapshot(store, mapping, n, { last, only: null });
  store.commit(n);
  return changed;
}

/** The store as the next execution finds it: nothing of it is known yet. */
const reopened = (store: MemoryStore) => store.killedAfter(store.writes.length);

/** A base of so many pairs in chunks. */
function compacted(count: number): MemoryStore {
  const store = new MemoryStore();
  compact(store, "m1", new Map(Array.from({ length: count }, (_, at) => [String(at + 1), shadows(`v${at + 1}`)])));
  return store;
}

const chunkKeys = (store: MemoryStore) => store.keys("snapshot/m1/chunk-");

describe("what an intent changed in the base", () => {
  it("counts only once its intent is committed", () => {
    const store = new MemoryStore();
    saveDelta(store, "m1", 1, new Map([["7", shadows("Ann")]]));
    expect(pairsOf(store)).toEqual({});
    store.commit(1);
    expect(pairsOf(store)).toEqual({ "7": shadows("Ann") });
  });

  it("is gone when its intent is rolled back, or another one is committed", () => {
    const store = new MemoryStore();
    saveDelta(store, "m1", 1, new Map([["7", shadows("Ann")]]));
    store.rollBack();
    store.commit(1);
    expect(pairsOf(store)).toEqual({});
    saveDelta(store, "m1", 2, new Map([["7", shadows("Ann")]]));
    store.commit(3);
    expect([pairsOf(store), pairsOf(reopened(store))]).toEqual([{}, {}]);
  });

  it("is applied in the order of the intents, the tenth after the second", () => {
    const store = new MemoryStore();
    for (const n of [2, 9, 10]) saveCommitted(store, n, { "7": shadows(`from ${n}`) });
    expect(store.keys("delta/")).toEqual(["delta/m1/10", "delta/m1/2", "delta/m1/9"]);
    expect(pairsOf(reopened(store))).toEqual({ "7": shadows("from 10") });
  });

  it("replaces a pair field by field, and forgets it as a whole", () => {
    const store = new MemoryStore();
    saveCommitted(store, 1, { "7": { name: { crm: "Ann", sheet: "tAnn" }, city: { crm: "Rome", sheet: "tRome" } } });
    saveCommitted(store, 2, { "7": { city: { crm: "Oslo", sheet: "tOslo" } } });
    expect(pairsOf(store)["7"]).toEqual({
      name: { crm: "Ann", sheet: "tAnn" },
      city: { crm: "Oslo", sheet: "tOslo" },
    });
    saveCommitted(store, 3, { "7": null });
    expect(pairsOf(store)).toEqual({});
    saveCommitted(store, 4, { "7": { city: { crm: "Bonn", sheet: "tBonn" } } });
    expect(pairsOf(store)["7"]).toEqual({ city: { crm: "Bonn", sheet: "tBonn" } });
  });

  it("belongs to one mapping", () => {
    const store = new MemoryStore();
    saveCommitted(store, 1, { "7": shadows("Ann") }, "m1");
    saveCommitted(store, 2, { "8": shadows("Bob") }, "m10");
    compact(store);
    expect(pairsOf(store, "m1")).toEqual({ "7": shadows("Ann") });
    expect(pairsOf(store, "m10")).toEqual({ "8": shadows("Bob") });
  });
});

describe("the base in chunks", () => {
  it.each<[string, PairShadows]>([
    ["the same text on both sides", shadows("Ann")],
    ["a blank on both sides", shadows("")],
    ["a number that the sheet holds as a number", shadows("12.5", "n12.5")],
    ["a formula's blank beside a value", shadows("12", "")],
    ["a value beside a blank record", shadows("", "tgone")],
    ["an option whose label differs from its value", shadows("hot_pink", "tHot pink")],
    ["two sides that an undo left apart", { name: { crm: "won", sheet: "tLead", apart: true } }],
    ["two sides that an undo left apart and alike", { name: { crm: "Ann", sheet: "tAnn", apart: true } }],
    ["text of every script", shadows("Zoë 名 😀 \n\"'")],
  ])("gives back %s after a compaction", (_what, pair) => {
    const store = new MemoryStore();
    saveCommitted(store, 1, { "7": pair, "8": { other: { crm: "x", sheet: "tx" } } });
    compact(store);
    for (const read of [store, reopened(store)]) {
      expect(pairsOf(read)).toEqual({ "7": pair, "8": { other: { crm: "x", sheet: "tx" } } });
    }
  });

  it("drops the deltas it took in, and writes nothing when there is none and nothing else changed", () => {
    const store = compacted(3);
    saveCommitted(store, 5, { "9": shadows("Ann") });
    expect(compact(store)).toBe(true);
    expect(store.keys("delta/")).toEqual([]);
    const before = store.writes.length;
    expect(compactSnapshot(store, "m1", 9, { last: NOTHING, only: null })).toBe(false);
    expect(store.writes).toHaveLength(before);
  });

  it("takes in what the run leaves at its end: changed, new and forgotten pairs", () => {
    const store = compacted(3);
    saveCommitted(store, 5, { "1": shadows("delta"), "2": shadows("delta") });
    compact(
      store,
      "m1",
      new Map([
        ["2", shadows("last")],
        ["3", null],
        ["4", shadows("new")],
      ]),
    );
    const wanted = { "1": shadows("delta"), "2": shadows("last"), "4": shadows("new") };
    expect([pairsOf(store), pairsOf(reopened(store))]).toEqual([wanted, wanted]);
  });

  it("drops the fields that are no longer mapped (F11)", () => {
    const store = new MemoryStore();
    const pair = { name: { crm: "Ann", sheet: "tAnn" }, city: { crm: "Rome", sheet: "tRome" } };
    saveCommitted(store, 1, { "7": pair });
    expect(compactSnapshot(store, "m1", 2, { last: NOTHING, only: new Set(["city"]) })).toBe(true);
    store.commit(2);
    expect([pairsOf(store), pairsOf(reopened(store))]).toEqual([
      { "7": { city: pair.city } },
      { "7": { city: pair.city } },
    ]);
  });

  it("counts once its intent is committed: before that the base is what it was", () => {
    const store = compacted(2);
    saveCommitted(store, 5, { "2": shadows("delta") });
    const before = pairsOf(store);
    compactSnapshot(store, "m1", 6, { last: new Map([["1", null]]), only: null });
    expect([pairsOf(store), pairsOf(reopened(store))]).toEqual([before, before]);
    store.commit(6);
    expect(pairsOf(store)).toEqual({ "2": shadows("delta") });
  });

  it("leaves out what was never committed, for good", () => {
    const store = compacted(1);
    saveDelta(store, "m1", 9, new Map([["99", shadows("never")]]));
    compact(store);
    store.commit(19);
    expect([Object.keys(pairsOf(store)), Object.keys(pairsOf(reopened(store)))]).toEqual([["1"], ["1"]]);
  });

  it.each([
    [1, 1],
    [2_000, 1],
    [2_001, 2],
    [4_001, 4],
  ])("keeps %i pairs in %i chunks", (pairs, chunks) => {
    const store = compacted(pairs);
    expect(chunkKeys(store)).toHaveLength(chunks);
    expect(loadSnapshot(reopened(store), "m1").pairs.size).toBe(pairs);
  });

  it("gives chunks back when pairs go away", () => {
    const store = compacted(2_100);
    compact(store, "m1", new Map(Array.from({ length: 1_000 }, (_, at) => [String(at + 1), null])));
    expect(chunkKeys(store)).toHaveLength(1);
    expect(loadSnapshot(store, "m1").pairs.size).toBe(1_100);
  });

  it.each([
    ["grows", 1_999, { "1": null, "5000": shadows("new"), "5001": shadows("new"), "5002": shadows("new") }],
    ["shrinks", 2_001, { "1": null, "2": null, "3": shadows("changed") }],
  ])("loses no pair wherever a kill cuts a compaction that %s", (_what, count, delta) => {
    const store = compacted(count);
    saveCommitted(store, 2, delta);
    const wanted = pairsOf(store);
    const last: SnapshotDelta = new Map([["9000", shadows("last")]]);
    const before = store.writes.length;
    compact(store, "m1", last);
    expect(store.keys("delta/")).toEqual([]);
    for (let kept = before; kept <= store.writes.length; kept++) {
      const left = store.killedAfter(kept);
      const isOver = kept === store.writes.length;
      expect(pairsOf(left)).toEqual(isOver ? { ...wanted, "9000": shadows("last") } : wanted);
      left.rollBack();
      compact(left, "m1", last);
      expect(pairsOf(left)).toEqual({ ...wanted, "9000": shadows("last") });
    }
  });

  it("is forgotten with its deltas when the mapping goes", () => {
    const store = compacted(2_001);
    saveCommitted(store, 2, { "7": shadows("Ann") });
    expect(loadSnapshot(store, "m1").pairs.size).toBe(2_001);
    removeSnapshot(store, "m1");
    expect([...store.keys("snapshot/"), ...store.keys("delta/")]).toEqual([]);
    expect(pairsOf(store)).toEqual({});
  });
});

describe("a base that was damaged", () => {
  it("keeps the pairs of the other chunks and says so (R19)", () => {
    const store = compacted(2_500);
    store.damaged.add(chunkKeys(store)[0] ?? "");
    const { pairs, damaged } = loadSnapshot(store, "m1");
    expect(damaged).toBe(true);
    expect(pairs.size).toBeGreaterThan(1_000);
    expect(pairs.size).toBeLessThan(1_500);
  });

  it("says so when a chunk is missing", () => {
    const store = compacted(2_500);
    store.remove(chunkKeys(store)[1] ?? "");
    expect(loadSnapshot(store, "m1").damaged).toBe(true);
  });

  it("says so when its head or a delta cannot be read, instead of stopping the run", () => {
    const store = compacted(10);
    saveCommitted(store, 2, { "99": shadows("Ann") });
    store.damaged.add("delta/m1/2");
    const { damaged, pairs } = loadSnapshot(store, "m1");
    expect([damaged, pairs.size]).toEqual([true, 10]);
    const headless = compacted(10);
    headless.damaged.add("snapshot/m1/head");
    expect(loadSnapshot(headless, "m1").damaged).toBe(true);
  });

  it("is whole again after the next compaction", () => {
    const store = compacted(10);
    store.damaged.add("snapshot/m1/head");
    saveCommitted(store, 2, { "99": shadows("Ann") });
    expect(loadSnapshot(store, "m1").damaged).toBe(true);
    compact(store);
    for (const read of [store, reopened(store)]) expect(pairsOf(read)).toEqual({ "99": shadows("Ann") });
  });

  it("is not read when a newer version wrote it", () => {
    const store = compacted(1);
    store.save("snapshot/m1/chunk-0", { version: 2, fields: [], pairs: [] });
    expect(catchSyncError(() => loadSnapshot(store, "m1")).code).toBe("state-newer");
  });
});

describe("a base that an execution knows already", () => {
  /** Every document that was read. */
  function spied(store: MemoryStore): string[] {
    const loads: string[] = [];
    const { load } = store;
    jest.spyOn(store, "load").mockImplementation((key) => {
      loads.push(key);
      return load.call(store, key);
    });
    return loads;
  }

  it("is not read again, however many of its intents are committed", () => {
    const store = reopened(compacted(10));
    const loads = spied(store);
    expect(loadSnapshot(store, "m1").pairs.size).toBe(10);
    const first = loads.length;
    for (let n = 2; n < 12; n++) {
      saveDelta(
        store,
        "m1",
        n,
        new Map([
          ["1", shadows(`from ${n}`)],
          [`9${n}`, shadows("new")],
          [`${n}`, null],
        ]),
      );
      expect(pairsOf(store)["1"]).toEqual(n === 2 ? shadows("v1") : shadows(`from ${n - 1}`));
      store.commit(n);
      expect(pairsOf(store)["1"]).toEqual(shadows(`from ${n}`));
    }
    expect(loads).toHaveLength(first);
    expect(pairsOf(reopened(store))).toEqual(pairsOf(store));
  });

  it("takes in one intent after the other, also when nobody looked between them", () => {
    const store = reopened(compacted(3));
    loadSnapshot(store, "m1");
    for (let n = 2; n < 6; n++) saveCommitted(store, n, { [`${n + 10}`]: shadows("new"), "1": shadows(`from ${n}`) });
    expect(pairsOf(store)).toEqual(pairsOf(reopened(store)));
    expect(Object.keys(pairsOf(store))).toHaveLength(7);
  });

  it("is no other mapping's, and hears of what other mappings' intents leave as it is", () => {
    const store = reopened(compacted(3));
    saveCommitted(store, 2, { "7": shadows("Ann") }, "m2");
    const before = pairsOf(store);
    saveCommitted(store, 3, { "1": shadows("theirs"), "8": shadows("Bob") }, "m2");
    expect(pairsOf(store)).toEqual(before);
    saveCommitted(store, 4, { "1": shadows("ours") });
    expect(pairsOf(store, "m2")).toEqual({ "1": shadows("theirs"), "7": shadows("Ann"), "8": shadows("Bob") });
    expect(pairsOf(store)).toEqual({ ...before, "1": shadows("ours") });
  });

  it("is read again after another execution's commit", () => {
    const store = reopened(compacted(3));
    loadSnapshot(store, "m1");
    const other: SnapshotDelta = new Map([["2", shadows("theirs")]]);
    // As another execution does it: past what this one knows.
    store.save(
      "delta/m1/2",
      { version: 1, forget: ["1"], chunk: { version: 1, fields: ["name"], pairs: [["2", "theirs"]] } },
      2,
    );
    store.commit(2);
    expect(pairsOf(store)).toEqual({ "2": other.get("2"), "3": shadows("v3") });
  });

  it("forgets a delta whose intent never came to its commit", () => {
    const store = reopened(compacted(3));
    const before = pairsOf(store);
    saveDelta(store, "m1", 2, new Map([["1", shadows("never")]]));
    store.rollBack();
    saveCommitted(store, 3, { "2": shadows("counts") });
    expect(pairsOf(store)).toEqual({ ...before, "2": shadows("counts") });
    saveDelta(store, "m1", 4, new Map([["1", shadows("never")]]));
    store.commit(5);
    expect(pairsOf(store)).toEqual({ ...before, "2": shadows("counts") });
  });

  it("stays damaged until it is compacted, whatever is committed", () => {
    const store = compacted(2_500);
    store.damaged.add(chunkKeys(store)[0] ?? "");
    expect(loadSnapshot(store, "m1").damaged).toBe(true);
    saveCommitted(store, 2, { "7": shadows("Ann") });
    expect(loadSnapshot(store, "m1").damaged).toBe(true);
  });
});
