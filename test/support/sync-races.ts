import type { Actors } from "./sync-actors";
import type { LedgerWrite } from "./sync-ledger";
import type { CallSubject, TrialCall } from "./sync-trial-world";

/** A record with an unknown outcome gets no further write before the second look (section 8). */
const UNDERWAY_MS = 60_000;

/** Marks raced edits in the ledger from now on. */
export function watchRaces(actors: Actors, tabName: string): void {
  const watch = new RaceWatch(actors, tabName);
  actors.world.calls.onCall = (call) => watch.see(call);
}

/**
 * Finds the edits that nobody can keep: neither side has compare-and-swap, so a value that somebody writes between the
 * add-on's last read of a cell or record and its next write of it is replaced unseen (section 6, one call's width).
 */
class RaceWatch {
  /** Edits since the last read of the place, while an execution is under way. */
  private fresh: LedgerWrite[] = [];
  private known: number;

  constructor(
    private readonly actors: Actors,
    private readonly tabName: string,
  ) {
    this.known = this.countWrites();
  }

  see(call: TrialCall): void {
    this.collect();
    if (this.fresh.length === 0 || call.about === undefined) return;
    const { about } = call;
    const touched = this.fresh.filter((write) => this.touches(about, write, call.writes));
    if (call.writes) for (const write of touched) this.mark(write, call.about);
    else this.fresh = this.fresh.filter((write) => !touched.includes(write));
  }

  private mark(write: LedgerWrite, about: CallSubject): void {
    write.raced = true;
    const row = this.actors.rowOf(write.entity);
    if (about.kind !== "cells" || row === null) return;
    const { ledger } = this.actors;
    if (row.id !== "" && ledger.entityOfRecord(row.id) === write.entity) return;
    const entity = ledger.entity(write.entity);
    entity.typedOver = true;
    entity.oddities.push("a row was appended over it");
  }

  /** A write that was not confirmed may take effect for a minute yet, over whatever somebody writes meanwhile. */
  private markUnderway(write: LedgerWrite): void {
    const id = write.side === "crm" ? this.actors.recordOf(write.entity)?.id : undefined;
    const isUnderway = this.actors.world.unconfirmed.some(
      ({ atMs, recordId, field }) =>
        recordId === id && field === write.field && write.atMs >= atMs && write.atMs < atMs + UNDERWAY_MS,
    );
    if (isUnderway) write.raced = true;
  }

  /** Takes in what people wrote since the last call. */
  private collect(): void {
    const now = this.countWrites();
    if (now === this.known) return;
    const writes = [...this.actors.ledger.entities.values()].flatMap((entity) => entity.writes);
    const unseen = writes.sort((a, b) => a.step - b.step).slice(this.known);
    for (const write of unseen) this.markUnderway(write);
    this.fresh.push(...unseen);
    this.known = now;
  }

  private countWrites(): number {
    return [...this.actors.ledger.entities.values()].reduce((sum, entity) => sum + entity.writes.length, 0);
  }

  private touches(about: CallSubject, write: LedgerWrite, writes: boolean): boolean {
    if (about.kind === "cells") {
      if (write.side !== "sheet" || about.tab !== this.tabName) return false;
      const row = this.actors.rowOf(write.entity)?.rowNumber ?? 0;
      const column = this.actors.places().fields[write.field];
      const inRows = row >= about.row && row < about.row + about.rows;
      return inRows && column >= about.column && column < about.column + about.columns;
    }
    if (write.side !== "crm") return false;
    const id = this.actors.recordOf(write.entity)?.id;
    const isNamed = about.ids === null || (id !== undefined && about.ids.includes(id));
    return isNamed && (!writes || about.fields === null || about.fields.includes(write.field));
  }
}
