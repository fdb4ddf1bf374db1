import type { HostClock } from "./host-clock";

/** Something that happens at an instant: a service call, the end of an execution, a lock's timeout. */
interface Due {
  readonly atMs: number;
  readonly order: number;
  readonly sequence: number;
  readonly act: () => void | Promise<void>;
}

/**
 * Decides when service calls are served.
 * Live: at once. Virtual: one queue by (time, execution number), served only while every execution is blocked,
 * so that the same input always gives the same interleaving.
 */
export interface Scheduler {
  /** An execution starts to run or runs again. */
  resume(execution: number): void;
  /** An execution waits for an answer. */
  block(execution: number): void;
  /** An execution is over. */
  leave(execution: number): void;
  /** Plans an event; gives back how to cancel it. */
  post(atMs: number, order: number, act: () => void | Promise<void>): () => void;
}

export const createScheduler = (clock: HostClock, onFault: (fault: unknown) => void): Scheduler =>
  clock.kind === "virtual" ? createVirtualScheduler(clock, onFault) : createLiveScheduler(clock, onFault);

function createLiveScheduler(clock: HostClock, onFault: (fault: unknown) => void): Scheduler {
  const perform = (act: () => void | Promise<void>): void => {
    Promise.resolve().then(act).catch(onFault);
  };
  return {
    resume: () => undefined,
    block: () => undefined,
    leave: () => undefined,
    post(atMs, _order, act) {
      const waitMs = atMs - clock.now();
      if (waitMs <= 0) {
        perform(act);
        return () => undefined;
      }
      const timer = setTimeout(() => perform(act), waitMs);
      return () => clearTimeout(timer);
    },
  };
}

function createVirtualScheduler(clock: HostClock, onFault: (fault: unknown) => void): Scheduler {
  const running = new Set<number>();
  const queue = new Set<Due>();
  let sequence = 0;
  let pumping = false;

  const earliest = (): Due | undefined => {
    let first: Due | undefined;
    for (const due of queue) {
      if (first === undefined || comesBefore(due, first)) {
        first = due;
      }
    }
    return first;
  };

  const pump = async (): Promise<void> => {
    if (pumping) {
      return;
    }
    pumping = true;
    try {
      for (let due = earliest(); due !== undefined && running.size === 0; due = earliest()) {
        queue.delete(due);
        clock.moveTo(due.atMs);
        await due.act();
      }
    } catch (fault) {
      onFault(fault);
    } finally {
      pumping = false;
    }
  };

  return {
    resume: (execution) => {
      running.add(execution);
    },
    block: (execution) => {
      running.delete(execution);
      void pump();
    },
    leave: (execution) => {
      running.delete(execution);
      void pump();
    },
    post(atMs, order, act) {
      const due: Due = { atMs, order, sequence: sequence++, act };
      queue.add(due);
      queueMicrotask(() => void pump());
      return () => {
        queue.delete(due);
      };
    },
  };
}

function comesBefore(one: Due, other: Due): boolean {
  if (one.atMs !== other.atMs) {
    return one.atMs < other.atMs;
  }
  return one.order !== other.order ? one.order < other.order : one.sequence < other.sequence;
}
