import { SyncError } from "../../src/domain/errors";
import type { Store } from "../../src/ports/store";

interface Change {
  readonly key: string;
  readonly json: string | null;
  readonly intent: number | null;
}

type Write = Change | { readonly commit: number } | { readonly rollBack: true };

/** Documents in memory with the promises of the port; what a kill leaves is made with `killedAfter`. */
export class MemoryStore implements Store {
  /** Every change in order, flushed or not. */
  readonly writes: Write[] = [];
  readonly damaged = new Set<string>();
  private readonly documents = new Map<string, string>();
  private waiting: Change[] = [];
  private lastCommit = 0;
  private topIntent = 0;

  load(key: string): unknown {
    if (this.damaged.has(key)) throw new SyncError("fatal", "state-damaged", `The document "${key}" is damaged.`);
    const json = this.documents.get(key);
    return json === undefined ? null : JSON.parse(json);
  }

  keys(prefix: string): readonly string[] {
    return [...this.documents.keys()].filter((key) => key.startsWith(prefix)).sort();
  }

  save(key: string, value: unknown, intent?: number): void {
    this.write({ key, json: JSON.stringify(value), intent: intent ?? null });
  }

  remove(key: string, intent?: number): void {
    this.write({ key, json: null, intent: intent ?? null });
  }

  flush(): void {
    // Nothing is buffered here: `killedAfter` stands for the writes that never came.
  }

  committed(): number {
    return this.lastCommit;
  }

  nextIntent(): number {
    return Math.max(this.topIntent, this.lastCommit) + 1;
  }

  commit(n: number): void {
    this.write({ commit: n });
  }

  rollBack(): void {
    this.write({ rollBack: true });
  }

  /** The store as an execution leaves it that was killed when only the first `count` writes had lasted. */
  killedAfter(count: number): MemoryStore {
    const left = new MemoryStore();
    for (const write of this.writes.slice(0, count)) left.write(write);
    return left;
  }

  private write(write: Write): void {
    this.writes.push(write);
    if ("commit" in write) this.close(write.commit);
    else if ("rollBack" in write) this.waiting = [];
    else if (write.intent === null) this.put(write);
    else {
      this.topIntent = Math.max(this.topIntent, write.intent);
      this.waiting.push(write);
    }
  }

  private close(n: number): void {
    const own = this.waiting.filter(({ intent }) => intent === n);
    this.lastCommit = Math.max(this.lastCommit, n);
    for (const change of own) this.put(change);
    this.waiting = [];
  }

  /** What counts now; older changes of the document that still wait are covered by it. */
  private put({ key, json }: Change): void {
    this.waiting = this.waiting.filter((one) => one.key !== key);
    if (json === null) this.documents.delete(key);
    else {
      this.documents.set(key, json);
      this.damaged.delete(key);
    }
  }
}
