import { SyncError } from "../domain/errors";
import type { Direction, Mapping } from "../domain/mapping";
import { NO_TOTALS, type RunTrigger } from "../domain/run";
import type { Store } from "../ports/store";
import { LEASE_MS } from "../state/lease";
import { dropRunData } from "../state/plan-document";
import { isOpen, loadRuns, type RunDocument, saveRun } from "../state/run-document";
import { requireFree } from "./require-free";

export interface RunStart {
  readonly id: string;
  readonly mapping: Mapping;
  readonly direction: Direction;
  readonly trigger: RunTrigger;
  readonly owner: string;
  readonly preview: boolean;
  readonly nowMs: number;
}

/**
 * Opens a run. One run works at a time per file: it keeps others out until its lease ends. A plan that waits for approval
 * gives way to a new run of its own mapping only. Throws SyncError config `run-active`, `direction-not-allowed`.
 */
export function startRun(store: Store, start: RunStart): RunDocument {
  const { mapping } = start;
  if (mapping.direction !== "both" && mapping.direction !== start.direction) {
    const verb = mapping.direction === "push" ? "pushes" : "pulls";
    throw new SyncError("config", "direction-not-allowed", `"${mapping.name}" only ${verb}.`, {
      hint: "Change its direction in the mapping first.",
    });
  }
  requireFree(store, start.id, start.nowMs);
  const run: RunDocument = {
    version: 1,
    id: start.id,
    mappingId: mapping.id,
    mappingName: mapping.name,
    crm: mapping.crm,
    accountId: mapping.accountId,
    objectType: mapping.objectType,
    direction: start.direction,
    trigger: start.trigger,
    owner: start.owner,
    startedMs: start.nowMs,
    leaseUntilMs: start.nowMs + LEASE_MS,
    phase: "reading",
    preview: start.preview,
    doing: "Reading the CRM",
    done: 0,
    total: 0,
    resumeAtMs: null,
    interruptions: 0,
    reading: { started: false, cursor: null, staged: 0, seen: 0 },
    leaveOut: [],
    failedLinks: [],
    nextItem: 0,
    sizes: { rows: 0, records: 0 },
    totals: NO_TOTALS,
    openConflicts: 0,
    messages: [],
    error: null,
  };
  const kept = loadRuns(store).filter((other) => isOpen(other) && other.mappingId !== mapping.id);
  dropRunData(store, new Set([run.id, ...kept.map((other) => other.id)]));
  saveRun(store, run);
  return { ...run, fresh: true };
}
