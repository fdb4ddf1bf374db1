import type { CrmChange } from "../../src/domain/plan";
import { UTC } from "../../src/domain/zone";
import { showCrm, withShown } from "../../src/merge/show-crm";
import { buildField } from "../support/fake-schema";
import { buildPlanField } from "../support/merge-builders";

const STAGE = buildPlanField(buildField({ name: "stage", type: "choice", options: [{ value: "s1", label: "Lead" }] }));

describe("a CRM value as people read it", () => {
  it.each([
    ["s1", "Lead"],
    ["unlisted", "unlisted"],
    ["", ""],
  ])("%j is %j", (value, shown) => {
    expect(showCrm(STAGE, value, UTC)).toBe(shown);
  });

  it.each<[from: string, to: string, shown: { from: string; to: string } | undefined]>([
    ["s1", "unlisted", { from: "Lead", to: "unlisted" }],
    ["unlisted", "s1", { from: "unlisted", to: "Lead" }],
    ["unlisted", "", undefined],
  ])("a change from %j to %j", (from, to, shown) => {
    const change: CrmChange = { field: "stage", from, to, sheet: "t", rule: "F2" };
    expect(withShown(change, STAGE, UTC)).toEqual(shown === undefined ? change : { ...change, shown });
    expect("shown" in withShown(change, STAGE, UTC)).toBe(shown !== undefined);
  });
});
