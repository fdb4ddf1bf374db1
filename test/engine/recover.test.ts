import { recover } from "../../src/engine/settle/recover";
import { openIntent, saveIntent } from "../../src/state/journal";
import { loadRun } from "../../src/state/run-document";
import { loadSnapshot, saveDelta } from "../../src/state/snapshot-store";
import { buildIntent, buildUpdate, engineWorld, found, openedRun, scriptedCrm } from "./engine-world";

const ANN = buildUpdate("1", { name: ["Ann", "Bea"] });
const INTENT = buildIntent([ANN], { n: 4 });

describe("what a cut-off execution left", () => {
  it("is dropped for good where it was saved and not committed", () => {
    const { deps, store, ...world } = engineWorld();
    const run = openedRun({ deps, store, ...world });
    store.commit(3);
    saveDelta(store, "m1", 4, new Map([["7", {}]]));
    expect(recover(deps, run)).toEqual({ run, cutOff: null });
    store.commit(4);
    expect(loadSnapshot(store, "m1").pairs.size).toBe(0);
  });

  it("is nothing when no intent is open: the CRM and the sheet are not asked", () => {
    const world = engineWorld();
    const run = openedRun(world);
    expect(recover(world.deps, run)).toEqual({ run, cutOff: null });
  });

  it("is gone on with when it is work of the same run", () => {
    const world = engineWorld();
    const run = openedRun(world, { phase: "applying" });
    saveIntent(world.store, INTENT);
    expect(recover(world.deps, run)).toEqual({ run, cutOff: INTENT });
    expect(openIntent(world.store, "m1")).toEqual(INTENT);
  });

  it.each([
    ["another run", { id: "r2", phase: "applying" }],
    ["the same run, which plans anew", { phase: "reading" }],
  ] as const)(
    "is looked at by %s: what is in place counts, and the intent is closed in the same moment",
    (_what, change) => {
      const world = engineWorld({ crm: scriptedCrm([found("1", "", "Bea")], []) });
      const run = openedRun(world, change);
      saveIntent(world.store, INTENT);
      const recovery = recover(world.deps, run);
      expect(recovery).toMatchObject({ cutOff: null, run: { ...change, totals: { processed: 1, updated: 1 } } });
      const before = world.store.killedAfter(world.store.writes.length - 1);
      expect([openIntent(before, "m1"), loadSnapshot(before, "m1").pairs.size]).toEqual([INTENT, 0]);
      expect(openIntent(world.store, "m1")).toBeNull();
      expect(loadSnapshot(world.store, "m1").pairs.get("1")).toEqual({ name: { sheet: "tBea", crm: "Bea" } });
      expect(loadRun(world.store, "m1")?.totals.updated).toBe(1);
    },
  );

  it("stays open when the CRM cannot be asked", () => {
    const world = engineWorld({
      crm: {
        read: () => {
          throw new Error("no answer");
        },
      },
    });
    saveIntent(world.store, INTENT);
    expect(() => recover(world.deps, openedRun(world, { id: "r2" }))).toThrow("no answer");
    expect(openIntent(world.store, "m1")).toEqual(INTENT);
  });

  it("of another mapping stays open until that mapping's own run", () => {
    const world = engineWorld();
    const run = openedRun(world);
    const other = { ...INTENT, mappingId: "m2" };
    saveIntent(world.store, other);
    saveDelta(world.store, "m2", 9, new Map([["7", {}]]));
    expect(recover(world.deps, run)).toEqual({ run, cutOff: null });
    expect(openIntent(world.store, "m2")).toEqual(other);
    world.store.commit(9);
    expect(loadSnapshot(world.store, "m2").pairs.size).toBe(0);
  });
});
