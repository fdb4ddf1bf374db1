import { isPending } from "../domain/row";
import { type Config, loadConfig, saveConfig } from "../state/config";
import { forgetRecords } from "../state/forget-mapping";
import { loadFileId, saveFileId } from "../state/own-file";
import { dropRunData } from "../state/plan-document";
import { removeRun } from "../state/run-document";
import { removeScheduleState } from "../state/schedule-state";
import { alone } from "./alone";
import type { AppDeps } from "./app-deps";

/**
 * Notes whose state this is, and lets a copied spreadsheet start its own life (rule R23): what it remembers of records, runs
 * and schedules is the original's and is dropped; mappings and record ids stay, so that the next sync links by them as a first
 * sync does.
 */
export function ownFile(deps: AppDeps): void {
  const fileId = deps.grid.fileId();
  if (loadFileId(deps.store) === fileId) return;
  const config = loadConfig(deps.store);
  if (config.mappings.length === 0) return;
  alone(deps, () => {
    const known = loadFileId(deps.store);
    if (known === fileId) return;
    if (known !== null) startAnew(deps, config);
    saveFileId(deps.store, fileId);
    deps.store.flush();
  });
}

function startAnew(deps: AppDeps, config: Config): void {
  deps.store.rollBack();
  for (const mapping of config.mappings) {
    forgetRecords(deps.store, mapping.id);
    removeRun(deps.store, mapping.id);
    removeScheduleState(deps.store, mapping.id);
    // Their creates are the original's: it will find their records and give them to its own rows.
    const table = deps.table(mapping);
    const tokens = table.read().rows.filter((row) => isPending(row.recordId));
    table.replaceIds(tokens.map((row) => ({ from: row.recordId, to: "" })));
  }
  dropRunData(deps.store, new Set());
  saveConfig(deps.store, { ...config, schedules: {} });
}
