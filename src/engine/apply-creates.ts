import { toSyncError } from "../domain/errors";
import type { Outcome } from "../domain/outcome";
import type { CreateOperation } from "../domain/plan";
import type { RecordId } from "../domain/record";
import { PENDING_PREFIX } from "../domain/row";
import { shadowsAfterCreate } from "../merge/next-shadows";
import type { IdReplacement, IdWrite } from "../ports/table";
import { loadSnapshot } from "../state/snapshot-store";
import { sentValues } from "./apply-updates";
import type { GroupWork } from "./group-result";
import { isLate, type RunDeps } from "./run-deps";

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
 * whose token was read back are sent (section 6.2).
 */
export function applyCreates(
  work: GroupWork,
  batches: readonly (readonly CreateOperation[])[],
  tokens: readonly IdWrite[],
): void {
  const { deps, result } = work;
  const placed = new Set(
    deps.table
      .writeIds(tokens)
      .filter((outcome) => outcome.placed)
      .map((outcome) => outcome.operationId),
  );
  const settled = new Map<string, RecordId>();
  const unknown = new Set<string>();
  for (const batch of batches) {
    if (result.itemsDone > 0 && isLate(deps)) break;
    try {
      sendBatch({ ...work, placed, settled, unknown }, batch);
    } catch (thrown) {
      result.thrown = toSyncError(thrown);
      break;
    }
    result.itemsDone += 1;
  }
  const replacements: IdReplacement[] = tokens
    .filter((token) => placed.has(token.operationId) && !unknown.has(token.operationId))
    .map((token) => ({ from: token.id, to: settled.get(token.operationId) ?? "" }));
  if (replacements.length > 0) deps.table.replaceIds(replacements);
}

interface Sending extends GroupWork {
  readonly placed: ReadonlySet<string>;
  /** Record id by operation: the row gets it instead of its token. */
  readonly settled: Map<string, RecordId>;
  /** Operations whose fate is unknown: they keep their token until it is verified. */
  readonly unknown: Set<string>;
}

function sendBatch(sending: Sending, batch: readonly CreateOperation[]): void {
  const { deps, objectType, result } = sending;
  const sendable = batch.filter((operation) => {
    if (sending.placed.has(operation.id)) return true;
    result.report(
      "note",
      place(operation),
      "The row changed while the sync ran. It was not sent; the next sync takes it.",
    );
    return false;
  });
  if (sendable.length === 0) return;
  const writes = sendable.map((operation) => ({
    kind: "create" as const,
    operationId: operation.id,
    values: sentValues(operation.changes),
  }));
  const outcomes = new Map<string, Outcome>();
  for (const outcome of deps.crm.write(objectType, writes)) outcomes.set(outcome.operationId, outcome);
  for (const operation of sendable) settle(sending, operation, outcomes.get(operation.id));
}

function settle(sending: Sending, operation: CreateOperation, outcome: Outcome | undefined): void {
  const { result } = sending;
  switch (outcome?.kind) {
    case "written":
      sending.settled.set(operation.id, outcome.record.id);
      result.shadows(outcome.record.id, shadowsAfterCreate(operation, outcome.record));
      result.count("successes");
      result.count("created");
      return;
    case "exists":
      linkExisting(sending, operation, outcome);
      return;
    case "refused":
      result.report("error", { ...place(operation), field: outcome.field }, outcome.message);
      return;
    default:
      sending.unknown.add(operation.id);
      result.report(
        "error",
        place(operation),
        "The CRM did not confirm this new record. The next sync looks what became of it before anything is sent again.",
      );
  }
}

/** The CRM already has the record: R16 when a row stands for it, else it is linked (R2). */
function linkExisting(
  sending: Sending,
  operation: CreateOperation,
  outcome: Extract<Outcome, { kind: "exists" }>,
): void {
  const { deps, result } = sending;
  const { recordId } = outcome;
  const linked =
    recordId !== null &&
    (loadSnapshot(deps.store, deps.mapping.id).pairs.has(recordId) || [...sending.settled.values()].includes(recordId));
  if (recordId === null || linked) {
    const why = outcome.message.replace(/\.$/, "");
    result.report("error", place(operation), `This is a duplicate: ${why}. Nothing was sent.`);
    return;
  }
  sending.settled.set(operation.id, recordId);
  result.count("successes");
  result.count("linked");
}

function place(operation: CreateOperation) {
  return { rowNumber: operation.rowNumber, recordId: null, title: operation.title };
}
