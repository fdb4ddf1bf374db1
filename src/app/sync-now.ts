import { loadConfig } from "../state/config";
import type { RunDocument } from "../state/run-document";
import { isOpen } from "../state/run-document";
import type { AppDeps } from "./app-deps";
import { ownFile } from "./own-file";
import { workSlice } from "./run-handlers";

/** A menu call takes no new work after this: Google stops it at six minutes. */
const WORK_MS = 4 * 60_000;

/** What to tell the user after "Sync now". */
export interface SyncNowAnswer {
  readonly message: string;
  /** The sidebar has something to show: set-up, a plan that waits, or a run that goes on there. */
  readonly openSidebar: boolean;
}

/** Syncs the tab that is open, in its mapping's direction; where it has several mappings, the sidebar is where to choose. */
export function syncActiveTab(deps: AppDeps): SyncNowAnswer {
  ownFile(deps);
  const tabId = deps.grid.activeTab().id;
  const [mapping, ...others] = loadConfig(deps.store).mappings.filter((candidate) => candidate.tabId === tabId);
  if (others.length > 0) {
    deps.notices.toast(`This tab has ${others.length + 1} mappings. Choose in the sidebar which one to sync.`);
    return { message: "", openSidebar: true };
  }
  if (!mapping || deps.tokens.read(mapping.crm) === null) return { message: "", openSidebar: true };
  deps.notices.toast(`Syncing "${mapping.name}"…`);
  const deadlineMs = deps.clock.now() + WORK_MS;
  const next = (open: RunDocument | null) => workSlice(deps, mapping, open, { trigger: "manual", deadlineMs });
  let run = next(null);
  while (isOpen(run) && run.phase !== "waiting" && run.resumeAtMs === null && deps.clock.now() < deadlineMs) {
    run = next(run);
  }
  return { message: resultText(run), openSidebar: isOpen(run) };
}

function resultText(run: RunDocument): string {
  if (run.error) return `${run.error.message} ${run.error.hint}`.trim();
  const { linked, created, updated, archived, appended, cellsWritten, rowsRemoved } = run.totals;
  const { successes, skipped, errors } = run.totals;
  const done = [
    linked > 0 ? `${linked} linked` : "",
    created > 0 ? `${created} created` : "",
    updated > 0 ? `${updated} updated` : "",
    archived > 0 ? `${archived} archived` : "",
    appended > 0 ? `${plural(appended, "row")} added` : "",
    cellsWritten > 0 ? `${plural(cellsWritten, "cell")} written` : "",
    rowsRemoved > 0 ? `${plural(rowsRemoved, "row")} removed` : "",
  ].filter((part) => part !== "");
  const parts = [
    ...done,
    // What has no count of its own, such as rows that were unlinked.
    successes > 0 && done.length === 0 ? `${plural(successes, "record")} processed` : "",
    skipped > 0 ? `${skipped} left as they are (see the history)` : "",
    errors > 0 ? `${plural(errors, "error")} (see the history)` : "",
  ].filter((part) => part !== "");
  return parts.length > 0 ? `Synced: ${parts.join(", ")}.` : "Everything was in step already.";
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
