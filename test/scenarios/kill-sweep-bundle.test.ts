import { createHash } from "node:crypto";
import { readBuilt } from "../support/built-files";
import { BundleTrialWorld } from "../support/sync-bundle-world";
import { SCENARIOS } from "../support/sync-policy-scenarios";
import { groupFailures, type SweepReport, sweepKills } from "../support/sync-sweep";
import { sweepTable } from "../support/sync-sweep-table";

const EVERY = 20;

/** Another twentieth of the points for every build; the same build tries the same ones. `npm run sweep` tries them all. */
const OFFSET = Number.parseInt(createHash("sha256").update(readBuilt("Code.js")).digest("hex").slice(0, 6), 16);

const NAMES = [
  "pull of new and changed",
  "push of edits and creates",
  "both ways with conflicts",
  "first sync with links",
  "rows of deleted records are removed",
  "undo of a run both ways",
];

const reports: SweepReport[] = [];

afterAll(() => {
  process.stderr.write(sweepTable(reports));
});

describe("a kill at calls of the built add-on: the same end as without it (I13)", () => {
  it.each(
    SCENARIOS.filter(({ name }) => NAMES.includes(name)).map((scenario, at) => [scenario.name, scenario, at] as const),
  )(
    "%s, at every twentieth point",
    async (_name, scenario, at) => {
      const report = await sweepKills(scenario, {
        makeWorld: () => BundleTrialWorld.start(),
        every: EVERY,
        offset: OFFSET + at * 7,
      });
      reports.push(report);
      expect(groupFailures(report.failures)).toEqual([]);
      expect(report.asks).toBe(0);
      expect(report.trials).toBeGreaterThan(1);
    },
    300_000,
  );
});
