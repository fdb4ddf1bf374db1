import { SCENARIOS } from "../support/sync-policy-scenarios";
import { MEETINGS, sweepMeetings } from "../support/sync-two-runs";

const BOTH_WAYS = SCENARIOS.find(({ name }) => name === "both ways with conflicts");

describe("two runs at once: one waits or stops with a message, and the end is right (I14)", () => {
  it.each(MEETINGS.map((meeting) => [meeting.name, meeting] as const))(
    "%s, at every call",
    async (_name, meeting) => {
      if (BOTH_WAYS === undefined) throw new Error("the scenario is gone");
      const reports = await sweepMeetings(BOTH_WAYS, meeting);
      const problems = reports.flatMap(({ k, problems: found }) => found.map((text) => `at call ${k}: ${text}`));
      expect(problems).toEqual([]);
      expect(reports.length).toBeGreaterThan(50);
      // Nobody is sent away without a word: the sidebar says who is at it, the clock comes again in an hour.
      const refusals = reports.flatMap(({ first, second }) => [first, second]).filter((text) => text !== null);
      for (const text of refusals) expect(text).toMatch(/^(busy|run-active): /);
      if (meeting.second === "sidebar") expect(refusals.length).toBeGreaterThan(reports.length / 2);
    },
    300_000,
  );
});
