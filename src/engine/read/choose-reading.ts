import type { Direction, Mapping } from "../../domain/mapping";
import type { RecordId } from "../../domain/record";
import type { RunTrigger } from "../../domain/run";
import type { ObjectSchema } from "../../domain/schema";
import type { ReadState } from "../../state/read-state";
import type { ReadingMode } from "../../state/run-document";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const WEEK_MS = 7 * 24 * HOUR_MS;

/** The search index may lag behind by this much: a window reaches so far back behind what was seen (section 7). */
const OVERLAP_MS = 10 * MINUTE_MS;

/** A window by the clock ends this long before its start: what is written right now is still moving in the index. */
const MARGIN_MS = 30_000;

/** Runs by hand with up to so many linked rows read them by id: an edit made a moment ago is seen. */
const LINKED_BY_HAND = 2_000;

/** Up to so many linked rows are compared in full once a day, more once a week. */
const DAILY_LINKED = 5_000;

/** A day, less what a clock that fires once a day may wander. */
const DAILY_MS = 23 * HOUR_MS;

/** What a reading is chosen by. */
export interface ReadingFacts {
  readonly direction: Direction;
  readonly trigger: RunTrigger;
  readonly state: ReadState;
  /** Pairs of the base. */
  readonly linked: number;
  readonly damaged: boolean;
  /** `readingAbout` of the mapping as it is now. */
  readonly about: string;
  /** A mapped field changes without moving the modified time of its record. */
  readonly unstamped: boolean;
  /** Start of the reading, epoch ms of the CRM's clock. */
  readonly nowMs: number;
}

/** Which reading a run needs (section 7): everything, what changed, or the linked records. Pure. */
export function chooseReading(facts: ReadingFacts): ReadingMode {
  if (facts.direction === "push") return "linked";
  if (needsFull(facts)) return "full";
  const byHand = facts.trigger !== "schedule";
  return byHand && facts.linked <= LINKED_BY_HAND ? "linked+window" : "window";
}

function needsFull({ state, linked, damaged, about, unstamped, nowMs }: ReadingFacts): boolean {
  if (state.newestMs === null || linked === 0 || damaged || state.fullDue || state.about !== about) return true;
  // The clock went back: what the last readings saw says nothing about what lies before it now.
  if (Math.max(state.scannedMs, state.newestMs) > nowMs + MINUTE_MS) return true;
  if (unstamped && linked <= DAILY_LINKED) return true;
  // Fourteen idle days are more than a week, too.
  const oftener = unstamped || linked <= DAILY_LINKED;
  return nowMs - state.lastFullMs >= (oftener ? DAILY_MS : WEEK_MS);
}

/** Everything that a reading depends on in a mapping, as text: another one makes what was read before no proof (R22). */
export function readingAbout(mapping: Mapping): string {
  const fields = mapping.columns.map((column) => column.field).sort();
  const { crm, accountId, objectType, removedRows } = mapping;
  return JSON.stringify([crm, accountId, objectType, removedRows, ...fields]);
}

/** Is a mapped field worked out by the CRM, so that it changes without a stamp? */
export function hasUnstamped(mapping: Mapping, schema: ObjectSchema): boolean {
  const mapped = new Set(mapping.columns.map((column) => column.field));
  return schema.fields.some((field) => field.unstamped === true && mapped.has(field.name));
}

/**
 * The window of a reading, both ends fixed at its start. It begins where the last reading may have missed a change: an
 * overlap before its start, or behind the newest change that it showed where the index stood still. A run by hand has no
 * margin at the end, but the second that the CRM's clock cuts off.
 */
export function windowOf(
  state: ReadState,
  trigger: RunTrigger,
  nowMs: number,
): { readonly sinceMs: number; readonly untilMs: number } {
  const sinceMs = shownUntil(state.newestMs ?? 0, state.scannedMs);
  return { sinceMs, untilMs: trigger === "schedule" ? nowMs - MARGIN_MS : nowMs + 1_000 };
}

/** What changed before this was shown by a reading that began at `scannedMs` and whose newest change was `newestMs`. */
export function shownUntil(newestMs: number, scannedMs: number): number {
  return Math.min(newestMs + 1, scannedMs - OVERLAP_MS);
}

/** Linked ids that one run verifies at most: ten batches fit into a slice beside everything else. */
const VERIFY_AT_ONCE = 1_000;
const VERIFY_BATCH = 100;

/**
 * Linked ids whose turn it is in the rotating verification: a seventh a day, so that a deletion is found within a week
 * without listing everything. Nothing until a batch is due, which is a day for small mappings.
 */
export function dueForVerification(
  linked: Iterable<RecordId>,
  count: number,
  state: ReadState,
  nowMs: number,
): readonly RecordId[] {
  const elapsedMs = Math.min(Math.max(0, nowMs - state.verifiedMs), WEEK_MS);
  const due = Math.min(Math.ceil((count * elapsedMs) / WEEK_MS), VERIFY_AT_ONCE);
  if (due < Math.min(VERIFY_BATCH, Math.ceil(count / 7))) return [];
  const sorted = [...linked].sort();
  const first = sorted.findIndex((id) => id > state.verifiedId);
  const from = Math.max(first, 0);
  return [...sorted.slice(from), ...sorted.slice(0, from)].slice(0, due);
}
