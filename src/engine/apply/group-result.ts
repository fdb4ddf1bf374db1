import type { Effect } from "../../domain/effect";
import { type SyncError, toSyncError } from "../../domain/errors";
import type { RecordId } from "../../domain/record";
import type { RunMessage } from "../../domain/run";
import type { ObjectSchema, ObjectType } from "../../domain/schema";
import type { PairShadows } from "../../domain/snapshot";
import type { Intent } from "../../state/journal";
import type { PendingCreate } from "../../state/unconfirmed";
import type { RunDeps, Tally } from "../run-deps";

/**
 * How a group of work is done. `fresh`: for the first time. `resume`: its execution was cut off, what is in place already
 * counts as done and the rest is done now, all of it. `look`: the run was given up, what is in place counts, nothing is done any more.
 */
export type WorkMode = "fresh" | "resume" | "look";

/** What applying a group works with. */
export interface GroupWork {
  readonly deps: RunDeps;
  readonly objectType: ObjectType;
  readonly result: GroupResult;
  readonly mode: WorkMode;
  /** The journal's entry of this group. */
  readonly intent: Intent;
  /** Describes the fields, asked for only where values have to be compared after a cut-off. */
  schema(): ObjectSchema;
}

/** What a group of work items did under one intent, gathered while it goes. */
export class GroupResult {
  readonly delta = new Map<RecordId, PairShadows | null>();
  readonly effects: Effect[] = [];
  readonly messages: RunMessage[] = [];
  tally: Tally = {};
  /** Links that could not be made: nothing else about their records is done. */
  readonly failed = new Set<string>();
  /** Records that a write without answer may have changed, with the base should it have: nothing is written to them for a while. */
  readonly unconfirmed = new Map<RecordId, PairShadows>();
  /** Creates without answer: their rows keep their tokens. */
  readonly pending: PendingCreate[] = [];
  /** Items that are done; the rest of the group is taken up again later. */
  itemsDone = 0;
  /** What cut the group short; thrown on after what is done was committed. */
  thrown: SyncError | null = null;

  /** Does one item; false when it threw: what it noted is taken back, since it will be done again. */
  attempt(item: () => void): boolean {
    const { delta, effects, messages, tally } = this;
    const before = { delta: [...delta], effects: effects.length, messages: messages.length, tally: { ...tally } };
    try {
      item();
      this.itemsDone += 1;
      return true;
    } catch (thrown) {
      this.thrown = toSyncError(thrown);
      delta.clear();
      for (const [id, shadows] of before.delta) delta.set(id, shadows);
      effects.length = before.effects;
      messages.length = before.messages;
      this.tally = before.tally;
      return false;
    }
  }

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
