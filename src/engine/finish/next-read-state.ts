import type { Plan } from "../../domain/plan";
import type { RecordId } from "../../domain/record";
import type { SnapshotDelta } from "../../domain/snapshot";
import { loadWatch } from "../../state/read-stage";
import { loadReadState, type ReadState, saveReadState } from "../../state/read-state";
import type { ReadingProgress, RunDocument } from "../../state/run-document";
import { loadSnapshot } from "../../state/snapshot-store";
import { shownUntil } from "../read/choose-reading";
import type { RunDeps } from "../run-deps";
import { unsettledIds } from "../settle/unsettled";

/** More records than this are not read one by one in the next run: it compares everything. */
const MAX_RETRY = 5_000;

/**
 * Where the next reading begins, now that a run has come to its end (section 7): the window moves to the newest change that
 * was seen, or to the start of a full comparison; a run that only pushes moves nothing. Pure.
 */
export function nextReadState(before: ReadState, reading: ReadingProgress, unsettled: readonly RecordId[]): ReadState {
  const { mode, startMs, about = "" } = reading;
  // Runs of older versions, and those that read nothing, say nothing about what was seen.
  if (mode === undefined || startMs === undefined) return before;
  if (mode === "linked") return afterLinked(before, reading, unsettled);
  const common = { version: 1, about, scannedMs: startMs, ...capped(unsettled) } as const;
  if (mode === "full") {
    const { verifiedId } = before;
    // The list showed whatever changed before it began.
    const at = { newestMs: startMs - 1, seenMs: startMs, lastFullMs: startMs, verifiedMs: startMs };
    return { ...common, ...at, verifiedId, lastIncrementalMs: null };
  }
  const isVerified = mode === "linked+window" || reading.verifiedId !== undefined;
  const newestMs = Math.max(before.newestMs ?? 0, Math.min(startMs, reading.newestMs ?? 0));
  return {
    ...common,
    newestMs,
    seenMs: mode === "window" ? shownUntil(newestMs, startMs) : startMs,
    lastFullMs: before.lastFullMs,
    lastIncrementalMs: startMs,
    verifiedMs: isVerified ? startMs : before.verifiedMs,
    verifiedId: reading.verifiedId ?? before.verifiedId,
  };
}

/** The window stays where it was; where none ever began there is nothing to remember for it. */
function afterLinked(before: ReadState, reading: ReadingProgress, unsettled: readonly RecordId[]): ReadState {
  const open = capped(before.newestMs === null ? [] : [...before.retry, ...unsettled]);
  const fullDue = before.fullDue || open.fullDue || reading.damaged === true;
  return { ...before, ...open, fullDue, about: reading.about ?? "", seenMs: reading.startMs ?? before.seenMs };
}

function capped(ids: readonly RecordId[]): Pick<ReadState, "retry" | "fullDue"> {
  const retry = [...new Set(ids)];
  return retry.length > MAX_RETRY ? { retry: [], fullDue: true } : { retry, fullDue: false };
}

/**
 * Keeps where the next reading begins, from the moment in which intent n is committed. `quiet` are the base entries that
 * change with the same commit. Undo reads nothing and changes nothing here.
 */
export function saveNextReadState(
  deps: RunDeps,
  end: { readonly plan: Plan; readonly run: RunDocument; readonly quiet: SnapshotDelta; readonly n: number },
): void {
  const { store, mapping } = deps;
  const { plan, run, n } = end;
  if (plan.undoOf !== null) return;
  const next = nextReadState(loadReadState(store, mapping.id), run.reading, unsettledOf(deps, end));
  saveReadState(store, mapping.id, next, n);
}

function unsettledOf(
  deps: RunDeps,
  { plan, run, quiet }: { readonly plan: Plan; readonly run: RunDocument; readonly quiet: SnapshotDelta },
): readonly RecordId[] {
  const watch = loadWatch(deps.store, run.id);
  const isQuiet = plan.operations.length + watch.lost.length + watch.unplaced.length === 0;
  if (isQuiet && Object.keys(watch.changed).length === 0) return [];
  const base = new Map(loadSnapshot(deps.store, deps.mapping.id).pairs);
  for (const [id, shadows] of quiet) {
    if (shadows === null) base.delete(id);
    else base.set(id, { ...base.get(id), ...shadows });
  }
  return unsettledIds(plan, watch, base);
}
