import type { ObjectSchema } from "../../domain/schema";
import { batchPlan, type WorkItem } from "../../merge/batch-plan";
import { type Intent, removeIntent, saveIntent } from "../../state/journal";
import { type RunDocument, saveRun } from "../../state/run-document";
import { saveDelta } from "../../state/snapshot-store";
import { loadUnconfirmed, saveUnconfirmed } from "../../state/unconfirmed";
import { saveEffects } from "../../state/undo-log";
import { addTally, type RunDeps } from "../run-deps";
import { RunInterrupted } from "../run-interrupted";
import { applyArchives } from "./apply-archives";
import { applyCreates, areFindable, createTokens } from "./apply-creates";
import { applyLinks } from "./apply-links";
import { applyRemovals, applyRestores, applyUnlinks } from "./apply-rows";
import { applySheet, baseShows, toChunk } from "./apply-sheet";
import { applyUpdates } from "./apply-updates";
import { GroupResult, type GroupWork, type WorkMode } from "./group-result";

/** Work that shares one intent; `open`: the intent of an execution that was cut off in the middle of it. */
export interface Group {
  readonly group: readonly WorkItem[];
  readonly open: Intent | null;
}

/** Does a group of work under one intent and commits what came of it. Throws RunInterrupted for what cut it short. */
export function applyGroup(deps: RunDeps, given: RunDocument, { group, open }: Group): RunDocument {
  const resumed = open !== null && isSameWork(open, group);
  // Another version of the add-on may cut the work into other groups: what the old one did is looked at first.
  const run = open === null || resumed ? given : lookAt(deps, given, open);
  const intent = resumed && open ? open : openIntentOf(deps, run, group);
  const result = doWork(deps, { intent, mode: resumed ? "resume" : "fresh" }, group);
  // What a write into the sheet left when it threw, and what an earlier execution had done, is told only while the intent is
  // open: it stays so, and is gone on with.
  if (result.thrown && (resumed || !isCrmWork(group))) throw new RunInterrupted(run, result.thrown);
  const next: RunDocument = {
    ...addTally(run, result.tally, result.messages),
    nextItem: run.nextItem + result.itemsDone,
    failedLinks: [...run.failedLinks, ...result.failed],
  };
  commitGroup(deps, next, { intent, result });
  if (result.thrown)
    throw new RunInterrupted(result.itemsDone > 0 ? { ...next, interruptions: 0 } : next, result.thrown);
  return next;
}

/** Counts what is in place of work that is not gone on with; nothing is sent or written any more. */
export function lookAt(deps: RunDeps, run: RunDocument, intent: Intent): RunDocument {
  const limits = { crmBatch: deps.crm.limits.batchSize, sheetCells: Number.POSITIVE_INFINITY };
  const result = doWork(deps, { intent, mode: "look" }, batchPlan(intent.operations, limits));
  if (result.thrown) throw result.thrown;
  const next = addTally(run, result.tally, result.messages);
  commitGroup(deps, next, { intent, result });
  return next;
}

function isCrmWork([first]: readonly WorkItem[]): boolean {
  return first?.kind === "create" || first?.kind === "update" || first?.kind === "archive";
}

function isSameWork(intent: Intent, group: readonly WorkItem[]): boolean {
  const ids = group.flatMap((item) => item.operations.map((operation) => operation.id));
  return ids.length === intent.operations.length && intent.operations.every(({ id }, at) => id === ids[at]);
}

