import { settledConflicts } from "../../src/app/settled-conflicts";
import { DEFAULT_GUARD, type Direction, type Mapping, NO_MAIL } from "../../src/domain/mapping";
import type { Conflict, Plan } from "../../src/domain/plan";
import { planSync } from "../../src/merge/plan-sync";
import { buildPlanInput } from "../support/merge-builders";

const column = (field: string, direction: Direction) => {
  return { columnId: field, header: field, field, direction, blank: "keep" as const };
};

const MAPPING: Mapping = {
  id: "m1",
  name: "People",
  crm: "hubspot",
  accountId: "145",
  objectType: "people",
  tabId: 0,
  headerRow: 1,
  columns: [column("name", "both"), column("city", "pull")],
  keyField: null,
  direction: "both",
  conflicts: "ask",
  gone: "mark",
  removedRows: "leave",
  guard: DEFAULT_GUARD,
  notify: NO_MAIL,
};

function conflict(recordId: string, field: string): Conflict {
  return { recordId, field, title: "", rowNumber: 2, sheet: "ta", crm: "b", base: null, rule: "F5" };
}

const PLAN: Plan = {
  ...planSync(buildPlanInput({ guard: DEFAULT_GUARD })),
  direction: "both",
  conflicts: [conflict("1", "name"), conflict("2", "name"), conflict("3", "city")],
};

type Winner = "sheet" | "crm" | "open";
const named = (recordId: string, field: string, winner: Winner) => ({ recordId, field, winner });

function settled(
  settle: ReturnType<typeof named>[] | undefined,
  settleOthers?: "sheet" | "crm",
  plan = PLAN,
): string[] {
  const request = { ...(settle ? { settle } : {}), ...(settleOthers ? { settleOthers } : {}) };
  return settledConflicts(plan, MAPPING, request).map(
    ({ recordId, field, winner }) => `${recordId}.${field} ${winner}`,
  );
}

describe("the conflicts that a person settles", () => {
  it("F5 are none unless something is said", () => {
    expect(settled(undefined)).toEqual([]);
    expect(settled([])).toEqual([]);
  });

  it("F5 are those that are named, each with its winner", () => {
    expect(settled([named("2", "name", "sheet"), named("1", "name", "crm")])).toEqual(["1.name crm", "2.name sheet"]);
  });

  it("F5 are all at once but those that are named otherwise", () => {
    expect(settled([named("2", "name", "open")], "crm")).toEqual(["1.name crm", "3.city crm"]);
    expect(settled([named("1", "name", "sheet")], "crm")).toEqual(["1.name sheet", "2.name crm", "3.city crm"]);
  });

  it("F5 stay open where the winner's value may not go over", () => {
    expect(settled(undefined, "sheet")).toEqual(["1.name sheet", "2.name sheet"]);
    expect(settled([named("3", "city", "sheet")])).toEqual([]);
    expect(settled(undefined, "sheet", { ...PLAN, direction: "pull" })).toEqual([]);
    expect(settled(undefined, "crm", { ...PLAN, direction: "pull" })).toHaveLength(3);
  });

  it("F5 are never others than those of the plan", () => {
    expect(settled([named("9", "name", "sheet"), named("1", "phone", "crm")])).toEqual([]);
  });
});
