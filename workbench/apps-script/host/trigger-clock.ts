import { ERROR_TEXTS } from "../error-texts";
import { offsetsOf } from "../grid/time-zone";
import type { ExecutionResult } from "../host-api";
import { type Json, TYPE_TAG } from "../json";
import { nextFiring } from "../services/clock-plan";
import type { HostState } from "./host-state";
import type { Scheduler } from "./scheduler";
import type { Trigger } from "./trigger";

/** How often a live host looks for due triggers, ms. */
const LIVE_LOOK_MS = 1_000;

type Fire = (trigger: Trigger, args: readonly Json[]) => Promise<ExecutionResult>;

/** Fires clock triggers when they fall due: by themselves in live mode, while the clock is moved in virtual mode. */
export class TriggerClock {
  private readonly timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly state: HostState,
    private readonly scheduler: Scheduler,
    private readonly fire: Fire,
  ) {
    if (state.clock.kind === "live") {
      this.timer = setInterval(() => void this.fireDue(), LIVE_LOOK_MS);
      this.timer.unref();
    }
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Moves the clock and fires what falls due on the way, in order; triggers made on the way included. */
  async advance(ms: number): Promise<readonly ExecutionResult[]> {
    const targetMs = this.state.clock.now() + ms;
    if (this.state.clock.kind === "live") {
      this.state.clock.moveTo(targetMs);
      return this.fireDue();
    }
    const work: Promise<ExecutionResult | null>[] = [];
    const plan = (trigger: Trigger): void => {
      if (trigger.nextMs !== null && trigger.nextMs <= targetMs) {
        work.push(this.planFiring(trigger, trigger.nextMs, plan));
      }
    };
    this.state.onTriggerAdded = plan;
    this.state.triggers.forEach(plan);
    const results: ExecutionResult[] = [];
    // The list grows while triggers fire: recurrences and new triggers are planned at its end.
    for (let index = 0; index < work.length; index++) {
      const result = await work[index];
      if (result !== undefined && result !== null) {
        results.push(result);
      }
    }
    this.state.onTriggerAdded = () => undefined;
    this.state.clock.moveTo(targetMs);
    return results.sort((one, other) => one.startedMs - other.startedMs || one.id - other.id);
  }

  private planFiring(
    trigger: Trigger,
    atMs: number,
    plan: (trigger: Trigger) => void,
  ): Promise<ExecutionResult | null> {
    return new Promise((resolve, reject) => {
      this.scheduler.post(atMs, 0, () => {
        if (!this.state.triggers.includes(trigger) || trigger.nextMs !== atMs) {
          resolve(null);
          return;
        }
        this.fireNow(trigger, atMs).then(resolve, reject);
        plan(trigger);
      });
    });
  }

  /** Live: everything that is due by now. */
  private async fireDue(): Promise<readonly ExecutionResult[]> {
    const nowMs = this.state.clock.now();
    const due = this.state.triggers
      .filter((trigger) => trigger.nextMs !== null && trigger.nextMs <= nowMs)
      .sort((one, other) => (one.nextMs ?? 0) - (other.nextMs ?? 0));
    return Promise.all(due.map((trigger) => this.fireNow(trigger, trigger.nextMs ?? nowMs)));
  }

  private fireNow(trigger: Trigger, atMs: number): Promise<ExecutionResult> {
    trigger.nextMs = trigger.schedule === null ? null : nextFiring(trigger.schedule, atMs);
    return this.fire(trigger, [clockEvent(trigger, this.state.clock.now(), this.state.scriptTimeZone)]);
  }
}

/** The event of a clock trigger: time fields in UTC, no source. */
function clockEvent(trigger: Trigger, atMs: number, timeZone: string): Json {
  const local = new Date(atMs + offsetsOf(timeZone)(atMs));
  const yearStart = Date.UTC(local.getUTCFullYear(), 0, 1);
  return {
    authMode: { [TYPE_TAG]: "Enum", type: "AuthMode", name: "FULL" },
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    "day-of-month": local.getUTCDate(),
    "day-of-week": local.getUTCDay() === 0 ? 7 : local.getUTCDay(),
    "week-of-year": Math.ceil((local.getTime() - yearStart) / (7 * 86_400_000)),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
    timezone: timeZone,
    triggerUid: trigger.id,
  };
}

/** Why a trigger's run does not start; null: it does. */
export function triggerRefusal(state: HostState, trigger: Trigger): string | null {
  const left = state.quotas.left(trigger.user, "trigger total runtime", state.clock.now());
  return left <= 0 ? ERROR_TEXTS.tooMuchComputerTime : null;
}
