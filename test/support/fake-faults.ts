import type { ObjectType } from "../../src/domain/schema";

/** A call of the port. */
export interface FakeCall {
  /** 1 for the first call of the fake's life. */
  readonly number: number;
  readonly method: FakeMethod;
  readonly type: ObjectType | null;
  /** Ids, keys or operations that were handed in. */
  readonly items: number;
}

export type FakeMethod =
  | "check"
  | "objects"
  | "describe"
  | "count"
  | "list"
  | "changedSince"
  | "read"
  | "find"
  | "write";

/** What goes wrong in one call. */
export type FakeFault =
  /** Throws the value, before or after the effect of the call. Give a `SyncError`, or anything else to end the run. */
  | { readonly kind: "throw"; readonly thrown: unknown; readonly when: "before" | "after" }
  /** Writes only: every outcome is `unknown`; the effect happened to all, none or the first half of the operations. */
  | { readonly kind: "unknown"; readonly applied: "all" | "none" | "half" }
  /** Writes only: outcomes are `unknown`, and the effect comes `delayMs` later. */
  | { readonly kind: "late"; readonly delayMs: number };

/** Numbers the calls, and says which of them go wrong or are preceded by somebody else's action. */
export class FakeFaults {
  readonly calls: FakeCall[] = [];
  private readonly byNumber = new Map<number, FakeFault>();
  private readonly byMethod: { method: FakeMethod; fault: FakeFault; left: number }[] = [];
  private readonly actions = new Map<number, (() => void)[]>();

  /** The call with this number goes wrong. */
  at(callNumber: number, fault: FakeFault): void {
    this.byNumber.set(callNumber, fault);
  }

  /** The next `times` calls of a method go wrong. */
  next(method: FakeMethod, fault: FakeFault, times = 1): void {
    this.byMethod.push({ method, fault, left: times });
  }

  /** Something that somebody does right before the call with this number. */
  before(callNumber: number, action: () => void): void {
    this.actions.set(callNumber, [...(this.actions.get(callNumber) ?? []), action]);
  }

  /** Faults and actions that have not happened yet are dropped. */
  clear(): void {
    this.byNumber.clear();
    this.byMethod.length = 0;
    this.actions.clear();
  }

  /** Notes the call, runs what is due before it, and gives its fault. */
  enter(method: FakeMethod, type: ObjectType | null, items: number): FakeFault | null {
    const number = this.calls.length + 1;
    this.calls.push({ number, method, type, items });
    for (const action of this.actions.get(number) ?? []) action();
    const numbered = this.byNumber.get(number);
    if (numbered) return numbered;
    const due = this.byMethod.find((one) => one.method === method && one.left > 0);
    if (!due) return null;
    due.left -= 1;
    return due.fault;
  }
}
