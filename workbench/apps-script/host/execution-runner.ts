import { ERROR_TEXTS, ServiceError } from "../error-texts";
import type { ExecutionResult, Outcome } from "../host-api";
import type { Json } from "../json";
import { CPU_WATCHDOG_MS } from "../limits";
import type { ExecutionEnd, ReplyBody, WorkerMessage } from "../rpc-protocol";
import type { Dispatch } from "./dispatch-call";
import { Execution, type ExecutionStart, KillSignal, outcomeOf } from "./execution";
import type { HostState } from "./host-state";
import type { Scheduler } from "./scheduler";
import type { ExecutionWorker, WorkerPool } from "./worker-pool";

type CallMessage = Extract<WorkerMessage, { kind: "call" }>;

export interface RunnerParts {
  readonly state: HostState;
  readonly scheduler: Scheduler;
  readonly pool: WorkerPool;
  readonly dispatch: Dispatch;
}

interface Running {
  readonly execution: Execution;
  readonly worker: ExecutionWorker;
  readonly settle: (result: ExecutionResult) => void;
  readonly reject: (fault: unknown) => void;
  readonly stopTimers: () => void;
  /** Real time since when the script itself runs; null while it waits for the host. */
  busySince: number | null;
}

/** Starts executions on workers, serves their calls in the scheduler's order, and ends or kills them. */
export class ExecutionRunner {
  private readonly running = new Map<number, Running>();

  constructor(private readonly parts: RunnerParts) {}

  /** Number of executions under way. */
  get size(): number {
    return this.running.size;
  }

  run(start: ExecutionStart): Promise<ExecutionResult> {
    const { state, scheduler, pool } = this.parts;
    const execution = new Execution(start);
    scheduler.resume(execution.id);
    state.emit({ kind: "execution-started", id: execution.id, functionName: start.functionName });
    return new Promise((settle, reject) => {
      const stopTimers = this.startTimers(execution);
      const run: Running = { execution, worker: pool.acquire(), settle, reject, stopTimers, busySince: Date.now() };
      this.running.set(execution.id, run);
      run.worker.start(
        {
          kind: "start",
          execution: execution.id,
          functionName: start.functionName,
          args: start.args,
          reviveArgs: start.source !== "client",
          client: start.source === "client",
          timeZone: state.scriptTimeZone,
          clock: state.clock.kind,
          clockMs: state.clock.kind === "live" ? state.clock.offset() : start.startedMs,
        },
        (message) => this.receive(run, message),
        (fault) => this.fault(run, fault),
      );
    });
  }

  /** Kills everything under way: the host is closed. */
  stop(): void {
    for (const run of [...this.running.values()]) {
      this.kill(run, "killed");
    }
  }

  private receive(run: Running, message: WorkerMessage): void {
    const { execution } = run;
    if (execution.ended || message.execution !== execution.id) {
      return;
    }
    if (message.kind === "log") {
      execution.log.push(message.line);
      return;
    }
    run.busySince = null;
    execution.clockMs = Math.max(execution.clockMs, message.at);
    const act = message.kind === "call" ? () => this.serve(run, message) : () => this.finish(run, message.end);
    this.parts.scheduler.post(execution.clockMs, execution.id, act);
    this.parts.scheduler.block(execution.id);
  }

  /** Resolves when the call is answered or waits for a lock. */
  private async serve(run: Running, message: CallMessage): Promise<void> {
    if (run.execution.ended) {
      return;
    }
    if (this.isOverdue(run.execution)) {
      this.kill(run, "timed-out");
      return;
    }
    const parked = new Promise<void>((resolve) => {
      run.execution.park = resolve;
    });
    await Promise.race([this.answer(run, message), parked]);
  }

