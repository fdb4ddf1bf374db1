import { ACTIONS, sweepActions } from "../support/sync-action-sweep";
import { SCENARIOS } from "../support/sync-policy-scenarios";

/** The step differs from what repeats in a run, so that the sample moves through all kinds of calls. */
const EVERY = 7;

const NAMES = ["push of edits and creates", "both ways with conflicts", "rows of deleted records are removed"];

describe("somebody sorts, inserts, deletes, moves, renames, types or edits right before any call (I1, I6, I7)", () => {
  let trials = 0;
  let raced = 0;

  it.each(SCENARIOS.filter(({ name }) => NAMES.includes(name)).map((scenario) => [scenario.name, scenario] as const))(
    "%s: every value ends where it belongs",
    async (_name, scenario) => {
      for (const [at, action] of ACTIONS.entries()) {
        const reports = await sweepActions(scenario, action, { every: EVERY, offset: at });
        const problems = reports.flatMap(({ k, problems: found }) =>
          found.map((text) => `${action.name} before call ${k}: ${text}`),
        );
        expect(problems).toEqual([]);
        trials += reports.length;
        raced += reports.reduce((sum, report) => sum + report.raced, 0);
      }
    },
    300_000,
  );

  it("loses nothing but what comes within the width of one call (I1)", () => {
    expect(trials).toBeGreaterThan(200);
    expect(raced / trials).toBeLessThan(0.02);
  });
});
