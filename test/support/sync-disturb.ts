import { type ComparedEnd, compareForm, readEnd, type TrialEnd } from "./sync-end";
import { checkEnd } from "./sync-invariants";
import { goOn, type Rest, stabilise } from "./sync-runs";
import type { Scenario } from "./sync-scenarios";
import { startTrial, type Trial } from "./sync-trial";
import { Killed, type KillPoint, ReplyError, type TrialCall, type TrialWorld } from "./sync-trial-world";

/** Something that goes wrong in the part of a scenario that is swept. */
export interface Disturbance {
  readonly name: string;
  /** Before the part begins, with the numbers of calls at 0. */
  plant(trial: Trial): void;
  /** After it, before the world comes to rest. */
  lift?(trial: Trial): void;
}

/** What happens after a kill: the same person goes on, nobody does until the lease ends, or a second kill comes. */
export type Aftermath = "resume" | "abandon" | { readonly killAgain: KillPoint };

export interface DisturbedTrial {
  readonly calls: readonly TrialCall[];
  /** What must hold and does not. */
  readonly problems: readonly string[];
  readonly compared: ComparedEnd;
  /** Error with which the disturbed part ended; null: it went through, or was killed. */
  readonly stopped: string | null;
}

/** Plays a scenario with something going wrong, lets the world come to rest, and looks at it. */
export async function playDisturbed(
  scenario: Scenario,
  makeWorld: () => Promise<TrialWorld>,
  disturbance: Disturbance | null = null,
  aftermath: Aftermath = "resume",
): Promise<DisturbedTrial> {
  const world = await makeWorld();
  try {
    const trial = await startTrial(world, scenario.options);
    await scenario.prepare(trial);
    // Whatever was prepared has reached the CRM's index, so that the same run finds the same with and without a kill.
    await world.pass(120_000);
    const before = await knownRuns(trial);
    world.calls.restart();
    disturbance?.plant(trial);
    const stopped = await stopOf(() => scenario.act(trial));
    const calls = [...world.calls.log()];
    world.calls.restart();
    disturbance?.lift?.(trial);
    if (scenario.again && disturbance !== null) {
      await world.pass(120_000);
      await stopOf(() => scenario.act(trial));
    }
    const end = await restAndRead(trial, aftermath);
    const problems = checkEnd(end, scenario.undoes).violations.map(({ rule, text }) => `${rule}: ${text}`);
    return { calls, problems, compared: compareForm(end, before), stopped };
  } finally {
    await world.close();
  }
}

/** The error reply with which some work ended; null where it went through or was killed. */
export async function stopOf(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (thrown) {
    if (thrown instanceof Killed) return null;
    if (thrown instanceof ReplyError) return thrown.message;
    throw thrown;
  }
}

/** Brings the world to rest and looks at it. */
export async function restAndRead(trial: Trial, aftermath: Aftermath = "resume"): Promise<TrialEnd> {
  const { world, settings, actors } = trial;
  if (typeof aftermath === "object") {
    world.calls.killAt(aftermath.killAgain);
    await stopOf(() => goOn(world, settings.mappingId, settings.direction));
    world.calls.restart();
  }
  const rest: Rest = await stabilise(world, settings, {
    abandon: aftermath === "abandon",
    isWaiting: () => actors.hasPending(),
  });
  return readEnd(actors, settings, rest);
}

/** Runs that the history knows by now. */
export async function knownRuns({ world }: Trial): Promise<ReadonlySet<string>> {
  return new Set((await world.call("history.list", { limit: 200 })).map((item) => item.runId));
}

/** How the end of a trial differs from the end without its disturbance. */
export function differences(plain: ComparedEnd, other: ComparedEnd, totals: boolean): string[] {
  const texts: string[] = [];
  for (const part of ["rows", "records", "conflicts"] as const) {
    const missing = plain[part].filter((one) => !other[part].includes(one));
    const extra = other[part].filter((one) => !plain[part].includes(one));
    for (const one of missing) texts.push(`I13 ${part}: undisturbed there is: ${one}`);
    for (const one of extra) texts.push(`I13 ${part}: only here: ${one}`);
    if (missing.length + extra.length === 0 && plain[part].length !== other[part].length)
      texts.push(`I13 ${part}: ${plain[part].length} undisturbed, ${other[part].length} here`);
  }
  for (const name of totals ? Object.keys({ ...plain.totals, ...other.totals }) : []) {
    const [one, here] = [plain.totals[name] ?? 0, other.totals[name] ?? 0];
    if (one !== here) texts.push(`I8 totals: ${name} ${one} undisturbed, ${here} here`);
  }
  return texts;
}
