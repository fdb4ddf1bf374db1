import { playStep } from "./model-play";
import type { ModelTrial, RunStep } from "./model-steps";
import { readEnd, type TrialEnd } from "./sync-end";
import { checkEnd } from "./sync-invariants";
import type { Violation } from "./sync-lost-updates";
import { watchRaces } from "./sync-races";
import { goOn, runThrough, stabilise } from "./sync-runs";
import { startTrial, type Trial } from "./sync-trial";
import { Killed, ReplyError, type TrialWorld } from "./sync-trial-world";

/** What came of one trial of the model. */
export interface ModelReport {
  readonly violations: readonly Violation[];
  readonly raced: number;
  readonly edits: number;
  readonly operations: number;
  readonly kills: number;
  /** Places that are left to the user at the end: open conflicts, and rows whose create nobody can settle. */
  readonly asks: number;
  readonly end: TrialEnd;
}

/** Plays a trial to its end and checks what must always hold. */
export async function runModel(given: ModelTrial, makeWorld: () => Promise<TrialWorld>): Promise<ModelReport> {
  const world = await makeWorld();
  try {
    const trial = await startTrial(world, given.options);
    for (let n = 0; n < given.contacts; n++) trial.actors.createRecord();
    watchRaces(trial.actors, "Customers");
    let kills = 0;
    for (const step of given.steps) {
      if (step.do === "run") kills += Number(await playRun(world, trial, step));
      else if (step.do === "wait") await world.pass(step.minutes * 60_000);
      else playStep(trial, step);
    }
    world.calls.restart();
    const end = await rest(trial);
    return { ...toReport(end, given), kills };
  } finally {
    await world.close();
  }
}

async function rest(trial: Trial): Promise<TrialEnd> {
  const { world, settings, actors } = trial;
  return readEnd(
    actors,
    settings,
    await stabilise(world, settings, { untilShown: true, isWaiting: () => actors.hasPending() }),
  );
}

function toReport(end: TrialEnd, given: ModelTrial) {
  const verdict = checkEnd(end);
  const pending = end.rows.filter((row) => row.id.startsWith("pending:")).length;
  return {
    end,
    violations: verdict.violations,
    raced: verdict.raced,
    operations: given.steps.reduce((sum, step) => sum + 1 + (step.do === "run" ? step.during.length : 0), 0),
    asks: end.open.size + pending,
    edits: [...end.actors.ledger.entities.values()].reduce((sum, entity) => sum + entity.writes.length, 0),
  };
}

/** Tells whether the run was killed. */
async function playRun(world: TrialWorld, trial: Trial, step: RunStep): Promise<boolean> {
  world.calls.restart();
  for (const { k, step: action } of step.during) world.calls.before(k, () => playStep(trial, action));
  if (step.kill !== null) world.calls.killAt({ ...step.kill, when: "before" });
  world.failAt(step.fault);
  const { actors } = trial;
  try {
    const { mappingId } = trial.settings;
    await (step.resume ? goOn(world, mappingId, step.direction) : runThrough(world, mappingId, step.direction));
    actors.isCutOff = false;
    return false;
  } catch (thrown) {
    if (thrown instanceof Killed) {
      actors.isCutOff = true;
      return true;
    }
    // Another run holds the file, or the add-on says in words why it does not go on: the next step sees to it.
    if (thrown instanceof ReplyError && thrown.kind !== "bug") return false;
    throw thrown;
  } finally {
    world.calls.killAt(null);
    world.failAt(null);
  }
}
