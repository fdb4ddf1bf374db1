import type { Plan } from "../../domain/plan";
import { batchPlan, type WorkItem } from "../../merge/batch-plan";
import { withDependents } from "../../merge/leave-out";
import type { Intent } from "../../state/journal";
import { loadPlan } from "../../state/plan-document";
import type { RunDocument } from "../../state/run-document";
import { CHUNK_CELLS, isLate, OPERATIONS_PER_INTENT, type RunDeps } from "../run-deps";
import { interrupted } from "../run-interrupted";
import { applyGroup, type Group } from "./apply-group";

/**
 * Applies the plan from where the run stands until the slice ends. Every group of work is journaled before it and committed
 * after it; a kill between leaves an open intent, which the next execution goes on with: `cutOff`.
 */
export function applyPlan(deps: RunDeps, given: RunDocument, cutOff: Intent | null): RunDocument {
  const plan = loadPlan(deps.store, given.id);
  let items = workItems(deps, plan, given);
  let run: RunDocument = { ...given, total: operationCount(items) };
  let open = cutOff;
  while (run.nextItem < items.length) {
    const group = nextGroup(items, run.nextItem);
    run = applyOne(deps, run, { group, open });
    open = null;
    run = { ...run, done: operationCount(items.slice(0, run.nextItem)), doing: doingText(items[run.nextItem]) };
    // What hangs on a link that failed leaves the list behind the links, which are its first item.
    if (group[0]?.kind === "links") items = workItems(deps, plan, run);
    if (run.nextItem < items.length && isLate(deps)) return run;
  }
  return { ...run, phase: "finishing", doing: "Finishing" };
}

/** The groups before it were committed: the run goes on behind them, whatever is thrown. */
function applyOne(deps: RunDeps, run: RunDocument, work: Group): RunDocument {
  try {
    return applyGroup(deps, run, work);
  } catch (thrown) {
    throw interrupted(run, thrown);
  }
}

/** The plan's work without what the user left out and what failed links hold back; the same list in every execution. */
function workItems(deps: RunDeps, plan: Plan, run: RunDocument): readonly WorkItem[] {
  const blocked = withDependents(plan, new Set([...run.leaveOut, ...run.failedLinks]));
  const wanted = plan.operations.filter(
    ({ kind, id }) => !(kind === "link" ? run.leaveOut.includes(id) : blocked.has(id)),
  );
  return batchPlan(wanted, { crmBatch: deps.crm.limits.batchSize, sheetCells: CHUNK_CELLS });
}

function operationCount(items: readonly WorkItem[]): number {
  return items.reduce((sum, item) => sum + item.operations.length, 0);
}

/** Items that share an intent: batches of one kind for the CRM up to a number of operations, else one item. */
function nextGroup(items: readonly WorkItem[], from: number): readonly WorkItem[] {
  const first = items[from];
  if (!first) return [];
  if (first.kind !== "create" && first.kind !== "update" && first.kind !== "archive") return [first];
  let to = from + 1;
  let operations = first.operations.length;
  for (let next = items[to]; next?.kind === first.kind; next = items[to]) {
    operations += next.operations.length;
    if (operations > OPERATIONS_PER_INTENT) break;
    to++;
  }
  return items.slice(from, to);
}

function doingText(item: WorkItem | undefined): string {
  switch (item?.kind) {
    case undefined:
      return "Finishing";
    case "links":
    case "unlinks":
      return "Linking rows to records";
    case "create":
      return "Creating records in the CRM";
    case "update":
      return "Updating records in the CRM";
    case "archive":
      return "Archiving records in the CRM";
    case "removals":
      return "Removing rows";
    default:
      return "Writing into the sheet";
  }
}
