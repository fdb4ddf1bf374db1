import { soak } from "../support/model-soak";
import { SyncWorld } from "../support/sync-world";

const makeWorld = async () => new SyncWorld();

describe("random people, runs, kills and faults: everything that must always hold (I1-I9, I17)", () => {
  it.each([1, 101, 201])(
    "holds for the 100 trials from seed %s on",
    async (seed) => {
      const report = await soak({ seed, runs: 100, size: { steps: 30, calls: 60 }, makeWorld, shrink: true });
      expect(report.failures).toEqual([]);
      expect(report.kills).toBeGreaterThan(50);
    },
    600_000,
  );

  it("loses at most 1 % of edits to the width of a call in dense trials (I1)", async () => {
    const report = await soak({ seed: 9_001, runs: 40, size: { steps: 60, calls: 60 }, makeWorld, shrink: true });
    expect(report.failures).toEqual([]);
    expect(report.raced / report.edits).toBeLessThan(0.01);
  }, 600_000);
});