/** Does the work; nothing of it counts before `commitGroup`. */
function doWork(
  deps: RunDeps,
  how: { readonly intent: Intent; readonly mode: WorkMode },
  group: readonly WorkItem[],
): GroupResult {
  const result = new GroupResult();
  let schema: ObjectSchema | null = null;
  const { objectType } = deps.mapping;
  const describe = (): ObjectSchema => {
    schema ??= deps.crm.describe(objectType);
    return schema;
  };
  const work: GroupWork = { deps, objectType, result, ...how, schema: describe };
  const [first] = group;
  switch (first?.kind) {
    case "links":
      result.attempt(() => applyLinks(work, first.operations));
      break;
    case "unlinks":
      result.attempt(() => applyUnlinks(work, first.operations));
      break;
    case "restores":
      result.attempt(() => applyRestores(work, first.operations));
      break;
    case "removals":
      result.attempt(() => applyRemovals(work, first.operations));
      break;
    case "sheet":
      result.attempt(() => applySheet(work, first.operations));
      break;
    case "update":
      applyUpdates(
        work,
        itemsOf(group, "update").map((item) => item.operations),
      );
      break;
    case "create":
      applyCreates(
        work,
        itemsOf(group, "create").map((item) => item.operations),
      );
      break;
    case "archive":
      applyArchives(
        work,
        itemsOf(group, "archive").map((item) => item.operations),
      );
  }
  return result;
}

type ItemOf<K extends WorkItem["kind"]> = Extract<WorkItem, { kind: K }>;

function itemsOf<K extends WorkItem["kind"]>(group: readonly WorkItem[], kind: K): readonly ItemOf<K>[] {
  return group.filter((item): item is ItemOf<K> => item.kind === kind);
}

/** Journals what is about to be done, with what is needed to mend it. */
function openIntentOf(deps: RunDeps, run: RunDocument, group: readonly WorkItem[]): Intent {
  const [first] = group;
  const creates = itemsOf(group, "create").flatMap((item) => item.operations);
  const intent: Intent = {
    version: 1,
    n: deps.store.nextIntent(),
    runId: run.id,
    mappingId: run.mappingId,
    accountId: run.accountId,
    startedMs: deps.clock.now(),
    // Creates whose key finds them again may count as sent at once: that saves a write.
    stage: areFindable(creates) ? "sending" : "preparing",
    operations: group.flatMap((item) => [...item.operations]),
    tokens: createTokens(deps, creates),
    before: first?.kind === "sheet" ? deps.table.before(toChunk(first.operations), baseShows(deps)) : null,
    contents:
      first?.kind === "removals" ? [...deps.table.contents(first.operations.map(({ recordId }) => recordId))] : [],
  };
  saveIntent(deps.store, intent);
  // With the run as it stands, so that a cut-off in its first group goes on too.
  saveRun(deps.store, run);
  deps.store.flush();
  return intent;
}

/** Makes all that came of a group count in one moment: base, undo log, unconfirmed writes, the run, the end of the intent. */
function commitGroup(
  deps: RunDeps,
  next: RunDocument,
  done: { readonly intent: Intent; readonly result: GroupResult },
): void {
  const { store, mapping } = deps;
  const { result } = done;
  const n = store.nextIntent();
  if (result.delta.size > 0) saveDelta(store, mapping.id, n, result.delta);
  if (result.effects.length > 0) saveEffects(store, next.id, n, result.effects);
  noteUnconfirmed(deps, result, n);
  removeIntent(store, mapping.id, n);
  saveRun(store, next, n);
  store.commit(n);
}

function noteUnconfirmed({ store, mapping, clock }: RunDeps, result: GroupResult, n: number): void {
  if (result.pending.length === 0 && result.unconfirmed.size === 0) return;
  const before = loadUnconfirmed(store, mapping.id);
  const tokens = new Set(result.pending.map((one) => one.token));
  const ids = [...result.unconfirmed.keys()];
  const updates = { ...before.updates, ...Object.fromEntries(ids.map((id) => [id, clock.now()])) };
  const sent = { ...before.sent };
  for (const [id, shadows] of result.unconfirmed) sent[id] = { ...sent[id], ...shadows };
  const creates = [...before.creates.filter((one) => !tokens.has(one.token)), ...result.pending];
  saveUnconfirmed(store, mapping.id, { ...before, creates, updates, sent }, n);
}
