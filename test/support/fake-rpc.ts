import type { Replies, RpcName, RpcReply, RpcRequest } from "../../src/contract/rpc";
import type {
  AppView,
  EditorView,
  HistoryItemView,
  MappingIssue,
  PlanItemView,
  PlanKind,
  PlanView,
  RunView,
} from "../../src/contract/views";
import {
  APP,
  editorOf,
  HISTORY,
  ITEM_COUNTS,
  LOSERS,
  MESSAGES,
  NO_TOTALS,
  PLAN,
  planItem,
  RUN,
  TOTALS,
  UNDO_PLAN,
} from "./fake-rpc-data";

/** How the fake server stands, as plain JSON: a test hands it to the page. */
export interface FakeServerSetup {
  readonly app?: AppView;
  readonly columns?: number;
  readonly editor?: Partial<EditorView>;
  readonly plan?: PlanView;
  readonly history?: readonly HistoryItemView[];
  /** Steps that each phase takes. */
  readonly steps?: number;
  readonly failedRun?: boolean;
  /** A finished run leaves that many open and has no errors. */
  readonly openConflicts?: number;
  /** Milliseconds from now to which the first step asks to wait. */
  readonly pauseMs?: number;
  readonly delayMs?: number;
  /** What every item of a plan is called, instead of names of its own. */
  readonly titles?: string;
  /** What calls of a name answer instead: an error, "lost" (Google's failure handler) or "never". The first n times only. */
  readonly faults?: Readonly<Partial<Record<RpcName, FakeFault>>>;
}

/** A call that goes wrong. */
export interface FakeFault {
  readonly what: "lost" | "never" | { readonly kind: string; readonly message: string; readonly hint: string };
  readonly times?: number;
}

/** A call as the server saw it. */
export interface SeenCall {
  readonly name: RpcName;
  readonly request: unknown;
}

/** The scripted server behind `google.script.run.rpc`. */
export interface FakeServer {
  readonly calls: SeenCall[];
  /** The reply, "lost" or "never". */
  answer(name: RpcName, json: string): RpcReply<unknown> | "lost" | "never";
  /** Someone changes the file elsewhere: in the sheet, or by the menu. */
  change(part: Partial<AppView>): void;
}

/** A server that plays every call of the contract. */
export function createFakeServer(setup: FakeServerSetup): FakeServer {
  const calls: SeenCall[] = [];
  const faultsUsed = new Map<RpcName, number>();
  const world = new FakeFile(setup);
  return {
    calls,
    change: (part) => world.change(part),
    answer: (name, json) => {
      const request: unknown = JSON.parse(json);
      calls.push({ name, request });
      const fault = setup.faults?.[name];
      const used = faultsUsed.get(name) ?? 0;
      if (fault && used < (fault.times ?? Number.POSITIVE_INFINITY)) {
        faultsUsed.set(name, used + 1);
        if (fault.what === "lost" || fault.what === "never") return fault.what;
        return { ok: false, code: "fake", ...fault.what };
      }
      return { ok: true, value: world.handlers[name](request as never) };
    },
  };
}

type Handlers = { readonly [N in RpcName]: (request: RpcRequest<N>) => Replies[N] };

/** The file that the fake server serves. */
class FakeFile {
  private app: AppView;
  private run: RunView | null;
  private steps = 0;
  private preview = false;
  private paused = false;

  constructor(private readonly setup: FakeServerSetup) {
    this.app = setup.app ?? APP;
    this.run = this.app.run;
  }

