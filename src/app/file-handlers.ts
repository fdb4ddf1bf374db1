import type { Replies, RpcRequest } from "../contract/rpc";
import type { HistoryItemView } from "../contract/views";
import { SyncError } from "../domain/errors";
import { loadUndoRuns } from "../state/undo-log";
import type { AppDeps } from "./app-deps";
import { LOST_RUN_PREFIX } from "./app-state";
import { forgetClockBeat } from "./clock-health";
import { forgetPause } from "./clock-shift";
import { toHistoryView } from "./to-view";

/** Events of the history tab, newest first. */
export function listHistory(deps: AppDeps, request: RpcRequest<"history.list">): readonly HistoryItemView[] {
  const logged = new Map(loadUndoRuns(deps.store).map((run) => [run.runId, run]));
  return deps.history.list(request.limit).map((event) => toHistoryView(event, logged.get(event.runId)));
}

/** Opens the history tab. */
export function showHistory(deps: AppDeps): Replies["history.show"] {
  deps.history.show();
  return { shown: true };
}

/** Shows a cell in the sheet. Throws SyncError config `tab-missing`. */
export function selectCell(deps: AppDeps, request: RpcRequest<"sheet.select">): Replies["sheet.select"] {
  const tab = deps.grid.tab(request.tabId);
  if (!tab) throw new SyncError("config", "tab-missing", "That tab was deleted.", { hint: "Reload the sidebar." });
  tab.activate();
  tab.select(request.row, request.column);
  return { selected: true };
}

/** Takes everything of the add-on out of this file and the user's properties; rows and columns of data stay. */
export function removeFromFile(deps: AppDeps): Replies["file.remove"] {
  const removed: string[] = [];
  deps.triggers.removeAll();
  removed.push("clock triggers");
  removed.push(...deps.setup.removeAll());
  for (const crm of ["hubspot", "salesforce"] as const) {
    if (deps.tokens.read(crm) === null) continue;
    deps.tokens.remove(crm);
    removed.push(`your ${crm === "hubspot" ? "HubSpot" : "Salesforce"} connection`);
  }
  for (const key of deps.memory.keys(LOST_RUN_PREFIX)) deps.memory.remove(key);
  // The clock time that was used stays: it counts for the user's other files too.
  forgetClockBeat(deps);
  forgetPause(deps);
  deps.grid.flush();
  return { removed };
}
