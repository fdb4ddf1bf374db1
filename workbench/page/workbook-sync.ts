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

/** Starts with nothing shown: call `reload`. `complain` tells the person that an edit was not kept. */
export function createWorkbookSync(grid: GridView, complain: (message: string) => void): WorkbookSync {
  return new GridSync(grid, complain);
}

class GridSync implements WorkbookSync {
  private base = 0;
  private queue: SheetEdit[] = [];
  private sending = false;
  /** Whether grid and workbook must be compared as a whole. */
  private stale = false;
  private timer: number | null = null;

  constructor(
    private readonly grid: GridView,
    private readonly complain: (message: string) => void,
  ) {}

  push(edits: readonly SheetEdit[]): void {
    this.queue.push(...edits);
    void this.pump();
  }

  receive(revision: number, patches: readonly CellPatch[]): void {
    // Older than what an own edit brought back, or an own edit is on its way: nobody can say which cell is newer.
    const uncertain = revision < this.base || this.sending || this.queue.length > 0;
    this.base = Math.max(this.base, revision);
    if (uncertain || !this.grid.apply(patches)) this.refresh();
  }

  refresh(): void {
    this.stale = true;
    if (this.timer !== null) return;
    this.timer = window.setTimeout(() => {
      this.timer = null;
      void this.pump();
    }, refreshAfterMs);
  }

  async reload(): Promise<void> {
    const snapshot = await loadSnapshot();
    this.queue = [];
    this.stale = false;
    this.base = snapshot.revision;
    await this.grid.show(snapshot);
  }

  async settled(): Promise<void> {
    while (this.sending || this.queue.length > 0 || this.stale || this.timer !== null) {
      await new Promise((done) => setTimeout(done, 20));
    }
  }

  private async pump(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    try {
      while (this.queue.length > 0) await this.send(takeBatch(this.queue));
      if (this.stale) await this.reconcile();
    } catch (error) {
      this.complain(toComplaint(error));
      await this.reload();
    } finally {
      this.sending = false;
    }
    if (this.queue.length > 0 || (this.stale && this.timer === null)) void this.pump();
  }

  private async send(edits: readonly SheetEdit[]): Promise<void> {
    const { grid } = this;
    const actions = edits
      .map((edit) => toEditAction(edit, (sheetId) => grid.tabIdOf(sheetId)))
      .filter((action) => action !== null);
    if (actions.length === 0) return;
    const answer = await postJson<EditAnswer>("/edit", { client: clientName, base: this.base, actions });
    const newSheets = edits.flatMap((edit) => (edit.kind === "add-tab" ? [edit.sheetId] : []));
    newSheets.forEach((sheetId, at) => {
      const tabId = answer.newTabIds[at];
      if (tabId !== undefined) grid.learnTab(sheetId, tabId);
    });
    this.base = Math.max(this.base, answer.revision);
    if (this.queue.length > 0 || answer.patches === null || answer.structure) this.stale = true;
    else if (!grid.apply(answer.patches)) this.stale = true;
  }

  private async reconcile(): Promise<void> {
    const snapshot = await loadSnapshot();
    // Edits that were made meanwhile are not in the snapshot: look again after they are sent.
    if (this.queue.length > 0) return;
    this.stale = false;
    this.base = snapshot.revision;
    if (!this.grid.reconcile(snapshot)) await this.grid.show(snapshot);
  }
}

function loadSnapshot(): Promise<WorkbookSnapshot> {
  return getJson<WorkbookSnapshot>("/workbook");
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
