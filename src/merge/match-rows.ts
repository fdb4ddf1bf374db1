import type { Finding } from "../domain/plan";
import type { CrmRecord, RecordId } from "../domain/record";
import type { Row } from "../domain/row";
import { matchLinked } from "./match-linked";
import { matchNewRows, relinkEmptied } from "./match-new";
import { mayBePending, removedPairs } from "./match-removed";
import { type GoneRow, type LinkedPair, type MatchInput, MatchState } from "./match-state";

/** Rows and records in pairs, and what has no partner (table R of docs/sync-rules.md). */
export interface MatchResult {
  readonly pairs: readonly LinkedPair[];
  /** Rows to create (R1). */
  readonly newRows: readonly Row[];
  /** Records without a row (R5). */
  readonly newRecords: readonly CrmRecord[];
  /** Unedited rows whose record is gone (R6). */
  readonly goneRows: readonly GoneRow[];
  /** Pairs of the base whose row the user removed (R8-R10). */
  readonly rowless: readonly RecordId[];
  /** Ids that stand in several rows (R13). */
  readonly doubled: ReadonlySet<RecordId>;
  /** Records that took over others, by the id that was taken over (R11). */
  readonly survivors: ReadonlyMap<RecordId, CrmRecord>;
  /** Records that a row stands for, frozen rows included. */
  readonly claimed: ReadonlySet<RecordId>;
  /** Tombstones that are dropped again (R2). */
  readonly revive: readonly RecordId[];
  readonly findings: readonly Finding[];
  readonly ignoredRows: number;
}

/** Pairs rows with records by id, then by key. Never by position, never by guess. */
export function matchRows(input: MatchInput): MatchResult {
  const state = new MatchState(input);
  const idless = matchLinked(state);
  matchNewRows(state, relinkEmptied(state, idless));
  const { pairs, newRows, goneRows, revive, findings, ignoredRows, doubled, survivors, claimed } = state;
  return {
    pairs,
    newRows,
    goneRows,
    revive,
    findings,
    ignoredRows,
    doubled,
    survivors,
    claimed,
    newRecords: newRecords(state),
    rowless: removedPairs(state),
  };
}

/** R5: listed live records that no row and no tombstone stands for. Survivors of known records are no new ones (R11). */
function newRecords(state: MatchState): CrmRecord[] {
  const { input } = state;
  const known = (id: RecordId) => state.claimed.has(id) || input.tombstones.has(id) || input.snapshot.has(id);
  const ofKnown = [...state.survivors].filter(([loser]) => known(loser));
  const survivorIds = new Set(ofKnown.map(([, record]) => record.id));
  return [...input.records.values()].filter(
    (record) =>
      input.listed.has(record.id) &&
      !known(record.id) &&
      !survivorIds.has(record.id) &&
      !input.quarantined.has(record.id) &&
      !mayBePending(state, record),
  );
}
