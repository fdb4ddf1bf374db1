/**
 * What the server shows to the sidebar: plain JSON, times as epoch milliseconds, no secrets. Values of cells and records
 * are already text for people.
 */

export type Direction = "pull" | "push" | "both";
export type BlankPolicy = "keep" | "clear";
export type CrmName = "hubspot" | "salesforce";

export interface ConnectionView {
  readonly crm: CrmName;
  readonly accountId: string;
  /** Name for people, e.g. "Acme GmbH (portal 145…, eu1)". */
  readonly accountName: string;
  readonly connectedAtMs: number;
}

export interface TabView {
  readonly id: number;
  readonly name: string;
  readonly active: boolean;
  readonly empty: boolean;
}

export interface ScheduleView {
  readonly kind: "off" | "hourly" | "daily" | "weekly";
  /** 0..23 in the spreadsheet's zone; daily and weekly. */
  readonly hour: number;
  /** 1 Monday … 7 Sunday; weekly. */
  readonly day: number;
  readonly timeZone: string;
  /** E-mail of the user whose clock runs it; "" when off or unknown. */
  readonly owner: string;
  readonly lastRunMs: number | null;
  readonly nextRunMs: number | null;
  /** When the clock last came for this file, due or not; null: never, or it is another person's clock. */
  readonly clockMs: number | null;
  /** Why the clock cannot run, with the way out; "" when it can. */
  readonly problem: string;
}

export interface MappingSummary {
  readonly id: string;
  readonly name: string;
  readonly crm: CrmName;
  readonly objectType: string;
  readonly objectLabel: string;
  readonly tabId: number;
  readonly tabName: string;
  readonly direction: Direction;
  readonly columnCount: number;
  /** Short state: "never", "in-step", "errors", "conflicts", "needs-approval", "broken", "other-account". */
  readonly state: "never" | "in-step" | "errors" | "conflicts" | "needs-approval" | "broken" | "other-account";
  /** One sentence about the state. */
  readonly stateText: string;
  readonly lastRunMs: number | null;
  readonly openConflicts: number;
  /** Run whose plan waits for a decision, a preview left open included; null: none. */
  readonly waitingRunId: string | null;
  readonly schedule: ScheduleView;
}

export interface AppView {
  readonly fileName: string;
  readonly timeZone: string;
  readonly user: string;
  readonly connections: readonly ConnectionView[];
  readonly tabs: readonly TabView[];
  readonly mappings: readonly MappingSummary[];
  /** A run that is not finished: the sidebar goes on with it. */
  readonly run: RunView | null;
  /** Things that are off because a permission was not granted, a sentence each. */
  readonly notices: readonly string[];
}

export interface ObjectView {
  readonly type: string;
  readonly label: string;
  readonly pluralLabel: string;
}

export interface FieldView {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly group: string;
  readonly readOnly: boolean;
  readonly required: boolean;
  readonly unique: boolean;
  readonly custom: boolean;
  readonly optionCount: number;
}

export interface ColumnView {
  /** 1-based. */
  readonly column: number;
  /** "A", "AB". */
  readonly letter: string;
  readonly header: string;
  /** Up to three values as people see them. */
  readonly samples: readonly string[];
  /** The add-on's own column. */
  readonly role: "data" | "record-id" | "status";
}

/** One column of the mapping editor. `field` null: not mapped. */
export interface ColumnDraft {
  readonly column: number;
  readonly header: string;
  readonly field: string | null;
  readonly direction: Direction;
  readonly blank: BlankPolicy;
  /** How sure a suggestion is; "none": not suggested, chosen or left out by hand. */
  readonly suggestion: "sure" | "likely" | "none";
}

export type ConflictPolicy = "ask" | "sheet-wins" | "crm-wins" | "newest-wins";
export type GonePolicy = "mark" | "remove-row" | "unlink";
export type RemovedRowPolicy = "leave" | "bring-back" | "archive";

/** Limits above which a run asks; shares 0..1 of what is linked or filled. */
export interface GuardLimitsView {
  readonly deleteShare: number;
  readonly deleteFloor: number;
  readonly clearShare: number;
  readonly clearFloor: number;
  readonly changeShare: number;
  readonly changeFloor: number;
  readonly createMax: number;
  readonly createShare: number;
  readonly createFloor: number;
}

export interface MappingSettings {
  readonly conflicts: ConflictPolicy;
  readonly gone: GonePolicy;
  readonly removedRows: RemovedRowPolicy;
  readonly guard: GuardLimitsView;
  readonly notify: { readonly onApproval: boolean; readonly onErrors: boolean };
}

export interface MappingDraft {
  /** null: new. */
  readonly id: string | null;
  readonly name: string;
  readonly crm: CrmName;
  readonly objectType: string;
  readonly tabId: number;
  readonly headerRow: number;
  readonly direction: Direction;
  readonly keyField: string | null;
  readonly columns: readonly ColumnDraft[];
  readonly settings: MappingSettings;
}

/** A problem keeps a mapping from being saved; a warning does not. `column` 0: the mapping as a whole. */
export interface MappingIssue {
  readonly level: "problem" | "warning";
  readonly column: number;
  readonly message: string;
}

export interface EditorView {
  readonly draft: MappingDraft;
  readonly columns: readonly ColumnView[];
  readonly fields: readonly FieldView[];
  /** Names of fields that may be the key, best first. */
  readonly keyFields: readonly string[];
  /** Policies and limits of a new mapping. */
  readonly defaults: MappingSettings;
  readonly issues: readonly MappingIssue[];
}

