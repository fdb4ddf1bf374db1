import type { Plan } from "../domain/plan";
import { batchPlan, type WorkItem } from "../merge/batch-plan";
import { withDependents } from "../merge/leave-out";
import type { IdWrite } from "../ports/table";
import { nextIntentNumber, removeIntent, saveIntent } from "../state/journal";
import { loadPlan } from "../state/plan-document";
import { type RunDocument, saveRun } from "../state/run-document";
import { saveDelta } from "../state/snapshot-store";
import { applyCreates, createTokens } from "./apply-creates";
import { applyLinks, applySheet } from "./apply-sheet";
import { applyUpdates } from "./apply-updates";
import { GroupResult, type GroupWork } from "./group-result";
import { addTally, BATCHES_PER_INTENT, CHUNK_CELLS, isLate, type RunDeps } from "./run-deps";
import { RunInterrupted } from "./run-interrupted";

/**
 * Applies the plan from where the run stands until the slice ends. Every group of work is journaled before it and committed
 * after it; a kill between leaves an open intent that the next execution settles.
 */
export function applyPlan(deps: RunDeps, given: RunDocument): RunDocument {
  const plan = loadPlan(deps.store, given.id);
  let items = workItems(deps, plan, given);
  let run: RunDocument = { ...given, total: operationCount(items) };
  while (run.nextItem < items.length) {
    const group = nextGroup(items, run.nextItem);
    run = applyGroup(deps, run, items, group);
    // What hangs on a link that failed leaves the list behind the links, which are its first item.
    if (group[0]?.kind === "links") items = workItems(deps, plan, run);
    if (run.nextItem < items.length && isLate(deps)) return run;
  }
  return { ...run, phase: "finishing", doing: "Finishing" };
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

/** Items that share an intent: up to ten batches of one kind for the CRM, else one item. */
function nextGroup(items: readonly WorkItem[], from: number): readonly WorkItem[] {
  const first = items[from];
  if (!first) return [];
  if (first.kind !== "create" && first.kind !== "update") return [first];
  let to = from;
  while (to < items.length && items[to]?.kind === first.kind && to - from < BATCHES_PER_INTENT) to++;
  return items.slice(from, to);
}

function applyGroup(
  deps: RunDeps,
  run: RunDocument,
  items: readonly WorkItem[],
  group: readonly WorkItem[],
): RunDocument {
  const n = nextIntentNumber(deps.store);
  const tokens = openIntent(deps, run, n, group);
  const result = new GroupResult();
  applyWork({ deps, objectType: run.objectType, result }, group, tokens);
  const nextItem = run.nextItem + result.itemsDone;
  const next: RunDocument = {
    ...addTally(run, result.tally, result.messages),
    nextItem,
    failedLinks: [...run.failedLinks, ...result.failed],
    done: operationCount(items.slice(0, nextItem)),
    doing: doingText(items[nextItem] ?? group[0]),
  };
  if (result.delta.size > 0) saveDelta(deps.store, run.mappingId, n, result.delta);
  saveRun(deps.store, next);
  deps.store.commit(n);
  removeIntent(deps.store, n);
  if (result.thrown)
    throw new RunInterrupted(result.itemsDone > 0 ? { ...next, interruptions: 0 } : next, result.thrown);
  return next;
}

function openIntent(deps: RunDeps, run: RunDocument, n: number, group: readonly WorkItem[]): IdWrite[] {
  const [first] = group;
  const kind = first?.kind === "links" || first?.kind === "sheet" ? first.kind : "crm";
  const tokens = group.flatMap((item) => (item.kind === "create" ? createTokens(deps, item.operations) : []));
  saveIntent(deps.store, {
    version: 1,
    n,
    runId: run.id,
    mappingId: run.mappingId,
    accountId: run.accountId,
    startedMs: deps.clock.now(),
    kind,
    operations: group.flatMap((item) => [...item.operations]),
    tokens,
  });
  deps.store.flush();
  return tokens;
}

function applyWork(work: GroupWork, group: readonly WorkItem[], tokens: readonly IdWrite[]): void {
  const [first] = group;
  switch (first?.kind) {
    case "links":
      applyLinks(work.deps, first.operations, work.result);
      break;
    case "sheet":
      applySheet(work.deps, first.operations, work.result);
      break;
    case "update":
      applyUpdates(
        work,
        group.flatMap((item) => (item.kind === "update" ? [item.operations] : [])),
      );
      break;
    case "create":
      applyCreates(
        work,
        group.flatMap((item) => (item.kind === "create" ? [item.operations] : [])),
        tokens,
      );
  }
}

function doingText(item: WorkItem | undefined): string {
  switch (item?.kind) {
    case "links":
      return "Linking rows to records";
    case "create":
      return "Creating records in the CRM";
    case "update":
      return "Updating records in the CRM";
    default:
      return "Writing into the sheet";
  }
}
