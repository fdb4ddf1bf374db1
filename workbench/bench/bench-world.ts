import type { Replies, RpcRequest } from "../../src/contract/rpc";
import type { RunView } from "../../src/contract/views";
import type { ExecutionRecord } from "../apps-script/host-api";
import { AddOnClient } from "../demo/add-on-client";
import { createWorld, type World } from "../server/world";

/** Ten fields of a contact, in the order of the columns. */
export const BENCH_FIELDS = [
  "email",
  "firstname",
  "lastname",
  "phone",
  "jobtitle",
  "company",
  "city",
  "country",
  "zip",
  "lifecyclestage",
] as const;

export type BenchField = (typeof BENCH_FIELDS)[number];

const ID_COLUMN = BENCH_FIELDS.length + 1;
const HOUR_MS = 3_600_000;

/** Monday, 2 November 2026, 09:00 UTC. */
const START_MS = Date.UTC(2026, 10, 2, 9);

/** Planning 100,000 rows computes for a while, on a busy machine for minutes; the counts must not depend on that. */
const WATCHDOG_MS = 30 * 60_000;

type Draft = RpcRequest<"mapping.save">["draft"];
type Schedule = RpcRequest<"schedule.save">["schedule"];

/** The built add-on beside a HubSpot sandbox of so many contacts, on a clock that only moves by what calls cost. */
export class BenchWorld {
  private readonly client: AddOnClient;
  private mappingId = "";
  tabId = 0;

  private constructor(readonly world: World) {
    this.client = new AddOnClient(world.host);
  }

  /** Starts a world and maps a sheet of ten columns; of a conflict the sheet wins. */
  static async start(contacts: number): Promise<BenchWorld> {
    const start = { contacts, companies: 0, virtual: true, startMs: START_MS };
    const bench = new BenchWorld(await createWorld({ ...start, emulator: { cpuWatchdogMs: WATCHDOG_MS } }));
    await bench.map();
    return bench;
  }

  private async map(): Promise<void> {
    const { host, hubspot } = this.world;
    await this.client.call("connection.connect", { crm: "hubspot", token: hubspot.token });
    this.tabId = host.user.addTab("People");
    host.user.paste(this.tabId, 1, 1, [BENCH_FIELDS]);
    const { draft } = await this.client.call("editor.open", {
      crm: "hubspot",
      objectType: "contacts",
      tabId: this.tabId,
      headerRow: null,
      mappingId: null,
    });
    const columns = draft.columns.map((column) => ({ ...column, field: column.header }));
    const settings = { ...draft.settings, conflicts: "sheet-wins" };
    const saved = await this.client.call("mapping.save", {
      draft: { ...draft, columns, settings, keyField: "email" } as Draft,
    });
    this.mappingId = saved.mapping.id;
  }

  /** A run by hand, approved when it waits; throws when it does not end well. */
  async run(direction: RpcRequest<"run.start">["direction"]): Promise<RunView> {
    const { client, mappingId } = this;
    let run = await client.finish(await client.call("run.start", { mappingId, direction, preview: false }));
    if (run.phase === "waiting") {
      const approval = { runId: run.id, leaveOut: [], allowCreates: true, allowGuard: true };
      run = await client.finish(await client.call("run.approve", approval));
    }
    if (run.phase !== "done") throw new Error(`the run is ${run.phase}: ${run.error?.message ?? run.doing}`);
    return run;
  }

  /** Lets the clock run the hourly sync once; gives the executions that worked on it. */
  async runByClock(): Promise<readonly ExecutionRecord[]> {
    const { host } = this.world;
    await this.schedule({ kind: "hourly", hour: 9, day: 1 });
    // The trigger comes at its own minute of the hour, and not before an hour after the last sync.
    for (let hours = 0; hours < 3; hours++) {
      const before = host.executions().length;
      await host.advance(HOUR_MS);
      const worked = host.executions().slice(before);
      if (worked.some(({ fetchCalls }) => fetchCalls > 0)) {
        await this.schedule({ kind: "off", hour: 9, day: 1 });
        return worked;
      }
    }
    throw new Error("the clock did not run the sync");
  }

  private schedule(schedule: Schedule): Promise<Replies["schedule.save"]> {
    return this.client.call("schedule.save", { mappingId: this.mappingId, schedule });
  }

  /** Record ids by row, the first row of data first. */
  ids(): readonly string[] {
    const { workbook } = this.world.host;
    const rows = workbook.used(this.tabId).rows - 1;
    return workbook.cells(this.tabId, 2, ID_COLUMN, rows, 1).map(([cell]) => String(cell?.value ?? ""));
  }

  /** A person types into a cell; `row` counts rows of data from 0. */
  type(row: number, field: BenchField, text: string): void {
    this.world.host.user.typeInto(this.tabId, row + 2, BENCH_FIELDS.indexOf(field) + 1, text);
  }

  /** Adds rows without an id below the table, filled as people fill them. */
  addRows(count: number): void {
    const { workbook, user } = this.world.host;
    const rows = Array.from({ length: count }, (_, at) => [
      `new.person.${at}@added.example.org`,
      `New${at}`,
      "Person",
      `+49 30 ${5_000_000 + at}`,
      "Added by hand",
      "Addition GmbH",
      "Berlin",
      "Germany",
      "10115",
      "",
    ]);
    user.paste(this.tabId, workbook.used(this.tabId).rows + 1, 1, rows);
  }

  /** Starts counting: forgets the requests and executions so far. */
  startCounting(): void {
    this.world.hubspot.control.clearRequests();
    this.client.takeExecutions();
  }

  takeExecutions(): readonly ExecutionRecord[] {
    return this.client.takeExecutions();
  }
}
