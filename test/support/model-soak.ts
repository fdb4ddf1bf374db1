import { type ModelReport, runModel } from "./model-run";
import { shrinkTrial } from "./model-shrink";
import { type ModelSize, type ModelTrial, makeTrial } from "./model-steps";
import type { TrialEnd } from "./sync-end";
import type { Violation } from "./sync-lost-updates";
import type { TrialWorld } from "./sync-trial-world";

export interface SoakOptions {
  /** Number of trials; their seeds follow each other. */
  readonly runs: number;
  readonly seed: number;
  readonly size: ModelSize;
  makeWorld(): Promise<TrialWorld>;
  /** Failing trials are made small first. */
  readonly shrink: boolean;
  onTrial?(seed: number, failure: SoakFailure | null): void;
}

/** A trial after which something does not hold. */
export interface SoakFailure {
  readonly seed: number;
  readonly violations: readonly Violation[];
  /** As small as it gets; played again it fails in the same way. */
  readonly trial: ModelTrial;
  /** Its end in lines; empty when the trial broke off. */
  readonly story: readonly string[];
}

export interface SoakReport {
  readonly runs: number;
  readonly operations: number;
  readonly edits: number;
  readonly raced: number;
  readonly kills: number;
  readonly asks: number;
  readonly failures: readonly SoakFailure[];
}

/** Plays random trials one after the other. */
export async function soak(options: SoakOptions): Promise<SoakReport> {
  const sums = { operations: 0, edits: 0, raced: 0, kills: 0, asks: 0 };
  const failures: SoakFailure[] = [];
  for (let seed = options.seed; seed < options.seed + options.runs; seed++) {
    const trial = makeTrial(seed, options.size);
    const report = await play(trial, options);
    for (const key of Object.keys(sums) as (keyof typeof sums)[]) sums[key] += report[key];
    const failure = report.violations.length > 0 ? await toFailure(seed, trial, report, options) : null;
    if (failure) failures.push(failure);
    options.onTrial?.(seed, failure);
  }
  return { runs: options.runs, ...sums, failures };
}

type Played = Omit<ModelReport, "end"> & { readonly end: TrialEnd | null };

/** An error that is no reply of the add-on is a violation too: the trial broke off. */
async function play(trial: ModelTrial, { makeWorld }: SoakOptions): Promise<Played> {
  try {
    return await runModel(trial, makeWorld);
  } catch (thrown) {
    const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    const none = { raced: 0, edits: 0, operations: 0, kills: 0, asks: 0, end: null };
    return { ...none, violations: [{ rule: "broken off", text }] };
  }
}

async function toFailure(seed: number, trial: ModelTrial, report: Played, options: SoakOptions): Promise<SoakFailure> {
  if (!options.shrink) return { seed, violations: report.violations, trial, story: [] };
  const rules = new Set(report.violations.map((one) => one.rule));
  const fails = async (one: ModelTrial) => (await play(one, options)).violations.some(({ rule }) => rules.has(rule));
  const small = await shrinkTrial(trial, fails);
  const { violations, end } = await play(small, options);
  return { seed, violations, trial: small, story: end === null ? [] : tellEnd(end) };
}

/** Both sides, what is left open and what the runs did, in lines. */
function tellEnd(end: TrialEnd): string[] {
  const findings = [...end.outlook.conflicts, ...end.outlook.findings];
  return [
    ...end.rows.map(
      (row) => `row ${row.rowNumber} ${row.id} ${row.mark}: ${Object.values(row.cells).join(" | ")} [${row.status}]`,
    ),
    ...end.records.map(({ id, values }) => `record ${id}: ${Object.values(values).join(" | ")}`),
    ...findings.map((one) => `${one.kind} ${one.rowNumber ?? ""} ${one.title}: ${one.message}`),
    ...[...end.history].reverse().map((item) => {
      const counts = Object.entries(item.totals).filter(([, count]) => count > 0);
      return `${item.type} ${item.outcome}: ${counts.map((one) => one.join(" ")).join(", ")}; ${item.messages.map((one) => one.message).join(" // ")}`;
    }),
  ];
}
