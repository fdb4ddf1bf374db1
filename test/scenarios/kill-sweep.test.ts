import { SCENARIOS } from "../support/sync-policy-scenarios";
import { groupFailures, type SweepReport, sweepKills } from "../support/sync-sweep";
import { sweepTable } from "../support/sync-sweep-table";
import { SyncWorld } from "../support/sync-world";

/** What every mapping does: pull, push, both ways, first sync. The policies have a file of their own. */
const EVERYDAY = SCENARIOS.filter((scenario) => scenario.options === undefined);

const reports: SweepReport[] = [];

afterAll(() => {
  process.stderr.write(sweepTable(reports));
});

describe("a kill at any call, then runs: the same end as without it (I13)", () => {
  it.each(EVERYDAY.map((scenario) => [scenario.name, scenario] as const))(
    "%s, at every call",
    async (_name, scenario) => {
      const report = await sweepKills(scenario, { makeWorld: async () => new SyncWorld() });
      reports.push(report);
      expect(groupFailures(report.failures)).toEqual([]);
      // Nothing that the undisturbed run settles by itself may be left to the user.
      if (!scenario.mayAsk) expect(report.asks).toBe(0);
      expect(report.trials).toBeGreaterThan(30);
    },
    300_000,
  );
});
