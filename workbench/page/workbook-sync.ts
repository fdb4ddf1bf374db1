import type { EditAnswer } from "../server/api-workbook";
import type { EditAction } from "../server/edit-action";
import type { CellPatch, WorkbookSnapshot } from "../server/workbook-snapshot";
import { ApiFailure, clientName, getJson, postJson } from "./api-client";
import type { GridView } from "./grid-view";
import { type SheetEdit, toEditAction } from "./sheet-edit";

/** Keeps grid and workbook the same: edits go out in order, changes of others come in. */
export interface WorkbookSync {
  /** A person edited something. */
  push(edits: readonly SheetEdit[]): void;
  /** Somebody else changed cells. */
  receive(revision: number, patches: readonly CellPatch[]): void;
  /** Rows, columns or tabs changed, or nobody knows what did. */
  refresh(): void;
  /** Shows the workbook from scratch. */
  reload(): Promise<void>;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

const refreshAfterMs = 60;

/** Starts with the revision the grid shows. `complain` tells the person that an edit was not kept. */
export function createWorkbookSync(grid: GridView, complain: (message: string) => void): WorkbookSync {
  let base = 0;
  let queue: SheetEdit[] = [];
  let sending = false;
  let stale = false;
  let timer: number | null = null;

  const load = (): Promise<WorkbookSnapshot> => getJson<WorkbookSnapshot>("/workbook");
  const reload = async (): Promise<void> => {
    const snapshot = await load();
    queue = [];
    stale = false;
    base = snapshot.revision;
    await grid.show(snapshot);
  };
  const reconcile = async (): Promise<void> => {
    stale = false;
    const snapshot = await load();
    // Edits that were made meanwhile are not in the snapshot: look again after they are sent.
    if (queue.length > 0 || sending) {
      stale = true;
      return;
    }
    base = snapshot.revision;
    if (!grid.reconcile(snapshot)) await grid.show(snapshot);
  };
  const send = async (edits: readonly SheetEdit[]): Promise<void> => {
    const actions = edits.map((edit) => toEditAction(edit, grid.tabIdOf)).filter((action) => action !== null);
    if (actions.length === 0) return;
    const answer = await postJson<EditAnswer>("/edit", { client: clientName, base, actions });
    const newSheets = edits.flatMap((edit) => (edit.kind === "add-tab" ? [edit.sheetId] : []));
    newSheets.forEach((sheetId, at) => {
      const tabId = answer.newTabIds[at];
      if (tabId !== undefined) grid.learnTab(sheetId, tabId);
    });
    base = Math.max(base, answer.revision);
    if (queue.length > 0 || answer.patches === null || answer.structure) stale = true;
    else if (!grid.apply(answer.patches)) stale = true;
  };
  const pump = async (): Promise<void> => {
    if (sending) return;
    sending = true;
    try {
      while (queue.length > 0) await send(takeBatch(queue));
      sending = false;
      if (stale) await reconcile();
    } catch (error) {
      sending = false;
      complain(toComplaint(error));
      await reload();
    }
  };
  const refresh = (): void => {
    stale = true;
    if (timer !== null) return;
    timer = window.setTimeout(() => {
      timer = null;
      void pump();
    }, refreshAfterMs);
  };
  return {
    push: (edits) => {
      queue.push(...edits);
      void pump();
    },
    receive: (revision, patches) => {
      // Older than what an own edit brought back, or an own edit is on its way: nobody can say which cell is newer.
      const uncertain = revision < base || sending || queue.length > 0;
      base = Math.max(base, revision);
      if (uncertain || !grid.apply(patches)) refresh();
    },
    refresh,
    reload,
    settled: async () => {
      while (sending || queue.length > 0 || stale || timer !== null) await new Promise((done) => setTimeout(done, 20));
    },
  };
}

/** A new tab must have its id before anything can be done in it, so it ends a batch. */
function takeBatch(queue: SheetEdit[]): readonly SheetEdit[] {
  const newTab = queue.findIndex((edit) => edit.kind === ("add-tab" satisfies EditAction["kind"]));
  return queue.splice(0, newTab === -1 ? queue.length : newTab + 1);
}

function toComplaint(error: unknown): string {
  if (error instanceof ApiFailure && error.status === 409) {
    return "The sheet changed at the same moment. Your last edit was not kept.";
  }
  return `The edit was not kept: ${error instanceof Error ? error.message : String(error)}`;
}
