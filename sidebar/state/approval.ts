import type { RpcRequest } from "../../src/contract/rpc";
import type { GuardView, PlanView } from "../../src/contract/views";
import { NOTHING_SETTLED, type Settlement } from "./settlement";

/** What the user decided about a plan. */
export interface Approval {
  /** Operation ids. */
  readonly leaveOut: ReadonlySet<string>;
  readonly allowCreates: boolean;
  readonly allowGuard: boolean;
  readonly settlement: Settlement;
}

/** Argument of `run.approve`. */
export type ApprovalRequest = RpcRequest<"run.approve">;

/** The limit that the tick for new records answers, instead of "run anyway once". */
const FIRST_CREATES = "first-sync-creates";

/** The finding that every plan has which takes a run back: applying it is the answer. */
const UNDO = "undo";

/** Whether new records need a tick of their own: the default of a first sync is to link and to fill blanks. */
export function asksForCreates(plan: PlanView): boolean {
  return plan.counts.creates > 0 && (plan.firstSync || plan.guard.some(({ kind }) => kind === FIRST_CREATES));
}

/** Limits that the plan passes, without those that something else answers: the tick for new records, or applying itself. */
export function guardWarnings(plan: PlanView): readonly GuardView[] {
  return plan.guard.filter(({ kind }) => kind !== UNDO && (kind !== FIRST_CREATES || !asksForCreates(plan)));
}

/** What a plan that takes a run back says about itself. */
export function undoFinding(plan: PlanView): GuardView | null {
  return plan.guard.find(({ kind }) => kind === UNDO) ?? null;
}

/** Limits that can be set in the mapping. */
const SETTABLE: readonly string[] = ["many-deletes", "many-clears", "many-changes", "many-creates"];

/** Is it a limit that can be set in the mapping? What always asks has none. */
export function isSettable({ kind, limit }: GuardView): boolean {
  return limit > 0 && SETTABLE.includes(kind);
}

/** Before the user decided anything. */
export function freshApproval(plan: PlanView): Approval {
  const allowGuard = undoFinding(plan) !== null && guardWarnings(plan).length === 0;
  return { leaveOut: new Set(), allowCreates: !asksForCreates(plan), allowGuard, settlement: NOTHING_SETTLED };
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
  const { leaveOut, allowCreates, allowGuard, settlement } = approval;
  const { others, named } = settlement;
  return {
    runId,
    leaveOut: [...leaveOut],
    allowCreates,
    allowGuard,
    settle: [...named.values()],
    ...(others === null ? {} : { settleOthers: others }),
  };
}