export interface GuardView {
  readonly kind: string;
  readonly message: string;
  /** How many are allowed without asking. */
  readonly limit: number;
}

export interface PlanCountsView {
  readonly rows: number;
  readonly records: number;
  readonly creates: number;
  readonly updates: number;
  readonly clears: number;
  readonly appends: number;
  readonly rowWrites: number;
  readonly cellWrites: number;
  readonly links: number;
  readonly archives: number;
  readonly removedRows: number;
  readonly unlinks: number;
  readonly restoredRows: number;
  readonly conflicts: number;
  readonly errors: number;
  readonly notes: number;
  readonly ignoredRows: number;
  readonly unchanged: number;
}

export interface PlanView {
  readonly counts: PlanCountsView;
  readonly guard: readonly GuardView[];
  readonly firstSync: boolean;
  /** Nothing to write on either side. */
  readonly empty: boolean;
  /** The run would write more than is kept for taking it back. */
  readonly tooLargeToUndo: boolean;
}

/** A change of one cell or field, for the preview. */
export interface ChangeView {
  readonly field: string;
  readonly label: string;
  readonly from: string;
  readonly to: string;
  /** Why, in a few words: "changed in the sheet". */
  readonly reason: string;
}

export type PlanKind =
  | "create"
  | "update"
  | "archive"
  | "append-row"
  | "write-cells"
  | "link"
  | "unlink"
  | "remove-row"
  | "restore-row"
  | "conflict"
  | "error"
  | "note";

/** A side of a conflict. */
export type ConflictSide = "sheet" | "crm";

/** Both values of a conflict, as people read them, with what both sides held before. */
export interface ConflictView {
  readonly recordId: string;
  readonly field: string;
  readonly sheet: string;
  readonly crm: string;
  /** null: the two sides were never in step. */
  readonly base: string | null;
  /** When each side changed: after `from`, at the other at the latest, epoch ms; null: unknown. */
  readonly sheetFromMs: number | null;
  readonly sheetMs: number | null;
  readonly crmFromMs: number | null;
  readonly crmMs: number | null;
  /** Sides that may win: a column that goes one way only can be settled one way only. */
  readonly winners: readonly ConflictSide[];
}

export interface PlanItemView {
  /** Operation id (leave-out) or "" for findings. */
  readonly id: string;
  readonly kind: PlanKind;
  readonly title: string;
  readonly rowNumber: number | null;
  readonly changes: readonly ChangeView[];
  /** Sentence for findings. */
  readonly message: string;
  /** Kind "conflict" only. */
  readonly conflict: ConflictView | null;
}

export interface PlanPageView {
  readonly total: number;
  readonly items: readonly PlanItemView[];
}

export interface RunTotalsView {
  readonly processed: number;
  readonly successes: number;
  readonly errors: number;
  readonly skipped: number;
  readonly created: number;
  readonly updated: number;
  readonly appended: number;
  readonly cellsWritten: number;
  readonly linked: number;
  readonly archived: number;
  readonly rowsRemoved: number;
}

export interface RunMessageView {
  readonly severity: "error" | "note";
  readonly title: string;
  readonly rowNumber: number | null;
  readonly field: string;
  readonly message: string;
}

export type RunPhase = "reading" | "planning" | "waiting" | "applying" | "finishing" | "done" | "cancelled" | "failed";

export interface RunView {
  readonly id: string;
  readonly mappingId: string;
  readonly mappingName: string;
  readonly direction: Direction;
  /** Run that this one takes back; null: an ordinary sync. */
  readonly undoOf: string | null;
  readonly phase: RunPhase;
  /** Sentence about what is going on. */
  readonly doing: string;
  /** Steps done and in all; all 0: unknown yet. */
  readonly done: number;
  readonly total: number;
  readonly startedMs: number;
  /** Epoch ms at which it may go on (rate limit); null: now. */
  readonly resumeAtMs: number | null;
  /** From phase "waiting" on. */
  readonly plan: PlanView | null;
  readonly totals: RunTotalsView;
  /** Conflicts that the run left open; 0 until it is done. */
  readonly openConflicts: number;
  /** First messages of the result, errors first. */
  readonly messages: readonly RunMessageView[];
  /** Phase "failed": what and what to do. */
  readonly error: ErrorView | null;
}

export interface ErrorView {
  readonly kind: string;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

export interface HistoryItemView {
  readonly runId: string;
  readonly type: string;
  readonly mappingName: string;
  readonly objectType: string;
  readonly trigger: string;
  readonly user: string;
  readonly startedMs: number;
  readonly durationMs: number;
  readonly outcome: "ok" | "with errors" | "stopped" | "failed";
  readonly totals: RunTotalsView;
  readonly messages: readonly RunMessageView[];
  /** Can the run be taken back: "no" also where it wrote nothing; "too-large": its undo log was not kept. */
  readonly undo: "possible" | "done" | "too-large" | "no";
  /** Number of replaced values that somebody had changed; 0: none, or no longer kept. */
  readonly losers: number;
}

/** A value that lost: where it stood and what replaced it. */
export interface LoserView {
  /** For `undo.start`. */
  readonly id: string;
  readonly title: string;
  readonly label: string;
  readonly side: "sheet" | "crm";
  readonly value: string;
  readonly replacedBy: string;
  readonly atMs: number;
}

export interface TemplateView {
  readonly kind: "people" | "companies";
  readonly tabId: number;
  readonly tabName: string;
  /** CRM object the template is made for; "contacts", "companies". */
  readonly objectType: string;
}