  readonly handlers: Handlers = {
    "app.state": () => ({ ...this.app, run: this.run }),
    "connection.connect": ({ crm }) => {
      const connection = { crm, accountId: "1450001", accountName: "Nordlicht GmbH (portal 1450001, eu1)" };
      const connections = [{ ...connection, connectedAtMs: Date.now() }];
      this.app = { ...this.app, connections };
      return { ...connection, connectedAtMs: Date.now() };
    },
    "connection.disconnect": () => {
      this.app = { ...this.app, connections: [] };
      return this.app;
    },
    "template.create": ({ template }) => {
      const isPeople = template === "people";
      const tabName = isPeople ? "People" : "Companies";
      return { kind: template, tabId: 21, tabName, objectType: isPeople ? "contacts" : "companies" };
    },
    "objects.list": () => [
      { type: "contacts", label: "Contact", pluralLabel: "Contacts" },
      { type: "companies", label: "Company", pluralLabel: "Companies" },
    ],
    "editor.open": ({ headerRow, mappingId, tabId }) => {
      const view = { ...editorOf(this.setup.columns ?? 8), ...this.setup.editor };
      return { ...view, draft: { ...view.draft, id: mappingId, tabId, headerRow: headerRow ?? 1 } };
    },
    "editor.check": ({ draft }) => ({ issues: checkDraft(draft) }),
    "mapping.save": ({ draft }) => {
      const base = this.app.mappings[0] ?? APP.mappings[0];
      if (!base) throw new Error("no mapping to go by");
      const { name, direction } = draft;
      const kept = draft.id === null ? { id: "m-new", state: "never" as const } : { id: draft.id };
      const mapping = { ...base, ...kept, name, direction };
      this.app = { ...this.app, mappings: [mapping, ...this.app.mappings.filter(({ id }) => id !== mapping.id)] };
      return { mapping, issues: [] };
    },
    "mapping.remove": ({ mappingId }) => {
      this.app = { ...this.app, mappings: this.app.mappings.filter(({ id }) => id !== mappingId) };
      return this.app;
    },
    "schedule.save": ({ mappingId, schedule }) => {
      const old = this.app.mappings.find(({ id }) => id === mappingId);
      if (!old) throw new Error(`no mapping ${mappingId}`);
      const owner = schedule.kind === "off" ? "" : this.app.user;
      const mapping = { ...old, schedule: { ...old.schedule, ...schedule, owner } };
      this.app = { ...this.app, mappings: this.app.mappings.map((one) => (one.id === mappingId ? mapping : one)) };
      return mapping;
    },
    "run.start": ({ mappingId, direction, preview }) => {
      this.preview = preview;
      this.steps = 0;
      const mappingName = this.app.mappings.find(({ id }) => id === mappingId)?.name ?? "People";
      return this.keep({ ...RUN, mappingId, mappingName, direction });
    },
    "run.step": () => (this.current().phase === "waiting" ? this.current() : this.step()),
    "run.approve": () => {
      this.preview = false;
      this.steps = 0;
      return this.keep({ ...this.current(), phase: "applying", doing: "Writing to HubSpot", done: 0, total: 91 });
    },
    "run.cancel": () => {
      const cancelled: RunView = { ...this.current(), phase: "cancelled", doing: "Cancelled" };
      this.run = null;
      return cancelled;
    },
    "plan.page": ({ kind, offset, limit }) => {
      const plan = this.current().plan ?? this.setup.plan ?? PLAN;
      const total = plan.counts[ITEM_COUNTS[kind]];
      const length = Math.max(0, Math.min(limit, total - offset));
      return { total, items: Array.from({ length }, (_, index) => this.item(kind, offset + index)) };
    },
    "history.list": () => this.setup.history ?? HISTORY,
    "history.show": () => ({ shown: true }),
    "undo.start": ({ runId }) => {
      this.preview = true;
      this.steps = 0;
      return this.keep({ ...RUN, id: "run-undo", undoOf: runId });
    },
    "undo.losers": () => LOSERS,
    "sheet.select": () => ({ selected: true }),
    "file.remove": () => {
      this.app = { ...this.app, mappings: [], connections: [] };
      return { removed: ["1 clock trigger", "2 hidden tabs", "9 column marks", "Your HubSpot key"] };
    },
  };

  change(part: Partial<AppView>): void {
    this.app = { ...this.app, ...part };
  }

  private item(kind: PlanKind, index: number): PlanItemView {
    const item = planItem(kind, index);
    return { ...item, title: this.setup.titles ?? item.title };
  }

  private current(): RunView {
    return this.run ?? RUN;
  }

  private keep(run: RunView): RunView {
    this.run = run;
    return run;
  }

  private step(): RunView {
    const run = this.current();
    const perPhase = this.setup.steps ?? 2;
    if (this.setup.pauseMs !== undefined && !this.paused) {
      this.paused = true;
      return this.keep({ ...run, done: 200, total: 1_310, resumeAtMs: Date.now() + this.setup.pauseMs });
    }
    this.steps += 1;
    const total = run.phase === "applying" ? 91 : 1_310;
    const done = Math.floor((total * this.steps) / perPhase);
    if (this.steps < perPhase) return this.keep({ ...run, done, total, resumeAtMs: null });
    this.steps = 0;
    return run.phase === "applying" ? this.finish(run) : this.planned(run);
  }

  private planned(run: RunView): RunView {
    const plan = run.undoOf === null ? (this.setup.plan ?? PLAN) : UNDO_PLAN;
    if (!this.preview && plan.guard.length === 0) {
      return this.keep({ ...run, phase: "applying", doing: "Writing to HubSpot", done: 0, total: 91, plan });
    }
    return this.keep({ ...run, phase: "waiting", doing: "", plan, done: 0, total: 0, resumeAtMs: null });
  }

  private finish(run: RunView): RunView {
    this.run = null;
    if (this.setup.failedRun) {
      const error = {
        kind: "auth",
        code: "token-refused",
        message: "HubSpot does not accept the key any more.",
        hint: "Make a new service key and connect again. What was written stays written.",
      };
      return { ...run, phase: "failed", totals: { ...NO_TOTALS, processed: 20, successes: 20, updated: 20 }, error };
    }
    const { openConflicts } = this.setup;
    if (run.undoOf !== null) {
      const totals = {
        ...NO_TOTALS,
        processed: 92,
        successes: 91,
        skipped: 1,
        updated: 62,
        archived: 3,
        rowsRemoved: 4,
      };
      return { ...run, phase: "done", doing: "Done", totals, messages: MESSAGES.slice(-1) };
    }
    if (openConflicts !== undefined) {
      const totals = { ...TOTALS, errors: 0, successes: TOTALS.processed - TOTALS.skipped };
      return { ...run, phase: "done", doing: "Done", totals, openConflicts };
    }
    return { ...run, phase: "done", doing: "Done", totals: TOTALS, messages: MESSAGES, done: 91, total: 91 };
  }
}

/** Two of the checks a server makes: enough to see problems come and go. */
function checkDraft(draft: RpcRequest<"editor.check">["draft"]): readonly MappingIssue[] {
  const seen = new Map<string, number>();
  return draft.columns.flatMap(({ field, column }): MappingIssue[] => {
    if (field === null) return [];
    const first = seen.get(field);
    seen.set(field, column);
    if (first === undefined) return [];
    return [{ level: "problem", column, message: `“${field}” is in another column already. Choose one of them.` }];
  });
}
