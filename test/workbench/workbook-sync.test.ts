import type { GridView } from "../../workbench/page/grid-view";
import type { SheetEdit } from "../../workbench/page/sheet-edit";
import { createWorkbookSync, type WorkbookSync } from "../../workbench/page/workbook-sync";
import type { CellPatch, WorkbookSnapshot } from "../../workbench/server/workbook-snapshot";

/** A request of the page that the test answers when it likes. */
interface Asked {
  readonly body: unknown;
  answer(json: object): void;
  fail(): void;
}

const patch: CellPatch = { tabId: 7, row: 2, column: 1, rows: 1, columns: 1, cells: [[{ v: "new" }]] };
const typed: SheetEdit = { kind: "type-into", sheetId: "tab7", row: 3, column: 1, text: "mine" };

describe("keeping grid and workbook the same", () => {
  let asked: Asked[];
  let done: string[];
  let complaints: string[];
  let sync: WorkbookSync;
  const { fetch } = globalThis;

  beforeEach(() => {
    asked = [];
    done = [];
    complaints = [];
    Object.assign(globalThis, { window: globalThis, fetch: fakeFetch });
    sync = createWorkbookSync(fakeGrid(), (message) => complaints.push(message));
  });
  afterEach(() => {
    Object.assign(globalThis, { window: undefined, fetch });
  });

  it("reads the workbook once more when rows moved while it was on its way", async () => {
    await showRevision(1);
    sync.refresh();
    const first = await nextAsked();
    sync.refresh();
    first.answer(snapshot(2));
    (await nextAsked()).answer(snapshot(3));
    await sync.settled(3);
    expect(done).toEqual(["show 1", "reconcile 2", "reconcile 3"]);
  });

  it("reads the workbook once more when cells changed while it was on its way to be shown from scratch", async () => {
    const shown = sync.reload();
    const first = await nextAsked();
    sync.receive(2, [patch]);
    first.answer(snapshot(1));
    await shown;
    (await nextAsked()).answer(snapshot(2));
    await sync.settled(2);
    expect(done).toEqual(["show 1", "reconcile 2"]);
  });

  it("names the revision of what the grid shows when a cell is typed into after rows moved unseen", async () => {
    await showRevision(1);
    sync.refresh();
    sync.receive(3, [patch]);
    sync.push([typed]);
    const edit = await nextAsked();
    expect(edit.body).toMatchObject({ base: 1, actions: [{ kind: "type-into", tabId: 7, row: 3, text: "mine" }] });
    expect(done).toEqual(["show 1"]);
    edit.fail();
    (await nextAsked()).answer(snapshot(3));
    await sync.settled(3);
    expect(done).toEqual(["show 1", "show 3"]);
    expect(complaints).toHaveLength(1);
  });

  it("puts cells of others straight into a grid that is up to date, and goes on from their revision", async () => {
    await showRevision(1);
    sync.receive(2, [patch]);
    expect(done).toEqual(["show 1", "apply"]);
    sync.push([typed]);
    const edit = await nextAsked();
    expect(edit.body).toMatchObject({ base: 2 });
    edit.answer({ revision: 3, patches: [patch], tabs: [], structure: false, newTabIds: [] });
    await sync.settled(3);
    expect(done).toEqual(["show 1", "apply", "apply"]);
  });

  it("is not settled before it has heard of the revision that is waited for", async () => {
    await showRevision(1);
    let settled = false;
    const waiting = sync.settled(2).then(() => {
      settled = true;
    });
    await sync.settled(1);
    await pause(60);
    expect(settled).toBe(false);
    sync.receive(2, [patch]);
    await waiting;
    expect(settled).toBe(true);
  });

  it("shows the workbook at the next occasion when it could not be read", async () => {
    const shown = sync.reload();
    shown.catch(() => undefined);
    (await nextAsked()).fail();
    (await nextAsked()).fail();
    await expect(shown).rejects.toThrow("Not now");
    sync.refresh();
    (await nextAsked()).answer(snapshot(4));
    await sync.settled(4);
    expect(done).toEqual(["show 4"]);
  });

  async function showRevision(revision: number): Promise<void> {
    const shown = sync.reload();
    (await nextAsked()).answer(snapshot(revision));
    await shown;
  }

  async function nextAsked(): Promise<Asked> {
    for (let tries = 0; tries < 400; tries += 1) {
      const next = asked.shift();
      if (next !== undefined) return next;
      await pause(5);
    }
    throw new Error("The page asked for nothing.");
  }

  function fakeFetch(_url: string, request: { readonly body?: string } = {}): Promise<Response> {
    return new Promise((respond) => {
      asked.push({
        body: request.body === undefined ? null : JSON.parse(request.body),
        answer: (json) => respond(Response.json(json)),
        fail: () => respond(Response.json({ error: "Not now" }, { status: 409 })),
      });
    });
  }

  function fakeGrid(): GridView {
    const grid: Partial<GridView> = {
      show: async ({ revision }) => {
        done.push(`show ${revision}`);
      },
      apply: () => {
        done.push("apply");
        return true;
      },
      reconcile: ({ revision }) => {
        done.push(`reconcile ${revision}`);
        return true;
      },
      tabIdOf: () => 7,
    };
    return grid as GridView;
  }
});

function snapshot(revision: number): WorkbookSnapshot {
  const settings = { id: "book", name: "Book", timeZone: "Europe/Berlin", locale: "en_US" };
  return { ...settings, revision, activeTabId: 7, tabs: [] };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
