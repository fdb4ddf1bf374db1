import type { Finding } from "../domain/plan";
import type { CrmRecord, RecordId } from "../domain/record";
import type { Row } from "../domain/row";
import { matchLinked } from "./match-linked";
import { matchNewRows, relinkEmptied } from "./match-new";
import { type LinkedPair, type MatchInput, MatchState } from "./match-state";

/** Rows and records in pairs, and what has no partner (table R of docs/sync-rules.md). */
export interface MatchResult {
  readonly pairs: readonly LinkedPair[];
  /** Rows to create (R1). */
  readonly newRows: readonly Row[];
  /** Records without a row (R5). */
  readonly newRecords: readonly CrmRecord[];
  /** Pairs of the base whose row the user removed (R8-R10). */
  readonly rowless: readonly RecordId[];
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
  const { pairs, newRows, revive, findings, ignoredRows } = state;
  return {
    pairs,
    newRows,
    revive,
    findings,
    ignoredRows,
    newRecords: newRecords(state),
    rowless: [...state.orphans()],
  };
}

/** R5: live records that no row and no tombstone stands for. Survivors of known records are no new ones (R11). */
function newRecords(state: MatchState): CrmRecord[] {
  const { input } = state;
  if (!input.complete) return [];
  const known = (id: RecordId) => state.claimed.has(id) || input.tombstones.has(id) || input.snapshot.has(id);
  const survivorIds = new Set([...state.survivors].flatMap(([loser, record]) => (known(loser) ? [record.id] : [])));
  return [...input.records.values()].filter((record) => !known(record.id) && !survivorIds.has(record.id));
}
