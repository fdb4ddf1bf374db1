import type { Replies, RpcName, RpcRequest } from "../../src/contract/rpc";
import type { HistoryItemView, RunView } from "../../src/contract/views";
import type { CellView, Host } from "../../workbench/apps-script/host-api";
import type { HubspotControl, PortalRecord } from "../../workbench/crm/hubspot/sandbox-types";
import { AddOnClient } from "../../workbench/demo/add-on-client";
import { createWorld, type World, type WorldOptions } from "../../workbench/server/world";

/** Monday, 2026-11-02 09:00 UTC. */
const START_MS = Date.UTC(2026, 10, 2, 9);

type Draft = RpcRequest<"mapping.save">["draft"];
type Direction = RpcRequest<"run.start">["direction"];

/** A mapped tab. */
export interface MappedTab {
  readonly mappingId: string;
  readonly tabId: number;
}

/** What a run is allowed when it waits. */
export interface BundleApproval {
  readonly allowCreates?: boolean;
  readonly allowGuard?: boolean;
  readonly leaveOut?: string[];
}

const open: World[] = [];

/** Closes every world that was started; a file hands it to `afterEach` or, where its tests share a world, to `afterAll`. */
export async function closeWorlds(): Promise<void> {
  await Promise.all(open.splice(0).map((world) => world.close()));
}

/** The built add-on in the emulated Apps Script, beside the HubSpot sandbox, on a clock that only moves when told. */
export class BundleWorld {
  private readonly client: AddOnClient;

  private constructor(readonly world: World) {
    this.client = new AddOnClient(world.host);
  }

  /** Starts a world of twelve contacts, or with what the options say. */
  static async start(options: WorldOptions = {}): Promise<BundleWorld> {
    const world = await createWorld({ contacts: 12, companies: 0, virtual: true, startMs: START_MS, ...options });
    open.push(world);
    return new BundleWorld(world);
  }

  get host(): Host {
    return this.world.host;
  }

  get crm(): HubspotControl {
    return this.world.hubspot.control;
  }

  /** One call of the sidebar; throws AddOnError for an error reply. */
  call<N extends RpcName>(name: N, request: RpcRequest<N>): Promise<Replies[N]> {
    return this.client.call(name, request);
  }

  /** The bare function that the sidebar calls, with any text for an argument. */
  async raw(name: unknown, json: unknown): Promise<Record<string, unknown>> {
    const result = await this.host.run("rpc", [name, json]);
    if (result.outcome !== "completed") throw new Error(`rpc ${result.outcome}: ${result.error}`);
    return JSON.parse(String(result.value)) as Record<string, unknown>;
  }

  connect(token: string = this.world.hubspot.token): Promise<unknown> {
    return this.call("connection.connect", { crm: "hubspot", token });
  }

  /** People template, mapped as suggested. */
  async mapPeople(change: Partial<Draft> = {}): Promise<MappedTab> {
    await this.connect();
    const { tabId } = await this.call("template.create", { template: "people" });
    const { draft } = await this.open(tabId);
    const saved = await this.call("mapping.save", { draft: { ...draft, ...change } as Draft });
    return { mappingId: saved.mapping.id, tabId };
  }

  /** A new tab with one column for each field, from column A on; headers are the names of the fields. */
  async mapFields(fields: readonly string[], name = "Fields"): Promise<MappedTab> {
    await this.connect();
    const tabId = this.host.user.addTab(name);
    this.host.user.paste(tabId, 1, 1, [fields]);
    const { draft } = await this.open(tabId);
    const columns = draft.columns.map((column) => ({ ...column, field: column.header }));
    const saved = await this.call("mapping.save", { draft: { ...draft, columns, keyField: "email" } as Draft });
    return { mappingId: saved.mapping.id, tabId };
  }

  /** The editor on a tab that has no mapping yet. */
  open(tabId: number): Promise<Replies["editor.open"]> {
    return this.call("editor.open", {
      crm: "hubspot",
      objectType: "contacts",
      tabId,
      headerRow: null,
      mappingId: null,
    });
  }

  /** A run from start to end; a run that waits goes on only with `approval`. */
  async run(mappingId: string, direction: Direction, approval?: BundleApproval): Promise<RunView> {
    const run = await this.finish(await this.call("run.start", { mappingId, direction, preview: false }));
    if (run.phase !== "waiting" || !approval) return run;
    const { allowCreates = true, allowGuard = true, leaveOut = [] } = approval;
    return this.finish(await this.call("run.approve", { runId: run.id, allowCreates, allowGuard, leaveOut }));
  }

  /** Steps a run until it rests, waiting on the clock where it asks for it. */
  finish(run: RunView): Promise<RunView> {
    return this.client.finish(run);
  }

  /** Executions since the last call of this. */
  takeExecutions() {
    return this.client.takeExecutions();
  }

  /** Newest first. */
  history(): Promise<readonly HistoryItemView[]> {
    return this.call("history.list", { limit: 20 });
  }

  /** Cells of the used rectangle, row 1 first. */
  cells(tabId: number): readonly (readonly CellView[])[] {
    const { rows, columns } = this.host.workbook.used(tabId);
    return rows === 0 ? [] : this.host.workbook.cells(tabId, 1, 1, rows, columns);
  }

  /** Data rows below row 1, by header. */
  rows(tabId: number): readonly Readonly<Record<string, CellView>>[] {
    const [header = [], ...lines] = this.cells(tabId);
    return lines.map((line) => Object.fromEntries(line.map((cell, at) => [String(header[at]?.value ?? ""), cell])));
  }

  /** Data rows as the texts of their stored values. */
  texts(tabId: number): readonly Readonly<Record<string, string>>[] {
    return this.rows(tabId).map((row) =>
      Object.fromEntries(Object.entries(row).map(([header, cell]) => [header, String(cell.value ?? "")])),
    );
  }

  contacts(): readonly PortalRecord[] {
    return this.crm.all("contacts");
  }

  contactByEmail(email: string): PortalRecord | undefined {
    return this.contacts().find((record) => record.properties.email === email);
  }

  tabByName(name: string): number {
    const tab = this.host.workbook.tabs().find((one) => one.name === name);
    if (tab === undefined) throw new Error(`no tab ${name}`);
    return tab.id;
  }
}
