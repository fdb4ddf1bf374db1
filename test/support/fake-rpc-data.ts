import type {
  AppView,
  ColumnDraft,
  ColumnView,
  EditorView,
  FieldView,
  HistoryItemView,
  LoserView,
  MappingSettings,
  MappingSummary,
  PlanCountsView,
  PlanItemView,
  PlanKind,
  PlanView,
  RunMessageView,
  RunTotalsView,
  RunView,
  ScheduleView,
} from "../../src/contract/views";

/** Data for the sidebar's tests: invented, with long and odd values among the plain ones. */

/** A fixed moment: Wednesday, 3 June 2026, 09:30 UTC. */
export const NOW_MS = Date.UTC(2026, 5, 3, 9, 30);

const LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitänswitwenversicherung";

const NO_SCHEDULE: ScheduleView = {
  kind: "off",
  hour: 7,
  day: 1,
  timeZone: "Europe/Berlin",
  owner: "",
  lastRunMs: null,
  nextRunMs: null,
  clockMs: null,
  problem: "",
};

export const DAILY: ScheduleView = {
  ...NO_SCHEDULE,
  kind: "daily",
  owner: "mara.lindqvist@example.com",
  lastRunMs: NOW_MS - 3 * 3_600_000,
  nextRunMs: NOW_MS + 21 * 3_600_000,
  clockMs: NOW_MS - 20 * 60_000,
};

export const PEOPLE: MappingSummary = {
  id: "m-people",
  name: "People",
  crm: "hubspot",
  objectType: "contacts",
  objectLabel: "Contacts",
  tabId: 11,
  tabName: "People",
  direction: "both",
  columnCount: 9,
  state: "conflicts",
  stateText: "2 values were changed on both sides.",
  lastRunMs: NOW_MS - 3_600_000,
  openConflicts: 2,
  waitingRunId: null,
  schedule: DAILY,
};

const COMPANIES: MappingSummary = {
  ...PEOPLE,
  id: "m-companies",
  name: `Companies of ${LONG_WORD}`,
  objectType: "companies",
  objectLabel: "Companies",
  tabId: 12,
  tabName: "Customers 2026 (north, east, and everything that was imported by hand)",
  direction: "pull",
  columnCount: 1,
  state: "never",
  stateText: "Preview it before the first sync.",
  lastRunMs: null,
  openConflicts: 0,
  schedule: NO_SCHEDULE,
};

/** A connected file with two mappings. */
export const APP: AppView = {
  fileName: "Customers 2026",
  timeZone: "Europe/Berlin",
  user: "mara.lindqvist@example.com",
  connections: [
    {
      crm: "hubspot",
      accountId: "1450001",
      accountName: "Nordlicht GmbH (portal 1450001, eu1)",
      connectedAtMs: NOW_MS,
    },
  ],
  tabs: [
    { id: 11, name: "People", active: true, empty: false },
    {
      id: 12,
      name: "Customers 2026 (north, east, and everything that was imported by hand)",
      active: false,
      empty: false,
    },
    { id: 13, name: "Sheet3", active: false, empty: true },
  ],
  mappings: [PEOPLE, COMPANIES],
  run: null,
  notices: [],
};

const FIELD: FieldView = {
  name: "email",
  label: "Email",
  type: "email",
  group: "Contact information",
  readOnly: false,
  required: false,
  unique: false,
  custom: false,
  optionCount: 0,
};

const NAMED_FIELDS: readonly FieldView[] = [
  { ...FIELD, unique: true, required: true },
  { ...FIELD, name: "firstname", label: "First name", type: "text" },
  { ...FIELD, name: "lastname", label: "Last name", type: "text" },
  { ...FIELD, name: "phone", label: "Phone number", type: "phone" },
  { ...FIELD, name: "company", label: "Company name", type: "text" },
  { ...FIELD, name: "jobtitle", label: "Job title", type: "text" },
  { ...FIELD, name: "city", label: "City", type: "text" },
  { ...FIELD, name: "lifecyclestage", label: "Lifecycle stage", type: "choice", optionCount: 8 },
  { ...FIELD, name: "createdate", label: "Create date", type: "datetime", readOnly: true },
  { ...FIELD, name: "hs_lead_status", label: "Lead status", type: "choice", optionCount: 1 },
  { ...FIELD, name: "newsletter_consent_2026", label: "Newsletter consent", type: "boolean", custom: true },
  { ...FIELD, name: LONG_WORD.toLowerCase(), label: LONG_WORD, type: "text", custom: true },
];

