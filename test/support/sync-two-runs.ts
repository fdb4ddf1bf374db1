import type { RunView } from "../../src/contract/views";
import { differences, knownRuns, restAndRead } from "./sync-disturb";
import { compareForm } from "./sync-end";
import { checkEnd } from "./sync-invariants";
import type { Scenario } from "./sync-scenarios";
import { startTrial, type Trial } from "./sync-trial";
import { ReplyError } from "./sync-trial-world";
import { SyncWorld } from "./sync-world";

/** Who works when, and who comes in between. */
export interface Meeting {
  readonly name: string;
  /** The execution that is under way. */
  readonly first: "sidebar" | "clock";
  /** The one that comes in the middle of it and runs from start to end. */
  readonly second: "sidebar" | "clock";
  /** The clock run has no document and so another lock. */
  readonly clockWithoutDocument: boolean;
}

/** All pairs that can meet: with one lock for both, and with two locks that don't know of each other. */
export const MEETINGS: readonly Meeting[] = [
  { name: "two sidebars", first: "sidebar", second: "sidebar", clockWithoutDocument: false },
  { name: "a clock with document in a sidebar's run", first: "sidebar", second: "clock", clockWithoutDocument: false },
  {
    name: "a clock without document in a sidebar's run",
    first: "sidebar",
    second: "clock",
    clockWithoutDocument: true,
  },
  { name: "two clocks without document", first: "clock", second: "clock", clockWithoutDocument: true },
  {
    name: "a sidebar in the run of a clock without document",
    first: "clock",
    second: "sidebar",
    clockWithoutDocument: true,
  },
];

/** What came of the two at one call. */
export interface MeetingReport {
  readonly k: number;
  /** Message with which each stopped; null: it went through. */
  readonly first: string | null;
  readonly second: string | null;
  readonly problems: readonly string[];
}

/** Lets a second execution run in the middle of a first one, at each of its calls in turn (I14). */
export async function sweepMeetings(scenario: Scenario, meeting: Meeting): Promise<readonly MeetingReport[]> {
  const alone = await meet(scenario, meeting, null);
  const reports: MeetingReport[] = [];
  for (let k = 1; k <= alone.calls; k++) {
    const both = await meet(scenario, meeting, k);
    const problems = [...both.problems, ...differences(alone.compared, both.compared, false)];
    reports.push({ k, first: both.first, second: both.second, problems });
  }
  return reports;
}

async function meet(scenario: Scenario, { first, second, clockWithoutDocument }: Meeting, k: number | null) {
  const world = new SyncWorld({ clockWithoutDocument });
  const trial = await startTrial(world, scenario.options);
  await scenario.prepare(trial);
  const { mappingId } = trial.settings;
  await world.call("schedule.save", { mappingId, schedule: { kind: "hourly", hour: 9, day: 1 } });
  await world.pass(3_700_000);
  const before = await knownRuns(trial);
  world.calls.restart();
  let told: string | null = null;
  if (k !== null) {
    world.calls.before(k, () => {
      told = run(trial, world, second);
    });
  }
  const firstTold = run(trial, world, first);
  const calls = world.calls.log().length;
  world.calls.restart();
  const end = await restAndRead(trial);
  const problems = checkEnd(end).violations.map(({ rule, text }) => `${rule}: ${text}`);
  return { calls, first: firstTold, second: told, problems, compared: compareForm(end, before) };
}

/** A whole run without any waiting; gives the message with which it stopped. */
function run({ settings }: Trial, world: SyncWorld, who: "sidebar" | "clock"): string | null {
  try {
    if (who === "clock") world.clockNow();
    else runNow(world, settings.mappingId, settings.direction);
    return null;
  } catch (thrown) {
    if (thrown instanceof ReplyError) return thrown.message;
    throw thrown;
  }
}

function runNow(world: SyncWorld, mappingId: string, direction: RunView["direction"]): void {
  let view = world.callNow("run.start", { mappingId, direction, preview: false });
  for (let slice = 0; slice < 50; slice++) {
    if (view.phase === "waiting") {
      const approval = { runId: view.id, leaveOut: [], allowCreates: true, allowGuard: true, settle: [] };
      view = world.callNow("run.approve", approval);
    } else if (view.phase === "done" || view.phase === "failed" || view.phase === "cancelled") break;
    else view = world.callNow("run.step", { runId: view.id });
  }
  if (view.error) throw new ReplyError(view.error.kind, view.error.code, view.error.message);
}
