import { type ApiCall, type ApiReply, jsonBody } from "./api-call";
import { type ApiError, type BatchErrorEntry, validationError } from "./api-error";
import { assumed } from "./assumptions";
import type { WriteCheck } from "./check-write";
import { toApiTime } from "./format-time";
import { limits } from "./limits";
import { toErrorDetails, toValuesError, toValuesMessage, type ValueProblem } from "./validate-values";

/** One input of a batch. */
export interface BatchInput {
  readonly id?: unknown;
  readonly idProperty?: unknown;
  readonly properties?: unknown;
  readonly associations?: unknown;
  readonly objectWriteTraceId?: unknown;
}

/** The inputs of a batch; none when the body holds no list (HubSpot then does nothing, without an error). Throws 400 above 100. */
export function batchInputs(call: ApiCall): readonly BatchInput[] {
  const { inputs } = jsonBody(call);
  if (!Array.isArray(inputs)) return [];
  if (inputs.length > limits.batchInputs) throw validationError(assumed.batchSizeMessage(limits.batchInputs));
  return inputs.map((input: unknown) => (typeof input === "object" && input !== null ? (input as BatchInput) : {}));
}

/** The trace ids of a batch when every input has its own: only then failures come back one by one. */
export function traceIdsOf(inputs: readonly BatchInput[]): readonly string[] | null {
  const ids = inputs.map((input) => (typeof input.objectWriteTraceId === "string" ? input.objectWriteTraceId : ""));
  const isOptedIn = ids.length > 0 && ids.every((id) => id !== "") && new Set(ids).size === ids.length;
  return isOptedIn ? ids : null;
}

/** What became of a batch: results, and errors for the inputs that failed. */
export interface BatchOutcome {
  readonly results: readonly object[];
  readonly errors: readonly BatchErrorEntry[];
}

/** The answer of a batch: results in an order of their own, 207 when something failed. */
export function toBatchReply(call: ApiCall, outcome: BatchOutcome, status: 200 | 201): ApiReply {
  const { portal } = call;
  const results = portal.settings.keepBatchOrder ? outcome.results : portal.noise.shuffle(outcome.results);
  const failed = outcome.errors.length > 0;
  return {
    status: failed ? 207 : status,
    body: {
      status: "COMPLETE",
      results,
      ...(failed ? { numErrors: outcome.errors.length, errors: outcome.errors } : {}),
      startedAt: toApiTime(call.nowMs),
      completedAt: toApiTime(call.nowMs + 40 + portal.noise.int(80)),
    },
  };
}

/** Throws the one answer that a batch without trace ids gets when any input is wrong; a conflict names only the first. */
export function refuseWhole(call: ApiCall, checks: readonly WriteCheck[]): void {
  const problems = checks.flatMap((check): readonly ValueProblem[] => (check.kind === "values" ? check.problems : []));
  const [only] = problems;
  const isPlain = call.path.endsWith("/batch/upsert") && only?.error === "INVALID_EMAIL" && problems.length === 1;
  if (isPlain) throw validationError(only.message);
  if (problems.length > 0) throw toValuesError(problems, call.portal.settings.portalId);
  for (const check of checks) if (check.kind === "error") throw check.error;
}

/** The entry of a 207 for an input that failed. */
export function toErrorEntry(call: ApiCall, check: WriteCheck, traceId: string): BatchErrorEntry {
  const trace = { objectWriteTraceId: [traceId] };
  if (check.kind === "values") {
    return {
      status: "error",
      category: "VALIDATION_ERROR",
      message: toValuesMessage(check.problems, call.portal.settings.portalId),
      context: trace,
      errors: toErrorDetails(check.problems),
    };
  }
  if (check.kind === "ok") throw new RangeError("a check that passed has no error entry");
  return fromApiError(check.error, trace);
}

function fromApiError(error: ApiError, trace: { readonly objectWriteTraceId: readonly string[] }): BatchErrorEntry {
  const existingId = /Existing ID: (\d+)$/.exec(error.body.message)?.[1];
  return {
    status: "error",
    category: error.body.category ?? "VALIDATION_ERROR",
    message: error.body.message,
    context: existingId === undefined ? trace : { ...trace, existingId: [existingId] },
  };
}

/** The single entry that names all ids of a batch that were not found. */
export function notFoundEntry(upperType: string, ids: readonly string[]): BatchErrorEntry {
  return {
    status: "error",
    category: "OBJECT_NOT_FOUND",
    message: `Could not get some ${upperType} objects, they may be deleted or not exist. Check that ids are valid.`,
    context: { ids },
  };
}

/** Throws 400 when an id comes twice. */
export function refuseDuplicates(ids: readonly string[]): void {
  const doubled = [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))];
  if (doubled.length === 0) return;
  const message = `Duplicate IDs found in batch input: [${doubled.join(", ")}]. IDs must be unique`;
  throw validationError(message, { ids: doubled });
}
