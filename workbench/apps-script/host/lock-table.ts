import type { Execution } from "./execution";
import type { HostClock } from "./host-clock";
import type { Scheduler } from "./scheduler";

interface Waiter {
  readonly execution: Execution;
  readonly decide: (got: boolean) => void;
  readonly cancelTimeout: () => void;
}

interface Held {
  holder: Execution;
  readonly waiters: Waiter[];
}

/** Locks of all executions: first come, first served; freed when their execution ends. */
export class LockTable {
  private readonly held = new Map<string, Held>();

  constructor(
    private readonly scheduler: Scheduler,
    private readonly clock: HostClock,
  ) {}

  isHeldBy(key: string, execution: Execution): boolean {
    return this.held.get(key)?.holder === execution;
  }

  /** Takes the lock or waits for it; false after the time-out. A lock already held by the execution is true at once. */
  acquire(key: string, execution: Execution, timeoutMs: number): Promise<boolean> {
    const lock = this.held.get(key);
    if (lock === undefined) {
      this.held.set(key, { holder: execution, waiters: [] });
      return Promise.resolve(true);
    }
    if (lock.holder === execution) {
      return Promise.resolve(true);
    }
    if (timeoutMs <= 0) {
      return Promise.resolve(false);
    }
    return new Promise((decide) => {
      const waiter: Waiter = { execution, decide, cancelTimeout: this.planTimeout(lock, execution, timeoutMs) };
      lock.waiters.push(waiter);
      execution.park();
    });
  }

  release(key: string, execution: Execution): void {
    const lock = this.held.get(key);
    if (lock?.holder !== execution) {
      return;
    }
    const next = lock.waiters.shift();
    if (next === undefined) {
      this.held.delete(key);
      return;
    }
    lock.holder = next.execution;
    next.cancelTimeout();
    next.execution.clockMs = Math.max(next.execution.clockMs, execution.clockMs);
    this.scheduler.resume(next.execution.id);
    next.decide(true);
  }

  /** Frees what an ended execution held and forgets that it waited. */
  releaseAll(execution: Execution): void {
    for (const [key, lock] of [...this.held]) {
      const waiting = lock.waiters.findIndex((waiter) => waiter.execution === execution);
      if (waiting >= 0) {
        lock.waiters.splice(waiting, 1)[0]?.cancelTimeout();
      }
      this.release(key, execution);
    }
  }

  /** The wait ends without the lock after the time-out, or at the deadline of the execution if that is sooner. */
  private planTimeout(lock: Held, execution: Execution, timeoutMs: number): () => void {
    const nowMs = this.clock.kind === "live" ? this.clock.now() : execution.clockMs;
    const untilMs = Math.min(nowMs + timeoutMs, execution.deadline() + 1);
    return this.scheduler.post(untilMs, execution.id, () => {
      const index = lock.waiters.findIndex((waiter) => waiter.execution === execution);
      const waiter = lock.waiters.splice(index, index < 0 ? 0 : 1)[0];
      if (waiter === undefined) {
        return;
      }
      execution.clockMs = Math.max(execution.clockMs, untilMs);
      this.scheduler.resume(execution.id);
      waiter.decide(false);
    });
  }
}
