import {
  asksForCreates,
  freshApproval,
  guardWarnings,
  isSettable,
  lacksGuardTick,
  toApprovalRequest,
  toggleItem,
  undoFinding,
} from "../../sidebar/state/approval";
import { settleAll, settleOne } from "../../sidebar/state/settlement";
import { CONFLICT_PLAN, GUARDED_PLAN, PLAN, planItem, UNDO_PLAN } from "../support/fake-rpc-data";

const FIRST = { ...PLAN, firstSync: true };

describe("approving a plan", () => {
  it("asks for new records in a first sync only", () => {
    expect([asksForCreates(FIRST), asksForCreates(PLAN)]).toEqual([true, false]);
    const none = { ...FIRST, counts: { ...PLAN.counts, creates: 0 } };
    expect(asksForCreates(none)).toBe(false);
  });

  it("creates nothing in a first sync unless ticked, and creates as usual later", () => {
    expect(freshApproval(FIRST).allowCreates).toBe(false);
    expect(freshApproval(PLAN).allowCreates).toBe(true);
  });

  it("does not ask twice for new records", () => {
    expect(guardWarnings(GUARDED_PLAN).map(({ kind }) => kind)).toEqual(["many-changes"]);
  });

  it("wants the tick for a passed limit", () => {
    const approval = freshApproval(GUARDED_PLAN);
    expect(lacksGuardTick(GUARDED_PLAN, approval)).toBe(true);
    expect(lacksGuardTick(GUARDED_PLAN, { ...approval, allowGuard: true })).toBe(false);
    expect(lacksGuardTick(PLAN, freshApproval(PLAN))).toBe(false);
  });

  it("leaves items out and takes them back in", () => {
    const once = toggleItem(toggleItem(freshApproval(PLAN), "update-1"), "create-2");
    expect(toApprovalRequest("run-1", once).leaveOut).toEqual(["update-1", "create-2"]);
    expect(toApprovalRequest("run-1", toggleItem(once, "update-1"))).toEqual({
      runId: "run-1",
      leaveOut: ["create-2"],
      allowCreates: true,
      allowGuard: false,
      settle: [],
    });
  });

  it("sends what was decided about conflicts, one by one and all the others", () => {
    const conflict = planItem("conflict", 0).conflict;
    if (!conflict) throw new Error("no conflict");
    const settlement = settleOne(settleAll("crm"), conflict, "sheet");
    expect(toApprovalRequest("run-1", { ...freshApproval(CONFLICT_PLAN), settlement })).toMatchObject({
      settle: [{ recordId: conflict.recordId, field: conflict.field, winner: "sheet" }],
      settleOthers: "crm",
    });
    expect(toApprovalRequest("run-1", freshApproval(CONFLICT_PLAN))).not.toHaveProperty("settleOthers");
  });

  it("I15 is the answer to an undo by itself, unless the undo passes a limit too", () => {
    expect(guardWarnings(UNDO_PLAN)).toEqual([]);
    expect(undoFinding(UNDO_PLAN)?.message).toContain("put back");
    expect(undoFinding(PLAN)).toBeNull();
    expect(freshApproval(UNDO_PLAN).allowGuard).toBe(true);
    expect(lacksGuardTick(UNDO_PLAN, freshApproval(UNDO_PLAN))).toBe(false);
    const deletes = { kind: "many-deletes", message: "It would archive 3 records.", limit: 0 };
    const more = { ...UNDO_PLAN, guard: [...UNDO_PLAN.guard, deletes] };
    expect(freshApproval(more).allowGuard).toBe(false);
    expect(lacksGuardTick(more, freshApproval(more))).toBe(true);
  });

  it("leads to the limits of the mapping only where a limit there was passed", () => {
    const kinds = ["many-deletes", "many-clears", "many-changes", "many-creates"];
    expect(kinds.every((kind) => isSettable({ kind, message: "", limit: 5 }))).toBe(true);
    expect(isSettable({ kind: "many-deletes", message: "", limit: 0 })).toBe(false);
    expect(isSettable({ kind: "side-shrank", message: "", limit: 20 })).toBe(false);
  });
});