  private async answer(run: Running, message: CallMessage): Promise<void> {
    const { execution, worker } = run;
    let body: ReplyBody;
    try {
      const args = JSON.parse(message.args) as readonly Json[];
      body = { value: await this.parts.dispatch(execution, message.op, args) };
    } catch (thrown) {
      if (thrown instanceof KillSignal) {
        this.kill(run, thrown.outcome);
        return;
      }
      if (!(thrown instanceof ServiceError)) {
        this.fault(run, thrown);
        return;
      }
      body = { error: { name: thrown.errorName, message: thrown.message } };
    }
    if (execution.ended) {
      return;
    }
    if (this.isOverdue(execution)) {
      this.kill(run, "timed-out");
      return;
    }
    this.parts.scheduler.resume(execution.id);
    run.busySince = Date.now();
    worker.reply({ n: message.n, clockMs: execution.clockMs, body: JSON.stringify(body) });
  }

  private isOverdue(execution: Execution): boolean {
    return execution.clockMs > execution.deadline();
  }

  /** Live: the deadline is real time. Both: a script that computes for ever is ended by the watchdog. */
  private startTimers(execution: Execution): () => void {
    const overdue = (): void => {
      const run = this.running.get(execution.id);
      if (run !== undefined) {
        this.kill(run, "timed-out");
      }
    };
    const deadline =
      this.parts.state.clock.kind === "live" ? setTimeout(overdue, execution.start.deadlineMs) : undefined;
    const busyLimitMs = this.parts.state.options.cpuWatchdogMs ?? CPU_WATCHDOG_MS;
    const watchdog = setInterval(() => {
      const since = this.running.get(execution.id)?.busySince ?? null;
      if (since !== null && Date.now() - since > busyLimitMs) {
        overdue();
      }
    }, 1_000);
    watchdog.unref();
    return () => {
      clearTimeout(deadline);
      clearInterval(watchdog);
    };
  }

  private finish(run: Running, end: ExecutionEnd): void {
    const { execution } = run;
    if (execution.ended) {
      return;
    }
    let outcome = outcomeOf(end);
    let error = end.kind === "threw" ? end.message : null;
    try {
      execution.applyBuffered();
    } catch (thrown) {
      outcome = "failed";
      error ??= thrown instanceof Error ? thrown.message : String(thrown);
    }
    if (end.kind === "threw") {
      execution.log.push(`ERROR: ${end.name}: ${end.message}`);
    }
    this.close(run, outcome, error, end.kind === "returned" && error === null ? end.value : null);
    this.parts.pool.release(run.worker);
  }

  private kill(run: Running, outcome: Outcome): void {
    const { execution } = run;
    if (execution.ended) {
      return;
    }
    this.settleBuffered(execution);
    if (outcome === "timed-out" && this.parts.state.clock.kind === "virtual") {
      execution.clockMs = Math.min(Math.max(execution.clockMs, execution.start.startedMs), execution.deadline());
    }
    this.close(run, outcome, outcome === "timed-out" ? ERROR_TEXTS.timeExceeded : null, null);
    void run.worker.kill();
  }

  /** What becomes of writes that a killed execution had not flushed. */
  private settleBuffered(execution: Execution): void {
    const { unflushed, random } = this.parts.state;
    try {
      if (unflushed === "kept") {
        execution.applyBuffered();
      } else if (unflushed === "prefix") {
        execution.applyBufferedPrefix(random());
      }
    } catch (thrown) {
      execution.log.push(`ERROR: ${String(thrown)}`);
    }
    execution.dropBuffered();
  }

  /** The end of every execution: locks freed, timers stopped, record written. */
  private close(run: Running, outcome: Outcome, error: string | null, value: unknown): void {
    const { execution } = run;
    const { state, scheduler } = this.parts;
    if (state.clock.kind === "live") {
      execution.clockMs = state.clock.now();
    }
    execution.ended = true;
    execution.park();
    run.stopTimers();
    this.running.delete(execution.id);
    state.locks.releaseAll(execution);
    state.clock.moveTo(execution.clockMs);
    const record = execution.record(outcome, error);
    state.executions.push(record);
    state.chargeTriggerTime(execution);
    state.emit({ kind: "execution-ended", record });
    run.settle({ ...record, value });
    scheduler.leave(execution.id);
  }

  /** A fault of the emulator itself: the run rejects. */
  private fault(run: Running, fault: unknown): void {
    if (run.execution.ended) {
      return;
    }
    run.execution.dropBuffered();
    run.reject(fault);
    this.close(run, "failed", String(fault), null);
    void run.worker.kill();
  }
}