/** More than one list of a picker shows. */
export const FIELDS: readonly FieldView[] = [
  ...NAMED_FIELDS,
  ...Array.from({ length: 130 }, (_, index): FieldView => {
    const n = index + 1;
    return { ...FIELD, name: `survey_answer_${n}`, label: `Survey answer ${n}`, type: "number", custom: true };
  }),
];

const HEADERS: readonly (readonly [string, string | null, ColumnDraft["suggestion"], readonly string[]])[] = [
  ["E-mail", "email", "sure", ["ada@nordlicht.example", "b.okafor@hafen.example", "li.wei@bergbahn.example"]],
  ["First name", "firstname", "sure", ["Ada", "Bola", "Wei"]],
  ["Last name", "lastname", "sure", ["Brandt", "Okafor", "Li"]],
  ["Tel.", "phone", "likely", ["+49 40 5550 1234", "040 / 5550-99"]],
  ["Employer", "company", "likely", [`${LONG_WORD} & Söhne`, "Hafen AG"]],
  ["Created", "createdate", "none", ["2026-01-05 10:00"]],
  ["Notes of the sales team about the last call", null, "none", ["", ""]],
  ["", null, "none", ["x"]],
];

/** Policies and limits of a new mapping. */
export const SETTINGS: MappingSettings = {
  conflicts: "ask",
  gone: "mark",
  removedRows: "leave",
  guard: {
    deleteShare: 0.1,
    deleteFloor: 5,
    clearShare: 0.2,
    clearFloor: 5,
    changeShare: 0.5,
    changeFloor: 20,
    createMax: 100,
    createShare: 0.5,
    createFloor: 20,
  },
  notify: { onApproval: false, onErrors: false },
};

/** The editor with that many columns of data, the two own ones behind them. */
export function editorOf(columnCount: number): EditorView {
  const columns: ColumnView[] = [];
  const drafts: ColumnDraft[] = [];
  for (let column = 1; column <= columnCount; column += 1) {
    const [header, field, suggestion, samples] = HEADERS[column - 1] ?? [`Answer ${column}`, null, "none", ["4", "5"]];
    columns.push({ column, letter: letterOf(column), header, samples, role: "data" });
    const direction = field === "createdate" ? "pull" : "both";
    drafts.push({ column, header, field, direction, blank: "clear", suggestion });
  }
  const own = { samples: [], header: "CRM record ID", column: columnCount + 1, letter: letterOf(columnCount + 1) };
  columns.push({ ...own, role: "record-id" });
  columns.push({
    ...own,
    header: "CRM status",
    column: columnCount + 2,
    letter: letterOf(columnCount + 2),
    role: "status",
  });
  return {
    draft: {
      id: "m-people",
      name: "People",
      crm: "hubspot",
      objectType: "contacts",
      tabId: 11,
      headerRow: 1,
      direction: "both",
      keyField: "email",
      columns: drafts,
      settings: SETTINGS,
    },
    columns,
    fields: FIELDS,
    keyFields: ["email", "phone"],
    defaults: SETTINGS,
    issues: [],
  };
}

function letterOf(column: number): string {
  const first = column > 26 ? String.fromCharCode(64 + Math.floor((column - 1) / 26)) : "";
  return first + String.fromCharCode(65 + ((column - 1) % 26));
}

const COUNTS: PlanCountsView = {
  rows: 1_284,
  records: 1_310,
  creates: 3,
  updates: 62,
  clears: 2,
  appends: 4,
  rowWrites: 17,
  cellWrites: 29,
  links: 5,
  archives: 0,
  removedRows: 0,
  unlinks: 0,
  restoredRows: 0,
  conflicts: 2,
  errors: 3,
  notes: 1,
  ignoredRows: 6,
  unchanged: 1_180,
};

export const PLAN: PlanView = { counts: COUNTS, guard: [], firstSync: false, empty: false, tooLargeToUndo: false };

export const EMPTY_PLAN: PlanView = {
  counts: {
    ...COUNTS,
    creates: 0,
    updates: 0,
    clears: 0,
    appends: 0,
    rowWrites: 0,
    cellWrites: 0,
    links: 0,
    conflicts: 0,
    errors: 0,
    notes: 0,
  },
  guard: [],
  firstSync: false,
  empty: true,
  tooLargeToUndo: false,
};

/** Nothing to write, but two conflicts to settle. */
export const CONFLICT_PLAN: PlanView = { ...EMPTY_PLAN, counts: { ...EMPTY_PLAN.counts, conflicts: 3 } };

/** A plan with every kind of operation, too large to be undone, stopped by a limit. */
export const DELETING_PLAN: PlanView = {
  ...PLAN,
  counts: { ...COUNTS, archives: 9, removedRows: 12, unlinks: 2, restoredRows: 1 },
  tooLargeToUndo: true,
  guard: [{ kind: "many-deletes", message: "It would remove 12 rows of the sheet.", limit: 5 }],
};

