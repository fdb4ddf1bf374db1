import * as z from "zod/mini";
import type {
  AppView,
  ConnectionView,
  EditorView,
  HistoryItemView,
  LoserView,
  MappingIssue,
  MappingSummary,
  ObjectView,
  PlanPageView,
  RunView,
  TemplateView,
} from "./views";

/**
 * Every call that crosses google.script.run: the shape of its argument (checked on the server, since any user of the file
 * can call `rpc` with anything) and, in `Replies`, what it gives.
 */

const id = z.string().check(z.minLength(1), z.maxLength(100));
const direction = z.enum(["pull", "push", "both"]);
const blank = z.enum(["keep", "clear"]);
const crm = z.enum(["hubspot", "salesforce"]);
const whole = z.int().check(z.minimum(0));

const columnDraft = z.object({
  column: whole,
  header: z.string(),
  field: z.nullable(z.string()),
  direction,
  blank,
  suggestion: z.enum(["sure", "likely", "none"]),
});

const share = z.number().check(z.minimum(0), z.maximum(1));

/** Policies and limits of a mapping. */
const mappingSettings = z.object({
  conflicts: z.enum(["ask", "sheet-wins", "crm-wins", "newest-wins"]),
  gone: z.enum(["mark", "remove-row", "unlink"]),
  removedRows: z.enum(["leave", "bring-back", "archive"]),
  guard: z.object({
    deleteShare: share,
    deleteFloor: whole,
    clearShare: share,
    clearFloor: whole,
    changeShare: share,
    changeFloor: whole,
    createMax: whole,
    createShare: share,
    createFloor: whole,
  }),
  notify: z.object({ onApproval: z.boolean(), onErrors: z.boolean() }),
});

const mappingDraft = z.object({
  id: z.nullable(id),
  name: z.string().check(z.maxLength(200)),
  crm,
  objectType: id,
  tabId: whole,
  headerRow: z.int().check(z.minimum(1)),
  direction,
  keyField: z.nullable(z.string()),
  columns: z.array(columnDraft).check(z.maxLength(500)),
  settings: mappingSettings,
});

const schedule = z.object({
  kind: z.enum(["off", "hourly", "daily", "weekly"]),
  hour: z.int().check(z.minimum(0), z.maximum(23)),
  day: z.int().check(z.minimum(1), z.maximum(7)),
});

const planKind = z.enum([
  "create",
  "update",
  "archive",
  "append-row",
  "write-cells",
  "link",
  "unlink",
  "remove-row",
  "restore-row",
  "conflict",
  "error",
  "note",
]);
const nothing = z.object({});

/** Argument shapes by call name. */
export const REQUESTS = {
  "app.state": nothing,
  "connection.connect": z.object({ crm, token: z.string().check(z.maxLength(2000)) }),
  "connection.disconnect": z.object({ crm }),
  "template.create": z.object({ template: z.enum(["people", "companies"]) }),
  "objects.list": z.object({ crm }),
  /** Draft for a tab: columns, fields, suggestions. `mappingId` set: the saved mapping instead of suggestions. */
  "editor.open": z.object({
    crm,
    objectType: z.nullable(z.string()),
    tabId: whole,
    headerRow: z.nullable(z.int().check(z.minimum(1))),
    mappingId: z.nullable(id),
  }),
  "editor.check": z.object({ draft: mappingDraft }),
  "mapping.save": z.object({ draft: mappingDraft }),
  "mapping.remove": z.object({ mappingId: id }),
  "schedule.save": z.object({ mappingId: id, schedule }),
  /** `preview`: stops in phase "waiting" whatever the guard says. */
  "run.start": z.object({ mappingId: id, direction, preview: z.boolean() }),
  "run.step": z.object({ runId: id }),
  /** Goes on from "waiting". `leaveOut`: operation ids. `allowGuard`: "run anyway once". */
  "run.approve": z.object({
    runId: id,
    leaveOut: z.array(z.string()).check(z.maxLength(20_000)),
    allowCreates: z.boolean(),
    allowGuard: z.boolean(),
    /** Conflicts of the plan that the user decided about one by one; missing: none. "open": left as it is. */
    settle: z.optional(
      z
        .array(z.object({ recordId: id, field: z.string(), winner: z.enum(["sheet", "crm", "open"]) }))
        .check(z.maxLength(20_000)),
    ),
    /** Who wins the conflicts that `settle` does not name; missing: they stay open. */
    settleOthers: z.optional(z.enum(["sheet", "crm"])),
  }),
  "run.cancel": z.object({ runId: id }),
  "plan.page": z.object({
    runId: id,
    kind: planKind,
    offset: whole,
    limit: z.int().check(z.minimum(1), z.maximum(200)),
  }),
  "history.list": z.object({ limit: z.int().check(z.minimum(1), z.maximum(200)) }),
  "history.show": nothing,
  /** Plans to take a run back, or only some of what it did; the plan waits for approval. */
  "undo.start": z.object({ runId: id, only: z.nullable(z.array(z.string()).check(z.maxLength(20_000))) }),
  /** Values that a run replaced although somebody had changed them: the losers of its conflicts (F2, F5). */
  "undo.losers": z.object({ runId: id }),
  "sheet.select": z.object({ tabId: whole, row: z.int().check(z.minimum(1)), column: z.int().check(z.minimum(1)) }),
  /** Triggers, hidden tabs, metadata and tokens of this file. Asked twice by the sidebar; `confirm` must be "remove". */
  "file.remove": z.object({ confirm: z.literal("remove") }),
} as const;

export type RpcName = keyof typeof REQUESTS;

export type RpcRequest<N extends RpcName> = z.infer<(typeof REQUESTS)[N]>;

/** What each call gives. */
export interface Replies {
  "app.state": AppView;
  "connection.connect": ConnectionView;
  "connection.disconnect": AppView;
  "template.create": TemplateView;
  "objects.list": readonly ObjectView[];
  "editor.open": EditorView;
  "editor.check": { readonly issues: readonly MappingIssue[] };
  "mapping.save": { readonly mapping: MappingSummary; readonly issues: readonly MappingIssue[] };
  "mapping.remove": AppView;
  "schedule.save": MappingSummary;
  "run.start": RunView;
  "run.step": RunView;
  "run.approve": RunView;
  "run.cancel": RunView;
  "plan.page": PlanPageView;
  "history.list": readonly HistoryItemView[];
  "history.show": { readonly shown: true };
  "undo.start": RunView;
  "undo.losers": readonly LoserView[];
  "sheet.select": { readonly selected: true };
  "file.remove": { readonly removed: readonly string[] };
}

/** What `rpc(name, json)` answers; it never throws across the bridge. */
export type RpcReply<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly kind: string;
      readonly code: string;
      readonly message: string;
      readonly hint: string;
    };
