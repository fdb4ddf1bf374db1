/**
 * What the rest of the workbench (page server, demo, tests) may ask of the Apps Script emulator.
 * The emulator lives in the host thread; each execution of the bundle runs in a worker of its own.
 */

/** A cell as the workbook stores it. Dates are serial day numbers (epoch 1899-12-30, spreadsheet wall clock) in a date format. */
export type StoredValue = string | number | boolean | null;

/** One cell as it is shown to people and tools. */
export interface CellView {
  readonly value: StoredValue;
  /** What a person sees, by number format and locale. */
  readonly display: string;
  readonly formula: string | null;
  readonly numberFormat: string;
  readonly note: string | null;
  /** What was set of its look, by the names of Range's setters ("background", "fontWeight", "wrap", ...); missing: plain. */
  readonly style?: Readonly<Record<string, unknown>>;
}

/** `"bound"`: a script bound to the spreadsheet. `"add-on"`: installed editor add-on. */
export type InstallMode = "bound" | "add-on";

/** Whether a clock-triggered run of an add-on sees an active document (unsettled on the real system: both are emulated). */
export type ClockRunDocument = "active" | "none";

/** What happens to buffered, unflushed spreadsheet writes of a killed execution. */
export type UnflushedOutcome = "lost" | "kept" | "prefix";

export interface HostOptions {
  /** Text of the built bundle (dist/Code.js). */
  readonly code: string;
  /** HTML files of the script project by name without ending: { Sidebar: "<html>…" }. */
  readonly html: Readonly<Record<string, string>>;
  /** Parsed appsscript.json: scopes and urlFetchWhitelist are enforced. */
  readonly manifest: AppsScriptManifest;
  /** Real host -> origin of its sandbox, e.g. { "api.hubapi.com": "http://127.0.0.1:4010" }. Hosts not listed cannot be reached. */
  readonly hosts: Readonly<Record<string, string>>;
  readonly clock: "live" | "virtual";
  /** Start of the clock, epoch ms UTC. */
  readonly startMs?: number;
  readonly mode?: InstallMode;
  readonly clockRunDocument?: ClockRunDocument;
  readonly user?: WorkbenchUser;
  /** Scopes the user granted; default: all of the manifest. */
  readonly grantedScopes?: readonly string[];
  /** Workbook and stores to start from, as `Host.save()` returned them; default: an empty workbook with one tab. */
  readonly saved?: SavedHost;
  /** Name, IANA zone and locale of a new workbook. */
  readonly spreadsheet?: { readonly name?: string; readonly timeZone?: string; readonly locale?: string };
  readonly seed?: number;
  readonly unflushed?: UnflushedOutcome;
  /** Test deployments of an add-on refuse installable triggers. Default: false. */
  readonly testDeployment?: boolean;
  /**
   * Whether a cell formatted as text ("@") keeps a leading apostrophe as part of the text. Not known of the real Sheets:
   * both are emulated. Default: true.
   */
  readonly textCellsKeepApostrophe?: boolean;
  /** The cache may forget an item before it expires; with this switch it forgets every second one. Default: false. */
  readonly earlyCacheEviction?: boolean;
  /** Real milliseconds without a service call after which a script counts as a loop and is ended. Default: 30,000. */
  readonly cpuWatchdogMs?: number;
}

export interface AppsScriptManifest {
  readonly timeZone: string;
  readonly oauthScopes?: readonly string[];
  readonly urlFetchWhitelist?: readonly string[];
}

export interface WorkbenchUser {
  readonly email: string;
  /** "consumer" or "workspace": decides the daily quotas. */
  readonly plan: "consumer" | "workspace";
}

/** Opaque to everybody but the emulator; JSON-safe. */
export type SavedHost = { readonly version: number } & Readonly<Record<string, unknown>>;

