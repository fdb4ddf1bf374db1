import {
  choiceOf,
  countSettled,
  NOTHING_SETTLED,
  type Settlement,
  settleAll,
  settleOne,
} from "../../sidebar/state/settlement";
import type { ConflictView } from "../../src/contract/views";
import { planItem } from "../support/fake-rpc-data";

function conflict(recordId: string, change: Partial<ConflictView> = {}): ConflictView {
  const { conflict: view } = planItem("conflict", 0);
  if (!view) throw new Error("no conflict");
  return { ...view, recordId, ...change };
}

const ALL = ["1", "2", "3"].map((recordId) => conflict(recordId));
const choices = (settlement: Settlement) => ALL.map((one) => choiceOf(settlement, one));

describe("the conflicts of a plan", () => {
  it("are open until somebody decides", () => {
    expect(choices(NOTHING_SETTLED)).toEqual(["open", "open", "open"]);
    expect(countSettled(NOTHING_SETTLED, 3)).toBe(0);
  });

  it("are decided one by one, and each decision can be taken back", () => {
    const one = settleOne(NOTHING_SETTLED, conflict("2"), "crm");
    expect([choices(one), countSettled(one, 3)]).toEqual([["open", "crm", "open"], 1]);
    const back = settleOne(one, conflict("2"), "open");
    expect(back).toEqual(NOTHING_SETTLED);
  });

  it("are decided all at once, those on other pages too, and one may differ", () => {
    const all = settleAll("sheet");
    expect([choices(all), countSettled(all, 70)]).toEqual([["sheet", "sheet", "sheet"], 70]);
    const but = settleOne(settleOne(all, conflict("1"), "open"), conflict("3"), "crm");
    expect([choices(but), countSettled(but, 70)]).toEqual([["open", "sheet", "crm"], 69]);
  });

  it("forget single decisions when all are decided anew", () => {
    const some = settleOne(NOTHING_SETTLED, conflict("1"), "sheet");
    expect(settleAll("crm").named.size).toBe(0);
    expect(some.named.size).toBe(1);
    expect(settleAll(null)).toEqual(NOTHING_SETTLED);
  });

  it("of two fields of one record are two", () => {
    const some = settleOne(NOTHING_SETTLED, conflict("1", { field: "a" }), "crm");
    expect(choiceOf(some, conflict("1", { field: "b" }))).toBe("open");
  });

  it("stay open where the side that wins everywhere may not win", () => {
    const oneWay = conflict("1", { winners: ["crm"] });
    expect(choiceOf(settleAll("sheet"), oneWay)).toBe("open");
    expect(choiceOf(settleAll("crm"), oneWay)).toBe("crm");
  });
});
