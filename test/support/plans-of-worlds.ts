import fc from "fast-check";
import type { Plan } from "../../src/domain/plan";
import type { PlanInput } from "../../src/merge/plan-input";
import { planSync } from "../../src/merge/plan-sync";
import { planInput } from "./arbitrary-world";

/** A world is cheap, and few of them hit two rules at once. */
const RUNS = 500;

/** Checks something of the plan of many small worlds. */
export function forEachPlan(check: (input: PlanInput, plan: Plan) => void): void {
  fc.assert(
    fc.property(planInput(), (input) => check(input, planSync(input))),
    { numRuns: RUNS },
  );
}
