import type { PairShadows } from "../../src/domain/snapshot";
import { compactSnapshot, loadSnapshot, removeDelta, removeSnapshot, saveDelta } from "../../src/state/snapshot-store";
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

/** A base of so many pairs in chunks. */
function compacted(count: number): MemoryStore {
  const store = new MemoryStore();
  saveDelta(store, "m1", 1, new Map(Array.from({ length: count }, (_, at) => [String(at + 1), shadows(`v${at + 1}`)])));
  store.commit(1);
  compactSnapshot(store, "m1");
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

  it("is gone when it is dropped before its commit", () => {
    const store = new MemoryStore();
    saveDelta(store, "m1", 1, new Map([["7", shadows("Ann")]]));
    removeDelta(store, "m1", 1);
    store.commit(1);
    expect(pairsOf(store)).toEqual({});
  });

  it("is applied in the order of the intents, the tenth after the second", () => {
    const store = new MemoryStore();
    for (const n of [10, 2, 9]) saveDelta(store, "m1", n, new Map([["7", shadows(`from ${n}`)]]));
    store.commit(10);
    expect(pairsOf(store)).toEqual({ "7": shadows("from 10") });
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
    compactSnapshot(store, "m1");
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
    ["text of every script", shadows("Zoë 名 😀 \n\"'")],
  ])("gives back %s after a compaction", (_what, pair) => {
    const store = new MemoryStore();
    saveCommitted(store, 1, { "7": pair, "8": { other: { crm: "x", sheet: "tx" } } });
    compactSnapshot(store, "m1");
    expect(pairsOf(store)).toEqual({ "7": pair, "8": { other: { crm: "x", sheet: "tx" } } });
  });

  it("drops the deltas it took in, and writes nothing when there is none", () => {
    const store = compacted(3);
    expect(store.keys("delta/")).toEqual([]);
    const before = store.writes.length;
    compactSnapshot(store, "m1");
    expect(store.writes).toHaveLength(before);
  });

  it("leaves out what was never committed, for good", () => {
    const store = compacted(1);
    saveDelta(store, "m1", 9, new Map([["99", shadows("never")]]));
    compactSnapshot(store, "m1");
    store.commit(9);
    expect(Object.keys(pairsOf(store))).toEqual(["1"]);
  });

  it.each([
    [1, 1],
    [2_000, 1],
    [2_001, 2],
    [4_001, 4],
  ])("keeps %i pairs in %i chunks", (pairs, chunks) => {
    const store = compacted(pairs);
    expect(chunkKeys(store)).toHaveLength(chunks);
    expect(loadSnapshot(store, "m1").pairs.size).toBe(pairs);
  });

  it("gives chunks back when pairs go away", () => {
    const store = compacted(2_100);
    saveDelta(store, "m1", 2, new Map(Array.from({ length: 1_000 }, (_, at) => [String(at + 1), null])));
    store.commit(2);
    compactSnapshot(store, "m1");
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
    const before = store.writes.length;
    compactSnapshot(store, "m1");
    expect(store.keys("delta/")).toEqual([]);
    for (let kept = before; kept <= store.writes.length; kept++) {
      const left = store.killedAfter(kept);
      expect(pairsOf(left)).toEqual(wanted);
      compactSnapshot(left, "m1");
      expect(pairsOf(left)).toEqual(wanted);
    }
  });

  it("is forgotten with its deltas when the mapping goes", () => {
    const store = compacted(2_001);
    saveCommitted(store, 2, { "7": shadows("Ann") });
    removeSnapshot(store, "m1");
    expect([...store.keys("snapshot/"), ...store.keys("delta/")]).toEqual([]);
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
    expect(loadSnapshot(store, "m1")).toMatchObject({ damaged: true });
    expect(loadSnapshot(store, "m1").pairs.size).toBe(10);
    store.damaged.add("snapshot/m1/head");
    expect(loadSnapshot(store, "m1").damaged).toBe(true);
  });

  it("is whole again after the next compaction", () => {
    const store = compacted(10);
    store.damaged.add("snapshot/m1/head");
    saveCommitted(store, 2, { "99": shadows("Ann") });
    compactSnapshot(store, "m1");
    expect(pairsOf(store)).toEqual({ "99": shadows("Ann") });
  });

  it("is not read when a newer version wrote it", () => {
    const store = compacted(1);
    store.save("snapshot/m1/chunk-0", { version: 2, fields: [], pairs: [] });
    expect(catchSyncError(() => loadSnapshot(store, "m1")).code).toBe("state-newer");
  });
});
