import type { SyncError } from "../domain/errors";
import type { RecordId } from "../domain/record";
import type { RunMessage } from "../domain/run";
import type { ObjectType } from "../domain/schema";
import type { PairShadows } from "../domain/snapshot";
import type { RunDeps, Tally } from "./run-deps";

/** What applying a group works with. */
export interface GroupWork {
  readonly deps: RunDeps;
  readonly objectType: ObjectType;
  readonly result: GroupResult;
}

/** What a group of work items did under one intent, gathered while it goes. */
export class GroupResult {
  readonly delta = new Map<RecordId, PairShadows | null>();
  readonly messages: RunMessage[] = [];
  readonly tally: Tally = {};
  /** Links that could not be made: nothing else about their records is done. */
  readonly failed = new Set<string>();
  /** Items that are done; the rest of the group is taken up again later. */
  itemsDone = 0;
  /** What cut the group short; thrown on after what is done was committed. */
  thrown: SyncError | null = null;

  count(key: keyof Tally, by = 1): void {
    this.tally[key] = (this.tally[key] ?? 0) + by;
  }

  shadows(id: RecordId, shadows: PairShadows): void {
    this.delta.set(id, { ...this.delta.get(id), ...shadows });
  }

  /** Reports one record: an error counts as such, a note as skipped. */
  report(severity: RunMessage["severity"], at: MessagePlace, message: string): void {
    this.count(severity === "error" ? "errors" : "skipped");
    this.messages.push({
      severity,
      rowNumber: at.rowNumber,
      recordId: at.recordId,
      field: at.field ?? null,
      title: at.title,
      message,
    });
  }
}

export interface MessagePlace {
  readonly rowNumber: number | null;
  readonly recordId: RecordId | null;
  readonly field?: string | null;
  readonly title: string;
}
