import type { AppDeps } from "../../src/app/app-deps";
import { dispatch } from "../../src/app/dispatch";
import { scheduledRun } from "../../src/app/scheduled-run";
import type { Replies, RpcName, RpcRequest } from "../../src/contract/rpc";
import { AppWorld } from "./app-world";
import type { FakeCall, UnflushedWrites } from "./fake-grid";
import { usedSize } from "./fake-workbook";
import { CallGate, type CallPlace } from "./sync-calls";
import { fakeHand, fakePortal, toFakeFault } from "./sync-fake-people";
import { type LockReach, NumberedPorts } from "./sync-ports";
import { HUBSPOT_TRIAL } from "./sync-trial-crm";
import {
  type CrmFault,
  Killed,
  type KillPoint,
  ReplyError,
  type ShownCell,
  type TrialHand,
  type TrialPortal,
  type TrialWorld,
} from "./sync-trial-world";

/** Virtual time of one call, ms. */
const CALL_MS = { grid: 20, crm: 150 } as const;

/** Small pages and batches: a world of eight contacts takes several of each. */
const SMALL_CRM = { limits: { batchSize: 3, pageSize: 4, searchLagMs: 5_000 }, searchLagMs: 3_000 } as const;
const INDEX_PAGE = 3;

export interface SyncWorldOptions {
  /** Virtual time of one call of the CRM, ms; default 150. */
  readonly crmCallMs?: number;
  /** Clock runs have no document: they hold another lock than the sidebar's executions. Default: false. */
  readonly clockWithoutDocument?: boolean;
}

/** The whole add-on on fakes, every external call numbered, to be killed, disturbed and raced at any of them. */
export class SyncWorld implements TrialWorld {
  readonly token = "pat-eu1-test";
  readonly crm = HUBSPOT_TRIAL;
  readonly app: AppWorld;
  readonly calls: CallGate;
  readonly hand: TrialHand;
  readonly portal: TrialPortal;
  /** Who is at the keyboard. */
  user = "ann@example.com";
  readonly ports: NumberedPorts;
  /** Errors with which clock runs ended. */
  readonly lostClockRuns: string[] = [];
  private tabId = 0;

  constructor(private readonly options: SyncWorldOptions = {}) {
    this.app = new AppWorld({ crm: SMALL_CRM });
    this.app.crm.world.index.pageSize = INDEX_PAGE;
    this.calls = new CallGate(() => this.app.clock.advance(CALL_MS.grid));
    this.app.grid.hooks = {
      before: (call) => this.calls.enter(this.gridPlace(call)),
      after: () => this.calls.leave(),
    };
    this.ports = new NumberedPorts(this.app, this.calls, (options.crmCallMs ?? CALL_MS.crm) - CALL_MS.grid);
    this.hand = fakeHand(this.app.grid, () => this.tabId);
    this.portal = fakePortal(this.app.crm.world);
  }

  get unconfirmed(): TrialWorld["unconfirmed"] {
    return this.ports.unconfirmed;
  }

  async connect(): Promise<void> {
    await this.call("connection.connect", { crm: "hubspot", token: this.token });
  }

  now(): number {
    return this.app.clock.now();
  }

  async pass(ms: number): Promise<void> {
    this.app.clock.advance(ms);
  }

  async call<N extends RpcName>(name: N, request: RpcRequest<N>): Promise<Replies[N]> {
    return this.callNow(name, request);
  }

  /** As `call`, for what happens in the middle of another execution. */
  callNow<N extends RpcName>(name: N, request: RpcRequest<N>): Replies[N] {
    const reply = this.execute("document", (makeDeps) => dispatch(makeDeps, name, JSON.stringify(request)));
    if (reply.ok) return reply.value as Replies[N];
    throw new ReplyError(reply.kind, reply.code, `${reply.message} ${reply.hint}`);
  }

  async clock(): Promise<void> {
    this.clockNow();
  }

  /** As `clock`, in the middle of another execution. What goes wrong is noted for the sidebar, as the entry point does. */
  clockNow(): void {
    const reach = this.options.clockWithoutDocument ? "script" : "document";
    try {
      this.execute(reach, (makeDeps) => scheduledRun(makeDeps()));
    } catch (thrown) {
      if (thrown instanceof Killed) throw thrown;
      this.lostClockRuns.push(String(thrown));
    }
  }

  cells(tabId: number): readonly (readonly ShownCell[])[] {
    const tab = this.app.grid.stored(tabId);
    return tab.cells
      .slice(0, usedSize(tab).rows)
      .map((row) =>
        row.map(({ value, formula }) => ({ text: typeof value === "object" ? value.wall : String(value), formula })),
      );
  }

  addTab(name: string, headers: readonly string[]): number {
    this.tabId = this.app.grid.addUserTab(name, [headers], { rows: 60, columns: 20 });
    return this.tabId;
  }

  holds(text: string): boolean {
    return this.app.grid
      .storedTabs()
      .some((tab) =>
        tab.cells.some((row) => row.some(({ value, note }) => String(value).includes(text) || note.includes(text))),
      );
  }

  async close(): Promise<void> {}

  failAt(fault: CrmFault | null): void {
    const { faults } = this.app.crm;
    faults.clear();
    if (fault !== null) faults.at(faults.calls.length + fault.crmCall, toFakeFault(fault.kind));
  }

  /** An execution with dependencies of its own: nothing but file, properties and CRM outlives it. */
  private execute<T>(reach: LockReach, work: (makeDeps: () => AppDeps) => T): T {
    const { grid } = this.app;
    const run = () =>
      this.calls.execute(
        () => work(() => this.numberedDeps(reach)),
        (killed) => {
          grid.settle(killed === null ? "kept" : settled(killed, grid.unflushed()));
          if (killed !== null) this.ports.held.clear();
        },
      );
    return this.calls.busy ? grid.asOther(run) : run();
  }

  private numberedDeps(reach: LockReach): AppDeps {
    const deps = this.app.deps();
    return {
      ...deps,
      tokens: this.ports.numbered("tokens", deps.tokens, ["save", "remove"]),
      memory: this.ports.numbered("memory", deps.memory, ["save", "remove"]),
      triggers: this.ports.numbered("triggers", deps.triggers, [
        "ensureDispatcher",
        "plantContinuation",
        "remove",
        "removeContinuations",
        "removeAll",
      ]),
      user: { ...deps.user, email: () => this.user },
      lock: this.ports.lock(reach),
      connect: (...args) => this.ports.crm(deps.connect(...args)),
    };
  }

  private gridPlace({ method, tabName, kind, rect }: FakeCall): CallPlace {
    const place = { method: `grid.${method}`, writes: kind !== "read", unflushed: this.app.grid.unflushed() };
    const isAboutValues = rect !== null && (method === "readValues" || kind === "write");
    return isAboutValues ? { ...place, about: { kind: "cells", tab: tabName, ...rect } } : place;
  }
}

/** What of the unflushed writes stays. */
function settled({ unflushed }: KillPoint, writes: number): UnflushedWrites {
  if (unflushed === "lost" || unflushed === "kept") return unflushed;
  return { prefix: unflushed === "first" ? 1 : Math.floor(writes / 2) };
}
