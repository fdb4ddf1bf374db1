import type { MappingSummary, ScheduleView } from "../contract/views";
import type { Mapping } from "../domain/mapping";
import { type Checkpoint, loadCheckpoint } from "../state/checkpoint";
import type { Config } from "../state/config";
import { loadRun, type RunDocument } from "../state/run-document";
import { loadScheduleState } from "../state/schedule-state";
import type { AppDeps } from "./app-deps";
import { clockBeatMs, clockProblem } from "./clock-health";
import { nextRunMs } from "./schedule-times";

/** A mapping with its state in one sentence, for the sidebar's home. */
export function mappingSummary(deps: AppDeps, config: Config, mapping: Mapping): MappingSummary {
  const checkpoint = loadCheckpoint(deps.store, mapping.id);
  const tab = deps.grid.tab(mapping.tabId);
  const run = loadRun(deps.store, mapping.id);
  return {
    id: mapping.id,
    name: mapping.name,
    crm: mapping.crm,
    objectType: mapping.objectType,
    objectLabel: mapping.objectType,
    tabId: mapping.tabId,
    tabName: tab?.name() ?? "",
    direction: mapping.direction,
    columnCount: mapping.columns.length,
    ...stateOf(deps, mapping, { checkpoint, run, tabExists: tab !== null }),
    lastRunMs: checkpoint.lastRunMs,
    openConflicts: checkpoint.conflicts.length,
    waitingRunId: run?.phase === "waiting" ? run.id : null,
    schedule: scheduleView(deps, config, mapping),
  };
}

function stateOf(
  deps: AppDeps,
  mapping: Mapping,
  { checkpoint, run, tabExists }: { checkpoint: Checkpoint; run: RunDocument | null; tabExists: boolean },
): Pick<MappingSummary, "state" | "stateText"> {
  const connection = deps.tokens.read(mapping.crm);
  if (!tabExists) return { state: "broken", stateText: "Its tab was deleted." };
  if (connection && connection.account.id !== mapping.accountId) {
    return { state: "other-account", stateText: "Made for another account than the one you are connected to." };
  }
  // A preview that somebody left open is nothing to approve.
  if (run?.phase === "waiting" && run.trigger !== "preview") {
    return { state: "needs-approval", stateText: "A sync waits for your approval." };
  }
  if (run?.phase === "failed") {
    return { state: "errors", stateText: `The last sync stopped: ${run.error?.message ?? ""}` };
  }
  if (checkpoint.lastRunMs === null) return { state: "never", stateText: "Not synced yet." };
  if (checkpoint.conflicts.length > 0)
    return { state: "conflicts", stateText: `${countText(checkpoint.conflicts.length, "open conflict")}.` };
  if (checkpoint.errors > 0)
    return { state: "errors", stateText: `${countText(checkpoint.errors, "error")} in the last sync.` };
  return { state: "in-step", stateText: "In step." };
}

function countText(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function scheduleView(deps: AppDeps, config: Config, mapping: Mapping): ScheduleView {
  const owned = config.schedules[mapping.id];
  const state = loadScheduleState(deps.store, mapping.id);
  const schedule = owned?.schedule ?? { kind: "off" as const };
  return {
    kind: schedule.kind,
    hour: "hour" in schedule ? schedule.hour : 9,
    day: "day" in schedule ? schedule.day : 1,
    timeZone: deps.zone.name,
    owner: owned?.owner ?? "",
    lastRunMs: state.ranMs,
    nextRunMs: nextRunMs(schedule, state.lastMs, deps.clock.now(), deps.zone),
    clockMs: owned && owned.owner === deps.user.email() ? clockBeatMs(deps) : null,
    problem: clockProblem(deps, config, mapping.id) || state.problem,
  };
}
