import { ERROR_TEXTS } from "./error-texts";
import { checkCode } from "./host/check-code";
import { fromClient } from "./host/client-call";
import { ClientSlots } from "./host/client-slots";
import { createDispatch } from "./host/dispatch-call";
import { DocumentTriggers } from "./host/document-triggers";
import { Execution, type ExecutionStart } from "./host/execution";
import { ExecutionRunner } from "./host/execution-runner";
import { createLiveClock, createVirtualClock } from "./host/host-clock";
import { HostState } from "./host/host-state";
import { LockTable } from "./host/lock-table";
import { loadHost, saveHost } from "./host/save-host";
import { createScheduler } from "./host/scheduler";
import { type Trigger, toTriggerView } from "./host/trigger";
import { TriggerClock, triggerRefusal } from "./host/trigger-clock";
import { createUserActions } from "./host/user-actions";
import { createWorkbookView } from "./host/workbook-view";
import { createWorkerPool } from "./host/worker-pool";
import type { CreateHost, ExecutionResult, Host, HostOptions, RunOptions } from "./host-api";
import { type Json, TYPE_TAG } from "./json";
import { EXECUTION_DEADLINE_MS, MAX_SIMULTANEOUS_EXECUTIONS, SIMPLE_TRIGGER_DEADLINE_MS } from "./limits";
import { allMethods } from "./services/all-methods";
import { enumWire, spreadsheetWire } from "./services/wire-objects";

/** Creates an emulator of Apps Script with one open spreadsheet. */
export const createHost: CreateHost = (options) => new EmulatedHost(options).api();

class EmulatedHost {
  private readonly state: HostState;
  private readonly runner: ExecutionRunner;
  private readonly triggerClock: TriggerClock;
  private readonly clientSlots = new ClientSlots();
  private readonly documentTriggers: DocumentTriggers;
  private readonly pool;

  constructor(options: HostOptions) {
    const { globals } = checkCode(options.code);
    const clock =
      options.clock === "virtual" ? createVirtualClock(options.startMs ?? 0) : createLiveClock(options.startMs);
    this.state = new HostState(options, clock);
    loadHost(this.state);
    const scheduler = createScheduler(clock, (fault) => {
      throw fault;
    });
    this.state.connectLocks(new LockTable(scheduler, clock));
    this.pool = createWorkerPool(options.code);
    const dispatch = createDispatch(this.state, allMethods);
    this.runner = new ExecutionRunner({ state: this.state, scheduler, pool: this.pool, dispatch });
    this.triggerClock = new TriggerClock(this.state, scheduler, (trigger, args) => this.fire(trigger, args));
    this.documentTriggers = new DocumentTriggers({
      state: this.state,
      globals,
      start: (functionName, args, runOptions) => this.start(functionName, args, runOptions),
      fire: (trigger, args) => this.fire(trigger, args),
    });
  }

  api(): Host {
    const { state } = this;
    return {
      workbook: createWorkbookView(state),
      user: createUserActions(state, this.documentTriggers),
      run: (functionName, args = [], options = {}) => this.run(functionName, args, options),
      open: () => this.open(),
      menus: () => state.ui.menus,
      sidebar: () => state.ui.sidebar,
      closeSidebar: () => {
        state.ui.sidebar = null;
        state.emit({ kind: "sidebar", sidebar: null });
      },
      now: () => Math.floor(state.clock.now()),
      advance: (ms) => this.triggerClock.advance(ms),
      triggers: () => state.triggers.map(toTriggerView),
      outbox: () => state.outbox,
      executions: () => state.executions,
      properties: (store) => this.properties(store),
      setGrantedScopes: (scopes) => state.setGrantedScopes(scopes),
      setUser: (user) => {
        state.user = user;
      },
      answerAlerts: (buttons) => state.ui.answerAlerts(buttons),
      setUnflushed: (outcome) => {
        state.unflushed = outcome;
      },
      on: (listener) => state.on(listener),
      completeCallback: (query) => this.completeCallback(query),
      idle: () => this.documentTriggers.idle(),
      save: () => saveHost(state),
      close: () => this.close(),
    };
  }

  private run(functionName: string, args: readonly unknown[], options: RunOptions): Promise<ExecutionResult> {
    if ((options.source ?? "client") !== "client") {
      return this.start(functionName, args as readonly Json[], options);
    }
    const checked = fromClient(functionName, args);
    if (checked.kind === "refused") {
      return Promise.resolve(this.refuse(functionName, options, checked.message));
    }
    return this.clientSlots.hold(() => this.start(functionName, checked.args, options));
  }