export interface RunOptions {
  readonly authMode?: "NONE" | "LIMITED" | "FULL";
  /** What started it; default "client" (google.script.run). */
  readonly source?: "client" | "menu" | "simple-trigger" | "clock";
  /** Virtual milliseconds after which the execution is killed (default: 6 min; simple triggers 30 s). */
  readonly deadlineMs?: number;
  /** Kill before or after external call number k (1-based). */
  readonly killAt?: { readonly call: number; readonly when: "before" | "after" };
  /** Fault per external call number. */
  readonly faults?: Readonly<Record<number, Fault>>;
  /**
   * Called in the host before each external call, for example to act as the user at that very moment. It must not wait
   * for another execution: on a virtual clock everything stands still meanwhile.
   * External calls are numbered from 1 within an execution: each UrlFetch request, each write to the spreadsheet, flush,
   * each write of properties or cache, each trigger and mail call, and each lock call.
   */
  readonly beforeCall?: (call: ExternalCall) => void | Promise<void>;
}

export interface ExternalCall {
  readonly number: number;
  /** "Service.method", e.g. "Range.setValues". */
  readonly method: string;
}

export type Fault =
  | {
      readonly kind: "http-status";
      readonly status: number;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly kind: "timeout"; readonly effectApplied: boolean }
  | { readonly kind: "service-error"; readonly message: string };

export type Outcome = "completed" | "failed" | "timed-out" | "killed";

export interface ExecutionRecord {
  readonly id: number;
  readonly functionName: string;
  readonly source: string;
  readonly startedMs: number;
  /** Virtual milliseconds it took under the cost model. */
  readonly durationMs: number;
  readonly outcome: Outcome;
  /** Message of the uncaught error. */
  readonly error: string | null;
  /** Service calls by "Service.method", e.g. { "Range.setValues": 3 }. */
  readonly calls: Readonly<Record<string, number>>;
  /** Calls that read or write cells, formats or the grid. */
  readonly sheetCalls: number;
  /** UrlFetchApp requests (each element of fetchAll counts). */
  readonly fetchCalls: number;
  /** console.* and Logger lines. */
  readonly log: readonly string[];
}

export interface ExecutionResult extends ExecutionRecord {
  /** JSON value returned by the function. */
  readonly value: unknown;
}

export interface MenuItem {
  readonly kind: "item" | "separator" | "submenu";
  readonly caption?: string;
  readonly functionName?: string;
  readonly items?: readonly MenuItem[];
}

export interface MenuView {
  readonly caption: string;
  /** Add-on menus stand under Extensions. */
  readonly addon: boolean;
  readonly items: readonly MenuItem[];
}

export interface SidebarView {
  readonly id: number;
  readonly title: string;
  readonly html: string;
}

export interface TabView {
  readonly id: number;
  readonly name: string;
  readonly hidden: boolean;
  readonly rows: number;
  readonly columns: number;
  readonly frozenRows: number;
  readonly frozenColumns: number;
  /** Widths that were set, pixels by column number; missing: none. */
  readonly columnWidths?: Readonly<Record<number, number>>;
}

/** What a person does in the grid; goes straight to the workbook, and a running script sees it at its next read. */
export interface UserActions {
  /** As if typed: "=A1", "007", "1/2/2026", "'text". Row and column are 1-based. */
  typeInto(tabId: number, row: number, column: number, text: string): void;
  /** Paste of a rectangle, parsed as if typed. */
  paste(tabId: number, row: number, column: number, values: readonly (readonly string[])[]): void;
  /** Copy and paste inside the workbook: values, formats and notes travel; formulas shift. */
  copyRows(tabId: number, fromRow: number, count: number, toRow: number): void;
  clear(tabId: number, row: number, column: number, rows: number, columns: number): void;
  insertRows(tabId: number, beforeRow: number, count: number): void;
  deleteRows(tabId: number, row: number, count: number): void;
  insertColumns(tabId: number, beforeColumn: number, count: number): void;
  deleteColumns(tabId: number, column: number, count: number): void;
  moveColumns(tabId: number, column: number, count: number, beforeColumn: number): void;
  moveRows(tabId: number, row: number, count: number, beforeRow: number): void;
  hideRows(tabId: number, row: number, count: number): void;
  showRows(tabId: number, row: number, count: number): void;
  sortRows(tabId: number, firstRow: number, column: number, ascending: boolean): void;
  renameTab(tabId: number, name: string): void;
  addTab(name: string): number;
  deleteTab(tabId: number): void;
  setTabHidden(tabId: number, hidden: boolean): void;
  setNumberFormat(tabId: number, row: number, column: number, rows: number, columns: number, format: string): void;
  activateTab(tabId: number): void;
  select(tabId: number, row: number, column: number): void;
  /** Makes a copy of the file: new spreadsheet id; properties and triggers stay behind. */
  copyFile(): void;
}