/** A plan that takes a run back. */
export const UNDO_PLAN: PlanView = {
  ...PLAN,
  counts: {
    ...COUNTS,
    creates: 0,
    appends: 0,
    archives: 3,
    removedRows: 4,
    unlinks: 3,
    conflicts: 0,
    errors: 0,
    links: 0,
  },
  guard: [
    {
      kind: "undo",
      message: "It would put back 62 fields and 29 cells, and leave 1 that was changed since.",
      limit: 0,
    },
  ],
};

/** A first sync that passes two limits. */
export const GUARDED_PLAN: PlanView = {
  counts: COUNTS,
  firstSync: true,
  empty: false,
  tooLargeToUndo: false,
  guard: [
    { kind: "first-sync-creates", message: "3 new records would be created in the first sync.", limit: 0 },
    { kind: "many-changes", message: "It would change 62 of 90 linked records in the CRM.", limit: 45 },
  ],
};

/** How many items of a kind a plan lists. */
export const ITEM_COUNTS: Readonly<Record<PlanKind, keyof PlanCountsView>> = {
  create: "creates",
  update: "updates",
  "append-row": "appends",
  "write-cells": "rowWrites",
  link: "links",
  archive: "archives",
  "remove-row": "removedRows",
  unlink: "unlinks",
  "restore-row": "restoredRows",
  conflict: "conflicts",
  error: "errors",
  note: "notes",
};

/** The nth item of a kind, from 0. */
export function planItem(kind: PlanKind, index: number): PlanItemView {
  const row = index + 2;
  const title = index % 9 === 4 ? LONG_WORD : `Person ${index + 1}`;
  const base = { kind, title, rowNumber: row, message: "", changes: [], conflict: null };
  const name = { field: "firstname", label: "First name" };
  switch (kind) {
    case "create":
      return { ...base, id: `create-${index}`, changes: [{ ...name, from: "", to: "Ada", reason: "new record" }] };
    case "update":
      return {
        ...base,
        id: `update-${index}`,
        changes: [
          { ...name, from: "Ada", to: "Adele", reason: "changed in the sheet" },
          { field: "phone", label: "Phone number", from: "040 5550", to: "", reason: "cleared in the sheet" },
        ],
      };
    case "append-row":
      return {
        ...base,
        id: `append-${index}`,
        rowNumber: null,
        changes: [{ ...name, from: "", to: LONG_WORD, reason: "new in HubSpot" }],
      };
    case "write-cells":
      return {
        ...base,
        id: `write-${index}`,
        changes: [{ ...name, from: "<b>Bola</b>", to: "Bola", reason: "changed in HubSpot" }],
      };
    case "link":
      return { ...base, id: `link-${index}` };
    case "unlink":
      return {
        ...base,
        id: `unlink-${index}`,
        message: "Its record was deleted in the CRM. The row stays as it is, without a link.",
        changes: [{ field: "", label: "Record ID", from: "151201", to: "unlinked:151201", reason: "" }],
      };
    case "archive":
    case "remove-row":
      return {
        ...base,
        id: `${kind}-${index}`,
        message: "Its row was removed from the sheet.",
        changes: [{ ...name, from: LONG_WORD, to: "", reason: "" }],
      };
    case "restore-row":
      return { ...base, id: "restore-1", rowNumber: null, changes: [{ ...name, from: "", to: "Bola", reason: "" }] };
    case "conflict":
      return conflictItem(base, index);
    case "error":
      return { ...base, id: "", message: "“not-an-address” in column E-mail is no e-mail address." };
    case "note":
      return { ...base, id: "", rowNumber: null, message: "Column “Notes” holds formulas and is not written." };
  }
}

/** The first with times on both sides, the second without a base, the third of a column that goes one way. */
function conflictItem(base: Omit<PlanItemView, "id">, index: number): PlanItemView {
  const field = { field: "firstname", label: "First name" };
  const sheet = index === 1 ? LONG_WORD : "Wei";
  const crm = index === 1 ? "" : "Way";
  return {
    ...base,
    id: "",
    changes: [{ ...field, from: sheet, to: crm, reason: "changed on both sides" }],
    conflict: {
      recordId: `15120${index}`,
      field: field.field,
      sheet,
      crm,
      base: index === 1 ? null : "We",
      sheetFromMs: index === 0 ? NOW_MS - 86_400_000 : null,
      sheetMs: index === 1 ? null : NOW_MS,
      crmFromMs: index === 0 ? NOW_MS - 60_000 : null,
      crmMs: index === 1 ? null : NOW_MS - 3_600_000,
      winners: index === 2 ? ["crm"] : ["sheet", "crm"],
    },
  };
}

