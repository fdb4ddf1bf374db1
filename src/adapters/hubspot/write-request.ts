import type { WriteOperation } from "../../domain/outcome";
import type { Field, FieldName } from "../../domain/schema";
import { toHubspotValue } from "./normalise-value";

/** An operation made ready: the values as HubSpot takes them. */
export interface PreparedWrite {
  readonly operation: WriteOperation;
  readonly operationId: string;
  /** Null for creates. */
  readonly recordId: string | null;
  readonly values: Readonly<Record<FieldName, string>>;
}

/** Values as HubSpot takes them; a create leaves blanks out, an update clears with `""`. */
export function prepareWrite(operation: WriteOperation, findField: (name: FieldName) => Field | null): PreparedWrite {
  const { operationId } = operation;
  const recordId = operation.kind === "create" ? null : operation.recordId;
  if (operation.kind === "archive") return { operation, operationId, recordId, values: {} };
  const entries = Object.entries(operation.values)
    .map(([name, value]) => [name, toHubspotValue(findField(name), value)] as const)
    .filter(([, value]) => operation.kind === "update" || value !== "");
  return { operation, operationId, recordId, values: Object.fromEntries(entries) };
}

/** Why an operation need not be sent, or null. */
export function judgeLocally(write: PreparedWrite): "not-an-id" | "empty" | null {
  if (write.recordId !== null && !/^[1-9]\d{0,18}$/.test(write.recordId)) return "not-an-id";
  const isEmpty = write.operation.kind !== "archive" && Object.keys(write.values).length === 0;
  return isEmpty ? "empty" : null;
}

/** Trace id of the operation at a place of the batch. With one on every input HubSpot reports failures one by one. */
export function traceIdOf(index: number): string {
  return `w${index}`;
}

/** Body of a batch. */
export function toBatchBody(writes: readonly PreparedWrite[]): unknown {
  return { inputs: writes.map(toInput) };
}

function toInput(write: PreparedWrite, index: number): unknown {
  const objectWriteTraceId = traceIdOf(index);
  switch (write.operation.kind) {
    case "create":
      return { properties: write.values, objectWriteTraceId };
    case "update":
      return { id: write.recordId, properties: write.values, objectWriteTraceId };
    case "archive":
      return { id: write.recordId };
  }
}
