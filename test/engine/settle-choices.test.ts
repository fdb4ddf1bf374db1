import type { Conflict, Plan } from "../../src/domain/plan";
import { settleChoices } from "../../src/engine/plan/settle-choices";
import { planSync } from "../../src/merge/plan-sync";
import { loadPlan, savePlan } from "../../src/state/plan-document";
import { loadRun, saveRun } from "../../src/state/run-document";
import { buildPlanInput, PEOPLE } from "../support/merge-builders";
import { engineWorld, MAPPING, openedRun, tableOf } from "./engine-world";

const conflict = (recordId: string): Conflict => ({
  recordId,
  title: `Record ${recordId}`,
  rowNumber: Number(recordId) + 1,
  field: "city",
  sheet: "tBonn",
  crm: "Kiel",
  base: { sheet: "tRome", crm: "Rome" },
  rule: "F5",
});

/** A run that was approved with a word on one of its two conflicts. */
function approved() {
  const columns = PEOPLE.fields.map((field, at) => {
    const mapping = MAPPING.columns[at];
    if (mapping === undefined) throw new Error("no such column");
    return { mapping, column: at + 1, header: field.label };
  });
  const world = engineWorld({ table: { read: () => ({ ...tableOf([]), columns }) } });
  const plan: Plan = { ...planSync(buildPlanInput()), conflicts: [conflict("1"), conflict("2")] };
  const settle = [{ recordId: "1", field: "city", winner: "sheet" }] as const;
  const { fresh: _fresh, ...run } = openedRun(world, { phase: "applying", settle });
  savePlan(world.store, run.id, plan);
  saveRun(world.store, run);
  return { ...world, run };
}

describe("conflicts that a person settled with the approval (F5)", () => {
  it("join the plan as ordinary changes; the others stay open", () => {
    const { deps, store, run } = approved();
    const settled = settleChoices(deps, run);
    expect(settled.settle).toEqual([]);
    expect(loadRun(store, "m1")).toEqual(settled);
    const plan = loadPlan(store, run.id);
    expect(plan.conflicts.map(({ recordId }) => recordId)).toEqual(["2"]);
    expect(plan.operations).toMatchObject([
      { kind: "update", recordId: "1", changes: [{ field: "city", from: "Kiel", to: "Bonn", overwrites: true }] },
    ]);
  });

  it("I13: join it once, whichever write a kill comes behind", () => {
    const { deps, store, run } = approved();
    const first = store.writes.length;
    settleChoices(deps, run);
    const wanted = loadPlan(store, run.id);
    for (let kept = first; kept <= store.writes.length; kept++) {
      const left = store.killedAfter(kept);
      const again = loadRun(left, "m1");
      if (again === null) throw new Error("no run");
      settleChoices({ ...deps, store: left }, again);
      expect(loadPlan(left, run.id)).toEqual(wanted);
      expect(loadRun(left, "m1")?.settle).toEqual([]);
    }
  });
});
