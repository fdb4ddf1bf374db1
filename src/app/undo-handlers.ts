import type { RpcRequest } from "../contract/rpc";
import type { LoserView, RunView } from "../contract/views";
import type { LoggedEffect } from "../domain/effect";
import { SyncError } from "../domain/errors";
import type { Mapping } from "../domain/mapping";
import { decodeValue, showValue } from "../domain/value";
import { undoGone } from "../engine/plan/start-undo";
import { type Config, loadConfig } from "../state/config";
import { isOpen, loadRuns, type RunDocument, saveRun } from "../state/run-document";
import { loadEffects, loadUndoRuns, type UndoRun } from "../state/undo-log";
import { alone } from "./alone";
import { type AppDeps, SLICE_MS } from "./app-deps";
import { runView } from "./app-state";
import { openRun, workOn } from "./run-handlers";
import { fieldLabels } from "./to-view";

/**
 * Opens a run that takes another one back, or only some of what it did, and plans it: the plan waits for approval. Throws
 * SyncError config `run-not-over`, `undo-gone`, `undo-too-large`, `already-undone`, `mapping-missing`, `other-account`,
 * `other-object`.
 */
export function startUndo(deps: AppDeps, request: RpcRequest<"undo.start">): RunView {
  return alone(deps, () => {
    const { runId, only } = request;
    const config = loadConfig(deps.store);
    const mapping = mappingToUndo(config, requireLogged(deps, runId));
    const opened = openRun(deps, mapping, { direction: mapping.direction, trigger: "undo" });
    const run: RunDocument = { ...opened, undoOf: { runId, only } };
    saveRun(deps.store, run);
    return runView(deps, config, workOn(deps, mapping, run, deps.clock.now() + SLICE_MS));
  });
}

/** The run's entry in the undo log, if it can still be taken back. */
function requireLogged(deps: AppDeps, runId: string): UndoRun {
  if (loadRuns(deps.store).some((run) => run.id === runId && isOpen(run))) {
    throw new SyncError("config", "run-not-over", "This run is still under way.", {
      hint: "Wait until it has ended, or cancel it; then take it back.",
    });
  }
  const logged = keptRun(deps, runId);
  if (logged.state === "done") {
    throw new SyncError("config", "already-undone", "This run was taken back already.", {
      hint: "To have it again, take back the undo: it is in the history as a run of its own.",
    });
  }
  return logged;
}

/** The run's entry, with its effects still there. Throws SyncError config `undo-gone`, `undo-too-large`. */
function keptRun(deps: AppDeps, runId: string): UndoRun {
  const logged = loadUndoRuns(deps.store).find((run) => run.runId === runId);
  if (!logged) throw undoGone();
  if (logged.state !== "too-large") return logged;
  throw new SyncError("config", "undo-too-large", "This run wrote too much for all of it to be kept.", {
    hint: "Use the file's version history for the sheet, and the record's history in the CRM.",
  });
}

/** The mapping of the run, as long as its ids still mean the same records (R20, R22). */
function mappingToUndo(config: Config, logged: UndoRun): Mapping {
  const mapping = config.mappings.find(({ id }) => id === logged.mappingId);
  if (!mapping) {
    throw new SyncError("config", "mapping-missing", "The mapping of this run was removed.", {
      hint: "Without it nothing can be taken back. Use the file's version history for the sheet.",
    });
  }
  if (mapping.accountId !== logged.accountId) {
    throw new SyncError("config", "other-account", `"${mapping.name}" belongs to another account than this run.`, {
      hint: "Reconnect the mapping with the account that the run wrote to.",
    });
  }
  if (mapping.objectType !== logged.objectType) {
    throw new SyncError("config", "other-object", `"${mapping.name}" syncs other records than this run did.`, {
      hint: "Only runs with the records of today's mapping can be taken back.",
    });
  }
  return mapping;
}

/**
 * Values that a run replaced although somebody had changed them, in the order of the run. Throws SyncError config
 * `undo-gone`, `undo-too-large`.
 */
export function listLosers(deps: AppDeps, request: RpcRequest<"undo.losers">): readonly LoserView[] {
  const logged = keptRun(deps, request.runId);
  const mapping = loadConfig(deps.store).mappings.find(({ id }) => id === logged.mappingId) ?? null;
  const labels = fieldLabels(mapping);
  return loadEffects(deps.store, logged.runId).flatMap((one) => loserView(one, labels, logged.startedMs));
}

function loserView({ id, effect }: LoggedEffect, labels: ReadonlyMap<string, string>, atMs: number): LoserView[] {
  if (!("loser" in effect) || !effect.loser) return [];
  const { title, field, before, after } = effect;
  const side = effect.kind === "cell" ? "sheet" : "crm";
  const show = (value: string) => (side === "sheet" ? showValue(decodeValue(value)) : value);
  const label = labels.get(field) ?? field;
  return [{ id, title, label, side, value: show(before), replacedBy: show(after), atMs }];
}
