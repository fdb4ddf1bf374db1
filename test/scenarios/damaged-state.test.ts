import { type Damage, playDamaged, sweepDamage } from "../support/sync-damage";
import { SCENARIOS } from "../support/sync-policy-scenarios";

const DAMAGES: readonly Damage[] = ["delete", "cut", "change", "clear", "copy"];

function named(name: string) {
  const scenario = SCENARIOS.find((one) => one.name === name);
  if (!scenario) throw new Error("the scenario is gone");
  return scenario;
}

describe("somebody edits the hidden state tab (R19)", () => {
  it.each(DAMAGES)(
    "%s of any row ends in a clear error, a question or the right end, never in a wrong value",
    async (damage) => {
      const reports = await sweepDamage(named("both ways with conflicts"), damage);
      expect(reports.length).toBeGreaterThan(3);
      expect(reports.filter((report) => report.problems.length > 0)).toEqual([]);
      // Only what nothing can do without stops the runs.
      const refused = reports.filter(({ refusal }) => refusal !== null).map(({ document }) => document);
      for (const document of refused) expect(document).toMatch(/^k:(config|checkpoint)/);
    },
    300_000,
  );

  it("finds everything again after the tab was sorted", async () => {
    const report = await playDamaged(named("push of edits and creates"), ({ app }, tabId) =>
      app.grid.user.sortRows(tabId, 2, 1, false),
    );
    expect(report).toEqual({ refusal: null, asks: false, problems: [] });
  });

  it("does not start without the tab and says so", async () => {
    const scenario = named("push of edits and creates");
    const gone = await playDamaged(scenario, ({ app }, tabId) => app.grid.user.deleteTab(tabId));
    const renamed = await playDamaged(scenario, ({ app }, tabId) => app.grid.user.renameTab(tabId, "old state"));
    for (const report of [gone, renamed]) {
      expect(report.problems).toEqual([]);
      expect(report.refusal).toMatch(/^mapping-missing: /);
    }
  });
});
