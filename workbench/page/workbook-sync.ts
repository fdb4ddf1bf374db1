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
  /** Resolves when nothing is under way and the grid shows the workbook at this revision or a later one. */
  settled(revision: number): Promise<void>;
}

const refreshAfterMs = 60;

/** How far the grid may be behind the workbook: `compare` both as a whole, or show the workbook from scratch. */
type Doubt = "none" | "compare" | "show-anew";

/** Starts with nothing shown: call `reload`. `complain` tells the person that an edit was not kept. */
export function createWorkbookSync(grid: GridView, complain: (message: string) => void): WorkbookSync {
  return new GridSync(grid, complain);
}

class GridSync implements WorkbookSync {
  /** The grid has everything up to this revision. An edit that names it is refused when lines have moved since. */
  private base = 0;
  private queue: SheetEdit[] = [];
  private sending = false;
  private doubt: Doubt = "none";
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
    // Older than what an own edit brought back, or an own edit is on its way: nobody can say which cell is newer. And
    // while lines may have moved, the patches are for other cells than the grid's.
    const uncertain = revision < this.base || this.sending || this.queue.length > 0 || this.doubt !== "none";
    // The base then stays: an edit of a cell that has moved must be refused, not written into another one.
    if (uncertain || !this.grid.apply(patches)) this.refresh();
    else this.base = revision;
  }

  refresh(): void {
    this.doubtGrid();
    if (this.timer !== null) return;
    this.timer = window.setTimeout(() => {
      this.timer = null;
      void this.pump();
    }, refreshAfterMs);
  }

  reload(): Promise<void> {
    this.doubt = "show-anew";
    return this.pump();
  }

  async settled(revision: number): Promise<void> {
    while (this.isBusy() || this.base < revision) await new Promise((done) => setTimeout(done, 20));
  }

  private isBusy(): boolean {
    return this.sending || this.queue.length > 0 || this.doubt !== "none" || this.timer !== null;
  }

  private async pump(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    try {
      while (this.queue.length > 0 && this.doubt !== "show-anew") await this.send(takeBatch(this.queue));
      if (this.doubt !== "none") await this.catchUp();
    } catch (error) {
      this.complain(toComplaint(error));
      this.doubt = "show-anew";
      await this.catchUp();
    } finally {
      this.sending = false;
    }
    if (this.queue.length > 0 || (this.doubt !== "none" && this.timer === null)) void this.pump();
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
    if (this.doubt !== "none") return;
    const { patches } = answer;
    const unclear = this.queue.length > 0 || patches === null || answer.structure;
    if (unclear || !grid.apply(patches)) this.doubtGrid();
  }

  private doubtGrid(): void {
    if (this.doubt === "none") this.doubt = "compare";
  }

  private async catchUp(): Promise<void> {
    const anew = this.doubt === "show-anew";
    // Cleared before the workbook is read: what happens while the answer is on its way may not be in it.
    this.doubt = "none";
    try {
      const snapshot = await loadSnapshot();
      if (anew) this.queue = [];
      // Edits that were made meanwhile are not in the snapshot: look again after they are sent.
      if (this.queue.length > 0) this.doubtGrid();
      else await this.bring(snapshot, anew);
    } catch (error) {
      this.doubt = "show-anew";
      throw error;
    }
  }

  private async bring(snapshot: WorkbookSnapshot, anew: boolean): Promise<void> {
    this.base = snapshot.revision;
    if (anew || !this.grid.reconcile(snapshot)) await this.grid.show(snapshot);
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
