import { gunzipSync, gzipSync } from "node:zlib";
import { createTable } from "../../src/adapters/sheet/create-table";
import { createHistoryTab } from "../../src/adapters/sheet/history-tab";
import { createSheetSetup } from "../../src/adapters/sheet/setup/create-sheet-setup";
import { createStateTab } from "../../src/adapters/sheet/state-tab";
import type { AppDeps } from "../../src/app/app-deps";
import { dispatch } from "../../src/app/dispatch";
import type { Replies, RpcName, RpcRequest } from "../../src/contract/rpc";
import type { RunView } from "../../src/contract/views";
import type { Crm } from "../../src/ports/crm";
import type { Connection } from "../../src/ports/tokens";
import { FakeCrm, type FakeCrmOptions } from "./fake-crm";
import { FakeGrid } from "./fake-grid";
import { createIntlZone } from "./intl-zone";
import { createManualClock } from "./manual-clock";

/** Made once: reading the zone's data takes longer than most calls. */
const BERLIN = createIntlZone("Europe/Berlin");

export interface AppWorldOptions {
  readonly contacts?: number;
  readonly seed?: number;
  readonly user?: string;
  /** Virtual time that each call of the CRM takes, ms; default 0. */
  readonly crmCallMs?: number;
  /** Limits and habits of the CRM. */
  readonly crm?: Pick<FakeCrmOptions, "limits" | "searchLagMs" | "skewMs">;
}

/** The whole add-on on fakes, in one process: what the sidebar calls, without Google and without HTTP. */
export class AppWorld {
  readonly clock = createManualClock();
  readonly grid = new FakeGrid({ id: "file-1", name: "People", timeZone: "Europe/Berlin" });
  readonly crm: FakeCrm;
  readonly connections = new Map<string, Connection>();
  readonly memory = new Map<string, string>();
  readonly mails: { subject: string; body: string }[] = [];
  readonly triggers = new Map<string, "dispatcher" | "continuation">();
  private readonly user: string;
  private readonly crmCallMs: number;
  private ids = 0;

  constructor(options: AppWorldOptions = {}) {
    const { contacts = 0, seed = 1 } = options;
    this.crm = new FakeCrm({ clock: this.clock, contacts, seed, ...options.crm });
    this.user = options.user ?? "ann@example.com";
    this.crmCallMs = options.crmCallMs ?? 0;
  }

  /** A copy of the spreadsheet, opened by the same person with the same connection. Nobody's clock runs it. */
  copyFile(id: string): AppWorld {
    const copy: AppWorld = Object.create(AppWorld.prototype);
    return Object.assign(copy, this, { grid: this.grid.copyFile(id), triggers: new Map(), ids: this.ids + 1_000 });
  }

  /** Dependencies of one execution: nothing but properties, sheet and CRM outlives it. */
  deps(): AppDeps {
    const zone = BERLIN;
    const codec = {
      pack: (text: string) => gzipSync(text).toString("base64"),
      unpack: (packed: string) => gunzipSync(Buffer.from(packed, "base64")).toString(),
    };
    return {
      grid: this.grid,
      setup: createSheetSetup(this.grid),
      store: createStateTab(this.grid, codec),
      history: createHistoryTab(this.grid, zone),
      tokens: {
        read: (crm) => this.connections.get(crm) ?? null,
        save: (connection) => this.connections.set(connection.crm, connection),
        remove: (crm) => this.connections.delete(crm),
      },
      memory: {
        read: (key) => this.memory.get(key) ?? null,
        save: (key, value) => this.memory.set(key, value),
        remove: (key) => this.memory.delete(key),
        keys: (prefix) => [...this.memory.keys()].filter((key) => key.startsWith(prefix)),
      },
      clock: this.clock,
      lock: { hold: (_waitMs, work) => work() },
      log: { info: () => undefined, error: () => undefined },
      user: { email: () => this.user, missingScopes: () => [] },
      notices: {
        toast: () => undefined,
        mail: (subject, body) => {
          this.mails.push({ subject, body });
          return true;
        },
      },
      triggers: {
        dispatcherId: () => [...this.triggers].find(([, kind]) => kind === "dispatcher")?.[0] ?? null,
        ensureDispatcher: () => this.plant("dispatcher"),
        plantContinuation: () => this.plant("continuation"),
        remove: (id) => this.triggers.delete(id),
        removeContinuations: () => {
          for (const [id, kind] of this.triggers) if (kind === "continuation") this.triggers.delete(id);
        },
        removeAll: () => this.triggers.clear(),
      },
      zone,
      connect: () => this.slowCrm(),
      table: (mapping) => createTable(this.grid, mapping),
      newId: () => `id${++this.ids}`,
    };
  }

