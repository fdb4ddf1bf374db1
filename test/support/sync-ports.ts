import { SyncError } from "../../src/domain/errors";
import type { Outcome, WriteOperation } from "../../src/domain/outcome";
import type { Crm } from "../../src/ports/crm";
import type { Lock } from "../../src/ports/lock";
import type { AppWorld } from "./app-world";
import type { CallGate, CallPlace } from "./sync-calls";
import type { CallSubject } from "./sync-trial-world";

/** Which executions a lock shuts out. */
export type LockReach = "document" | "script";

/** The ports of an execution beside the grid, with their calls in the common numbering. */
export class NumberedPorts {
  /** Locks that are held. */
  readonly held = new Set<LockReach>();
  /** Fields of records whose write nobody confirmed. */
  readonly unconfirmed: { atMs: number; recordId: string; field: string }[] = [];
  /** Number of the write of a property, from the start of the world, that has no effect; 0: all have. */
  losesWrite = 0;
  /** Writes of properties so far. */
  propertyWrites = 0;

  constructor(
    private readonly app: AppWorld,
    private readonly gate: CallGate,
    /** Virtual time that a call of the CRM takes beside that of any call, ms. */
    private readonly crmCallMs: number,
  ) {}

  /** Who holds a lock may take it again. */
  lock(reach: "document" | "script"): Lock {
    let depth = 0;
    return {
      reach: () => reach,
      hold: (waitMs, work) => {
        if (depth > 0) return work();
        this.gate.around({ method: "lock.hold", writes: false, unflushed: 0 }, () => undefined);
        if (this.held.has(reach)) {
          this.app.clock.advance(waitMs);
          throw new SyncError("retryable", "busy", "Another run is working on this file.", { retryAfterMs: 10_000 });
        }
        this.held.add(reach);
        depth++;
        try {
          return work();
        } finally {
          depth--;
          this.held.delete(reach);
        }
      },
    };
  }

  /** Does this write of a property get lost? */
  private isLost({ writes }: CallPlace): boolean {
    if (!writes) return false;
    this.propertyWrites += 1;
    return this.propertyWrites === this.losesWrite;
  }

  numbered<T extends object>(name: string, port: T, writes: readonly (keyof T & string)[]): T {
    return new Proxy(port, {
      get: (target, key: keyof T & string) => {
        const member = target[key];
        if (typeof member !== "function") return member;
        const place = { method: `${name}.${key}`, writes: writes.includes(key), unflushed: this.app.grid.unflushed() };
        return (...args: unknown[]) =>
          this.gate.around(place, () => (this.isLost(place) ? undefined : Reflect.apply(member, target, args)));
      },
    });
  }

  crm(crm: Crm): Crm {
    const silent: readonly string[] = ["now", "recordUrl"];
    return new Proxy(crm, {
      get: (target, key: keyof Crm) => {
        const member = target[key];
        if (typeof member !== "function" || silent.includes(key)) return member;
        return (...args: unknown[]) => {
          const about = subjectOf(key, args);
          const call = { method: `crm.${key}`, writes: key === "write", unflushed: this.app.grid.unflushed() };
          const place = about === null ? call : { ...call, about };
          this.app.clock.advance(this.crmCallMs);
          const answer = this.gate.around(place, () => Reflect.apply(member, target, args));
          if (key === "write") this.noteUnconfirmed(args[1] as readonly WriteOperation[], answer);
          return answer;
        };
      },
    });
  }

  private noteUnconfirmed(operations: readonly WriteOperation[], outcomes: readonly Outcome[]): void {
    for (const { kind, operationId } of outcomes) {
      const operation = operations.find((one) => one.operationId === operationId);
      if (kind !== "unknown" || operation?.kind !== "update") continue;
      const { recordId, values } = operation;
      for (const field of Object.keys(values)) this.unconfirmed.push({ atMs: this.app.clock.now(), recordId, field });
    }
  }
}

/** Records that a call of the CRM port reads or writes. */
function subjectOf(name: keyof Crm, args: readonly unknown[]): CallSubject | null {
  if (name === "list" || name === "find" || name === "changedSince")
    return { kind: "records", ids: null, fields: null };
  if (name === "read") return { kind: "records", ids: args[2] as readonly string[], fields: null };
  if (name !== "write") return null;
  const operations = args[1] as readonly WriteOperation[];
  const ids = operations.flatMap((operation) => (operation.kind === "create" ? [] : [operation.recordId]));
  const fields = operations.flatMap((operation) => (operation.kind === "archive" ? [] : Object.keys(operation.values)));
  // An archive takes all fields with it.
  return { kind: "records", ids, fields: operations.some(({ kind }) => kind === "archive") ? null : fields };
}
