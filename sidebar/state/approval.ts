import type { RpcRequest } from "../../src/contract/rpc";
import type { GuardView, PlanView } from "../../src/contract/views";

/** What the user decided about a plan. */
export interface Approval {
  /** Operation ids. */
  readonly leaveOut: ReadonlySet<string>;
  readonly allowCreates: boolean;
  readonly allowGuard: boolean;
}

/** Argument of `run.approve`. */
export type ApprovalRequest = RpcRequest<"run.approve">;

/** The limit that the tick for new records answers, instead of "run anyway once". */
const FIRST_CREATES = "first-sync-creates";

/** Whether new records need a tick of their own: the default of a first sync is to link and to fill blanks. */
export function asksForCreates(plan: PlanView): boolean {
  return plan.counts.creates > 0 && (plan.firstSync || plan.guard.some(({ kind }) => kind === FIRST_CREATES));
}

/** Limits that the plan passes, without the one that the tick for new records answers. */
export function guardWarnings(plan: PlanView): readonly GuardView[] {
  return plan.guard.filter(({ kind }) => kind !== FIRST_CREATES || !asksForCreates(plan));
}

/** Before the user decided anything. */
export function freshApproval(plan: PlanView): Approval {
  return { leaveOut: new Set(), allowCreates: !asksForCreates(plan), allowGuard: false };
}

/** Takes one operation out of the run, or back in. */
export function toggleItem(approval: Approval, id: string): Approval {
  const leaveOut = new Set(approval.leaveOut);
  if (!leaveOut.delete(id)) leaveOut.add(id);
  return { ...approval, leaveOut };
}

/** Whether the plan may be applied as it is: a passed limit needs its tick. */
export function lacksGuardTick(plan: PlanView, approval: Approval): boolean {
  return guardWarnings(plan).length > 0 && !approval.allowGuard;
}

/** The decision as the server takes it. */
export function toApprovalRequest(runId: string, approval: Approval): ApprovalRequest {
  const { leaveOut, allowCreates, allowGuard } = approval;
  return { runId, leaveOut: [...leaveOut], allowCreates, allowGuard };
}
