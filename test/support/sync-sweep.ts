import { type Aftermath, differences, playDisturbed } from "./sync-disturb";
import type { Scenario } from "./sync-scenarios";
import type { KillPoint, TrialCall, TrialWorld, Unflushed } from "./sync-trial-world";

/** A kill after which something does not hold, or the end is another one. */
export interface KillFailure {
  /** null: the scenario itself fails. */
  readonly point: KillPoint | null;
  /** Call at which the execution was killed. */
  readonly call: string;
  readonly problems: readonly string[];
}

export interface SweepReport {
  readonly scenario: string;
  /** External calls of the part that is swept. */
  readonly calls: number;
  readonly trials: number;
  readonly failures: readonly KillFailure[];
  /** Trials that leave something to the user which the undisturbed run settled by itself. */
  readonly asks: number;
}

/** What happens after each kill of a sweep. */
export type SweepAftermath = "resume" | "abandon" | "kill again";

export interface SweepOptions {
  makeWorld(): Promise<TrialWorld>;
  readonly aftermath?: SweepAftermath;
  /** Only every nth point, from the offset on; default all. */
  readonly every?: number;
  readonly offset?: number;
  /** Points that leave the same state behind as their neighbour are tried too: after reads, and right after writes. */
  readonly all?: boolean;
  /** Points that need no trial any more. */
  isKnown?(point: KillPoint): boolean;
  onTrial?(point: KillPoint, failure: KillFailure | null): void;
}

/** Kills a scenario at its calls, one trial each, and compares every end with that of an undisturbed run (I13). */
export async function sweepKills(scenario: Scenario, options: SweepOptions): Promise<SweepReport> {
  const { makeWorld, every = 1, offset = 0, aftermath = "resume" } = options;
  const plain = await playDisturbed(scenario, makeWorld);
  const own = [...plain.problems, ...(plain.stopped === null ? [] : [`it stops: ${plain.stopped}`])];
  const failures: KillFailure[] = own.length > 0 ? [{ point: null, call: "", problems: own }] : [];
  const points = killPoints(plain.calls, options.all ?? false)
    .filter((_, at) => at % every === offset % every)
    .filter((point) => !options.isKnown?.(point));
  let asks = 0;
  for (const point of points) {
    const plant = { name: "kill", plant: ({ world }: { world: TrialWorld }) => world.calls.killAt(point) };
    const killed = await playDisturbed(scenario, makeWorld, plant, afterKill(aftermath, point));
    const isAsked = scenario.mayAsk === true && killed.compared.rows.some((row) => row.includes("pending:"));
    const differ = isAsked ? [] : differences(plain.compared, killed.compared, aftermath === "resume");
    const problems = [...killed.problems, ...differ];
    if (killed.stopped !== null) problems.push(`it stops: ${killed.stopped}`);
    if (isAsked || killed.compared.conflicts.some((one) => !plain.compared.conflicts.includes(one))) asks += 1;
    const failure = { point, call: plain.calls[point.k - 1]?.method ?? "", problems };
    if (problems.length > 0) failures.push(failure);
    options.onTrial?.(point, problems.length > 0 ? failure : null);
  }
  return { scenario: scenario.name, calls: plain.calls.length, trials: points.length + 1, failures, asks };
}

/** The second kill comes at a call that differs from point to point; recovery takes fewer calls than a run. */
function afterKill(aftermath: SweepAftermath, point: KillPoint): Aftermath {
  if (aftermath !== "kill again") return aftermath;
  return { killAgain: { k: 1 + ((point.k * 7) % 30), when: "before", unflushed: point.unflushed } };
}

/**
 * Every point at which a kill leaves another state behind: before each call that follows a change, and after the last call,
 * once for each thing that can become of the writes that are not flushed. Reads change nothing, so a kill before one is a
 * kill before the next; right after a call is right before the next. `all` tries those as well.
 */
export function killPoints(calls: readonly TrialCall[], all: boolean): readonly KillPoint[] {
  return calls.flatMap((call, at) => {
    const [last, next] = [calls[at - 1], calls[at + 1]];
    const isNew = all || last === undefined || last.writes;
    const before = isNew ? outcomes(call.unflushed) : [];
    const points = before.map((unflushed): KillPoint => ({ k: call.k, when: "before", unflushed }));
    if (next !== undefined && !(all && call.writes)) return points;
    const left = next?.unflushed ?? (call.writes ? call.unflushed + 1 : call.unflushed);
    return [...points, ...outcomes(left).map((unflushed): KillPoint => ({ k: call.k, when: "after", unflushed }))];
  });
}

function outcomes(unflushed: number): readonly Unflushed[] {
  if (unflushed === 0) return ["kept"];
  if (unflushed === 1) return ["lost", "kept"];
  return unflushed === 2 ? ["lost", "kept", "first"] : ["lost", "kept", "first", "half"];
}

/** Failures with the same problems under one heading. */
export function groupFailures(failures: readonly KillFailure[]): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const { point, call, problems } of failures) {
    const text = problems.slice(0, 8).join("\n     ");
    const place =
      point === null ? "no kill" : `${point.k}${point.when === "after" ? "+" : ""} ${call} ${point.unflushed}`;
    groups.set(text, [...(groups.get(text) ?? []), place]);
  }
  return [...groups].map(([text, points]) => `  ${points.join(", ")}\n     ${text}`);
}
