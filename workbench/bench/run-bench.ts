import type { ExecutionRecord } from "../apps-script/host-api";
import { type BenchStep, benchSteps } from "./bench-steps";
import { BenchWorld } from "./bench-world";
import { callLimit, lowerBound } from "./lower-bound";
import { costOf, type StepCost } from "./step-cost";
import { measureStored, sheetCallLimit } from "./stored-size";

/**
 * Time between a step and the edits for the next one, longer than the overlap of two windows; and after the edits: what was
 * written is in the CRM's search index by then.
 */
const REST_MS = 15 * 60_000;
const PAUSE_MS = 60_000;

/** A step that was made: its cost, and what it is judged by. */
export interface BenchRow extends StepCost {
  readonly step: string;
  readonly records: number;
  /** Fewest calls of the CRM that any program needs for it. */
  readonly lowerBound: number;
  /** Most calls of the CRM that the rules allow. */
  readonly callLimit: number;
  /** Most sheet calls that the rules allow; null: they name no number for this step. */
  readonly sheetCallLimit: number | null;
  /** Seconds of this machine's clock. */
  readonly wallSeconds: number;
  /** Why the step did not do its work; null: it did. */
  readonly problem: string | null;
}

/** Makes every step on one world of n contacts, one after the other. */
export async function runBench(n: number, onStep: (name: string) => void): Promise<readonly BenchRow[]> {
  const bench = await BenchWorld.start(n);
  try {
    const made: BenchRow[] = [];
    for (const step of benchSteps(n)) {
      onStep(step.name);
      await bench.world.host.advance(REST_MS);
      const touched = new Set(step.prepare(bench));
      await bench.world.host.advance(PAUSE_MS);
      bench.startCounting();
      const startMs = performance.now();
      const { executions, problem } = await workOf(bench, step);
      const wallSeconds = (performance.now() - startMs) / 1_000;
      const isIdle = Object.keys(step.work).length === 0;
      made.push({
        step: step.name,
        records: n,
        lowerBound: lowerBound(step.work),
        callLimit: isIdle ? IDLE_CRM_CALLS : callLimit(step.work),
        sheetCallLimit: isIdle ? sheetCallLimit(measureStored(bench)) : null,
        ...costOf(executions, bench.world.hubspot.control.requests(), touched),
        wallSeconds,
        problem,
      });
    }
    return made;
  } finally {
    await bench.world.close();
  }
}

/** Does the step; one that fails is part of the result, and the others go on. */
async function workOf(
  bench: BenchWorld,
  step: BenchStep,
): Promise<{ readonly executions: readonly ExecutionRecord[]; readonly problem: string | null }> {
  try {
    const worked = await step.run(bench);
    const executions = worked ?? bench.takeExecutions();
    const broken = executions.find(({ outcome }) => outcome !== "completed");
    return { executions, problem: broken ? `an execution is ${broken.outcome}: ${broken.error ?? ""}` : null };
  } catch (thrown) {
    const problem = thrown instanceof Error ? thrown.message : String(thrown);
    return { executions: bench.takeExecutions(), problem };
  }
}

/** A scheduled run with nothing to do: account, fields, one search (sync-rules section 9). */
const IDLE_CRM_CALLS = 3;
