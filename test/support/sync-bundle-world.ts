import type { Replies, RpcName, RpcReply, RpcRequest } from "../../src/contract/rpc";
import type { ExecutionResult, ExternalCall } from "../../workbench/apps-script/host-api";
import type { FaultKind } from "../../workbench/crm/fault-list";
import type { CrmSandbox } from "../../workbench/server/crm-sandbox";
import { createWorld, type World } from "../../workbench/server/world";
import { HUBSPOT_TRIAL, type TrialCrm, toCrmNames, toTrialNames } from "./sync-trial-crm";
import {
  type CrmFault,
  Killed,
  type KillPoint,
  ReplyError,
  type ShownCell,
  type TrialCall,
  type TrialCalls,
  type TrialHand,
  type TrialPortal,
  type TrialWorld,
} from "./sync-trial-world";

/** Monday, 2026-11-02 09:00 UTC. */
const START_MS = Date.UTC(2026, 10, 2, 9);

/** The built add-on in the emulated Apps Script, beside the HubSpot sandbox, on a clock that only moves when told. */
export class BundleTrialWorld implements TrialWorld {
  readonly calls = new BundleCalls();
  /** Which write nobody confirmed is known to the adapter alone. */
  readonly unconfirmed: TrialWorld["unconfirmed"] = [];
  readonly hand: TrialHand;
  readonly portal: TrialPortal;
  private tabId = 0;

  private readonly sandbox: CrmSandbox;

  private constructor(
    readonly world: World,
    readonly crm: TrialCrm,
  ) {
    const [sandbox] = world.sandboxes;
    if (sandbox === undefined) throw new Error("a world without a CRM");
    this.sandbox = sandbox;
    if (crm.name === "hubspot") world.hubspot.control.setEnrichment(false);
    this.hand = this.makeHand();
    this.portal = this.makePortal();
  }

  static async start(crm: TrialCrm = HUBSPOT_TRIAL, seed = 1): Promise<BundleTrialWorld> {
    const empty = { contacts: 0, companies: 0, searchLagMs: 3_000 };
    const world = await createWorld({ crms: [crm.name], seed, ...empty, virtual: true, startMs: START_MS });
    return new BundleTrialWorld(world, crm);
  }

  get token(): string {
    return this.world.hubspot.token;
  }

  async connect(): Promise<void> {
    await this.call("connection.connect", { crm: "hubspot", token: this.token });
  }

  now(): number {
    return this.world.host.now();
  }

  async pass(ms: number): Promise<void> {
    await this.world.host.advance(ms);
  }

  async call<N extends RpcName>(name: N, request: RpcRequest<N>): Promise<Replies[N]> {
    const result = await this.execute("rpc", [name, JSON.stringify(request)]);
    const reply = JSON.parse(String(result.value)) as RpcReply<Replies[N]>;
    if (reply.ok) return reply.value;
    throw new ReplyError(reply.kind, reply.code, `${reply.message} ${reply.hint}`);
  }

  async clock(): Promise<void> {
    await this.execute("scheduledSync", [{}]);
  }

  failAt(fault: CrmFault | null): void {
    this.sandbox.clearFaults();
    if (fault !== null) this.sandbox.fault({ ...toFaultKind(fault.kind), after: fault.crmCall - 1 });
  }

  cells(tabId: number): readonly (readonly ShownCell[])[] {
    const { workbook } = this.world.host;
    const { rows, columns } = workbook.used(tabId);
    if (rows === 0) return [];
    const cells = workbook.cells(tabId, 1, 1, rows, columns);
    return cells.map((row) => row.map(({ value, formula }) => ({ text: String(value ?? ""), formula: formula ?? "" })));
  }

  addTab(name: string, headers: readonly string[]): number {
    const { user } = this.world.host;
    this.tabId = user.addTab(name);
    user.paste(this.tabId, 1, 1, [headers]);
    return this.tabId;
  }

  holds(text: string): boolean {
    const { workbook } = this.world.host;
    return workbook.tabs().some(({ id }) => {
      const { rows, columns } = workbook.used(id);
      const cells = rows === 0 ? [] : workbook.cells(id, 1, 1, rows, columns).flat();
      return cells.some(({ value, note }) => String(value ?? "").includes(text) || (note ?? "").includes(text));
    });
  }

  close(): Promise<void> {
    return this.world.close();
  }

