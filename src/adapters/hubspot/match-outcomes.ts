import type { Outcome } from "../../domain/outcome";
import type { FieldName } from "../../domain/schema";
import { normaliseValue } from "./normalise-value";
import { toRefusal } from "./refusal";
import { type RecordShape, toRecord } from "./to-record";
import { type BatchWire, contextTexts, type ErrorWire, type RecordWire } from "./wire";
import { type PreparedWrite, traceIdOf } from "./write-request";

const NO_ENTRY = "HubSpot's answer does not say what became of this record.";

/**
 * Outcomes of a batch that HubSpot answered (200, 201, 207). Results come in any order and with or without trace ids;
 * they are matched by trace id, record id, then values. What is named nowhere is unknown.
 */
export function matchOutcomes(
  shape: RecordShape,
  writes: readonly PreparedWrite[],
  answer: BatchWire,
): readonly Outcome[] {
  const matcher = new OutcomeMatcher(shape, writes);
  const strays = answer.results.filter((result) => !matcher.takeResult(result));
  const nameless = (answer.errors ?? []).filter((error) => !matcher.takeError(error));
  for (const result of strays) matcher.takeByValues(result, strays);
  const [error, ...moreErrors] = nameless;
  if (error && moreErrors.length === 0) matcher.takeLastError(error);
  return matcher.outcomes();
}

class OutcomeMatcher {
  private readonly done = new Map<PreparedWrite, Outcome>();

  constructor(
    private readonly shape: RecordShape,
    private readonly writes: readonly PreparedWrite[],
  ) {}

  outcomes(): readonly Outcome[] {
    return this.writes.map(
      (write) => this.done.get(write) ?? { kind: "unknown", operationId: write.operationId, message: NO_ENTRY },
    );
  }

  /** A result that names its input. */
  takeResult(result: RecordWire): boolean {
    const byTrace = this.writes.find((_, index) => traceIdOf(index) === result.objectWriteTraceId);
    const byId = this.writes.find((write) => write.recordId !== null && write.recordId === String(result.id));
    const write = byTrace ?? byId;
    if (!write) return false;
    // Another record answered: the one asked for was merged away, which a read by id will tell.
    if (write.recordId === null || write.recordId === String(result.id)) this.written(write, result);
    return true;
  }

  /** An error that names its inputs. */
  takeError(error: ErrorWire): boolean {
    const traces = contextTexts(error.context, "objectWriteTraceId");
    const ids = contextTexts(error.context, "ids");
    const named = this.writes.filter(
      (write, index) => traces.includes(traceIdOf(index)) || (write.recordId !== null && ids.includes(write.recordId)),
    );
    for (const write of named) this.refused(write, error);
    return named.length > 0;
  }

  /** A result without a name: the one open create that sent what it holds. */
  takeByValues(result: RecordWire, strays: readonly RecordWire[]): void {
    const creates = this.open().filter((write) => write.recordId === null);
    const fits = creates.filter((write) => this.fits(write, result));
    const [only, ...others] = fits;
    if (!only || others.length > 0) return;
    const rivals = strays.filter((stray) => this.fits(only, stray));
    if (rivals.length === 1) this.written(only, result);
  }

  /** The one error without a name belongs to the one operation that is left. */
  takeLastError(error: ErrorWire): void {
    const [only, ...others] = this.open();
    if (only && others.length === 0) this.refused(only, error);
  }

  private open(): readonly PreparedWrite[] {
    return this.writes.filter((write) => !this.done.has(write));
  }

  /** An e-mail address is unique and decides alone; else every value that was sent and came back must agree. */
  private fits(write: PreparedWrite, result: RecordWire): boolean {
    const { email } = write.values;
    const isKeyed = this.shape.facts.uniqueProperty === "email" && email !== undefined;
    const names = isKeyed ? ["email"] : Object.keys(write.values).filter((name) => name in result.properties);
    const same = (name: FieldName): boolean => {
      const field = this.shape.findField(name);
      return normaliseValue(field, result.properties[name]) === normaliseValue(field, write.values[name]);
    };
    return names.length > 0 && names.every(same);
  }

  private written(write: PreparedWrite, result: RecordWire): void {
    const { operationId } = write;
    this.done.set(write, { kind: "written", operationId, record: toRecord(this.shape, result) });
  }

  private refused(write: PreparedWrite, error: ErrorWire): void {
    const context = { findField: this.shape.findField, values: write.values };
    this.done.set(write, toRefusal(write.operationId, error, context));
  }
}
