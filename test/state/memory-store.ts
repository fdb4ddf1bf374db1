import { SyncError } from "../../src/domain/errors";
import type { Store } from "../../src/ports/store";

type Write = { readonly key: string; readonly json: string | null } | { readonly commit: number };

/** Documents in memory with the promises of the port; what a kill leaves is made with `killedAfter`. */
export class MemoryStore implements Store {
  /** Every change in order, flushed or not. */
  readonly writes: Write[] = [];
  readonly damaged = new Set<string>();
  private readonly documents = new Map<string, string>();
  private lastCommit = 0;

  load(key: string): unknown {
    if (this.damaged.has(key)) throw new SyncError("fatal", "state-damaged", `The document "${key}" is damaged.`);
    const json = this.documents.get(key);
    return json === undefined ? null : JSON.parse(json);
  }

  keys(prefix: string): readonly string[] {
    return [...this.documents.keys()].filter((key) => key.startsWith(prefix)).sort();
  }

  save(key: string, value: unknown): void {
    this.write({ key, json: JSON.stringify(value) });
  }

  remove(key: string): void {
    this.write({ key, json: null });
  }

  flush(): void {
    // Nothing is buffered here: `killedAfter` stands for the writes that never came.
  }

  committed(): number {
    return this.lastCommit;
  }

  commit(n: number): void {
    this.write({ commit: n });
  }

  /** The store as an execution leaves it that was killed when only the first `count` writes had lasted. */
  killedAfter(count: number): MemoryStore {
    const left = new MemoryStore();
    for (const write of this.writes.slice(0, count)) left.write(write);
    return left;
  }

  private write(write: Write): void {
    this.writes.push(write);
    if ("commit" in write) this.lastCommit = Math.max(this.lastCommit, write.commit);
    else if (write.json === null) this.documents.delete(write.key);
    else {
      this.documents.set(write.key, write.json);
      this.damaged.delete(write.key);
    }
  }
}