export const NO_TOTALS: RunTotalsView = {
  processed: 0,
  successes: 0,
  errors: 0,
  skipped: 0,
  created: 0,
  updated: 0,
  appended: 0,
  cellsWritten: 0,
  linked: 0,
  archived: 0,
  rowsRemoved: 0,
};

export const TOTALS: RunTotalsView = {
  processed: 91,
  successes: 82,
  errors: 8,
  skipped: 1,
  created: 3,
  updated: 55,
  appended: 4,
  cellsWritten: 29,
  linked: 5,
  archived: 0,
  rowsRemoved: 0,
};

export const MESSAGES: readonly RunMessageView[] = [
  ...Array.from(
    { length: 7 },
    (_, index): RunMessageView => ({
      severity: "error",
      title: `Person ${index + 40}`,
      rowNumber: index + 41,
      field: "Lifecycle stage",
      message: "“Hot!” is not one of the choices. Use Lead, Customer or Opportunity.",
    }),
  ),
  {
    severity: "error",
    title: LONG_WORD,
    rowNumber: 90,
    field: "",
    message: "HubSpot refused the record: a contact with this e-mail exists already.",
  },
  {
    severity: "note",
    title: "Person 12",
    rowNumber: null,
    field: "",
    message: "Left alone: its cell holds a formula.",
  },
];

export const RUN: RunView = {
  id: "run-1",
  mappingId: "m-people",
  mappingName: "People",
  direction: "both",
  undoOf: null,
  phase: "reading",
  doing: "Reading contacts from HubSpot",
  done: 0,
  total: 0,
  startedMs: NOW_MS,
  resumeAtMs: null,
  plan: null,
  totals: NO_TOTALS,
  openConflicts: 0,
  messages: [],
  error: null,
};

/** A file in which a scheduled sync stopped at a limit. */
export const NEEDS_APPROVAL: AppView = {
  ...APP,
  mappings: [
    { ...PEOPLE, state: "needs-approval", stateText: "A sync waits for your approval.", waitingRunId: RUN.id },
  ],
  run: { ...RUN, phase: "waiting", plan: DELETING_PLAN },
};

/** Values that the newest run replaced. */
export const LOSERS: readonly LoserView[] = [
  {
    id: "4:0",
    title: "Ada Brandt",
    label: "Phone number",
    side: "crm",
    value: "040 5550",
    replacedBy: "+49 40 5550 1234",
    atMs: NOW_MS - 3_590_000,
  },
  {
    id: "7:2",
    title: LONG_WORD,
    label: "First name",
    side: "sheet",
    value: LONG_WORD,
    replacedBy: "",
    atMs: NOW_MS - 3_570_000,
  },
];

export const HISTORY: readonly HistoryItemView[] = [
  {
    runId: "run-9",
    type: "Sync both ways",
    mappingName: "People",
    objectType: "contacts",
    trigger: "manual",
    user: "mara.lindqvist@example.com",
    startedMs: NOW_MS - 3_600_000,
    durationMs: 42_000,
    outcome: "with errors",
    totals: TOTALS,
    messages: MESSAGES,
    undo: "possible",
    losers: 2,
  },
  {
    runId: "run-8",
    type: "Pull",
    mappingName: `Companies of ${LONG_WORD}`,
    objectType: "companies",
    trigger: "schedule",
    user: "a.very.long.address.of.somebody@subdomain.of.a.department.example.com",
    startedMs: NOW_MS - 90_000_000,
    durationMs: 900,
    outcome: "ok",
    totals: { ...NO_TOTALS, processed: 4, successes: 4, cellsWritten: 4 },
    messages: [],
    undo: "done",
    losers: 0,
  },
  {
    runId: "run-6",
    type: "Push",
    mappingName: "People",
    objectType: "contacts",
    trigger: "undo",
    user: "mara.lindqvist@example.com",
    startedMs: NOW_MS - 100_000_000,
    durationMs: 200_000,
    outcome: "ok",
    totals: { ...NO_TOTALS, processed: 40_000, successes: 40_000, updated: 40_000 },
    messages: [],
    undo: "too-large",
    losers: 0,
  },
  {
    runId: "run-7",
    type: "Connected",
    mappingName: "",
    objectType: "",
    trigger: "user",
    user: "mara.lindqvist@example.com",
    startedMs: NOW_MS - 190_000_000,
    durationMs: 0,
    outcome: "ok",
    totals: NO_TOTALS,
    messages: [],
    undo: "no",
    losers: 0,
  },
];
