import type { ExecutionRecord, Outcome, RunOptions, WorkbenchUser } from "../host-api";
import type { Json } from "../json";
import type { ExecutionEnd } from "../rpc-protocol";

export type AuthMode = NonNullable<RunOptions["authMode"]>;
export type RunSource = NonNullable<RunOptions["source"]>;

/** What is known when an execution starts. */
export interface ExecutionStart {
  readonly id: number;
  readonly functionName: string;
  readonly args: readonly Json[];
  readonly source: RunSource;
  readonly authMode: AuthMode;
  readonly user: WorkbenchUser;
  /** Document that getActiveSpreadsheet() gives; null for a clock run without one. */
  readonly fileId: string | null;
  readonly startedMs: number;
  readonly deadlineMs: number;
  readonly options: RunOptions;
}

/** Raised inside the host to end an execution at a service call; the script never sees it. */
export class KillSignal extends Error {
  constructor(readonly outcome: Outcome) {
    super(outcome);
  }
}

/** The host's side of one run of a function. */
export class Execution {
  readonly calls: Record<string, number> = {};
  readonly log: string[] = [];
  sheetCalls = 0;
  fetchCalls = 0;
  externalCalls = 0;
  /** Own virtual clock, epoch ms. */
  clockMs: number;
  ended = false;
  /** Lets the scheduler go on while this execution waits for a lock. */
  park: () => void = () => undefined;
  private buffered: (() => void)[] = [];

  constructor(readonly start: ExecutionStart) {
    this.clockMs = start.startedMs;
  }

  get id(): number {
    return this.start.id;
  }

  count(op: string): void {
    this.calls[op] = (this.calls[op] ?? 0) + 1;
  }

  /** Virtual instant at which the execution is killed. */
  deadline(): number {
    return this.start.startedMs + this.start.deadlineMs;
  }

  buffer(apply: () => void): void {
    this.buffered.push(apply);
  }

  /** Applies the buffered writes in order. */
  applyBuffered(): void {
    const writes = this.buffered;
    this.buffered = [];
    for (const apply of writes) {
      apply();
    }
  }

  /** Applies only the first writes of the buffer and drops the rest. */
  applyBufferedPrefix(share: number): void {
    this.buffered = this.buffered.slice(0, Math.floor(this.buffered.length * share));
    this.applyBuffered();
  }

  dropBuffered(): void {
    this.buffered = [];
  }

  record(outcome: Outcome, error: string | null): ExecutionRecord {
    return {
      id: this.id,
      functionName: this.start.functionName,
      source: this.start.source,
      startedMs: this.start.startedMs,
      durationMs: this.clockMs - this.start.startedMs,
      outcome,
      error,
      calls: { ...this.calls },
      sheetCalls: this.sheetCalls,
      fetchCalls: this.fetchCalls,
      log: [...this.log],
    };
  }
}

export const outcomeOf = (end: ExecutionEnd): Outcome => (end.kind === "returned" ? "completed" : "failed");
