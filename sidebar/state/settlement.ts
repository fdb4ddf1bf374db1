import type { ConflictSide, ConflictView } from "../../src/contract/views";

/** What a person said about one conflict. */
export type ConflictChoice = ConflictSide | "open";

/** One conflict with that word on it. */
interface ChosenConflict {
  readonly recordId: string;
  readonly field: string;
  readonly winner: ConflictChoice;
}

/** What a person decided about the conflicts of a plan; there may be more of them than were looked at. */
export interface Settlement {
  /** Who wins all that are not named; null: they stay open. */
  readonly others: ConflictSide | null;
  readonly named: ReadonlyMap<string, ChosenConflict>;
}

/** Before anything is decided. */
export const NOTHING_SETTLED: Settlement = { others: null, named: new Map() };

/** One side wins everywhere, or all stay open again. */
export function settleAll(others: ConflictSide | null): Settlement {
  return { ...NOTHING_SETTLED, others };
}

/** Decides one conflict; what holds for all of them needs no name of its own. */
export function settleOne(
  settlement: Settlement,
  { recordId, field }: ConflictView,
  winner: ConflictChoice,
): Settlement {
  const named = new Map(settlement.named);
  const key = keyOf(recordId, field);
  if (winner === (settlement.others ?? "open")) named.delete(key);
  else named.set(key, { recordId, field, winner });
  return { ...settlement, named };
}

/** How one conflict stands; a side that may not win it leaves it open. */
export function choiceOf(settlement: Settlement, { recordId, field, winners }: ConflictView): ConflictChoice {
  const winner = settlement.named.get(keyOf(recordId, field))?.winner ?? settlement.others ?? "open";
  return winner === "open" || !winners.includes(winner) ? "open" : winner;
}

/** How many of that many conflicts are decided. */
export function countSettled({ others, named }: Settlement, total: number): number {
  const open = [...named.values()].filter(({ winner }) => winner === "open").length;
  return others === null ? named.size - open : total - open;
}

function keyOf(recordId: string, field: string): string {
  return JSON.stringify([recordId, field]);
}
