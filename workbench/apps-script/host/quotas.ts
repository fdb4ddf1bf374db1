import { ERROR_TEXTS, ServiceError } from "../error-texts";
import type { WorkbenchUser } from "../host-api";
import { DAILY_QUOTAS, DAY_MS, type QuotaName } from "../limits";

interface Use {
  readonly startedMs: number;
  readonly amount: number;
}

/** Daily use of services per user; a day starts with the first use. */
export class Quotas {
  private readonly uses = new Map<string, Use>();

  /** What the user has left of a quota. */
  left(user: WorkbenchUser, name: QuotaName, nowMs: number): number {
    return DAILY_QUOTAS[name][user.plan] - this.used(user, name, nowMs).amount;
  }

  /** Books an amount; throws Google's text when the day's quota is used up. */
  charge(user: WorkbenchUser, name: QuotaName, amount: number, nowMs: number): void {
    if (this.left(user, name, nowMs) < amount) {
      const text =
        name === "trigger total runtime" ? ERROR_TEXTS.tooMuchComputerTime : ERROR_TEXTS.tooManyTimesInADay(name);
      throw new ServiceError(text);
    }
    this.add(user, name, amount, nowMs);
  }

  /** Books an amount without a check: run time is known only afterwards. */
  add(user: WorkbenchUser, name: QuotaName, amount: number, nowMs: number): void {
    const used = this.used(user, name, nowMs);
    this.uses.set(`${user.email} ${name}`, { startedMs: used.startedMs, amount: used.amount + amount });
  }

  private used(user: WorkbenchUser, name: QuotaName, nowMs: number): Use {
    const use = this.uses.get(`${user.email} ${name}`);
    return use === undefined || nowMs - use.startedMs >= DAY_MS ? { startedMs: nowMs, amount: 0 } : use;
  }
}
