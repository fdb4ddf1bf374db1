import { SyncError, toSyncError } from "../../domain/errors";
import type { Outcome, WriteOperation } from "../../domain/outcome";
import type { ObjectType } from "../../domain/schema";
import { blameInputs } from "./blame-inputs";
import { toHubspotError } from "./error-of-answer";
import type { HubspotDesk } from "./hubspot-desk";
import { BATCH_SIZE } from "./hubspot-limits";
import { matchOutcomes } from "./match-outcomes";
import { toRefusal } from "./refusal";
import type { RecordShape } from "./to-record";
import { batchWire, type ErrorWire, parseError } from "./wire";
import { judgeLocally, type PreparedWrite, prepareWrite, toBatchBody } from "./write-request";

/** Requests of one write. A batch that is refused as a whole is sent again in parts until the bad inputs are found. */
const MAX_REQUESTS = 40;
/** Refusals that concern the data: everything else is about the request or the key. */
const DATA_STATUSES: ReadonlySet<number> = new Set([400, 409, 413, 422]);

/**
 * Writes up to 100 operations of one kind: one call; more only when HubSpot refuses the whole batch because of some.
 *
 * @throws SyncError auth, retryable or fatal when nothing at all was done; bug for a batch that may not be sent
 */
export function writeRecords(
  desk: HubspotDesk,
  type: ObjectType,
  operations: readonly WriteOperation[],
): readonly Outcome[] {
  const [first] = operations;
  if (!first) return [];
  if (operations.length > BATCH_SIZE) {
    throw new SyncError(
      "bug",
      "batch-too-big",
      `A write holds ${operations.length} operations; HubSpot takes ${BATCH_SIZE}.`,
    );
  }
  if (operations.some((operation) => operation.kind !== first.kind)) {
    throw new SyncError("bug", "mixed-batch", "A write holds operations of one kind.");
  }
  return new BatchWriter(desk, type, first.kind).run(operations);
}

class BatchWriter {
  private readonly shape: RecordShape;
  private requests = 0;

  constructor(
    private readonly desk: HubspotDesk,
    private readonly type: ObjectType,
    private readonly verb: WriteOperation["kind"],
  ) {
    this.shape = desk.shape(type, null);
  }

  run(operations: readonly WriteOperation[]): readonly Outcome[] {
    const local: Outcome[] = [];
    const sendable: PreparedWrite[] = [];
    const seen = new Set<string>();
    for (const operation of operations) {
      const write = prepareWrite(operation, this.shape.findField);
      const problem = this.refuseLocally(write, seen);
      if (problem) local.push(problem);
      else sendable.push(write);
      if (write.recordId !== null) seen.add(write.recordId);
    }
    return [...local, ...this.send(sendable)];
  }

  /** One bad input can fail a batch; what is known to be bad is not sent. */
  private refuseLocally(write: PreparedWrite, seen: ReadonlySet<string>): Outcome | null {
    const { operationId, recordId } = write;
    if (recordId !== null && seen.has(recordId)) {
      return { kind: "refused", operationId, field: null, message: `Record ${recordId} comes twice in one batch.` };
    }
    switch (judgeLocally(write)) {
      case "not-an-id":
        return { kind: "gone", operationId };
      case "empty":
        return { kind: "refused", operationId, field: null, message: "There is no value to write." };
      case null:
        return null;
    }
  }

  private send(writes: readonly PreparedWrite[]): readonly Outcome[] {
    if (writes.length === 0) return [];
    if (this.requests >= MAX_REQUESTS) {
      return this.notSent(writes, "HubSpot refused too many parts of this batch. The next run tries again.");
    }
    try {
      return this.request(writes);
    } catch (thrown) {
      const error = toSyncError(thrown);
      // Nothing was done by this request; without an earlier one the caller may treat the whole write as not done.
      if (this.requests <= 1 || error.kind === "bug") throw thrown;
      return this.notSent(writes, `Not sent: ${error.message}`);
    }
  }

  private request(writes: readonly PreparedWrite[]): readonly Outcome[] {
    this.requests += 1;
    const url = this.desk.endpoints.batch(this.type, this.verb);
    const answer = this.desk.client.write(url, toBatchBody(writes));
    if (answer.kind === "unknown") return this.unknown(writes, answer.message);
    if (answer.status >= 200 && answer.status < 300) return this.judge(writes, answer.json);
    const error = parseError(answer.json);
    const isAboutData = DATA_STATUSES.has(answer.status) && answer.json !== null;
    if (!isAboutData || (error.message ?? "").startsWith("Unable to infer object type")) {
      throw toHubspotError(answer.status, answer.json);
    }
    return this.divide(writes, error);
  }

  /** Outcomes of an answer with 2xx. */
  private judge(writes: readonly PreparedWrite[], json: unknown): readonly Outcome[] {
    if (this.verb === "archive") return writes.map((write) => this.archived(write));
    const parsed = batchWire.safeParse(json);
    if (!parsed.success) return this.unknown(writes, "HubSpot's answer could not be read.");
    return matchOutcomes(this.shape, writes, parsed.data);
  }

  /** A batch refused as a whole: nothing was done. The bad inputs are set apart, the others sent again. */
  private divide(writes: readonly PreparedWrite[], error: ErrorWire): readonly Outcome[] {
    const [only, ...others] = writes;
    if (only && others.length === 0) return [this.refuse(only, error)];
    const blamed = blameInputs(writes, error);
    if (blamed.size > 0) {
      const refused = [...blamed].map(([write, part]) => this.refuse(write, part));
      return [...refused, ...this.send(writes.filter((write) => !blamed.has(write)))];
    }
    const half = Math.ceil(writes.length / 2);
    return [...this.send(writes.slice(0, half)), ...this.send(writes.slice(half))];
  }

  private refuse(write: PreparedWrite, error: ErrorWire): Outcome {
    return toRefusal(write.operationId, error, { findField: this.shape.findField, values: write.values });
  }

  private archived(write: PreparedWrite): Outcome {
    return { kind: "archived", operationId: write.operationId, recordId: write.recordId ?? "" };
  }

  private unknown(writes: readonly PreparedWrite[], message: string): readonly Outcome[] {
    return writes.map(({ operationId }) => ({ kind: "unknown", operationId, message }));
  }

  private notSent(writes: readonly PreparedWrite[], message: string): readonly Outcome[] {
    return writes.map(({ operationId }) => ({ kind: "refused", operationId, field: null, message }));
  }
}
