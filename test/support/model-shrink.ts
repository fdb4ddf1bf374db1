import type { ModelStep, ModelTrial } from "./model-steps";

/** Trials played while a failing one is made small. */
const MAX_PLAYS = 400;

/** Makes a failing trial as small as it gets: steps, what happens during runs, kills and faults are left out while it still fails. */
export async function shrinkTrial(
  failing: ModelTrial,
  fails: (trial: ModelTrial) => Promise<boolean>,
): Promise<ModelTrial> {
  let best = failing;
  let plays = 0;
  const improve = async (candidate: ModelTrial): Promise<boolean> => {
    plays += 1;
    if (plays > MAX_PLAYS || !(await fails(candidate))) return false;
    best = candidate;
    return true;
  };
  for (let before = ""; before !== JSON.stringify(best) && plays < MAX_PLAYS; ) {
    before = JSON.stringify(best);
    for (let size = Math.ceil(best.steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let at = 0; at < best.steps.length; ) {
        const steps = [...best.steps.slice(0, at), ...best.steps.slice(at + size)];
        if (!(await improve({ ...best, steps }))) at += size;
      }
    }
    for (let at = 0; at < best.steps.length; at++) {
      for (const step of simpler(best.steps[at])) {
        await improve({ ...best, steps: best.steps.map((one, index) => (index === at ? step : one)) });
      }
    }
    while (best.contacts > 0 && (await improve({ ...best, contacts: best.contacts - 1 })));
  }
  return best;
}

function simpler(step: ModelStep | undefined): ModelStep[] {
  if (step?.do !== "run") return [];
  return [
    ...(step.kill ? [{ ...step, kill: null }] : []),
    ...(step.fault ? [{ ...step, fault: null }] : []),
    ...step.during.map((_, at) => ({ ...step, during: step.during.filter((__, other) => other !== at) })),
    ...(step.resume ? [] : [{ ...step, resume: true }]),
  ];
}
