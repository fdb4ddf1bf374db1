import type { RpcRequest } from "../contract/rpc";
import type { ConflictChoice } from "../domain/conflict-choice";
import type { Mapping } from "../domain/mapping";
import type { Plan } from "../domain/plan";
import { conflictWinners } from "./plan-page";

/**
 * The conflicts that a person settled, one by one or all the others at once. Those left open, and those whose winner's
 * value may not go over to the other side, are not among them.
 */
export function settledConflicts(
  plan: Plan,
  mapping: Mapping,
  request: Pick<RpcRequest<"run.approve">, "settle" | "settleOthers">,
): readonly ConflictChoice[] {
  const key = (recordId: string, field: string) => JSON.stringify([recordId, field]);
  const chosen = new Map((request.settle ?? []).map((one) => [key(one.recordId, one.field), one.winner]));
  return plan.conflicts.flatMap((conflict) => {
    const { recordId, field } = conflict;
    const winner = chosen.get(key(recordId, field)) ?? request.settleOthers ?? "open";
    if (winner === "open" || !conflictWinners(plan, mapping, conflict).includes(winner)) return [];
    return [{ recordId, field, winner }];
  });
}
