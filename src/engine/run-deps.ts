import type { Mapping } from "../domain/mapping";
import type { RunMessage, RunTotals } from "../domain/run";
import type { Zone } from "../domain/zone";
import type { Clock } from "../ports/clock";
import type { Crm } from "../ports/crm";
import type { History } from "../ports/history";
import type { Store } from "../ports/store";
import type { Table } from "../ports/table";
import type { RunDocument } from "../state/run-document";

/** What a run works with. The account behind `crm` was checked against the mapping's before (rule R20). */
export interface RunDeps {
  readonly crm: Crm;
  readonly table: Table;
  readonly store: Store;
  readonly history: History;
  readonly clock: Clock;
  readonly zone: Zone;
  readonly mapping: Mapping;
  /** No new work after this; epoch ms. */
  readonly deadlineMs: number;
  /** New random id. */
  newId(): string;
}

/** Sheet cells of one chunk: about 2 MB of ordinary text (section 9). */
export const CHUNK_CELLS = 100_000;

/** Operations in the CRM that may share one intent and one commit (section 6.4: ten batches of a hundred). */
export const OPERATIONS_PER_INTENT = 1_000;

/** Messages that a run document and the history keep; the rest is counted. */
const MAX_MESSAGES = 200;

/** What one piece of work did, to be added to the run's totals. */
export type Tally = Partial<Record<keyof RunTotals, number>>;

/** The run with a piece of work added. `processed` is always successes + errors + skipped (invariant I8). */
export function addTally(run: RunDocument, tally: Tally, messages: readonly RunMessage[] = []): RunDocument {
  const totals = { ...run.totals };
  for (const key of Object.keys(tally) as (keyof RunTotals)[]) totals[key] += tally[key] ?? 0;
  totals.processed = totals.successes + totals.errors + totals.skipped;
  return { ...run, totals, messages: firstMessages([...run.messages, ...messages]) };
}

/** Has the slice no time left for another unit of work? */
export function isLate(deps: RunDeps): boolean {
  return deps.clock.now() >= deps.deadlineMs;
}

/** Errors before notes, as many as are kept. */
function firstMessages(messages: readonly RunMessage[]): readonly RunMessage[] {
  if (messages.length <= MAX_MESSAGES && messages.every(({ severity }) => severity === "error")) return messages;
  const errors = messages.filter(({ severity }) => severity === "error");
  return [...errors, ...messages.filter(({ severity }) => severity === "note")].slice(0, MAX_MESSAGES);
}
