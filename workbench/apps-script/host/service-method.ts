import type { CostClass } from "../cost-model";
import { type Json, type JsonObject, TYPE_TAG } from "../json";
import type { ArgumentList } from "./argument-list";
import type { Execution } from "./execution";
import type { HostState } from "./host-state";

/** One service call while it is served. */
export interface ServiceCall {
  readonly op: string;
  readonly execution: Execution;
  readonly state: HostState;
  /** The object the method was called on, in wire form; empty for namespaces. */
  readonly self: JsonObject;
  readonly args: ArgumentList;
  /** Set by methods on cells, for the cost model. */
  cells: number;
  /** Set by fetchAll, for the cost model. */
  requests: number;
}

type Answer = Json | Promise<Json>;

/**
 * How a method treats the document:
 * plain and lookup leave it alone; inspect and read apply the buffered writes first; write is buffered;
 * alter and structure apply the buffered writes and act at once.
 */
export interface ServiceMethod {
  readonly effect: CostClass;
  /** Counts as a spreadsheet call: reads or writes cells, formats or the grid. */
  readonly sheetCall: boolean;
  /** Has a number among the external calls of its execution: kills and faults can aim at it. */
  readonly external: boolean;
  readonly run: (call: ServiceCall) => Answer;
}

/** Methods by "Type.method". */
export type MethodTable = Readonly<Record<string, ServiceMethod>>;

/** The wire form of "the object itself": what fluent setters answer. */
export const SELF: Json = { [TYPE_TAG]: "Self" };

type Run = (call: ServiceCall) => Answer;
type RunQuietly = (call: ServiceCall) => void;

const returningSelf =
  (run: RunQuietly): Run =>
  (call) => {
    run(call);
    return SELF;
  };

export const plain = (run: Run): ServiceMethod => ({ effect: "plain", sheetCall: false, external: false, run });

/** A plain method with an effect outside the document: property writes, locks. */
export const outside = (run: Run): ServiceMethod => ({ effect: "plain", sheetCall: false, external: true, run });

export const lookup = (run: Run): ServiceMethod => ({ effect: "lookup", sheetCall: false, external: false, run });

export const inspect = (run: Run): ServiceMethod => ({ effect: "inspect", sheetCall: false, external: false, run });

export const read = (run: Run): ServiceMethod => ({ effect: "read", sheetCall: true, external: false, run });

/** A buffered write: `prepare` checks the arguments and gives what is applied later. */
export const write = (prepare: (call: ServiceCall) => () => void): ServiceMethod => ({
  effect: "write",
  sheetCall: true,
  external: true,
  run: (call) => {
    call.execution.buffer(prepare(call));
    return SELF;
  },
});

export const alter = (run: Run): ServiceMethod => ({ effect: "alter", sheetCall: false, external: true, run });

export const alterSelf = (run: RunQuietly): ServiceMethod => alter(returningSelf(run));

export const structure = (run: Run): ServiceMethod => ({ effect: "structure", sheetCall: true, external: true, run });

export const structureSelf = (run: RunQuietly): ServiceMethod => structure(returningSelf(run));
