import { SyncError } from "../domain/errors";
import type { Direction, Mapping } from "../domain/mapping";
import { NO_TOTALS, type RunTrigger } from "../domain/run";
import type { Store } from "../ports/store";
import { dropRunData } from "../state/plan-document";
import { isOpen, loadRun, type RunDocument, saveRun } from "../state/run-document";
import { LEASE_MS } from "./run-deps";

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
 * Opens a run: one at a time per file. A run that waits for approval gives way to a new one; one that works keeps others out
 * until its lease ends. Throws SyncError config `run-active`, `direction-not-allowed`.
 */
export function startRun(store: Store, start: RunStart): RunDocument {
  const { mapping } = start;
  if (mapping.direction !== "both" && mapping.direction !== start.direction) {
    const verb = mapping.direction === "push" ? "pushes" : "pulls";
    throw new SyncError("config", "direction-not-allowed", `"${mapping.name}" only ${verb}.`, {
      hint: "Change its direction in the mapping first.",
    });
  }
  const current = loadRun(store);
  if (current && isOpen(current) && current.phase !== "waiting" && current.leaseUntilMs > start.nowMs) {
    const who = current.owner === "" ? "Somebody" : current.owner;
    throw new SyncError("config", "run-active", `${who} is already syncing "${current.mappingName}".`, {
      hint: "Wait until that run has ended, or cancel it.",
    });
  }
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
    nextItem: 0,
    sizes: { rows: 0, records: 0 },
    totals: NO_TOTALS,
    messages: [],
    error: null,
  };
  dropRunData(store, run.id);
  saveRun(store, run);
  return run;
}
