import {
  asksForCreates,
  freshApproval,
  guardWarnings,
  lacksGuardTick,
  toApprovalRequest,
  toggleItem,
} from "../../sidebar/state/approval";
import { GUARDED_PLAN, PLAN } from "../support/fake-rpc-data";

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
    });
  });
});