  private async execute(functionName: string, args: readonly unknown[]): Promise<ExecutionResult> {
    const { host } = this.world;
    const { killAt, unflushed } = this.calls.nextKill();
    host.setUnflushed(unflushed === "lost" || unflushed === "kept" ? unflushed : "prefix");
    this.calls.busy = true;
    try {
      const beforeCall = (call: ExternalCall) => this.calls.see(call);
      const result = await host.run(functionName, args, { beforeCall, ...(killAt === null ? {} : { killAt }) });
      if (result.outcome === "killed") {
        this.calls.killAt(null);
        throw new Killed();
      }
      if (result.outcome !== "completed") throw new Error(`${functionName} ${result.outcome}: ${result.error}`);
      return result;
    } finally {
      this.calls.busy = false;
    }
  }

  private makeHand(): TrialHand {
    const user = () => this.world.host.user;
    return {
      type: (row, column, text) => user().typeInto(this.tabId, row, column, text),
      formula: (row, column, formula) => {
        // In a cell that is formatted as text a formula would stay a text.
        user().setNumberFormat(this.tabId, row, column, 1, 1, "General");
        user().typeInto(this.tabId, row, column, formula);
      },
      insertRows: (beforeRow, count) => user().insertRows(this.tabId, beforeRow, count),
      deleteRows: (row, count) => user().deleteRows(this.tabId, row, count),
      sortRows: (firstRow, column, ascending) => user().sortRows(this.tabId, firstRow, column, ascending),
      moveRows: (row, count, beforeRow) => user().moveRows(this.tabId, row, count, beforeRow),
      copyRows: (fromRow, count, toRow) => user().copyRows(this.tabId, fromRow, count, toRow),
      moveColumn: (column, beforeColumn) => user().moveColumns(this.tabId, column, 1, beforeColumn),
    };
  }

  private makePortal(): TrialPortal {
    const { crm, sandbox } = this;
    const { objectType } = crm;
    return {
      create: (values) => sandbox.create(objectType, toCrmNames(crm, values)),
      update: (id, values) => sandbox.update(objectType, id, toCrmNames(crm, values)),
      archive: (id) => sandbox.archive(objectType, id),
      restore: (id) => sandbox.restore(objectType, id),
      merge: (survivorId, otherId) => sandbox.merge(objectType, survivorId, otherId),
      records: () =>
        sandbox.records(objectType).map(({ id, properties }) => ({ id, values: toTrialNames(crm, properties) })),
    };
  }
}

/** Numbers the external calls of all executions in a row; the emulator numbers those of one. */
class BundleCalls implements TrialCalls {
  busy = false;
  onCall: (call: TrialCall) => void = () => undefined;
  private calls: TrialCall[] = [];
  private kill: KillPoint | null = null;
  private readonly due = new Map<number, (() => void)[]>();
  private unflushed = 0;

  restart(): void {
    this.calls = [];
    this.kill = null;
    this.due.clear();
  }

  log(): readonly TrialCall[] {
    return this.calls;
  }

  killAt(point: KillPoint | null): void {
    this.kill = point;
  }

  breakAt(): void {
    throw new Error("service errors are tried on the fake world");
  }

  before(k: number, action: () => void): void {
    this.due.set(k, [...(this.due.get(k) ?? []), action]);
  }

  /** The kill of the next execution in its own numbers. */
  nextKill() {
    this.unflushed = 0;
    const call = (this.kill?.k ?? 0) - this.calls.length;
    const killAt = this.kill === null || call < 1 ? null : { call, when: this.kill.when };
    return { killAt, unflushed: this.kill?.unflushed ?? "kept" };
  }

  see({ method }: ExternalCall): void {
    const k = this.calls.length + 1;
    const call = { k, method, writes: !method.startsWith("Lock"), unflushed: this.unflushed };
    this.calls.push(call);
    if (method.endsWith(".flush")) this.unflushed = 0;
    else if (/^(Range|Sheet|Spreadsheet)\./.test(method)) this.unflushed += 1;
    const actions = this.due.get(k) ?? [];
    this.due.delete(k);
    for (const action of actions) action();
    this.onCall(call);
  }
}

function toFaultKind(kind: CrmFault["kind"]): FaultKind {
  switch (kind) {
    case "busy":
      return { kind: "rate-limit", policy: "secondly" };
    case "busy-untimed":
      return { kind: "status", status: 429 };
    case "token":
      return { kind: "status", status: 401 };
    case "garbled":
      return { kind: "html", status: 200 };
    case "lost-request":
      return { kind: "status", status: 502 };
    case "lost-answer":
    case "half":
      return { kind: "drop-after-effect" };
    case "late":
      return { kind: "delayed-effect", delayMs: 30_000 };
  }
}
