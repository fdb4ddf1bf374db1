import { Hono } from "hono";
import { z } from "zod";
import type { WorkbookView } from "../apps-script/host-api";
import { applyEdit, type EditAction, editAction, isStructural } from "./edit-action";
import { type EventStream, readPatches } from "./event-stream";
import { readBody } from "./read-body";
import { type CellPatch, readSnapshot } from "./workbook-snapshot";
import type { World } from "./world";

const editRequest = z.object({
  /** Name of the page that edits; it is spared its own edits. */
  client: z.string().default(""),
  /** Revision that the edit was made on; left out: whatever is there. */
  base: z.number().int().optional(),
  actions: z.array(editAction).min(1),
});

/** Tabs as they are after an edit, so that a page can see whether its own are the same. */
export interface TabShape {
  readonly id: number;
  readonly name: string;
  readonly hidden: boolean;
  readonly rows: number;
  readonly columns: number;
}

/** What an edit led to. */
export interface EditAnswer {
  readonly revision: number;
  /** Cells that it touched, as they are now; `null`: too many, read the workbook again. */
  readonly patches: readonly CellPatch[] | null;
  readonly tabs: readonly TabShape[];
  /** Whether rows, columns or tabs changed. */
  readonly structure: boolean;
  /** Ids of the tabs that `add-tab` made, in order. */
  readonly newTabIds: readonly number[];
}

/** Routes that read and edit the workbook. */
export function workbookRoutes(world: World, stream: EventStream): Hono {
  const routes = new Hono();
  routes.get("/workbook", (context) => context.json(readSnapshot(world.host.workbook)));
  routes.get("/cells", (context) => {
    const query = cellsQuery.parse(context.req.query());
    const { workbook } = world.host;
    const tab = findTab(workbook, query.tab);
    const used = workbook.used(tab.id);
    const rows = query.rows ?? Math.max(used.rows - query.row + 1, 0);
    const columns = query.columns ?? Math.max(used.columns - query.column + 1, 0);
    const cells = rows > 0 && columns > 0 ? workbook.cells(tab.id, query.row, query.column, rows, columns) : [];
    return context.json({ tab: tab.name, tabId: tab.id, row: query.row, column: query.column, cells });
  });
  routes.post("/edit", async (context) => {
    const { client, base, actions } = await readBody(context, editRequest);
    if (base !== undefined && stream.hasForeignStructure(client, base)) {
      return context.json({ error: "Rows, columns or tabs changed since that revision.", stale: true }, 409);
    }
    return context.json(edit(world, stream, client, actions));
  });
  return routes;
}

const index = z.coerce.number().int().min(1);
const cellsQuery = z.object({
  tab: z.string().optional(),
  row: index.default(1),
  column: index.default(1),
  rows: index.optional(),
  columns: index.optional(),
});

function findTab(workbook: WorkbookView, name: string | undefined): { readonly id: number; readonly name: string } {
  const tabs = workbook.tabs();
  const wanted = name ?? String(workbook.activeTabId());
  const tab = tabs.find((candidate) => candidate.name === wanted) ?? tabs.find(({ id }) => String(id) === wanted);
  if (tab === undefined) throw new RangeError(`There is no tab "${wanted}".`);
  return tab;
}

function edit(world: World, stream: EventStream, client: string, actions: readonly EditAction[]): EditAnswer {
  const { host } = world;
  const newTabIds: number[] = [];
  const trace = stream.during(client, () => {
    for (const action of actions) {
      const made = applyEdit(host.user, action);
      if (made !== null) newTabIds.push(made);
    }
  });
  return {
    revision: host.workbook.revision,
    patches: readPatches(world, trace.areas),
    tabs: host.workbook.tabs().map(({ id, name, hidden, rows, columns }) => ({ id, name, hidden, rows, columns })),
    structure: trace.structure || actions.some(isStructural),
    newTabIds,
  };
}
