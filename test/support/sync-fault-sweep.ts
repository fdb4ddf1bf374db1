import { type Disturbance, type DisturbedTrial, differences, playDisturbed } from "./sync-disturb";
import type { Scenario } from "./sync-scenarios";
import type { CrmFault, TrialCall, TrialWorld } from "./sync-trial-world";

/** A fault after which something does not hold, or the end is another one. */
export interface FaultFailure {
  readonly fault: string;
  readonly problems: readonly string[];
}

export interface FaultReport {
  readonly scenario: string;
  readonly trials: number;
  /** Trials in which the run stopped with an error and the next one did its work. */
  readonly stopped: number;
  readonly asks: number;
  readonly failures: readonly FaultFailure[];
}

const READ_FAULTS: readonly CrmFault["kind"][] = ["busy", "busy-untimed", "token", "garbled"];
const WRITE_FAULTS: readonly CrmFault["kind"][] = ["busy", "token", "lost-request", "lost-answer", "half", "late"];

/** Every fault that a call of the CRM can meet, at every call of the scenario. */
export function crmFaults(calls: readonly TrialCall[]): readonly Disturbance[] {
  const crmCalls = calls.filter((call) => call.method.startsWith("crm."));
  return crmCalls.flatMap((call, at) =>
    (call.method === "crm.write" ? WRITE_FAULTS : READ_FAULTS).map((kind) => ({
      name: `${kind} at ${call.method}, call ${at + 1} of the CRM`,
      plant: ({ world }: { world: TrialWorld }) => world.failAt({ crmCall: at + 1, kind }),
      lift: ({ world }: { world: TrialWorld }) => world.failAt(null),
    })),
  );
}

/** A quota of Google is used up at some call: every further call of the execution fails. */
export function quotaFaults(calls: readonly TrialCall[]): readonly Disturbance[] {
  const isNew = (call: TrialCall) => call.k === 1 || calls[call.k - 2]?.writes;
  return calls.filter(isNew).map((call) => ({
    name: `quota used up at ${call.method}, call ${call.k}`,
    plant: ({ world }: { world: TrialWorld }) => world.calls.breakAt(call.k, "from"),
  }));
}

/** A service of Google fails once, at every call, before its effect or after it. */
export function serviceFaults(calls: readonly TrialCall[]): readonly Disturbance[] {
  // A write to the CRM whose answer is lost has no outcome, it throws nothing: that is a fault of the CRM.
  const hasAfter = (call: TrialCall) => call.writes && call.method !== "crm.write";
  return calls.flatMap((call) =>
    (hasAfter(call) ? (["before", "after"] as const) : (["before"] as const)).map((when) => ({
      name: `service error ${when} ${call.method}, call ${call.k}`,
      plant: ({ world }: { world: TrialWorld }) => world.calls.breakAt(call.k, when),
    })),
  );
}

/** Plays a scenario once with each fault; the world must come to the end that it has without any. */
export async function sweepFaults(
  scenario: Scenario,
  makeWorld: () => Promise<TrialWorld>,
  faultsOf: (calls: readonly TrialCall[]) => readonly Disturbance[],
): Promise<FaultReport> {
  const plain = await playDisturbed(scenario, makeWorld);
  const failures: FaultFailure[] = [];
  if (plain.problems.length > 0) failures.push({ fault: "none", problems: plain.problems });
  let [trials, stopped, asks] = [0, 0, 0];
  for (const fault of faultsOf(plain.calls)) {
    const disturbed = await playDisturbed(scenario, makeWorld, fault);
    trials += 1;
    if (disturbed.stopped !== null) stopped += 1;
    const isAsked = scenario.mayAsk === true && disturbed.compared.rows.some((row) => row.includes("pending:"));
    if (isAsked || asksMore(plain, disturbed)) asks += 1;
    const differ = isAsked ? [] : differences(plain.compared, disturbed.compared, false);
    const problems = [...disturbed.problems, ...differ];
    if (problems.length > 0) failures.push({ fault: fault.name, problems });
  }
  return { scenario: scenario.name, trials, stopped, asks, failures };
}

function asksMore(plain: DisturbedTrial, disturbed: DisturbedTrial): boolean {
  return disturbed.compared.conflicts.some((one) => !plain.compared.conflicts.includes(one));
}