/** Read access to the workbook, for page and tests. */
export interface WorkbookView {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly locale: string;
  /** Grows with every change; patches of the page are numbered by it. */
  readonly revision: number;
  tabs(): readonly TabView[];
  activeTabId(): number;
  /** Cells of a rectangle, row by row; 1-based. */
  cells(tabId: number, row: number, column: number, rows: number, columns: number): readonly (readonly CellView[])[];
  /** Last row and column with content. */
  used(tabId: number): { readonly rows: number; readonly columns: number };
}

export interface OutboxMail {
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  readonly atMs: number;
}

export interface TriggerView {
  readonly id: string;
  readonly functionName: string;
  readonly kind: "clock" | "on-edit" | "on-change" | "on-open";
  readonly nextMs: number | null;
}

export type HostEvent =
  | {
      readonly kind: "cells";
      readonly tabId: number;
      readonly row: number;
      readonly column: number;
      readonly rows: number;
      readonly columns: number;
      readonly by: "script" | "user";
    }
  | { readonly kind: "structure"; readonly by: "script" | "user" }
  | { readonly kind: "menus" }
  | { readonly kind: "sidebar"; readonly sidebar: SidebarView | null }
  | { readonly kind: "toast"; readonly title: string; readonly message: string }
  | { readonly kind: "alert"; readonly title: string; readonly message: string }
  | { readonly kind: "execution-started"; readonly id: number; readonly functionName: string }
  | { readonly kind: "execution-ended"; readonly record: ExecutionRecord }
  | { readonly kind: "selection"; readonly tabId: number; readonly row: number; readonly column: number };

export interface Host {
  readonly workbook: WorkbookView;
  readonly user: UserActions;
  /** Runs a global function of the bundle. Resolves for every outcome; rejects only for a fault of the emulator itself. */
  run(functionName: string, args?: readonly unknown[], options?: RunOptions): Promise<ExecutionResult>;
  /** Opens the file: runs onOpen in the AuthMode that the install mode implies. */
  open(): Promise<ExecutionResult>;
  menus(): readonly MenuView[];
  sidebar(): SidebarView | null;
  closeSidebar(): void;
  /** Epoch ms of the emulated clock. */
  now(): number;
  /** Moves a virtual clock and fires the triggers that fall due, in order; resolves when they have ended. */
  advance(ms: number): Promise<readonly ExecutionResult[]>;
  triggers(): readonly TriggerView[];
  outbox(): readonly OutboxMail[];
  executions(): readonly ExecutionRecord[];
  /** For tests: what a property store holds. */
  properties(store: "user" | "script" | "document"): Readonly<Record<string, string>>;
  setGrantedScopes(scopes: readonly string[]): void;
  setUser(user: WorkbenchUser): void;
  /** Answers of `Ui.alert` in order ("YES", "NO", "OK", "CANCEL", "CLOSE"); default "OK"/"YES". */
  answerAlerts(buttons: readonly string[]): void;
  setUnflushed(outcome: UnflushedOutcome): void;
  on(listener: (event: HostEvent) => void): () => void;
  /**
   * The browser comes back from an OAuth provider to `https://script.google.com/macros/d/{scriptId}/usercallback` with this
   * query: runs the function that its `state` token names; an expired or foreign state gives a failed result.
   */
  completeCallback(query: Readonly<Record<string, string>>): Promise<ExecutionResult>;
  /** Resolves when the executions that edits of the user started have ended. */
  idle(): Promise<void>;
  save(): SavedHost;
  close(): Promise<void>;
}

/** Creates an emulator. Workers are started from the compiled `build/workbench/execution-worker.mjs`. */
export type CreateHost = (options: HostOptions) => Host;
