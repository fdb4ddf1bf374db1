import { toSyncError } from "../../domain/errors";
import type { Outcome } from "../../domain/outcome";
import type { CreateOperation, CrmChange } from "../../domain/plan";
import { PENDING_PREFIX } from "../../domain/row";
import type { IdWrite } from "../../ports/table";
import { saveIntent } from "../../state/journal";
import { isLate, type RunDeps } from "../run-deps";
import { sentValues } from "./apply-updates";
import { findEarlier } from "./find-earlier";
import type { GroupWork } from "./group-result";
import { placeTokens, replaceTokens } from "./place-tokens";
import { partRefused, reportFields, reportRefused } from "./refused-fields";
import { type Creating, createPlace, linkExisting, settleCreated, settleUnknown } from "./settle-create";

/** Tokens for the rows of creates, to be journaled before any of them is written. */
export function createTokens(deps: RunDeps, operations: readonly CreateOperation[]): IdWrite[] {
  return operations.map((operation) => ({
    operationId: operation.id,
    id: PENDING_PREFIX + deps.newId(),
    rowNumber: operation.rowNumber,
    row: operation.row,
    expectedId: "",
  }));
}

/**
 * Creates records: every row first carries its token, so that the new id finds the row wherever it is by then; only rows
 * whose token was read back are sent (section 6.2). After a cut-off it first looks what was created already.
 */
export function applyCreates(work: GroupWork, batches: readonly (readonly CreateOperation[])[]): void {
  const { deps, result, intent } = work;
  const creating: Creating = { ...work, placed: new Set(), settled: new Map(), unknown: new Set() };
  const operations = batches.flat();
  if (work.mode !== "fresh" && intent.stage === "sending") findEarlier(creating, operations);
  const open = (id: string) => !creating.settled.has(id) && !creating.unknown.has(id);
  if (work.mode !== "look") {
    const wanted = intent.tokens.filter((token) => open(token.operationId));
    for (const id of placeTokens(deps, wanted, work.mode)) creating.placed.add(id);
    noteSending(work, operations);
  }
  for (const batch of batches) {
    if (work.mode === "fresh" && result.itemsDone > 0 && isLate(deps)) break;
    const unsettled = batch.filter((operation) => open(operation.id));
    if (!result.attempt(() => sendBatch(creating, unsettled))) break;
  }
  const left = intent.tokens.filter((token) => !creating.unknown.has(token.operationId));
  replaceTokens(deps, left, creating.settled, ({ rowNumber }, message) => {
    result.report("error", { rowNumber, recordId: null, title: `Row ${rowNumber}` }, message);
  });
}

/** Are all keys ones that tell whether a record was created? Then it need not be noted that sending begins. */
export function areFindable(operations: readonly CreateOperation[]): boolean {
  return operations.every((operation) => operation.key?.unique === true);
}

/**
 * May these values be sent in place of all? Only with a key that finds the record again: after a cut-off any other is known
 * by all of its values, and one that lacks some would be created once more.
 */
function sendsUniqueKey({ key }: CreateOperation, changes: readonly CrmChange[]): boolean {
  return key?.unique === true && changes.some(({ field }) => field === key.field);
}

/** From here on a cut-off leaves creates that nobody can tell were sent or not. */
function noteSending({ deps, intent }: GroupWork, operations: readonly CreateOperation[]): void {
  if (intent.stage === "sending" || areFindable(operations)) return;
  saveIntent(deps.store, { ...intent, stage: "sending" });
  deps.store.flush();
}

function sendBatch(creating: Creating, batch: readonly CreateOperation[]): void {
  if (creating.mode === "look") return;
  const { result } = creating;
  const sendable = batch.filter((operation) => {
    if (creating.placed.has(operation.id)) return true;
    result.report(
      "note",
      createPlace(operation),
      "The row changed while the sync ran. It was not sent; the next sync takes it.",
    );
    return false;
  });
  let retries = send(creating, sendable);
  while (retries.length > 0) retries = sendAgain(creating, retries);
}

/** The batch was sent and counts as done: a row that cannot be sent again now is free for the next sync. */
function sendAgain(creating: Creating, retries: readonly CreateOperation[]): readonly CreateOperation[] {
  try {
    return send(creating, retries);
  } catch (thrown) {
    const { message } = toSyncError(thrown);
    for (const operation of retries) {
      creating.result.report(
        "error",
        createPlace(operation),
        `It was not sent again: ${message} The next sync sends it.`,
      );
    }
    return [];
  }
}

/** Writes one batch; gives the operations to send again without the fields that the CRM refused (rule F10). */
function send(creating: Creating, operations: readonly CreateOperation[]): readonly CreateOperation[] {
  const { deps, objectType, result } = creating;
  if (operations.length === 0) return [];
  const writes = operations.map((operation) => ({
    kind: "create" as const,
    operationId: operation.id,
    values: sentValues(operation.changes),
  }));
  const outcomes = new Map<string, Outcome>();
  for (const outcome of deps.crm.write(objectType, writes)) outcomes.set(outcome.operationId, outcome);
  const retries: CreateOperation[] = [];
  for (const operation of operations) {
    const outcome = outcomes.get(operation.id);
    const parted = partRefused(operation.changes, outcome);
    if (parted === null || !sendsUniqueKey(operation, parted.rest)) {
      settle(creating, operation, outcome);
      continue;
    }
    reportFields(parted.refused, createPlace(operation), result);
    retries.push({ ...operation, changes: parted.rest });
  }
  return retries;
}

function settle(creating: Creating, operation: CreateOperation, outcome: Outcome | undefined): void {
  switch (outcome?.kind) {
    case "written":
      settleCreated(creating, operation, outcome.record);
      return;
    case "exists":
      linkExisting(creating, operation, outcome);
      return;
    case "refused":
      reportRefused(outcome, createPlace(operation), creating.result);
      return;
    default:
      settleUnknown(creating, operation);
      creating.result.report("error", createPlace(operation), UNCONFIRMED_TEXT);
  }
}

const UNCONFIRMED_TEXT =
  "The CRM did not confirm this new record. The next sync looks what became of it before anything is sent again.";
