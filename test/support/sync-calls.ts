import { Killed, type KillPoint, type TrialCall, type TrialCalls } from "./sync-trial-world";

/** A call that is about to be made. */
export type CallPlace = Omit<TrialCall, "k">;

interface Frame {
  killed: KillPoint | null;
}

/**
 * One numbering for everything that an execution does outside itself: cells, CRM, properties, triggers, lock. Whoever acts
 * at call k acts right before it. A kill throws at its call and at every later call of the same execution, whatever the
 * code does with what was thrown.
 */
export class CallGate implements TrialCalls {
  onCall: (call: TrialCall) => void = () => undefined;
  private calls: TrialCall[] = [];
  private readonly due = new Map<number, (() => void)[]>();
  private kill: KillPoint | null = null;
  private broken: { readonly k: number; readonly when: "before" | "after" | "from" } | null = null;
  private readonly frames: Frame[] = [];
  private acting = false;

  constructor(private readonly tick: () => void) {}

  restart(): void {
    this.calls = [];
    this.due.clear();
    this.kill = null;
    this.broken = null;
  }

  log(): readonly TrialCall[] {
    return this.calls;
  }

  killAt(point: KillPoint | null): void {
    this.kill = point;
  }

  breakAt(k: number, when: "before" | "after" | "from"): void {
    this.broken = { k, when };
  }

  before(k: number, action: () => void): void {
    this.due.set(k, [...(this.due.get(k) ?? []), action]);
  }

  /** Is an execution under way, so that another one would run inside it? */
  get busy(): boolean {
    return this.frames.length > 0;
  }

  /**
   * Runs an execution; executions inside it have no numbers. Throws Killed when it was killed, whatever the code made of it;
   * `ended` is told how before.
   */
  execute<T>(work: () => T, ended: (killed: KillPoint | null) => void): T {
    const frame: Frame = { killed: null };
    this.frames.push(frame);
    try {
      return work();
    } finally {
      this.frames.pop();
      if (this.broken?.when === "from" && this.calls.length >= this.broken.k) this.broken = null;
      ended(frame.killed);
      // The code may have turned the kill into an answer; nobody would ever get that answer.
      if (frame.killed !== null) throwKilled();
    }
  }

  around<T>(place: CallPlace, work: () => T): T {
    this.enter(place);
    const result = work();
    this.leave();
    return result;
  }

  enter(place: CallPlace): void {
    const frame = this.frames[this.frames.length - 1];
    // Between executions only people act, and what they do is no call.
    if (frame === undefined) return;
    if (frame.killed !== null) throwKilled();
    this.tick();
    if (this.frames.length > 1) return;
    const call: TrialCall = { k: this.calls.length + 1, ...place };
    this.calls.push(call);
    this.act(call.k);
    this.onCall(call);
    if (this.kill?.k === call.k && this.kill.when === "before") this.killFrame(frame, this.kill);
    this.break(call.k, "before");
  }

  leave(): void {
    const [frame] = this.frames;
    if (frame === undefined || this.frames.length > 1) return;
    if (this.kill?.k === this.calls.length && this.kill.when === "after") this.killFrame(frame, this.kill);
    this.break(this.calls.length, "after");
  }

  private break(k: number, when: "before" | "after"): void {
    if (this.broken === null) return;
    const isLasting = this.broken.when === "from" && when === "before" && k >= this.broken.k;
    if (isLasting) throw new Error("Service invoked too many times for one day");
    if (this.broken.k !== k || this.broken.when !== when) return;
    this.broken = null;
    throw new Error("Service Spreadsheets failed while accessing document");
  }

  private act(k: number): void {
    if (this.acting) return;
    const actions = this.due.get(k) ?? [];
    this.due.delete(k);
    this.acting = true;
    try {
      for (const action of actions) action();
    } finally {
      this.acting = false;
    }
  }

  private killFrame(frame: Frame, point: KillPoint): never {
    frame.killed = point;
    this.kill = null;
    return throwKilled();
  }
}

function throwKilled(): never {
  throw new Killed();
}
