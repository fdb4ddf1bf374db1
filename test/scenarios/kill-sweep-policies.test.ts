import { SCENARIOS } from "../support/sync-policy-scenarios";
import { groupFailures, type SweepReport, sweepKills } from "../support/sync-sweep";
import { sweepTable } from "../support/sync-sweep-table";
import { SyncWorld } from "../support/sync-world";

const makeWorld = async () => new SyncWorld();

/** What happens by choice: who wins, what becomes of the other part, undo. */
const BY_POLICY = SCENARIOS.filter((scenario) => scenario.options !== undefined);

const reports: SweepReport[] = [];

afterAll(() => {
  process.stderr.write(sweepTable(reports));
});

describe("a kill at any call under every policy: the same end as without it (I13)", () => {
  it.each(BY_POLICY.map((scenario) => [scenario.name, scenario] as const))(
    "%s, at every call",
    async (_name, scenario) => {
      const report = await sweepKills(scenario, { makeWorld });
      reports.push(report);
      expect(groupFailures(report.failures)).toEqual([]);
      expect(report.asks).toBe(0);
      expect(report.trials).toBeGreaterThan(30);
    },
    300_000,
  );
});

describe("a kill in a run of many slices (I13)", () => {
  const slow = async () => new SyncWorld({ crmCallMs: 8_000 });

  it.each(SCENARIOS.filter(({ name }) => name === "both ways with conflicts" || name === "push of edits and creates"))(
    "$name, with a CRM so slow that a slice ends after three calls",
    async (scenario) => {
      const report = await sweepKills(scenario, { makeWorld: slow, every: 2 });
      reports.push({ ...report, scenario: `${scenario.name}, slow CRM` });
      expect(groupFailures(report.failures)).toEqual([]);
      expect(report.asks).toBe(0);
    },
    300_000,
  );
});

describe("a kill after which things get worse (I13)", () => {
  const names = ["push of edits and creates", "both ways with conflicts", "removed rows come back"];
  const cases = SCENARIOS.filter(({ name }) => names.includes(name)).flatMap((scenario, at) =>
    (["abandon", "kill again"] as const).map((aftermath) => [scenario.name, aftermath, scenario, at] as const),
  );

  it.each(cases)(
    "%s, then: %s",
    async (name, aftermath, scenario, at) => {
      const report = await sweepKills(scenario, { makeWorld, aftermath, every: 3, offset: at });
      reports.push({ ...report, scenario: `${name}, then: ${aftermath}` });
      expect(groupFailures(report.failures)).toEqual([]);
    },
    300_000,
  );
});