  private start(
    functionName: string,
    args: readonly Json[],
    options: RunOptions,
    fixed: Partial<ExecutionStart> = {},
  ): Promise<ExecutionResult> {
    const { state } = this;
    const source = options.source ?? "client";
    const authMode = options.authMode ?? "FULL";
    if (this.runner.size >= MAX_SIMULTANEOUS_EXECUTIONS) {
      return Promise.resolve(this.refuse(functionName, options, ERROR_TEXTS.tooManyExecutions));
    }
    if (authMode === "FULL" && source !== "clock") {
      state.enabledFiles.add(state.openFileId);
    }
    const deadlineMs = source === "simple-trigger" ? SIMPLE_TRIGGER_DEADLINE_MS : EXECUTION_DEADLINE_MS;
    return this.runner.run({
      id: state.nextExecutionId++,
      functionName,
      args,
      source,
      authMode,
      user: state.user,
      fileId: source === "clock" ? this.clockFile(state.openFileId) : state.openFileId,
      startedMs: state.clock.now(),
      deadlineMs: options.deadlineMs ?? deadlineMs,
      options,
      ...fixed,
    });
  }

  /** Document of a clock run: settled for bound scripts, switchable for add-ons. */
  private clockFile(fileId: string): string | null {
    const hasDocument = this.state.mode === "bound" || (this.state.options.clockRunDocument ?? "active") === "active";
    return hasDocument ? fileId : null;
  }

  /** A run that does not come about: it is recorded all the same. */
  private refuse(functionName: string, options: RunOptions, message: string): ExecutionResult {
    const { state } = this;
    const execution = new Execution({
      id: state.nextExecutionId++,
      functionName,
      args: [],
      source: options.source ?? "client",
      authMode: options.authMode ?? "FULL",
      user: state.user,
      fileId: null,
      startedMs: state.clock.now(),
      deadlineMs: 0,
      options,
    });
    const record = execution.record("failed", message);
    state.executions.push(record);
    state.emit({ kind: "execution-ended", record });
    return { ...record, value: null };
  }

  private async open(): Promise<ExecutionResult> {
    const { state } = this;
    state.ui.menus = [];
    const limited = state.mode === "bound" || state.enabledFiles.has(state.openFileId);
    const authMode = limited ? "LIMITED" : "NONE";
    const event: Json = {
      authMode: enumWire("AuthMode", authMode),
      user: { [TYPE_TAG]: "User", email: "" },
      ...(limited ? { source: spreadsheetWire(state.openFile()) } : {}),
    };
    const result = await this.start("onOpen", [event], { source: "simple-trigger", authMode });
    if (result.outcome !== "completed") {
      // A throw in onOpen leaves the add-on without a menu.
      state.ui.menus = [];
      state.emit({ kind: "menus" });
    }
    for (const trigger of this.documentTriggers.installed("on-open")) {
      await this.fire(trigger, [event]);
    }
    return result;
  }

  private fire(trigger: Trigger, args: readonly Json[]): Promise<ExecutionResult> {
    const refusal = triggerRefusal(this.state, trigger);
    if (refusal !== null) {
      return Promise.resolve(this.refuse(trigger.functionName, { source: "clock" }, refusal));
    }
    const fileId = trigger.kind === "clock" ? this.clockFile(trigger.fileId) : trigger.fileId;
    return this.start(trigger.functionName, args, { source: "clock" }, { user: trigger.user, fileId });
  }

  private properties(store: "user" | "script" | "document"): Readonly<Record<string, string>> {
    const keys = {
      user: `user:${this.state.user.email}`,
      script: "script",
      document: `document:${this.state.openFileId}`,
    };
    return Object.fromEntries(this.state.properties.store(keys[store]));
  }

  private completeCallback(query: Readonly<Record<string, string>>): Promise<ExecutionResult> {
    const { state } = this;
    const token = state.stateTokens.get(query.state ?? "");
    const isGood = token !== undefined && token.email === state.user.email && token.expiresMs >= state.clock.now();
    if (!isGood) {
      return Promise.resolve(this.refuse("usercallback", { source: "menu" }, ERROR_TEXTS.stateTokenRefused));
    }
    const parameter = { ...token.args, ...query };
    const parameters = Object.fromEntries(Object.entries(parameter).map(([name, value]) => [name, [value]]));
    return this.start(token.method, [{ parameter, parameters }], { source: "menu" });
  }

  private async close(): Promise<void> {
    this.triggerClock.stop();
    this.runner.stop();
    await this.pool.close();
  }
}
