import type { Direction, RunView } from "../../src/contract/views";
import type { Rpc } from "../rpc/client";
import { type Problem, toProblem } from "../rpc/problem";
import type { ApprovalRequest } from "./approval";
import { isMoving } from "./route";

/** What a run screen shows. */
export interface RunState {
  readonly run: RunView | null;
  /** The loop stopped at this; `retry` goes on. */
  readonly problem: Problem | null;
  readonly busy: boolean;
  readonly cancelAsked: boolean;
  /** A pause with its end; `lost`: the server did not answer, not the CRM asking for a pause. */
  readonly pause: { readonly untilMs: number; readonly lost: boolean } | null;
}

/** Clock and timer, so that tests decide when time passes. */
export interface Ticker {
  nowMs(): number;
  /** Calls once after that time; gives what takes it back. */
  after(delayMs: number, wake: () => void): () => void;
}

/** Drives one run in slices. Nothing is lost when it stops: the server keeps the run. */
export interface RunDriver {
  start(request: { readonly mappingId: string; readonly direction: Direction; readonly preview: boolean }): void;
  resume(run: RunView): void;
  /** Shows a run that waits. */
  open(runId: string): void;
  /** Plans to take a run back, or only these of its effects. */
  undo(runId: string, only: readonly string[] | null): void;
  approve(request: ApprovalRequest): void;
  /** Ends the run after at most the call that is under way. */
  cancel(): void;
  /** Goes on after a problem. */
  retry(): void;
  /** Stops without touching the run. */
  dispose(): void;
}

/** Pauses before the second, third and fourth try of a call that got no answer. */
const LOST_PAUSES_MS = [2_000, 5_000, 15_000];

/**
 * Longest wait for the CRM before the server is asked again. The moment to go on at is told by the server's clock, which
 * may be far from the browser's: asking too early costs one call, waiting for another clock's time may never end.
 */
const LONGEST_PAUSE_MS = 60_000;

/** Pause after a step that changed nothing, so that a waiting server is not asked in a tight loop. */
const IDLE_PAUSE_MS = 700;

const BEFORE: RunState = { run: null, problem: null, busy: false, cancelAsked: false, pause: null };

/** A driver that tells every change of its state to `onState`. */
export function createRunDriver(rpc: Rpc, ticker: Ticker, onState: (state: RunState) => void): RunDriver {
  return new Driver(rpc, ticker, onState);
}

class Driver implements RunDriver {
  private state = BEFORE;
  private disposed = false;
  private lostCalls = 0;
  private endPause: (() => void) | null = null;
  /** What to do again after a problem. */
  private again: () => void = () => undefined;

  constructor(
    private readonly rpc: Rpc,
    private readonly ticker: Ticker,
    private readonly onState: (state: RunState) => void,
  ) {}

  start(request: Parameters<RunDriver["start"]>[0]): void {
    this.attempt(() => this.rpc.call("run.start", request));
  }

  resume(run: RunView): void {
    this.set({ run });
    void this.drive();
  }

  open(runId: string): void {
    this.attempt(() => this.rpc.call("run.step", { runId }));
  }

  undo(runId: string, only: readonly string[] | null): void {
    this.attempt(() => this.rpc.call("undo.start", { runId, only: only && [...only] }));
  }

  approve(request: ApprovalRequest): void {
    this.attempt(() => this.rpc.call("run.approve", request));
  }

  cancel(): void {
    if (this.state.cancelAsked) return;
    this.set({ cancelAsked: true });
    this.endPause?.();
    if (!this.state.busy) void this.drive();
  }

  retry(): void {
    this.lostCalls = 0;
    this.set({ problem: null });
    this.again();
  }

  dispose(): void {
    this.disposed = true;
    this.endPause?.();
  }

  private set(change: Partial<RunState>): void {
    this.state = { ...this.state, ...change };
    if (!this.disposed) this.onState(this.state);
  }

  /** One call made by the user; when it succeeds the loop goes on. Failing, it is shown and may be tried again. */
  private attempt(call: () => Promise<RunView>): void {
    this.again = () => this.attempt(call);
    this.set({ busy: true, problem: null });
    call().then(
      (run) => {
        this.set({ run, busy: false });
        void this.drive();
      },
      (thrown) => this.set({ busy: false, problem: toProblem(thrown), cancelAsked: false }),
    );
  }

  private async drive(): Promise<void> {
    if (this.state.busy) return;
    this.again = () => void this.drive();
    this.set({ busy: true, problem: null });
    while (!this.disposed && this.state.problem === null) {
      const { run, cancelAsked } = this.state;
      if (run === null || !(isMoving(run) || (cancelAsked && run.phase === "waiting"))) break;
      if (cancelAsked) await this.cancelNow(run);
      else await this.stepOnce(run);
    }
    this.set({ busy: false, pause: null });
  }

  private async cancelNow(run: RunView): Promise<void> {
    try {
      const cancelled = await this.rpc.call("run.cancel", { runId: run.id });
      this.set({ run: cancelled, cancelAsked: false });
    } catch (thrown) {
      this.set({ problem: toProblem(thrown), cancelAsked: false });
    }
  }

  private async stepOnce(run: RunView): Promise<void> {
    if (run.resumeAtMs !== null) await this.pauseUntil(run.resumeAtMs, false);
    if (this.disposed || this.state.cancelAsked) return;
    try {
      const next = await this.rpc.call("run.step", { runId: run.id });
      this.lostCalls = 0;
      this.set({ run: next });
      const idle = next.phase === run.phase && next.done === run.done && next.resumeAtMs === null && isMoving(next);
      if (idle) await this.sleep(IDLE_PAUSE_MS);
    } catch (thrown) {
      await this.afterLostCall(toProblem(thrown));
    }
  }

  /** A lost answer is no lost step: the server keeps the run, so asking again is safe. */
  private async afterLostCall(problem: Problem): Promise<void> {
    const pauseMs = LOST_PAUSES_MS[this.lostCalls];
    this.lostCalls += 1;
    if ((problem.kind === "bridge" || problem.kind === "retryable") && pauseMs !== undefined) {
      await this.pauseUntil(this.ticker.nowMs() + pauseMs, true);
    } else {
      this.set({ problem });
    }
  }

  private async pauseUntil(untilMs: number, lost: boolean): Promise<void> {
    const nowMs = this.ticker.nowMs();
    const leftMs = Math.min(untilMs - nowMs, LONGEST_PAUSE_MS);
    if (leftMs <= 0) return;
    this.set({ pause: { untilMs: nowMs + leftMs, lost } });
    await this.sleep(leftMs);
    this.set({ pause: null });
  }

  private sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const takeBack = this.ticker.after(delayMs, () => this.endPause?.());
      this.endPause = () => {
        this.endPause = null;
        takeBack();
        resolve();
      };
    });
  }
}
