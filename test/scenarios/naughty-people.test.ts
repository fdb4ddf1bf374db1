import { type Damage, playDamaged, sweepDamage } from "../support/sync-damage";
import { SCENARIOS } from "../support/sync-scenarios";

const PUSH = SCENARIOS.find(({ name }) => name === "push of edits and creates");

function scenario() {
  if (PUSH === undefined) throw new Error("the scenario is gone");
  return PUSH;
}

describe("a person who meddles with the hidden tab: an answer in words or the right end (R19)", () => {
  it.each<Damage>(["delete", "cut", "change", "clear", "copy"])(
    "%s, any row of it",
    async (damage) => {
      const reports = await sweepDamage(scenario(), damage);
      const problems = reports.flatMap(({ document, problems: found }) => found.map((text) => `${document}: ${text}`));
      expect(problems).toEqual([]);
      expect(reports.length).toBeGreaterThan(10);
      // Only what nothing can do without stops the runs.
      const refused = reports.filter(({ refusal }) => refusal !== null).map(({ document }) => document);
      for (const document of refused) expect(document).toMatch(/^k:(config|checkpoint)/);
    },
    300_000,
  );

  it("sorts the tab: everything is found again", async () => {
    const report = await playDamaged(scenario(), ({ app }, tabId) => app.grid.user.sortRows(tabId, 2, 1, false));
    expect(report).toEqual({ refusal: null, asks: false, problems: [] });
  });

  it("deletes or renames the tab: the run does not start and says so", async () => {
    const gone = await playDamaged(scenario(), ({ app }, tabId) => app.grid.user.deleteTab(tabId));
    const renamed = await playDamaged(scenario(), ({ app }, tabId) => app.grid.user.renameTab(tabId, "old state"));
    for (const report of [gone, renamed]) {
      expect(report.problems).toEqual([]);
      expect(report.refusal).toMatch(/^mapping-missing: /);
    }
  });
});
