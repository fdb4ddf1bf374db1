import fc from "fast-check";
import { DEFAULT_GUARD, type GuardLimits } from "../../src/domain/mapping";
import type { Plan, PlanCounts } from "../../src/domain/plan";
import { guardPlan } from "../../src/merge/guard-plan";
import { planSync } from "../../src/merge/plan-sync";
import { buildPlanInput, buildSnapshot } from "../support/merge-builders";

const RUNS = 300;
const COUNTED = ["creates", "updates", "rowWrites", "links", "archives", "removedRows"] as const;

/** A plan that says it does so much, in a mapping with so many pairs. */
interface Case {
  readonly counts: Pick<PlanCounts, (typeof COUNTED)[number]>;
  readonly pairs: number;
  readonly firstSync: boolean;
  readonly guard: GuardLimits;
}

function anyCase(): fc.Arbitrary<Case> {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const floor = fc.nat(50);
  const guard = fc.record({
    deleteShare: share,
    deleteFloor: floor,
    clearShare: share,
    clearFloor: floor,
    changeShare: share,
    changeFloor: floor,
    createMax: fc.nat(200),
    createShare: share,
    createFloor: floor,
  });
  return fc.record({
    counts: fc.record(Object.fromEntries(COUNTED.map((name) => [name, fc.nat(150)]))) as fc.Arbitrary<Case["counts"]>,
    pairs: fc.nat(200),
    firstSync: fc.boolean(),
    guard: fc.oneof(fc.constant(DEFAULT_GUARD), guard),
  });
}

function guardOf({ counts, pairs, firstSync, guard }: Case): string[] {
  const snapshot = buildSnapshot(Object.fromEntries(Array.from({ length: pairs }, (_, at) => [at, []])));
  const input = buildPlanInput({ snapshot, guard });
  const empty = planSync(buildPlanInput());
  const plan: Plan = { ...empty, firstSync, counts: { ...empty.counts, ...counts, linked: pairs } };
  return guardPlan(plan, input).map(({ kind, count, limit }) => `${kind} ${count > limit ? "over" : "NOT OVER"}`);
}

const kindsOf = (given: Case) => new Set(guardOf(given).map((words) => words.split(" ")[0]));

function always(check: (given: Case) => void): void {
  fc.assert(fc.property(anyCase(), check), { numRuns: RUNS });
}

describe("laws of the guard", () => {
  it("finds only what is over its limit", () => {
    always((given) => expect(guardOf(given).filter((words) => !words.endsWith(" over"))).toEqual([]));
  });

  it("lets a plan go that does nothing", () => {
    always((given) => {
      const counts = Object.fromEntries(COUNTED.map((name) => [name, 0])) as unknown as Case["counts"];
      expect(guardOf({ ...given, counts })).toEqual([]);
    });
  });

  it("asks for no less when more is done", () => {
    fc.assert(
      fc.property(anyCase(), fc.constantFrom(...COUNTED), fc.nat(100), (given, name, more) => {
        const counts = { ...given.counts, [name]: given.counts[name] + more };
        const after = kindsOf({ ...given, counts });
        expect([...kindsOf(given)].filter((kind) => !after.has(kind))).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it("asks for no more when a limit is raised", () => {
    const names = Object.keys(DEFAULT_GUARD) as (keyof GuardLimits)[];
    fc.assert(
      fc.property(anyCase(), fc.constantFrom(...names), fc.nat(100), (given, name, more) => {
        const before = kindsOf(given);
        const guard = { ...given.guard, [name]: given.guard[name] + more };
        expect([...kindsOf({ ...given, guard })].filter((kind) => !before.has(kind))).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it("R8 lets no archive of a sync go unasked, whatever the limits", () => {
    always((given) =>
      expect(kindsOf(given).has("many-deletes")).toBe(given.counts.archives > 0 || isOverDeletes(given)),
    );
  });

  it("lets no create of a first sync go unasked, whatever the limits", () => {
    always((given) => {
      if (given.firstSync) expect(kindsOf(given).has("first-sync-creates")).toBe(given.counts.creates > 0);
    });
  });
});

function isOverDeletes({ counts, pairs, guard }: Case): boolean {
  return counts.archives + counts.removedRows > Math.max(guard.deleteFloor, guard.deleteShare * pairs);
}
