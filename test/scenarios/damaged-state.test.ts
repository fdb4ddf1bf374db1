import { type Damage, sweepDamage } from "../support/sync-damage";
import { SCENARIOS } from "../support/sync-scenarios";

const DAMAGES: readonly Damage[] = ["delete", "cut", "change", "clear", "copy"];

describe("somebody edits the hidden state tab (R19)", () => {
  const scenario = SCENARIOS.find((one) => one.name === "both ways with conflicts");

  it.each(DAMAGES)(
    "%s of any row ends in a clear error, a question or the right end, never in a wrong value",
    async (damage) => {
      if (!scenario) throw new Error("the scenario is gone");
      const reports = await sweepDamage(scenario, damage);
      expect(reports.length).toBeGreaterThan(3);
      expect(reports.filter((report) => report.problems.length > 0)).toEqual([]);
    },
    300_000,
  );
});