  /** The fake CRM with a clock that moves at each call. */
  private slowCrm(): Crm {
    return new Proxy<Crm>(this.crm, {
      get: (crm, name: keyof Crm) => {
        const member = crm[name];
        if (typeof member !== "function" || name === "now") return member;
        return (...args: unknown[]) => {
          this.clock.advance(this.crmCallMs);
          return Reflect.apply(member, crm, args);
        };
      },
    });
  }

  private plant(kind: "dispatcher" | "continuation"): string {
    const id = `trigger-${kind}-${++this.ids}`;
    this.triggers.set(id, kind);
    return id;
  }

  /** One call of the sidebar as an execution of its own; throws with the code of an error reply. */
  call<N extends RpcName>(name: N, request: RpcRequest<N>): Replies[N] {
    const reply = dispatch(() => this.deps(), name, JSON.stringify(request));
    if (reply.ok) return reply.value as Replies[N];
    throw new Error(`${reply.code}: ${reply.message} ${reply.hint}`);
  }

  connect(): void {
    this.call("connection.connect", { crm: "hubspot", token: "pat-eu1-test" });
  }

  /** People template, mapped as suggested; gives mapping and tab id. */
  mapPeople(change: Partial<RpcRequest<"mapping.save">["draft"]> = {}): { mappingId: string; tabId: number } {
    if (this.connections.size === 0) this.connect();
    const { tabId } = this.call("template.create", { template: "people" });
    const editor = this.call("editor.open", {
      crm: "hubspot",
      objectType: "contacts",
      tabId,
      headerRow: null,
      mappingId: null,
    });
    const draft = { ...editor.draft, ...change } as RpcRequest<"mapping.save">["draft"];
    const saved = this.call("mapping.save", { draft });
    return { mappingId: saved.mapping.id, tabId };
  }

  /** A run from start to end, in as many slices as it takes; waits for approval unless `approve` is given. */
  run(
    mappingId: string,
    direction: "pull" | "push" | "both",
    approve?: { allowCreates?: boolean; allowGuard?: boolean; leaveOut?: string[] },
  ): RunView {
    let run = this.finish(this.call("run.start", { mappingId, direction, preview: false }));
    if (run.phase === "waiting" && approve) {
      const { allowCreates = true, allowGuard = true, leaveOut = [] } = approve;
      run = this.finish(this.call("run.approve", { runId: run.id, allowCreates, allowGuard, leaveOut }));
    }
    return run;
  }

  finish(started: RunView): RunView {
    let run = started;
    for (let slice = 0; slice < 200 && !["waiting", "done", "failed", "cancelled"].includes(run.phase); slice++) {
      if (run.resumeAtMs !== null) this.clock.set(Math.max(run.resumeAtMs, this.clock.now()));
      run = this.call("run.step", { runId: run.id });
    }
    return run;
  }

  /** Data rows of a tab as text by header, the record id included. */
  rows(tabId: number, headerRow = 1): Record<string, string>[] {
    const tab = this.grid.tab(tabId);
    if (!tab) throw new Error(`no tab ${tabId}`);
    const { usedRows, usedColumns } = tab.size();
    const values = tab.readValues({ row: 1, column: 1, rows: Math.max(usedRows, 1), columns: usedColumns });
    const headers = values[headerRow - 1] ?? [];
    return values
      .slice(headerRow)
      .map((line) =>
        Object.fromEntries(
          line.map((value, at) => [String(headers[at]), typeof value === "object" ? value.wall : String(value)]),
        ),
      );
  }
}
