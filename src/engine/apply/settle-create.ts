import type { CreateOperation } from "../../domain/plan";
import type { CrmRecord, RecordId } from "../../domain/record";
import { shadowsAfterCreate } from "../../merge/next-shadows";
import { loadSnapshot } from "../../state/snapshot-store";
import { sentValues } from "./apply-updates";
import type { GroupResult, GroupWork } from "./group-result";

/** What became of the creates of one group so far. */
export interface Creating extends GroupWork {
  /** Operations whose token stands on their row: only those are sent. */
  readonly placed: Set<string>;
  /** Record id by operation: the row gets it instead of its token. */
  readonly settled: Map<string, RecordId>;
  /** Operations whose fate is not known: they keep their token until it is verified. */
  readonly unknown: Set<string>;
}

/** The record is there, and its row gets the id. */
export function settleCreated(creating: Creating, operation: CreateOperation, record: CrmRecord): void {
  creating.settled.set(operation.id, record.id);
  noteCreated(creating.result, operation, record);
}

/** Base, undo and count of a record that was created. */
export function noteCreated(result: GroupResult, operation: CreateOperation, record: CrmRecord): void {
  result.shadows(record.id, shadowsAfterCreate(operation, record));
  const values = { ...sentValues(operation.changes), ...record.values };
  result.effects.push({ kind: "created", recordId: record.id, title: operation.title, values, row: operation.row });
  result.count("successes");
  result.count("created");
}

/** Nobody knows whether the record is there: the row keeps its token, and what was sent is remembered. */
export function settleUnknown(creating: Creating, operation: CreateOperation): void {
  const token = creating.intent.tokens.find((one) => one.operationId === operation.id);
  creating.unknown.add(operation.id);
  if (!token) return;
  creating.result.pending.push({ token: token.id, sentMs: creating.deps.clock.now(), missedMs: null, operation });
}

/** The CRM already has the record: R16 when a row stands for it, else it is linked (R2). */
export function linkExisting(
  creating: Creating,
  operation: CreateOperation,
  outcome: { readonly recordId: RecordId | null; readonly message: string },
): void {
  const { deps, result } = creating;
  const { recordId } = outcome;
  const linked =
    recordId !== null &&
    (loadSnapshot(deps.store, deps.mapping.id).pairs.has(recordId) ||
      [...creating.settled.values()].includes(recordId));
  if (recordId === null || linked) {
    const why = outcome.message.replace(/\.$/, "");
    result.report("error", createPlace(operation), `This is a duplicate: ${why}. Nothing was sent.`);
    return;
  }
  creating.settled.set(operation.id, recordId);
  result.count("successes");
  result.count("linked");
}

/** Where a message about a create belongs. */
export function createPlace(operation: CreateOperation) {
  return { rowNumber: operation.rowNumber, recordId: null, title: operation.title };
}
